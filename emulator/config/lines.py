"""Lines of a very long view, in pieces that a changed view shares with the one before it.

A tuple of ten thousand lines is copied whole for each line that is put in, and the copy touches every line.
Of pieces, only the one that changes and the list of pieces are copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from emulator.config.statement import Statement

Children = Sequence["Statement"]
PIECE = 128
"""A piece of twice as many lines is halved."""


class Pieces(Sequence["Statement"]):
    """Lines in pieces; equal to any sequence of the same lines.

    Args:
        pieces: none of them empty.
        length: lines in all of them.
    """

    __slots__ = ("_length", "_pieces")

    def __init__(self, pieces: tuple[tuple[Statement, ...], ...], length: int) -> None:
        self._pieces = pieces
        self._length = length

    @classmethod
    def of(cls, lines: Children) -> Pieces:
        """Return lines in pieces."""
        if not isinstance(lines, tuple) and isinstance(lines, cls):
            return lines
        whole = tuple(lines)
        return cls(tuple(whole[at : at + PIECE] for at in range(0, len(whole), PIECE)), len(whole))

    def spliced(self, place: int, out: int, into: tuple[Statement, ...]) -> Pieces:
        """Return the lines with some put in at a place, for one line taken out there or none.

        Args:
            place: position of the change.
            out: 1 when the line that stands there goes, else 0.
            into: what is put in.
        """
        number, at = self._find(place)
        piece = self._pieces[number] if number < len(self._pieces) else ()
        made = piece[:at] + into + piece[at + out :] if at < len(piece) else piece + into
        halves = (made[:PIECE], made[PIECE:]) if len(made) >= 2 * PIECE else (made,) if made else ()
        pieces = self._pieces[:number] + halves + self._pieces[number + 1 :]
        return Pieces(pieces, self._length + len(into) - out)

    def _find(self, place: int) -> tuple[int, int]:
        """Return the piece of a position, and the position in it; the end belongs to the last piece."""
        begin = self._length
        for number in range(len(self._pieces) - 1, -1, -1):  # most changes are near the end
            begin -= len(self._pieces[number])
            if begin <= place:
                return number, place - begin
        return 0, 0

    def __len__(self) -> int:
        """Return how many lines there are."""
        return self._length

    def __iter__(self) -> Iterator[Statement]:
        """Yield the lines in their order."""
        return chain.from_iterable(self._pieces)

    def __reversed__(self) -> Iterator[Statement]:
        """Yield the lines from the last to the first."""
        return chain.from_iterable(map(reversed, reversed(self._pieces)))

    @overload
    def __getitem__(self, place: int) -> Statement: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Statement, ...]: ...

    def __getitem__(self, place: int | slice) -> Statement | tuple[Statement, ...]:
        """Return one line, or some."""
        if isinstance(place, slice):
            return tuple(self)[place]
        wanted = place + self._length if place < 0 else place
        if not 0 <= wanted < self._length:
            raise IndexError(place)
        number, at = self._find(wanted)
        return self._pieces[number][at]

    def __eq__(self, other: object) -> bool:
        """Compare line by line."""
        if self is other:
            return True
        if isinstance(other, tuple):
            return self._length == len(other) and tuple(self) == other
        if not isinstance(other, Pieces):
            return NotImplemented
        if self._length != other._length:
            return False
        if [*map(len, self._pieces)] == [*map(len, other._pieces)]:
            return self._pieces == other._pieces
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Agree with a tuple of the same lines."""
        return hash(tuple(self))
