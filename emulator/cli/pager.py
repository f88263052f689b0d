"""Paging: a screen of lines, `---- More ----`, and the keys that go on, filter or stop.

Source: guide, Command Display Mode; the erase sequence is a row of the personality.
"""

from __future__ import annotations

from collections.abc import Sequence

from emulator.cli.expressions import expression

MORE = b"  ---- More ----"
_SPACE, _CR, _LF, _BACKSPACE, _DELETE = 0x20, 0x0D, 0x0A, 0x08, 0x7F
_SEARCHES = {ord("/"): "begin", ord("+"): "include", ord("-"): "exclude"}


class Pager:
    """What remains of one reply that is longer than the screen.

    Args:
        lines: the whole reply.
        height: lines of the screen, 1 or more; the last one holds the pager's own line.
        erase: columns wiped before the output goes on.
    """

    def __init__(self, lines: Sequence[str], height: int, erase: int) -> None:
        self._rest = list(lines)
        self._page = max(height - 1, 1)
        self._erase = b"\x1b[%dD" % erase + b" " * erase + b"\x1b[%dD" % erase
        self._search: bytearray | None = None
        self._kind = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to show."""
        return not self._rest

    def start(self) -> bytes:
        """Return the first screen."""
        return self._show(self._page)

    def key(self, byte: int) -> bytes:
        """Take one key at `---- More ----`; an unknown key stops the output."""
        if self._search is not None:
            return self._searching(byte)
        if byte == _SPACE:
            return self._erase + self._show(self._page)
        if byte in (_CR, _LF):
            return self._erase + self._show(1)
        if byte in _SEARCHES:
            self._search, self._kind = bytearray(), _SEARCHES[byte]
            return self._erase + bytes((byte,))
        self._rest = []
        return self._erase

    def _show(self, count: int) -> bytes:
        shown, self._rest = self._rest[:count], self._rest[count:]
        text = "".join(f"{line}\r\n" for line in shown).encode()
        return text + MORE if self._rest else text

    def _searching(self, byte: int) -> bytes:
        search = self._search = self._search or bytearray()
        if byte in (_CR, _LF):
            self._search = None
            self._rest = _found(self._rest, self._kind, search.decode("utf-8", "replace"))
            return b"\r\n" + self._show(self._page)
        if byte in (_BACKSPACE, _DELETE):
            echoed = b"\b \b" if search else b""
            del search[-1:]
            return echoed
        search.append(byte)
        return bytes((byte,))


def _found(lines: list[str], kind: str, pattern: str) -> list[str]:
    wanted = expression(pattern)
    if wanted is None:
        return lines
    if kind == "begin":
        first = next((place for place, line in enumerate(lines) if wanted.search(line)), len(lines))
        return lines[first:]
    return [line for line in lines if bool(wanted.search(line)) == (kind == "include")]
