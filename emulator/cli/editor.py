"""From bytes to typed lines: escape sequences, history and the keys that act at once.

`?`, Tab, Ctrl+C and Ctrl+Z act without Enter (cli-behaviour, section 2).
"""

from __future__ import annotations

from collections import deque
from enum import Enum

from emulator.cli.line import ARROWS, KEYS, MAX_LINE, Line, echo, typed, wrapped

HISTORY = 10
_CR, _LF, _ESC, _TAB = 0x0D, 0x0A, 0x1B, 0x09
_PREVIOUS, _NEXT = 0x10, 0x0E
_PRINTABLE = range(0x20, 0x100)
_EMPTY = Line()


class Key(Enum):
    """What a byte meant beyond editing."""

    ENTER = "enter"
    HELP = "help"
    COMPLETE = "complete"
    ABORT = "abort"  # Ctrl+C
    RETURN = "return"  # Ctrl+Z


_AT_ONCE = {_TAB: Key.COMPLETE, ord("?"): Key.HELP}
_ALWAYS = {0x03: Key.ABORT, 0x1A: Key.RETURN, _CR: Key.ENTER, _LF: Key.ENTER}


class Editor:
    """One line under construction, and the lines before it.

    Args:
        width: columns of the terminal; 0 never wraps.
    """

    def __init__(self, width: int = 0) -> None:
        self.width = width
        self.line = _EMPTY
        self.history: deque[str] = deque(maxlen=HISTORY)
        self._recalled = 0
        self._escape = ""

    @property
    def text(self) -> str:
        """The line as characters; what no terminal can print is left out."""
        text = self.line.text.decode("utf-8", "replace")
        return text if text.isprintable() else "".join(filter(str.isprintable, text))

    def key(
        self, byte: int, *, column: int = 0, hidden: bool = False, bare: bool = False
    ) -> tuple[bytes, Key | None]:
        """Take one byte: give what is echoed, and what is to be done beyond that.

        Args:
            byte: as received.
            column: where the line begins on the screen.
            hidden: a password is being typed, nothing is echoed.
            bare: an answer is being typed: no history, and `?` and Tab are ordinary.
        """
        if self._escape or byte == _ESC:
            byte = self._escaped(byte)
        event = _ALWAYS.get(byte) or (None if bare else _AT_ONCE.get(byte))
        if event:
            return b"", event
        before, self.line = self.line, self._edited(byte, bare=bare)
        return (b"" if hidden else echo(before, self.line, column=column, width=self.width)), None

    def insert(self, run: bytes, *, column: int) -> bytes:
        """Take bytes that edit nothing, as `key` would one by one, and give what is echoed."""
        if self._escape or self.line.cursor < len(self.line.text):
            return b"".join(self.key(byte, column=column)[0] for byte in run)
        before, self.line = self.line, Line.ending((self.line.text + run)[:MAX_LINE])
        shown = len(before.text)
        return wrapped(self.line.text[shown:], column + shown, self.width)

    def take(self, *, remember: bool) -> str:
        """Return the finished line and begin a new one."""
        text, self.line = self.text, _EMPTY
        if remember and text.strip():
            self.history.append(text)
        self._recalled = 0
        return text

    def retype(self, text: str) -> None:
        """Replace the line by a completed one."""
        self.line = Line.ending(text.encode())

    def _edited(self, byte: int, *, bare: bool) -> Line:
        if byte in KEYS:
            return KEYS[byte](self.line)
        if byte in (_PREVIOUS, _NEXT) and not bare:
            return self._recall(1 if byte == _PREVIOUS else -1)
        return typed(self.line, byte) if byte in _PRINTABLE else self.line

    def _recall(self, step: int) -> Line:
        self._recalled = min(max(self._recalled + step, 0), len(self.history))
        return Line.ending(self.history[-self._recalled].encode()) if self._recalled else Line()

    def _escaped(self, byte: int) -> int:
        """Follow an escape sequence; give the control key it ends in, or 0 for nothing."""
        if byte == _ESC:
            self._escape = "\x1b"
            return 0
        sequence, letter = self._escape, chr(byte)
        self._escape = ""
        if sequence == "\x1b" and letter in "[O":
            self._escape = sequence + letter
        elif len(sequence) > 1 and letter in "0123456789;":
            self._escape = sequence  # parameters of the sequence do not matter
        elif len(sequence) > 1:
            return ARROWS.get(byte, 0)
        elif byte in _ALWAYS:
            return byte  # a lone Esc does not swallow Enter
        return 0
