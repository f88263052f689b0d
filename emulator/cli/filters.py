"""Output filters: what stands behind `|` and `>` of a display command.

`| begin RE`, `| include RE`, `| exclude RE`, `| count`, `| no-more`, `| ignore-case`, `| section include RE`,
chained up to 32, and `> file`, `>> file` at the end (cli-behaviour, section 7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from emulator.cli.expressions import expression
from emulator.grammar.model import FaultKind

MAX_FILTERS = 32
_REDIRECT = re.compile(r"^(?P<head>.*?)\s+(?P<sign>>>?)\s*(?P<file>[\w.:/-]+)\s*$")


@dataclass(frozen=True, slots=True)
class Filter:
    """One link of the chain; a filter without expression has an empty pattern."""

    kind: str
    pattern: str = ""


class Pipeline(NamedTuple):
    """A display command with everything behind it.

    Args:
        command: the text before the first `|` or `>`.
        filters: in the order typed.
        file: where the output goes instead of the terminal; empty for the terminal.
        append: whether it is added to that file.
    """

    command: str
    filters: tuple[Filter, ...] = ()
    file: str = ""
    append: bool = False

    @property
    def no_more(self) -> bool:
        """Whether the output is never paged."""
        return any(link.kind == "no-more" for link in self.filters)


@dataclass(frozen=True, slots=True)
class BadFilter:
    """A filter that the device does not know: which kind of error, and where in the line."""

    kind: FaultKind
    offset: int


def _begin(lines: list[str], expression: re.Pattern[str]) -> list[str]:
    first = next((place for place, line in enumerate(lines) if expression.search(line)), len(lines))
    return lines[first:]


def _include(lines: list[str], expression: re.Pattern[str]) -> list[str]:
    return [line for line in lines if expression.search(line)]


def _exclude(lines: list[str], expression: re.Pattern[str]) -> list[str]:
    return [line for line in lines if not expression.search(line)]


def _section(lines: list[str], expression: re.Pattern[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        if not line.startswith(" "):
            inside = bool(expression.search(line))
        if inside:
            kept.append(line)
    return kept


_BY_PATTERN: Mapping[str, Callable[[list[str], re.Pattern[str]], list[str]]] = {
    "begin": _begin,
    "exclude": _exclude,
    "include": _include,
    "section": _section,
}
_PLAIN = ("count", "ignore-case", "no-more")
KINDS = (*sorted(_BY_PATTERN), *_PLAIN)


def parse(line: str) -> Pipeline | BadFilter:
    """Split a typed line into command, filters and file."""
    head, *rest = line.split("|")
    file, append = "", False
    tail = rest[-1] if rest else head
    redirect = _REDIRECT.match(tail)
    if redirect:
        file, append = redirect["file"], redirect["sign"] == ">>"
        head, rest = (head, [*rest[:-1], redirect["head"]]) if rest else (redirect["head"], [])
    filters: list[Filter] = []
    offset = len(head) + 1
    for text in rest:
        link = _filter(text)
        if isinstance(link, str) or len(filters) == MAX_FILTERS:
            return BadFilter(
                link if isinstance(link, str) else "too-many", offset + len(text) - len(text.lstrip())
            )
        filters.append(link)
        offset += len(text) + 1
    return Pipeline(head.rstrip(), tuple(filters), file, append)


def _filter(text: str) -> Filter | FaultKind:
    """Read one filter; the name of a syntax error when it is none."""
    word, _, pattern = text.strip().partition(" ")
    kinds = [kind for kind in KINDS if kind.startswith(word.lower())] if word else []
    if len(kinds) != 1:
        return "ambiguous" if kinds else ("unrecognized" if word else "incomplete")
    kind, pattern = kinds[0], pattern.strip()
    if kind == "section":
        pattern = pattern.partition(" ")[2].strip() if "include".startswith(pattern.partition(" ")[0]) else ""
    if kind in _PLAIN:
        return "too-many" if pattern else Filter(kind)
    if not pattern:
        return "incomplete"
    return "wrong" if expression(pattern) is None else Filter(kind, pattern)


def apply(lines: Sequence[str], filters: Sequence[Filter]) -> list[str]:
    """Return what is left of an output behind its filters."""
    flags = re.IGNORECASE if any(link.kind == "ignore-case" for link in filters) else re.NOFLAG
    left = list(lines)
    for link in filters:
        wanted = expression(link.pattern, flags) if link.kind in _BY_PATTERN else None
        if wanted is not None:
            left = _BY_PATTERN[link.kind](left, wanted)
        elif link.kind == "count":
            left = [f"Total lines: {len(left)}."]
    return left
