"""What is said after a signal is said, at whatever moment of what was said before it came."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from rich.table import Table

from hotpair.cli.consoles import LastingConsole
from hotpair.cli.live import live
from tests.runbooks.struck import signals_told

MOMENTS = 250
"""Moments at which a signal comes, spread over all steps of the interpreter."""


class Striker:
    """Sends a signal at a step of the interpreter.

    Args:
        at: which step; none: all are counted.
    """

    def __init__(self, at: int = -1) -> None:
        self.steps, self._at = 0, at

    def __call__(self, frame: FrameType, event: str, _arg: object) -> Any:
        """Count a step."""
        frame.f_trace_opcodes = True
        if event == "opcode":
            self.steps += 1
            if self.steps == self._at:
                sys.settrace(None)
                signal.raise_signal(signal.SIGTERM)
        return self


@pytest.fixture(autouse=True)
def untraced() -> Iterator[None]:
    before = sys.gettrace()
    yield
    sys.settrace(before)


def traced(striker: Striker, function: Callable[[], None]) -> bool:
    """Call a function whose steps are counted; tell whether it was interrupted."""
    try:
        sys.settrace(striker)
        function()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(None)
    return False


def _sentence(console: LastingConsole, _screen: io.StringIO) -> None:
    console.print("DeviceA: looked at")


def _table(console: LastingConsole, _screen: io.StringIO) -> None:
    table = Table("pair", "end")
    table.add_row("metro-1", "done")
    console.print(table)


def _beside_what_moves(console: LastingConsole, screen: io.StringIO) -> None:
    with live("reading", LastingConsole(file=screen, force_terminal=True, width=60)):
        console.print("a plan")


@pytest.mark.parametrize("say", [_sentence, _table, _beside_what_moves])
def test_nothing_that_is_said_after_a_signal_is_held_back(
    say: Callable[[LastingConsole, io.StringIO], None],
) -> None:
    screen = io.StringIO()
    console = LastingConsole(file=screen, force_terminal=True, width=60)
    say(console, screen)  # what is loaded at first
    counted = Striker()
    traced(counted, lambda: say(console, screen))
    interrupted = 0
    for moment in range(MOMENTS):
        step = 1 + counted.steps * moment // MOMENTS
        screen.seek(0)
        screen.truncate()
        with signals_told():
            interrupted += traced(Striker(step), lambda: say(console, screen))
        console.print("Interrupted: both are as before")
        assert "Interrupted: both are as before\n" in screen.getvalue(), f"step {step} of {counted.steps}"
    assert interrupted > MOMENTS / 2
