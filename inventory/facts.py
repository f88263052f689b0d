"""Configuration as values: each line read once, with the lines below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from inventory.lines import Statement, read
from inventory.place import Place


@dataclass(frozen=True, slots=True)
class Foreign:
    """A line that no row of the owned table knows: it is kept word for word and never touched.

    Args:
        path: texts of the views above it.
        text: the line without indentation, as it was read.
        place: where it was read.
    """

    path: tuple[str, ...]
    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ConfigLine:
    """One line of a configuration with the lines below it.

    Args:
        said: what it is: an owned line with its meaning, or a foreign one.
        children: lines of the view that it opens, in order.
    """

    said: Statement | Foreign
    children: tuple[ConfigLine, ...] = ()

    @property
    def text(self) -> str:
        """The line without indentation, an owned one in the device's canonical form."""
        return self.said.text

    @property
    def path(self) -> tuple[str, ...]:
        """Texts of the views above it."""
        return self.said.path

    @property
    def place(self) -> Place | None:
        """Where it was read, or which part of the intent asks for it."""
        return self.said.place

    @property
    def owned(self) -> Statement | None:
        """What it says; nothing for a line that Hotpair does not own."""
        return None if isinstance(self.said, Foreign) else self.said


@dataclass(frozen=True, slots=True)
class ConfigTree:
    """A device configuration.

    Args:
        lines: its top-level lines in order.
        release: software version as the device wrote it above them, e.g. `V800R022C00SPC500`; empty where
            it did not, and not part of equality.
    """

    lines: tuple[ConfigLine, ...] = ()
    release: str = field(default="", compare=False)

    def walk(self) -> Iterator[tuple[tuple[str, ...], ConfigLine]]:
        """Yield every line with the texts of the views above it, top down."""
        stack: list[tuple[tuple[str, ...], ConfigLine]] = [((), line) for line in reversed(self.lines)]
        while stack:
            path, line = stack.pop()
            yield path, line
            below = (*path, line.text)
            stack.extend((below, child) for child in reversed(line.children))


FOREIGN_VIEW = ""
"""View that a line opens that is not owned: nothing below it is."""


def view_below(opening: Statement | Foreign | None) -> str:
    """Name the view that a line opens; the system view where there is none."""
    if opening is None:
        return "system"
    return FOREIGN_VIEW if isinstance(opening, Foreign) else opening.row.opens


def read_line(text: str, within: Statement | Foreign | None, place: Place | None) -> Statement | Foreign:
    """Read a line where it stands: the one reading of what is in a configuration.

    Args:
        text: the line without indentation.
        within: the line that opens the view it stands in; nothing for one of the system view.
        place: where it was written.
    """
    owned = None if isinstance(within, Foreign) else read(view_below(within), text)
    if owned is None or isinstance(within, Foreign):
        return Foreign((*within.path, within.text) if within else (), text, place)
    return owned.at(within, place)
