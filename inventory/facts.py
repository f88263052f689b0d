"""Configuration as values: lines, trees, and facts (owned lines with their meaning).

These are the values that the rooms hand to each other. Rendering makes them from intent, the tree
parser makes them from text, pair rules judge them, plans are differences of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: a file or device, a line number, and a YAML path for intent."""

    source: str
    line: int | None = None
    path: str | None = None

    def __str__(self) -> str:
        """Show as `source:line (path)`."""
        head = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{head} ({self.path})" if self.path else head


@dataclass(frozen=True, slots=True)
class ConfigLine:
    """One line of a configuration with the lines below it.

    Args:
        text: the line without indentation, in the device's canonical form.
        children: lines of the view that it opens, in order.
        place: where it was read or which part of the intent asks for it; not part of equality.
    """

    text: str
    children: tuple[ConfigLine, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ConfigTree:
    """A device configuration: its top-level lines in order."""

    lines: tuple[ConfigLine, ...] = ()

    def walk(self) -> Iterator[tuple[tuple[str, ...], ConfigLine]]:
        """Give every line with the texts of the views above it, top down."""
        stack: list[tuple[tuple[str, ...], ConfigLine]] = [((), line) for line in reversed(self.lines)]
        while stack:
            path, line = stack.pop()
            yield path, line
            below = (*path, line.text)
            stack.extend((below, child) for child in reversed(line.children))


@dataclass(frozen=True, slots=True)
class Fact:
    """One owned line with its meaning.

    Args:
        id: key of the line in the owned table, the command's own id such as `rbs.peer`.
        path: texts of the views above it, canonical, e.g. `("remote-backup-service service1",)`.
        text: canonical text, e.g. `peer 192.0.2.2 source 192.0.2.1 port 1025`. A secret stands as
            `<secret:NAME>` in intent and as the device's ciphertext when read from a device.
        params: values by parameter name, e.g. `{"peer-ip": "192.0.2.2", ...}`.
        place: where it was written; not part of equality.
    """

    id: str
    path: tuple[str, ...]
    text: str
    params: Mapping[str, str] = field(default_factory=dict, compare=False)
    place: Place | None = field(default=None, compare=False)
