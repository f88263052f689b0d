"""Signals of a command that waits for a server: they are told to its loop, and interrupt nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from runbooks.interrupts import SIGNALS


class Heard:
    """Whether a signal has come: known at once, though the loop hears of it later."""

    def __init__(self) -> None:
        self._loop, self._event, self._came = asyncio.get_running_loop(), asyncio.Event(), False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Note a signal."""
        self._came = True
        self._loop.call_soon_threadsafe(self._event.set)

    def take(self) -> bool:
        """Tell whether one has come since this was asked last."""
        came, self._came = self._came, False
        return came

    async def wait(self) -> None:
        """Wait for one."""
        await self._event.wait()

    @contextmanager
    def ending_a_question(self) -> Iterator[None]:
        """Let a signal end what blocks the loop, as long as the block lasts; nothing else goes on beside it.

        Raises:
            KeyboardInterrupt: one comes, or has come before.
        """
        with _to(signal.default_int_handler):
            if self.take():
                raise KeyboardInterrupt
            yield


@contextmanager
def heard() -> Iterator[Heard]:
    """Yield what knows whether a signal has come; one that is ignored, as under nohup, stays so."""
    came = Heard()
    with _to(came):
        yield came


@contextmanager
def _to(handler: signal._HANDLER) -> Iterator[None]:
    """Hand each signal that is not ignored to a handler for as long as the block lasts."""
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    before = {number: one for number, one in handlers.items() if one is not signal.SIG_IGN}
    try:
        for number in before:
            signal.signal(number, handler)
        yield
    finally:
        for number, one in before.items():
            signal.signal(number, one)
