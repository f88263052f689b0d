"""The line being typed: what each editing key does to it, and what the terminal echoes.

Keys are pure functions from line to line (guide, Editing a Command). The echo is derived from the line
before and after, so a key can't change the line and forget to show it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

MAX_LINE = 3100
WRAP = b" \x1b[1D"
"""At each wrap the device writes a blank and steps back over it (cli-behaviour, section 2)."""


class Line(NamedTuple):
    """Typed bytes and the cursor among them."""

    text: bytes = b""
    cursor: int = 0

    @classmethod
    def ending(cls, text: bytes) -> Line:
        """Return a line with the cursor behind its last byte."""
        return cls(text, len(text))


def typed(line: Line, key: int) -> Line:
    """Insert a byte at the cursor; a full line takes no more."""
    if len(line.text) >= MAX_LINE:
        return line
    return Line(line.text[: line.cursor] + bytes((key,)) + line.text[line.cursor :], line.cursor + 1)


def _home(line: Line) -> Line:
    return Line(line.text, 0)


def _end(line: Line) -> Line:
    return Line.ending(line.text)


def _left(line: Line) -> Line:
    return Line(line.text, max(line.cursor - 1, 0))


def _right(line: Line) -> Line:
    return Line(line.text, min(line.cursor + 1, len(line.text)))


def _delete(line: Line) -> Line:
    return Line(line.text[: line.cursor] + line.text[line.cursor + 1 :], line.cursor)


def _erase_back_to(line: Line, start: int) -> Line:
    return Line(line.text[:start] + line.text[line.cursor :], start)


def _backspace(line: Line) -> Line:
    return _erase_back_to(line, max(line.cursor - 1, 0))


def _erase_word(line: Line) -> Line:
    before = line.text[: line.cursor].rstrip(b" ")
    return _erase_back_to(line, before.rfind(b" ") + 1)


def _erase_left(line: Line) -> Line:
    return _erase_back_to(line, 0)


KEYS: Mapping[int, Callable[[Line], Line]] = {
    0x01: _home,  # Ctrl+A
    0x02: _left,  # Ctrl+B
    0x04: _delete,  # Ctrl+D
    0x05: _end,  # Ctrl+E
    0x06: _right,  # Ctrl+F
    0x08: _backspace,  # Ctrl+H
    0x17: _erase_word,  # Ctrl+W
    0x18: _erase_left,  # Ctrl+X
    0x7F: _backspace,
}

ARROWS: Mapping[int, int] = {ord("A"): 0x10, ord("B"): 0x0E, ord("C"): 0x06, ord("D"): 0x02}
"""The last byte of an arrow key's escape sequence -> the control key it stands for."""


def echo(before: Line, after: Line, *, column: int = 0, width: int = 0) -> bytes:
    """Return what turns the shown `before` into `after`.

    Args:
        before: the line as the terminal shows it.
        after: the line as it must be shown.
        column: where the line begins, behind the prompt.
        width: columns of the terminal; 0 never wraps.
    """
    if before.text == after.text:
        return _move(before, after.cursor)
    start = min(_common(before.text, after.text), before.cursor)
    tail = after.text[start:]
    blanks = max(len(before.text) - len(after.text), 0)
    shown = wrapped(tail, column + start, width) + b" " * blanks
    return b"\b" * (before.cursor - start) + shown + b"\b" * (len(after.text) + blanks - after.cursor)


def _move(line: Line, cursor: int) -> bytes:
    if cursor < line.cursor:
        return b"\b" * (line.cursor - cursor)
    return line.text[line.cursor : cursor]


def _common(one: bytes, other: bytes) -> int:
    if other.startswith(one):
        return len(one)
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def wrapped(text: bytes, column: int, width: int) -> bytes:
    """Return text that begins at a column, with what the device writes at the end of each row."""
    if not width or column + len(text) < width:
        return text
    out = bytearray()
    for place, byte in enumerate(text, column + 1):
        out.append(byte)
        if place % width == 0:
            out += WRAP
    return bytes(out)
