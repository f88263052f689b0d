"""A signal that meets a function, as a command hears it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from runbooks import interrupts


@contextmanager
def signals_told() -> Iterator[None]:
    """Hear signals as a command does, for as long as the block lasts."""
    before = {number: signal.getsignal(number) for number in interrupts.SIGNALS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interrupts, "_WATCH", interrupts._Watch())
        for number in before:
            signal.signal(number, signal.SIG_DFL)  # ignored ones, as in a shell's background, too
        interrupts.note()
        interrupts.tell()
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def struck(function: Callable[..., Any], number: signal.Signals = signal.SIGTERM) -> Callable[..., Any]:
    """Return a function that does its work when a signal has come."""

    def first(*given: Any, **named: Any) -> Any:
        signal.raise_signal(number)
        return function(*given, **named)

    return first
