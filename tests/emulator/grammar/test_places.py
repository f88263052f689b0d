"""Places: a line that is read by looking up reads as one whose forms are followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.grammar import Fault, Grammar, Match, reader
from tests.emulator.grammar import lines
from tests.emulator.grammar.test_reading import GRAMMAR, VIEWS

FORGETFUL = Grammar()


@contextmanager
def nothing_remembered() -> Iterator[None]:
    before, reader.WAYS = reader.WAYS, 0
    try:
        yield
    finally:
        reader.WAYS = before


def read_anew(grammar: Grammar, view: str, line: str) -> Match | Fault:
    """Read a line as if it were the first time."""
    type(grammar).read.cache_clear()
    return grammar.read(view, line)


@st.composite
def pasted(draw: st.DrawFn) -> tuple[str, str]:
    """Return a line of a view: right, abbreviated, cut short, with a word too many or with another value."""
    view = draw(st.sampled_from(VIEWS))
    words = draw(lines.typed(view)).split()
    place = draw(st.integers(0, len(words) - 1))
    spoiled = {
        "right": words,
        "short": [word[: max(len(word) - 1, 3)] for word in words],
        "capital": [word.upper() for word in words],
        "cut": words[: place + 1],
        "more": [*words[:place], draw(st.sampled_from(["7", "to", "enable", "gi", "0/1/9"])), *words[place:]],
        "other": [*words[:place], draw(st.sampled_from(["9", "x", "10.9.9.9", "24"])), *words[place + 1 :]],
    }
    return view, " ".join(draw(st.sampled_from(list(spoiled.values()))))


@settings(max_examples=60, deadline=None)
@given(st.lists(pasted(), min_size=4, max_size=12))
def test_a_line_reads_the_same_whatever_was_read_before_it(typed: list[tuple[str, str]]) -> None:
    for _ in range(2):
        remembered = [read_anew(GRAMMAR, view, line) for view, line in typed]
    with nothing_remembered():
        followed = [read_anew(FORGETFUL, view, line) for view, line in typed]
    assert remembered == followed


def test_a_line_like_one_before_it_follows_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    read_anew(GRAMMAR, "if-ge", "ip address 10.0.0.1 255.255.255.0 sub")

    def refuse(*_: object) -> None:
        raise AssertionError("a form was followed again")

    monkeypatch.setattr(reader.Place, "_led", refuse)
    found = read_anew(GRAMMAR, "if-ge", "ip address 10.77.1.1 255.255.0.0 sub")
    assert isinstance(found, Match)
    assert found.text == "ip address 10.77.1.1 255.255.0.0 sub"


def test_a_place_remembers_no_more_than_so_many_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "WAYS", 2)
    grammar = Grammar()
    for count in range(1, 9):
        line = "description " + " ".join(["word"] * count)
        assert isinstance(read_anew(grammar, "if-ge", line), Match)
    assert len(grammar.place("if-ge", "description").ways) == 2
