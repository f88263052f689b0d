"""Ctrl-C, termination and a closed terminal are noted when they come, so that none of them gets lost.

An interrupt is an exception in whatever code runs at that moment, and compiled code may drop it: what came
in the first quarter second used to vanish in the building of a schema. So the signal is noted too, and asked
for before a device is dialled and between the steps of a transaction.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Watch:
    """What came, and whether it is told at once."""

    def __init__(self) -> None:
        self.came = False
        self.raising = False
        self.over = False
        self.holds = 0
        """How many steps are at work that an exception would tear apart."""
        self.waits = False
        """Whether one is to be raised at the end of such a step."""

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Note a signal."""
        self.came = True
        if self.raising and self.holds:
            self.waits = True
        elif self.raising:
            raise KeyboardInterrupt


_WATCH = _Watch()


def note() -> None:
    """Note signals from now on, without telling anybody; one that is ignored, as under nohup, stays so."""
    _WATCH.raising = False
    try:
        _hear()
    except KeyboardInterrupt:  # Ctrl-C, just before it was heard
        _WATCH.came = True
        _hear()


def _hear() -> None:
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _WATCH)


def tell() -> None:
    """Tell signals at once from now on, and one that came before.

    Raises:
        KeyboardInterrupt: one has come.
    """
    _WATCH.raising, _WATCH.over = True, False
    raise_if_interrupted()


def stop_raising() -> None:
    """Tell signals no more; they are noted still."""
    _WATCH.raising = False


def ended() -> None:
    """Tell signals no more: what they would interrupt has come to its end, and its exit code stands.

    On another thread than the main one others are at work still, and nothing changes.
    """
    if current_thread() is main_thread():
        _WATCH.over = True
        stop_raising()


def is_over() -> bool:
    """Tell whether what a signal would interrupt has come to its end, so that its exit code stands."""
    return _WATCH.over


@contextmanager
def told() -> Iterator[None]:
    """Tell signals for as long as the block lasts, also after an end.

    Raises:
        KeyboardInterrupt: one comes.
    """
    before = _WATCH.raising
    _WATCH.raising = True
    try:
        yield
    finally:
        _WATCH.raising = before


@contextmanager
def held_back() -> Iterator[None]:
    """Tell no signal for as long as the block lasts; one that comes is noted."""
    before = _WATCH.raising
    _WATCH.raising = False
    try:
        yield
    finally:
        _WATCH.raising = before


def hold() -> None:
    """Begin a short step that an exception would tear apart: a signal is told at its end, by `release`."""
    if current_thread() is main_thread():
        _WATCH.holds += 1


def release() -> None:
    """End what `hold` began.

    Raises:
        KeyboardInterrupt: a signal came meanwhile.
    """
    if current_thread() is not main_thread():
        return
    _WATCH.holds -= 1
    if _WATCH.waits and not _WATCH.holds:
        _WATCH.waits = False
        if _WATCH.raising:
            raise KeyboardInterrupt


def unraisable(fault: sys.UnraisableHookArgs) -> None:
    """Keep quiet of an interrupt that nobody could be told of, since it is noted; tell any other fault."""
    if not (_WATCH.came and issubclass(fault.exc_type, KeyboardInterrupt)):
        sys.__unraisablehook__(fault)


def came() -> bool:
    """Tell whether a signal has come."""
    return _WATCH.came


def raise_if_interrupted() -> None:
    """Stop where a signal has come, though whoever was interrupted by it went on.

    Raises:
        KeyboardInterrupt: one has come.
    """
    if _WATCH.came:
        raise KeyboardInterrupt


def pause() -> None:
    """Wait until a signal comes, also one that came before there was anybody to wake.

    Raises:
        KeyboardInterrupt: one has come.
    """
    with _marked() as marks:
        while True:
            raise_if_interrupted()
            select.select([marks], [], [])


@contextmanager
def heeded() -> Iterator[None]:
    """Stop at the end of a block in which a signal came, though the block took it for an end of its own work.

    Raises:
        KeyboardInterrupt: one has come.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = _WATCH.raising
    with _marked() as marks:
        try:
            yield
        finally:
            _WATCH.raising = before
            if select.select([marks], [], [], 0)[0] and not set(os.read(marks, _MARKS)).isdisjoint(SIGNALS):
                _WATCH.came = True
                raise KeyboardInterrupt


_MARKS = 4096


@contextmanager
def _marked() -> Iterator[int]:
    """Yield a file that holds the number of each signal that comes, whatever its handler makes of it."""
    marks, written = os.pipe()
    os.set_blocking(written, False)
    before = signal.set_wakeup_fd(written, warn_on_full_buffer=False)
    try:
        yield marks
    finally:
        signal.set_wakeup_fd(before)
        os.close(written)
        os.close(marks)
