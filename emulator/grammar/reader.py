"""Reads a typed line against the forms of a view.

Theory. All forms are followed at once, token by token. At each token the keywords that may stand there are
compared first (an exact one wins, else a unique prefix), and parameters beside them; what survives the last
token and may end there is the reading. Where several readings survive, typed keywords outweigh parameters,
and these outweigh prefixes.

Which readings survive depends on little of a token: the keyword that it is, and of which types it is a
value. So a `Place` remembers where each such outcome led, and a line like one before it is read by looking
up. What a line says is no part of a place: a reading names the tokens that it takes its values from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from emulator.grammar import interfaces, values
from emulator.grammar.commands import Command
from emulator.grammar.model import Fault, FaultKind
from emulator.grammar.syntax import Form, State
from emulator.grammar.values import Value

EXACT, VALUE, PREFIX = range(3)
Kind = TypeVar("Kind")

SHORTEST = 3
"""A shorter abbreviation must be unique among all keywords of the manual, not only among ours."""

_NO_KEYWORD = ("", False)
WAYS = 64
"""Outcomes that a place remembers."""
_TOKEN = re.compile(r'"[^"]*"(?=\s|$)|\S+')


class Words:
    """The words of a line; quoted text is one word. Where they stand is only asked for a fault, or a rest."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.texts: list[str] = _TOKEN.findall(line) if '"' in line else line.split()

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Columns of the words: the first character of each, and the one behind it."""
        return [found.span() for found in _TOKEN.finditer(self.line)]

    def start(self, index: int) -> int:
        """Return the column at which a word begins."""
        return self.spans[index][0]


def parted(line: str) -> tuple[str, str]:
    """Split a line into its whole words and the word at its end that is still being typed."""
    words = Words(line)
    if not words.texts or line[-1:].isspace():
        return line, ""
    return line[: words.start(-1)], words.texts[-1]


class Source(NamedTuple):
    """Where a line says a value: at which token, and which of the values that were read there."""

    token: int
    number: int


class PartialReading(NamedTuple):
    """One reading so far.

    Args:
        command: the command.
        form: its form.
        state: what may follow.
        params: what was captured: a keyword, or where the value stands.
        score: kinds of the matches so far; the smallest tuple is the best reading.
        skip: tokens that the last parameter took beyond its first.
        pending: token with an interface type whose number comes next, and the parameter that it belongs to.
    """

    command: Command
    form: Form
    state: State
    params: tuple[tuple[str, str | Source], ...] = ()
    score: tuple[int, ...] = ()
    skip: int = 0
    pending: tuple[int, str] | None = None


Outcome = tuple[str, bool, tuple[int, ...]]
"""The keyword that a token is, empty for none; whether in full; how many tokens each value takes from it."""


class Place:
    """Where lines stand that were read alike.

    Args:
        partials: their readings.
        index: of the token that comes next.
    """

    def __init__(self, partials: Iterable[PartialReading], index: int) -> None:
        found = list(partials)
        leap = min((one.skip for one in found), default=0)
        self.partials = tuple(one._replace(skip=one.skip - leap) for one in found) if leap else tuple(found)
        self.index = index + leap
        self._ready = [one for one in self.partials if not one.skip and one.pending is None]
        self._awaited: Collection[str] = frozenset[str]().union(*(one.state.keywords for one in self._ready))
        self._kinds = _unique(one.command.value(name) for one in self._ready for name, _ in one.state.params)
        self._words = all(kind.is_word for kind in self._kinds)
        self._typed = _unique(one.pending[0] for one in self.partials if one.pending)
        self._names_types = any(kind.kind == "interface" for kind in self._kinds)
        self._plain = not (self._kinds or self._typed)
        self.ways: dict[Outcome, Place] = {}
        self.keywords: dict[str, Place] = {}
        """The ways of keywords typed in full, where nothing but a keyword may stand."""

    def step(self, words: Words, read: dict[int, list[str]]) -> Place | FaultKind:
        """Take the next token.

        Args:
            words: those of the line.
            read: the values that each token was read as; those of this one are added.
        """
        token = words.texts[self.index]
        word, ambiguous = keyword(token, self._awaited) if self._awaited else _NO_KEYWORD
        exact = bool(word) and word in (token, token.lower())
        outcome = word, exact, () if self._plain else self._taken(token, words, read)
        after = self.ways.get(outcome) or self._led(outcome)
        return after if after.partials else ("ambiguous" if ambiguous else self._why)

    def _taken(self, token: str, words: Words, read: dict[int, list[str]]) -> tuple[int, ...]:
        """Read a token as a value of each type, and tell how many tokens each takes from it."""
        if self._words:
            texts = read[self.index] = [kind.read(token) for kind in self._kinds]
            taken = [1 if text else 0 for text in texts]
        else:
            found = [_read(kind, words, self.index) for kind in self._kinds]
            texts = read[self.index] = [text for text, _ in found]
            taken = [count for _, count in found]
        for typed in self._typed:
            text = interfaces.canonical(words.texts[typed], token)
            texts.append(text)
            taken.append(1 if text else 0)
        if self._names_types:
            taken.append(_names_type(token))
        return tuple(taken)

    def _led(self, outcome: Outcome) -> Place:
        following = (after for one in self.partials for after in self._follow(one, outcome))
        after = Place(following, self.index + 1)
        if len(self.ways) < WAYS:
            self.ways[outcome] = after
            word, exact, _ = outcome
            if exact and self._plain:
                self.keywords[word] = after
        return after

    def _follow(self, partial: PartialReading, outcome: Outcome) -> Iterator[PartialReading]:
        found, exact, taken = outcome
        if partial.skip:
            yield partial._replace(skip=partial.skip - 1)
        elif partial.pending is not None:
            typed, name = partial.pending
            number = len(self._kinds) + self._typed.index(typed)
            if taken[number]:
                yield _after(partial, partial.state, ((name, Source(self.index, number)),))
        else:
            for word, kept, state in partial.state.words:
                if word == found:
                    yield _after(partial, state, ((word, word),) if kept else (), EXACT if exact else PREFIX)
            for name, state in partial.state.params:
                yield from self._value(partial, name, state, taken)

    def _value(
        self, partial: PartialReading, name: str, state: State, taken: tuple[int, ...]
    ) -> Iterator[PartialReading]:
        kind = partial.command.value(name)
        number = self._kinds.index(kind)
        if taken[number]:
            found = ((name, Source(self.index, number)),)
            yield _after(partial, state, found, VALUE, taken[number] - 1)
        if kind.kind == "interface" and taken[-1]:
            yield _after(partial, state, (), VALUE)._replace(pending=(self.index, name))

    @cached_property
    def _why(self) -> FaultKind:
        """Why no token may stand here that is none of the awaited ones."""
        if self._kinds or self._typed:
            return "wrong"
        if self._awaited:
            return "unrecognized"
        return "too-many" if self.index else "unrecognized"

    @cached_property
    def complete(self) -> PartialReading | None:
        """The best reading that may end here."""
        ended = [partial for partial in self._ready if partial.state.accepts]
        return min(ended, key=lambda partial: partial.score) if ended else None


class Reading:
    """Where a line stands after its tokens.

    Args:
        place: where it stands before them.
        words: those of the line.
    """

    def __init__(self, place: Place, words: Words) -> None:
        self.fault: Fault | None = None
        self._read: dict[int, list[str]] = {}
        texts = words.texts
        while place.index < len(texts):
            after = place.keywords.get(texts[place.index]) or place.step(words, self._read)
            if not isinstance(after, Place):
                self.fault = Fault(after, words.start(place.index))
                break
            place = after
        self.place = place

    def params(self, partial: PartialReading) -> dict[str, str]:
        """Return what a reading captured of the line."""
        read = self._read
        return {
            name: found if isinstance(found, str) else read[found.token][found.number]
            for name, found in partial.params
        }


def _unique(found: Iterable[Kind]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(found))


def _read(kind: Value, words: Words, index: int) -> tuple[str, int]:
    """Read a value of a type from a token on, and tell how many tokens it takes."""
    token = words.texts[index]
    if kind.rest or (kind.kind == "secret" and token.startswith(values.DELIMITERS)):
        text = kind.read(words.line[words.start(index) :].rstrip())
        return text, len(words.texts) - index if text else 0
    if kind.kind in values.GREEDY:
        return _longest(kind, words, index)
    text = kind.read(token)
    return text, 1 if text else 0


def _names_type(token: str) -> bool:
    return token.replace("-", "").isalnum() and bool(interfaces.types_named(token))


def _longest(kind: Value, words: Words, index: int) -> tuple[str, int]:
    count = len(words.texts)
    for end in range(count, index, -1):
        if end < count and words.texts[end].lower() == "to":
            continue
        text = kind.read(words.line[words.start(index) : words.spans[end - 1][1]])
        if text:
            return text, end - index
    return "", 0


def _after(
    partial: PartialReading,
    state: State,
    params: tuple[tuple[str, str | Source], ...] = (),
    mark: int = -1,
    skip: int = 0,
) -> PartialReading:
    score = (*partial.score, mark) if mark >= 0 else partial.score
    return PartialReading(partial.command, partial.form, state, partial.params + params, score, skip)


def keyword(token: str, words: Collection[str]) -> tuple[str, bool]:
    """Resolve a typed keyword: the exact one, or the one that it abbreviates.

    Returns:
        The keyword, empty when there is none; and whether it abbreviates several.
    """
    low = token.lower()
    if low in words:
        return low, False
    found = [word for word in words if word.lower().startswith(low)] if words else []
    if not found:
        return "", False
    exact = [word for word in found if word.lower() == low]
    if exact:
        return exact[0], False
    return (found[0] if len(found) == 1 else ""), len(found) > 1
