"""Consoles that last: a signal, a full disk or a terminal that goes away takes nothing else with it.

What moves on one of them gives way to what the other one says on the same terminal.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from runbooks import interrupts

_USUAL = 80
"""Columns of a terminal of which nobody knows how wide it is."""
_ORDERS = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200E, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
)
"""Characters that a terminal obeys: control, line-breaking and bidirectional ones."""
_SPELT = {code: repr(chr(code))[1:-1] for code in _ORDERS if chr(code) not in "\n\t"}


class Moving(Protocol):
    """Something that moves on a terminal."""

    def start(self) -> None:
        """Begin to move."""

    def stop(self) -> None:
        """Stop moving, and leave nothing behind."""


@dataclass
class _Moving:
    """What moves just now, and on which console."""

    console: Console | None = None
    what: Moving | None = None


_MOVING = _Moving()


def moves_on(console: Console, what: Moving | None) -> None:
    """Remember what moves on a console; nothing where it came to a stop."""
    _MOVING.console, _MOVING.what = console, what


class LastingConsole(Console):
    """A console whose reader or terminal may go away: the work goes on, and the exit code tells its end.

    A disk that is full ends the work while that can still be; the end of a change that has come stands.
    What a device, a file or somebody's words hold is shown and never obeyed by the terminal.
    """

    def __init__(self, ends_on: Console | None = None, **how: Any) -> None:
        """Make one.

        Args:
            ends_on: console that tells where this one says no more.
            how: as for any console.
        """
        super().__init__(**how)
        self._ends_on = ends_on
        if self.width < 1:  # COLUMNS says so, on some lines without a terminal: nothing would be written
            self.width = _USUAL

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Yield what is written, characters that a terminal obeys spelt out."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(segment.text.translate(_SPELT), segment.style)

    def _enter_buffer(self) -> None:
        """Collect what is to be written. A signal from here on is told before it is written, and not between.

        An exception there would leave the console collecting for ever, and nothing more would be said.
        """
        interrupts.hold()
        super()._enter_buffer()

    def _exit_buffer(self) -> None:
        """Write what was collected, unless somebody around collects still."""
        self._buffer_index -= 1
        interrupts.release()
        self._check_buffer()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what was printed; what moves on another console of the terminal gives way."""
        moving = _MOVING.what
        if moving is not None and (_MOVING.console is self or not self.is_terminal):
            moving = None
        try:
            try:
                if moving is not None:
                    moving.stop()
            finally:
                super().__exit__(kind, error, trace)
        except OSError as refused:
            self.let_go(refused)
        finally:
            if moving is not None:
                moving.start()

    def let_go(self, refused: OSError) -> None:
        """Say no more where that ends nothing.

        Raises:
            OSError: what was said is to end what goes on.
        """
        if refused.errno != errno.EIO and not interrupts.is_over():  # EIO: a terminal that was closed
            raise refused
        self.on_broken_pipe()
        if self._ends_on is not None and refused.errno != errno.EIO:
            self._ends_on.print(f"What is told ends here: {refused.strerror}.")

    def on_broken_pipe(self) -> None:
        """Say no more; a deployment is not left half-way because nobody reads of it."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)
