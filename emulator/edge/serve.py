"""Serve a lab: one SSH port a device, the side channel, until a signal comes."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from emulator.edge.complaints import Complaints
from emulator.edge.control import Control
from emulator.edge.ssh import DeviceServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from emulator.edge.clock import ServedClock
    from emulator.edge.serving import Serving
    from emulator.lab import Lab

_SPARE_FILES = 64
_CHUNK = 4096
_STANDARD_INPUT = 0


@asynccontextmanager
async def served(lab: Lab, clock: ServedClock, serving: Serving) -> AsyncIterator[list[DeviceServer]]:
    """Serve every device of a lab for as long as the block lasts."""
    _allow_open_files(2 * len(lab.devices))
    complaints = Complaints()
    asyncio.get_running_loop().set_exception_handler(complaints.of_loop)
    servers = [
        DeviceServer(
            device,
            serving.access,
            clock,
            round_trip=serving.round_trip,
            powered=partial(lab.powered, name),
            complaints=complaints,
        )
        for name, device in lab.devices.items()
    ]

    def refresh() -> None:
        for server in servers:
            server.tick()

    async with AsyncExitStack() as stack:
        for server in servers:
            server.start()
            stack.push_async_callback(server.stop)
        if serving.control is not None:
            listener = await Control(lab, clock, refresh).serve(serving.control)
            stack.callback(serving.control.unlink, missing_ok=True)
            stack.callback(listener.close)
        yield servers


async def serve_until_stopped(
    lab: Lab, clock: ServedClock, serving: Serving, announce: Callable[[list[DeviceServer]], None]
) -> None:
    """Serve a lab, announce where, and return on SIGINT, SIGTERM or SIGHUP; one that is ignored stays so."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if serving.until_eof:
        Thread(target=_await_eof, args=(asyncio.get_running_loop(), stop), daemon=True).start()
    async with served(lab, clock, serving) as servers:
        announce(servers)
        await stop.wait()


def _await_eof(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Read standard input to its end, and stop the loop then."""
    while os.read(_STANDARD_INPUT, _CHUNK):
        pass
    with suppress(RuntimeError):  # the loop has ended before
        loop.call_soon_threadsafe(stop.set)


def _allow_open_files(wanted: int) -> None:
    """Ask for enough open files: a port a device and a connection to each."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _SPARE_FILES
    if soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(needed, hard), hard))
