"""Configuration text as a tree, and the tree as owned facts and foreign lines.

Read from `display current-configuration` or from a file: sections between `#`, deeper views by indentation.
Neither the order of sections nor the order of lines matters. A line of the owned table is spelled as the
device prints it; every other line is kept word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from inventory.facts import ConfigLine, ConfigTree, Foreign, read_line
from inventory.lines import Statement
from inventory.place import Place
from parsers.builder import Builder
from parsers.configuration import configuration_lines

_NOTE = re.compile(r"\s*(#\s*|!.*)?$")
_RELEASE = re.compile(r"!Software Version (?P<release>\S+)\s*")


def read_tree(text: str, source: str) -> ConfigTree:
    """Read a configuration.

    Args:
        text: what `display current-configuration` printed, or the content of a configuration file.
        source: device or file name, for the places of the lines.

    Returns:
        The lines with the lines below them, in the order in which they were read. Comment lines, separators
        and the final `return` are left out; of the notes above them the release is kept.
    """
    roots: list[_Node] = []
    release = ""
    above: list[tuple[int, _Node]] = []
    for line in configuration_lines(text):
        number, raw = line.number, line.text
        if _NOTE.match(raw):
            written = _RELEASE.fullmatch(raw)
            release = written["release"] if written else release
            above = above if raw[:1].isspace() else []
            continue
        indent = len(raw) - len(raw.lstrip())
        while above and above[-1][0] >= indent:
            above.pop()
        parent = above[-1][1] if above else None
        if parent is None and raw.strip() == "return":
            continue
        node = _Node(read_line(raw.strip(), parent.said if parent else None, Place(source, number)))
        (parent.children if parent else roots).append(node)
        above.append((indent, node))
    return ConfigTree(tuple(node.line() for node in roots), release)


def release_of(text: str) -> str:
    """Return the release in the notes above a configuration, as `read_tree` keeps it; or nothing."""
    notes = (line for line in text.splitlines() if line.strip())
    above = takewhile(lambda line: line.startswith("!"), notes)
    found = (written["release"] for line in above if (written := _RELEASE.fullmatch(line)))
    return next(found, "")


class _Node:
    """A line while the lines below it are still being read."""

    def __init__(self, said: Statement | Foreign) -> None:
        self.said = said
        self.children: list[_Node] = []

    def line(self) -> ConfigLine:
        return ConfigLine(self.said, tuple(child.line() for child in self.children))


def known_lines(tree: ConfigTree) -> Iterator[ConfigLine]:
    """Yield each owned line, the openings of views included, and each foreign one with what is below it."""
    yield from _known(tree.lines)


def _known(lines: Iterable[ConfigLine]) -> Iterator[ConfigLine]:
    for line in lines:
        yield line
        if line.children and line.owned:
            yield from _known(line.children)


def facts(tree: ConfigTree) -> tuple[tuple[Statement, ...], tuple[ConfigLine, ...]]:
    """Split a configuration into the lines that Hotpair owns, with their meaning, and the foreign ones.

    Lines that only open a view of an object which belongs to others (interfaces, address pools, VLANs, VSIs)
    are no facts; they stand in the path of the facts below them.
    """
    owned: list[Statement] = []
    foreign: list[ConfigLine] = []
    for line in known_lines(tree):
        if isinstance(line.said, Foreign):
            foreign.append(line)
        elif not line.said.row.holder:
            owned.append(line.said)
    return tuple(owned), tuple(foreign)


def fold(lines: Iterable[Statement]) -> ConfigTree:
    """Put facts into their views, in the order in which the device prints them."""
    return _built(lines).tree()


def printed(lines: Iterable[Statement]) -> Iterator[tuple[str, ...]]:
    """Yield facts and what opens their views in the order in which the device prints them, as texts.

    Args:
        lines: facts in any order.
    """
    return _built(lines).top.texts()


def _built(lines: Iterable[Statement]) -> Builder:
    builder = Builder()
    for fact in lines:
        builder.put(fact)
    return builder


def add_line(tree: ConfigTree, path: tuple[str, ...], text: str, place: Place | None = None) -> ConfigTree:
    """Put a line where the device prints it; views on the way are made, a line that is there stays.

    Args:
        tree: stays as it is.
        path: lines that open the views, from the outside.
        text: the line.
        place: where it was asked for.
    """
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
