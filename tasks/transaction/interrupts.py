"""Ctrl-C, termination and a closed terminal at moments when stopping would leave things half-way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STOPPED = (KeyboardInterrupt, SystemExit)
"""What stops us from outside: a library that catches everything makes the second out of the first."""
_HOLDING: list[list[int]] = []
"""What came in the block of the main thread that holds interrupts back; empty when there is none."""


@contextmanager
def deferred_interrupts() -> Iterator[list[int]]:
    """Hold Ctrl-C, termination and a closed terminal back while the block runs; gives what came meanwhile.

    Only the main thread is ever interrupted, so on another one there is nothing to hold back. Blocks may be
    nested: what comes in the inner one is told to the outer one, which has reasons of its own to hold it.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread() or _HOLDING:
        yield came
        return
    previous = {
        held: handler
        for held in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if (handler := signal.getsignal(held)) is not signal.SIG_IGN
    }
    try:
        for held in previous:
            signal.signal(held, lambda number, _frame: came.append(number))
        _HOLDING.append(came)
        yield came
    finally:
        _HOLDING.clear()
        for held, handler in previous.items():
            signal.signal(held, handler)
