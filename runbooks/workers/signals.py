"""Signals of a command that waits for a server: they are told to its loop, and interrupt nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from runbooks.interrupts import SIGNALS


@contextmanager
def heard() -> Iterator[asyncio.Event]:
    """Yield what is set once a signal has come; one that is ignored, as under nohup, stays so."""
    came, loop = asyncio.Event(), asyncio.get_running_loop()
    before = _heard()
    for number in before:
        loop.add_signal_handler(number, came.set)
    try:
        yield came
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)


@contextmanager
def ending_a_question() -> Iterator[None]:
    """Let a signal end what blocks the loop, for as long as the block lasts; nothing else goes on meanwhile.

    Raises:
        KeyboardInterrupt: one has come.
    """
    before = _heard()
    for number in before:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _heard() -> dict[signal.Signals, signal._HANDLER]:
    """Return the handler of each signal that is not ignored."""
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    return {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}
