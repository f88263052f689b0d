"""Editing keys and what the terminal echoes: the shown text always equals the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cli.line import KEYS, MAX_LINE, Line, echo, typed

HOME, LEFT, DELETE, END, RIGHT, BACKSPACE, WORD, ALL = 0x01, 0x02, 0x04, 0x05, 0x06, 0x08, 0x17, 0x18


@pytest.mark.parametrize(
    ("start", "key", "after"),
    [
        (Line(b"peer 1", 6), HOME, Line(b"peer 1", 0)),
        (Line(b"peer 1", 0), END, Line(b"peer 1", 6)),
        (Line(b"peer 1", 3), LEFT, Line(b"peer 1", 2)),
        (Line(b"peer 1", 0), LEFT, Line(b"peer 1", 0)),
        (Line(b"peer 1", 6), RIGHT, Line(b"peer 1", 6)),
        (Line(b"peer 1", 3), DELETE, Line(b"pee 1", 3)),
        (Line(b"peer 1", 3), BACKSPACE, Line(b"per 1", 2)),
        (Line(b"peer 1 ", 7), WORD, Line(b"peer ", 5)),
        (Line(b"peer 1", 4), ALL, Line(b" 1", 0)),
    ],
)
def test_each_key_changes_the_line_as_documented(start: Line, key: int, after: Line) -> None:
    assert KEYS[key](start) == after


def test_a_full_line_takes_no_more() -> None:
    full = Line.ending(b"x" * MAX_LINE)
    assert typed(full, ord("y")) == full


def shown(screen: str, cursor: int, data: bytes) -> tuple[str, int]:
    """A terminal of one endless line."""
    for letter in data.decode("latin-1"):
        if letter == "\b":
            cursor -= 1
            assert cursor >= 0
        else:
            screen = screen[:cursor].ljust(cursor) + letter + screen[cursor + 1 :]
            cursor += 1
    return screen, cursor


@given(st.lists(st.one_of(st.integers(0x20, 0x7E), st.sampled_from(sorted(KEYS))), max_size=40))
def test_the_screen_shows_the_line_after_any_keys(keys: list[int]) -> None:
    line, screen, cursor = Line(), "", 0
    for key in keys:
        after = KEYS[key](line) if key in KEYS else typed(line, key)
        screen, cursor = shown(screen, cursor, echo(line, after))
        line = after
    assert screen.rstrip() == line.text.decode().rstrip()
    assert cursor == line.cursor


def test_a_wrap_writes_a_blank_and_steps_back() -> None:
    assert echo(Line(b"abc", 3), Line(b"abcd", 4), column=6, width=10) == b"d \x1b[1D"
    assert echo(Line(b"abc", 3), Line(b"abcd", 4), column=6, width=0) == b"d"
