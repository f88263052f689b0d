"""Signals of a command that waits for a server: they are told to its loop, and interrupt nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import Any, TypeAlias

from runbooks.interrupts import SIGNALS

Handlers: TypeAlias = Mapping[signal.Signals, Callable[[int, FrameType | None], Any] | int | None]
"""Who is told of each signal."""


class Heard:
    """Whether a signal has come: known at once, though the loop hears of it later."""

    def __init__(self, before: Handlers) -> None:
        self._before = before
        self._loop, self._event, self._came = asyncio.get_running_loop(), asyncio.Event(), False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Note a signal."""
        self._came = True
        self._loop.call_soon_threadsafe(self._event.set)

    def instead(self) -> AbstractContextManager[None]:
        """Hear signals, instead of who heard them before, for as long as the block lasts."""
        return _handed(dict.fromkeys(self._before, self))

    def take(self) -> bool:
        """Tell whether one has come since this was asked last."""
        came, self._came = self._came, False
        return came

    async def wait(self) -> None:
        """Wait for one."""
        await self._event.wait()

    @contextmanager
    def ending_a_question(self) -> Iterator[None]:
        """Let a signal do what it did before, as long as the block lasts: it ends a question.

        Raises:
            KeyboardInterrupt: one comes, or has come before.
        """
        with _handed(self._before):
            if self.take():
                raise KeyboardInterrupt
            yield


@contextmanager
def heard() -> Iterator[Heard]:
    """Yield what knows whether a signal has come; one that is ignored, as under nohup, stays so."""
    before = _now(SIGNALS)
    came = Heard({number: one for number, one in before.items() if one is not signal.SIG_IGN})
    with came.instead():
        yield came


@contextmanager
def _handed(handlers: Handlers) -> Iterator[None]:
    """Hand signals to handlers for as long as the block lasts."""
    before = _now(handlers)
    try:
        for number, one in handlers.items():
            signal.signal(number, one)
        yield
    finally:
        for number, one in before.items():
            signal.signal(number, one)


def _now(numbers: Iterable[signal.Signals]) -> Handlers:
    """Return the handler of each signal."""
    return {number: signal.getsignal(number) for number in numbers}
