"""Configuration text as a tree, and the tree as owned facts and foreign lines.

Read from `display current-configuration` or from a file: sections between `#`, deeper views by indentation.
Neither the order of sections nor the order of lines matters. A line of the owned table is spelled as the
device prints it; every other line is kept word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from inventory.facts import ConfigLine, ConfigTree, Fact, Place
from inventory.lines import OwnedLine, read_line
from parsers.builder import FOREIGN_VIEW, Builder
from parsers.configuration import configuration_lines

_NOTE = re.compile(r"\s*(#\s*|!.*)?$")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A line, with all lines below it, that Hotpair does not own.

    Args:
        path: texts of the views above it.
        line: the line as it was read.
    """

    path: tuple[str, ...]
    line: ConfigLine


def read_tree(text: str, source: str) -> ConfigTree:
    """Read a configuration.

    Args:
        text: what `display current-configuration` printed, or the content of a configuration file.
        source: device or file name, for the places of the lines.

    Returns:
        The lines with the lines below them, in the order in which they were read. Comment lines, separators
        and the final `return` are left out.
    """
    roots: list[_Node] = []
    above: list[tuple[int, _Node]] = []
    for line in configuration_lines(text):
        number, raw = line.number, line.text
        if _NOTE.match(raw):
            above = above if raw[:1].isspace() else []
            continue
        indent = len(raw) - len(raw.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        parent = above[-1][1] if above else None
        if parent is None and raw.strip() == "return":
            continue
        node = _Node.read(raw.strip(), parent.opens if parent else "system", Place(source, number))
        (parent.children if parent else roots).append(node)
        above.append((indent, node))
    return ConfigTree(tuple(node.line() for node in roots))


class _Node:
    """A line while the lines below it are still being read."""

    def __init__(self, text: str, opens: str, place: Place) -> None:
        self.text = text
        self.opens = opens
        self.place = place
        self.children: list[_Node] = []

    @classmethod
    def read(cls, text: str, view: str, place: Place) -> _Node:
        owned = read_line(view, text)
        if owned is None:
            return cls(text, FOREIGN_VIEW, place)
        row, params = owned
        return cls(row.text(**params), row.opens, place)

    def line(self) -> ConfigLine:
        return ConfigLine(self.text, tuple(child.line() for child in self.children), self.place)


@dataclass(frozen=True, slots=True)
class OwnedAt:
    """A line of the owned table where it stands in a tree."""

    row: OwnedLine
    params: Mapping[str, str]
    path: tuple[str, ...]
    line: ConfigLine


def owned_lines(tree: ConfigTree) -> Iterator[OwnedAt | Foreign]:
    """Give each owned line, the openings of views included, and each foreign line with what is below it."""
    yield from _walk(tree.lines, (), "system")


def _walk(lines: Iterable[ConfigLine], path: tuple[str, ...], view: str) -> Iterator[OwnedAt | Foreign]:
    for line in lines:
        owned = read_line(view, line.text)
        if owned is None:
            yield Foreign(path, line)
            continue
        row, params = owned
        yield OwnedAt(row, params, path, line)
        yield from _walk(line.children, (*path, line.text), row.opens)


def facts(tree: ConfigTree) -> tuple[tuple[Fact, ...], tuple[Foreign, ...]]:
    """Split a configuration into the lines that Hotpair owns, with their meaning, and the foreign ones.

    Lines that only open a view of an object which belongs to others (interfaces, address pools, VLANs, VSIs)
    are no facts; they stand in the path of the facts below them.
    """
    owned: list[Fact] = []
    foreign: list[Foreign] = []
    for found in owned_lines(tree):
        if isinstance(found, Foreign):
            foreign.append(found)
        elif not found.row.holder:
            owned.append(
                Fact(found.row.id, found.path, found.line.text, found.params, place=found.line.place)
            )
    return tuple(owned), tuple(foreign)


def fold(lines: Iterable[Fact]) -> ConfigTree:
    """Put facts into the views that their paths name, in the order in which the device prints them."""
    builder = Builder()
    for fact in lines:
        builder.add(fact.path, fact.text, fact.place)
    return builder.tree()


def add_line(tree: ConfigTree, path: tuple[str, ...], text: str, place: Place | None = None) -> ConfigTree:
    """Put a line where the device prints it; views on the way are made, a line that is there stays."""
    builder = Builder(tree)
    builder.add(path, text, place)
    return builder.tree()


def write_tree(tree: ConfigTree) -> str:
    """Write a configuration as the device prints it: sections between `#`, `return` at the end.

    Lines without children that begin with the same word share a section.
    """
    out: list[str] = []
    before: ConfigLine | None = None
    for line in tree.lines:
        shares = before and not before.children and not line.children and _head(before) == _head(line)
        if not shares:
            out.append("#")
        out += _written(line, 0)
        before = line
    return "\n".join((*out, "#", "return", ""))


def _head(line: ConfigLine) -> str:
    words = line.text.split(maxsplit=1)
    return line.text if words[0] in {"interface", "remote-backup-profile"} else words[0]


def _written(line: ConfigLine, depth: int) -> Iterator[str]:
    yield " " * depth + line.text
    for child in line.children:
        yield from _written(child, depth + 1)
