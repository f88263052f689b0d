"""Reads a typed line against the forms of a view.

All forms are followed at once, token by token. At each token the keywords that may stand there are compared
first (an exact one wins, else a unique prefix), and parameters beside them; what survives the last token and
may end there is the reading. Where several readings survive, typed keywords outweigh parameters, and these
outweigh prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from emulator.grammar import interfaces, values
from emulator.grammar.commands import Command
from emulator.grammar.model import Fault, FaultKind
from emulator.grammar.syntax import Form, State

EXACT, VALUE, PREFIX = range(3)

SHORTEST = 3
"""A shorter abbreviation must be unique among all keywords of the manual, not only among ours."""

_TOKEN = re.compile(r'"[^"]*"(?=\s|$)|\S+')


class Token(NamedTuple):
    """A word of the line, and its place."""

    text: str
    start: int
    end: int


def tokens(line: str) -> list[Token]:
    """Split a line into its words; quoted text is one word."""
    return [Token(found[0], *found.span()) for found in _TOKEN.finditer(line)]


def parted(line: str) -> tuple[str, str]:
    """Split a line into its whole words and the word at its end that is still being typed."""
    words = tokens(line)
    if not words or line[-1:].isspace():
        return line, ""
    return line[: words[-1].start], words[-1].text


class Thread(NamedTuple):
    """One reading so far; a tuple, since a line makes a dozen of them.

    Args:
        command: the command.
        form: its form.
        state: what may follow.
        params: what was captured.
        score: kinds of the matches so far; the smallest tuple is the best reading.
        skip: tokens that the last parameter took beyond its first.
        pending: an interface type whose number comes next, and the parameter that it belongs to.
    """

    command: Command
    form: Form
    state: State
    params: tuple[tuple[str, str], ...] = ()
    score: tuple[int, ...] = ()
    skip: int = 0
    pending: tuple[str, str] = ("", "")


class Reading:
    """Where a line stands after its tokens."""

    def __init__(self, threads: Iterable[Thread], line: str, words: list[Token], skipped: int = 0) -> None:
        self.line = line
        self.threads = list(threads)
        self.tokens = words
        self.fault: Fault | None = None
        for index in range(skipped, len(self.tokens)):
            if not self._step(index):
                break

    def _step(self, index: int) -> bool:
        token = self.tokens[index]
        words, ambiguous = keyword(token.text, self._awaited())
        following = [after for thread in self.threads for after in self._follow(thread, index, words)]
        if not following:
            kind: FaultKind = "ambiguous" if ambiguous else self._why(index)
            self.fault = Fault(kind, token.start)
            return False
        self.threads = following
        return True

    def _awaited(self) -> Collection[str]:
        """Return the keywords that may come next."""
        ready = [thread.state.keywords for thread in self._ready()]
        return ready[0] if len(ready) == 1 else frozenset[str]().union(*ready)

    def _ready(self) -> Iterator[Thread]:
        return (thread for thread in self.threads if not thread.skip and not thread.pending[0])

    def _why(self, index: int) -> FaultKind:
        ready = list(self._ready())
        if any(thread.state.params for thread in ready) or any(thread.pending[0] for thread in self.threads):
            return "wrong"
        if any(thread.state.words for thread in ready):
            return "unrecognized"
        return "too-many" if index else "unrecognized"

    def _follow(self, thread: Thread, index: int, words: str) -> Iterator[Thread]:
        token = self.tokens[index]
        if thread.skip:
            yield _after(thread, thread.state, skip=thread.skip - 1)
            return
        if thread.pending[0]:
            kind, name = thread.pending
            found = interfaces.canonical(kind, token.text)
            if found:
                yield _after(thread, thread.state, ((name, found),))
            return
        for word, kept, state in thread.state.words:
            if word == words:
                mark = EXACT if word.lower() == token.text.lower() else PREFIX
                yield _after(thread, state, ((word, word),) if kept else (), mark)
        for name, state in thread.state.params:
            yield from self._value(thread, name, state, index)

    def _value(self, thread: Thread, name: str, state: State, index: int) -> Iterator[Thread]:
        kind = thread.command.value(name)
        token = self.tokens[index]
        marked = kind.kind == "secret" and token.text.startswith(values.DELIMITERS)
        if kind.rest or marked:
            text = kind.read(self.line[token.start :].rstrip())
            if text:
                yield _after(thread, state, ((name, text),), VALUE, skip=len(self.tokens) - index - 1)
        elif kind.kind in values.GREEDY:
            yield from self._longest(thread, name, state, index)
        else:
            text = kind.read(token.text)
            if text:
                yield _after(thread, state, ((name, text),), VALUE)
            if kind.kind in {"interface", "port-name"} and token.text.replace("-", "").isalnum():
                yield from self._typed(thread, name, state, index)

    def _typed(self, thread: Thread, name: str, state: State, index: int) -> Iterator[Thread]:
        token = self.tokens[index].text
        if thread.command.value(name).kind == "interface" and interfaces.types_named(token):
            waiting = _after(thread, state, (), VALUE)
            yield Thread(
                waiting.command, waiting.form, state, waiting.params, waiting.score, 0, (token, name)
            )

    def _longest(self, thread: Thread, name: str, state: State, index: int) -> Iterator[Thread]:
        kind = thread.command.value(name)
        for end in range(len(self.tokens), index, -1):
            if end < len(self.tokens) and self.tokens[end].text.lower() == "to":
                continue
            text = kind.read(self.line[self.tokens[index].start : self.tokens[end - 1].end])
            if text:
                yield _after(thread, state, ((name, text),), VALUE, skip=end - index - 1)
                return

    def complete(self) -> Thread | None:
        """Return the best reading that may end here."""
        ended = [thread for thread in self._ready() if thread.state.accepts]
        return min(ended, key=lambda thread: thread.score) if ended else None


def _after(
    thread: Thread, state: State, params: tuple[tuple[str, str], ...] = (), mark: int = -1, skip: int = 0
) -> Thread:
    score = (*thread.score, mark) if mark >= 0 else thread.score
    return Thread(thread.command, thread.form, state, thread.params + params, score, skip)


def keyword(token: str, words: Collection[str]) -> tuple[str, bool]:
    """Resolve a typed keyword: the exact one, or the one that it abbreviates.

    Returns:
        The keyword, empty when there is none; and whether it abbreviates several.
    """
    low = token.lower()
    if low in words:
        return low, False
    found = [word for word in words if word.lower().startswith(low)]
    exact = [word for word in found if word.lower() == low]
    if exact:
        return exact[0], False
    return (found[0] if len(found) == 1 else ""), len(found) > 1
