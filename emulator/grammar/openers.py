"""Lines outside the grammar that open a view, below the parents that open them.

Source: `foreign-openers.tsv` (from the command reference pages): parent, line, what it adds to the prompt. A
view is known by what it and the views above it add to the prompt, with `<>` for each argument: that is how
the table names the parents outside the grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from emulator.grammar.commands import text_of, views

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "foreign:"
_ARGUMENT = re.compile(r"<[^>]*>")
_RANGE = re.compile(r"<(\d+)-(\d+)>")
_REPEATED = re.compile(r"\} &<[^>]*>")
_PARTS = re.compile(r"<[^>]*>|\.\.\.|[\[\]{}|]|[^\s\[\]{}|<>]+")
_ANY_INTERFACE = "if-*"


def pattern(suffix: str) -> str:
    """Return what a view adds to the prompt, without its arguments."""
    return _ARGUMENT.sub("<>", suffix)


@lru_cache(maxsize=512)
def _read(notation: str) -> tuple[re.Pattern[str], tuple[tuple[int, int] | None, ...]]:
    """Return what fits a notation, with the bounds of its arguments; most rows are never asked for."""
    ranges: list[tuple[int, int] | None] = []
    line = "".join(_expression(_parts(notation), ranges))[1:]
    return re.compile(line, re.IGNORECASE), tuple(ranges)


@dataclass(frozen=True, slots=True)
class Opener:
    """A line that opens a foreign view.

    Args:
        parent: pattern of the view that opens it; empty for the system view.
        notation: of the line, as its page writes it.
        words: keywords of the line.
        suffix: what it adds to the prompt.
    """

    parent: str
    notation: str
    words: tuple[str, ...]
    suffix: str

    def fits(self, text: str) -> bool:
        """Tell whether a line is of this pattern."""
        line, ranges = _read(self.notation)
        found = line.fullmatch(text)
        return found is not None and all(
            bounds is None or value is None or (value.isdigit() and bounds[0] <= int(value) <= bounds[1])
            for bounds, value in zip(ranges, found.groups(), strict=True)
        )

    def prompt(self, text: str) -> str:
        """Return what the line adds to the prompt: each argument behind the word that it follows there."""
        found = _read(self.notation)[0].fullmatch(text)
        values = [value for value in (found.groups() if found else ()) if value is not None]
        words, left, prompt = text.split(), list(values), self.suffix
        while (place := _ARGUMENT.search(prompt)) is not None:
            before = prompt[: place.start()].rstrip("-").rpartition("-")[2].lower()
            named = [value for value in left if value in words and _before(words, value) == before]
            value = (named or left or values[-1:] or [""])[0]
            left = [other for other in left if other is not value]
            prompt = prompt[: place.start()] + value.strip('"') + prompt[place.end() :]
        return prompt

    def view(self, known: str) -> str:
        """Return the id of the view: the keywords that open it, and its place.

        Args:
            known: the keywords under which the vocabulary has a title for it; empty for none.
        """
        return f"{_MARK}{known or ' '.join(self.words)}@{self.parent}{pattern(self.suffix)}"


def _before(words: list[str], value: str) -> str:
    place = words.index(value)
    return words[place - 1].lower() if place else ""


def keywords_of(view: str) -> str:
    """Return the keywords that opened a foreign view.

    >>> keywords_of("foreign:bgp@-bgp")
    'bgp'
    """
    return view.removeprefix(_MARK).partition("@")[0]


class Openers:
    """All rows, by parent and first word."""

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[Opener]]:
        table: dict[tuple[str, str], list[Opener]] = {}
        for row in text_of("foreign-openers.tsv").splitlines():
            if row.startswith("#") or not row.strip():
                continue
            parent, notation, suffix = row.split("\t")[:3]
            opener = _opener(self._parent(parent), notation, suffix)
            if opener is not None:
                table.setdefault((opener.parent, opener.words[0].lower()), []).append(opener)
        return table

    @cached_property
    def _ours(self) -> dict[str, str]:
        """Patterns of the views of the grammar."""
        known = views()[0]

        def whole(name: str) -> str:
            if name in {"user", "system"}:
                return ""
            above = whole(known[name].parent) if known[name].parent in known else ""
            return above + pattern(known[name].suffix)

        return {name: _ANY_INTERFACE if name.startswith("if-") else whole(name) for name in known}

    def _parent(self, name: str) -> str:
        return self._ours.get(name, name if name == _ANY_INTERFACE else pattern(name))

    @cached_property
    def _by_keywords(self) -> dict[str, str]:
        """Pattern of the view that some keywords open, for a view that is named by them alone."""
        return {
            " ".join(opener.words): opener.parent + pattern(opener.suffix)
            for openers in self._rows.values()
            for opener in openers
        }

    def pattern_of(self, view: str) -> str:
        """Return the pattern of a view by its id."""
        if not view.startswith(_MARK):
            return self._ours.get(view, view)
        keywords, at, place = view.removeprefix(_MARK).partition("@")
        return place if at else self._by_keywords.get(keywords, "?")

    def find(self, text: str, view: str) -> Opener | None:
        """Return the row by which a line opens a view below the one where it is typed."""
        return self._find(text, self.pattern_of(view))

    def above(self, text: str, view: str) -> bool:
        """Tell whether a line opens a view below one of those above a foreign view."""
        place = self.pattern_of(view)
        return any(
            self._find(text, parent)
            for parent in self._parents
            if parent and place != parent and place.startswith(parent)
        )

    @cached_property
    def _parents(self) -> frozenset[str]:
        return frozenset(parent for parent, _ in self._rows)

    def _find(self, text: str, place: str) -> Opener | None:
        first = text.partition(" ")[0].lower()
        fitting = [opener for opener in self._rows.get((place, first), ()) if opener.fits(text)]
        return max(fitting, key=lambda opener: len(opener.words), default=None)


def _opener(parent: str, notation: str, suffix: str) -> Opener | None:
    """Read a row; nothing for one whose line does not begin with a keyword."""
    parts = _parts(notation)
    if not parts or parts[0].startswith(("<", "[", "{")):
        return None
    words = tuple(part for part in _outside(parts) if not part.startswith(("<", ".")))
    return Opener(parent, notation, words, suffix)


def _parts(notation: str) -> list[str]:
    return _PARTS.findall(_REPEATED.sub("} +", notation))


def _outside(parts: list[str]) -> Iterator[str]:
    """Yield the parts of a line that are not optional and no alternatives."""
    depth = 0
    for part in parts:
        depth += part in "[{"
        if not depth and part not in "]}|+":
            yield part
        depth -= part in "]}"


def _expression(parts: list[str], ranges: list[tuple[int, int] | None]) -> Iterator[str]:
    """Turn the notation of a page into a regular expression; a blank stands before each word."""
    for part in parts:
        if part == "[":
            yield "(?:"
        elif part == "]":
            yield ")?"
        elif part == "{":
            yield "(?:"
        elif part == "}":
            yield ")"
        elif part == "|":
            yield "|"
        elif part == "+":
            yield "+"
        elif part == "...":
            yield " .*"
        elif part.startswith("<"):
            bounds = _RANGE.fullmatch(part)
            ranges.append((int(bounds[1]), int(bounds[2])) if bounds else None)
            yield ' ("[^"]*"|\\S+)'
        else:
            yield f" {re.escape(part)}"
