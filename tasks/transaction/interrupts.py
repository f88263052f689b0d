"""Ctrl-C, termination and a closed terminal at moments when stopping would leave things half-way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deferred_interrupts() -> Iterator[list[int]]:
    """Hold Ctrl-C, termination and a closed terminal back while the block runs; gives what came meanwhile.

    Only the main thread is ever interrupted, so on another one there is nothing to hold back. Blocks may be
    nested: what comes in the inner one is told there.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return
    previous = {
        held: signal.signal(held, lambda number, _frame: came.append(number))
        for held in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(held) is not signal.SIG_IGN
    }
    try:
        yield came
    finally:
        for held, handler in previous.items():
            signal.signal(held, handler)
