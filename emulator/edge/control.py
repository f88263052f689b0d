"""The side channel of a served lab: a unix socket that takes one JSON object a line.

- `{"fault": "cut-link", "device": "PE1", "peer": "PE2"}`: any fault of `emulator.faults`, by its name;
- `{"advance": 600}`: let virtual seconds pass at once;
- `{"join": "232.1.2.3", "device": "PE1", "interface": "Eth-Trunk1", "host": "192.0.2.9"}`: a host joins a
  multicast group, of one `source` or of any; `leave` likewise;
- `{"host": "192.0.2.9", "device": "PE1", "interface": "Eth-Trunk1", "mac": "00e0-fc01-0203"}`: a host
  answers ARP or ND;
- `{"unmodelled": "PE1"}`: which lines of its running configuration it keeps without playing what they do:
  `lines`, each with `kind` (inert, foreign, unknown, unreadable), `path`, `line`, `why`; `of`: of how many.

Each line is answered by one: `{"ok": true, "now": 12.5}` or `{"ok": false, "error": "..."}`.
"""

from __future__ import annotations

import asyncio
import errno
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from emulator.config.unmodelled import unmodelled
from emulator.fault_reading import LONGEST, FaultError, fault_of
from emulator.protocols.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from emulator.edge.clock import ServedClock
    from emulator.lab import Lab

_ERRORS = (FaultError, ProtocolError, ValueError, RecursionError)
_LONGEST_LINE = 1 << 16
_LONGEST_ANSWER = 500
_END_OF_TIME = 50 * LONGEST
"""Seconds; beyond it no order moves the clock."""
_ORDERS = ("fault", "advance", "join", "leave", "host", "unmodelled")


def strike(lab: Lab, name: str, values: Mapping[str, object]) -> None:
    """Let a fault happen that an order describes.

    Args:
        lab: where.
        name: of the fault, e.g. `refuse-line`.
        values: its fields; `device` too, where the fault waits on one.

    Raises:
        FaultError: no such fault, field, value or device.
        ProtocolError: no such port or wire.
    """
    lab.inject(*fault_of(values, name))


def people(lab: Lab, order: Mapping[str, Any]) -> bool:
    """Let hosts join groups, leave them, or answer, where an order says so; tell whether it does.

    Raises:
        ProtocolError: no such port.
    """
    match order:
        case {"join": str(group), "device": str(device), "interface": str(port), "host": str(host)}:
            lab.world.join(device, port, group, host, str(order.get("source") or ""))
        case {"leave": str(group), "device": str(device), "interface": str(port), "host": str(host)}:
            lab.world.leave(device, port, group, host, str(order.get("source") or ""))
        case {"host": str(host), "device": str(device), "interface": str(port), "mac": str(mac)}:
            lab.world.add_host(device, port, host, mac)
        case _:
            return False
    return True


def not_played(lab: Lab, name: str) -> dict[str, object]:
    """Return the lines of a device that are kept without their effect, and how many lines it has in all.

    Raises:
        FaultError: no such device.
    """
    running = lab.device(name).running
    lines = [asdict(line) for line in unmodelled(running)]
    return {"lines": lines, "of": running.size}


class Control:
    """Reads orders for a lab.

    Args:
        lab: the lab that is served.
        clock: its clock.
        changed: called after each order, so that sessions show what it did.
    """

    def __init__(self, lab: Lab, clock: ServedClock, changed: Callable[[], None]) -> None:
        self.lab = lab
        self.clock = clock
        self.changed = changed

    def obey(self, line: str | bytes) -> dict[str, object]:
        """Carry out one order; give the answer. A wrong order changes nothing."""
        self.lab.reach(self.clock.now())
        try:
            order = json.loads(line)
            if not isinstance(order, dict):
                raise FaultError("an order is a JSON object")
            answer = self._obey(order)
        except _ERRORS as error:
            return {"ok": False, "error": str(error)[:_LONGEST_ANSWER]}
        self.changed()
        return {"ok": True, "now": round(self.lab.now, 3), **answer}

    def _obey(self, order: dict[str, Any]) -> Mapping[str, object]:
        match order:
            case {"fault": str(name), **values}:
                strike(self.lab, name, values)
            case {"advance": seconds}:
                self.lab.reach(self.clock.jump(self._step(seconds)))
            case {"unmodelled": str(device)}:
                return not_played(self.lab, device)
            case _ if not people(self.lab, order):
                raise FaultError(f"no such order; known: {', '.join(_ORDERS)}")
        return {}

    def _step(self, seconds: object) -> float:
        """Read how far time shall jump."""
        if self.clock.now() > _END_OF_TIME:
            raise FaultError(
                f"advance: {_END_OF_TIME:.0f} seconds have passed: no order moves the clock any more"
            )
        number = 0.0 if isinstance(seconds, bool) or not isinstance(seconds, int | float) else seconds
        if number is seconds and 0 <= number <= LONGEST:
            return float(number)
        raise FaultError(f"advance: wanted seconds from 0 to {LONGEST:.0f}, found {seconds!r}")

    async def serve(self, path: Path) -> asyncio.AbstractServer:
        """Listen on a unix socket at `path`, readable by its owner only.

        Raises:
            OSError: another lab listens there, or it cannot be made.
        """
        await _require_free(path)
        server = await asyncio.start_unix_server(self._converse, path)
        path.chmod(0o600)  # noqa: ASYNC240 - once, before anybody is served
        return server

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer every line of a client, whatever it holds; one without an end is answered when it ends."""
        try:
            async for line in _lines(reader):
                answer = {"ok": False, "error": _TOO_LONG} if line is None else self.obey(line)
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        except ConnectionError:
            return
        finally:
            writer.close()


async def _require_free(path: Path) -> None:
    """Leave the socket of a lab that is served to that lab; what one that was killed left is taken over.

    Raises:
        OSError: somebody answers there.
    """
    try:
        _, writer = await asyncio.open_unix_connection(path)
    except OSError:  # nobody does; whatever else is wrong is found when it is made
        return
    writer.close()
    raise OSError(errno.EADDRINUSE, "another lab listens there")


_TOO_LONG = f"a line holds more than {_LONGEST_LINE} bytes"


async def _lines(reader: asyncio.StreamReader) -> AsyncIterator[bytes | None]:
    """Yield the lines of a client; nothing in place of one that is too long."""
    held, skipping = b"", False
    while chunk := await reader.read(_LONGEST_LINE):
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            yield None if skipping or len(line) > _LONGEST_LINE else line
            skipping = False
        if len(held) > _LONGEST_LINE:
            held, skipping = b"", True
    if held or skipping:
        yield None if skipping else held
