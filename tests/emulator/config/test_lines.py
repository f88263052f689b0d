"""Lines in pieces are the lines of a tuple, whatever was put in and taken out."""

from __future__ import annotations

import pickle
from random import Random

import pytest

from emulator.config.following import spliced
from emulator.config.lines import PIECE, Pieces
from emulator.config.statement import Statement


def lines(count: int, word: str = "line") -> tuple[Statement, ...]:
    return tuple(Statement("foreign", f"{word} {number}") for number in range(count))


@pytest.mark.parametrize("count", [0, 1, PIECE, PIECE + 1, 5 * PIECE + 3])
def test_pieces_are_the_lines_that_they_were_made_of(count: int) -> None:
    whole = lines(count)
    pieces = Pieces.of(whole)
    assert len(pieces) == count
    assert tuple(pieces) == whole
    assert tuple(reversed(pieces)) == whole[::-1]
    assert [pieces[place] for place in range(-count, count)] == [*whole, *whole]
    assert pieces[1:-1] == whole[1:-1]
    with pytest.raises(IndexError):
        pieces[count]
    with pytest.raises(IndexError):
        pieces[-count - 1]


@pytest.mark.parametrize("seed", range(4))
def test_pieces_follow_every_change_as_a_tuple_does(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - places to change, the same in every run
    whole = lines(3 * PIECE)
    pieces = Pieces.of(whole)
    more = iter(lines(2000, "more"))
    for _ in range(1500):
        out = int(dice.random() < (0.9 if len(whole) > 6 * PIECE else 0.4))
        into = (next(more),) if dice.random() < (0.2 if len(whole) > 6 * PIECE else 0.8) else ()
        place = dice.randrange(len(whole) + 1 - out)
        whole = whole[:place] + into + whole[place + out :]
        before, was = pieces, tuple(pieces)
        pieces = pieces.spliced(place, out, into)
        assert tuple(before) == was
    assert tuple(pieces) == whole
    assert len(pieces) == len(whole)
    assert pieces[len(whole) // 2] is whole[len(whole) // 2]


def test_pieces_can_be_emptied_and_filled_again() -> None:
    pieces = Pieces.of(lines(PIECE + 1))
    while len(pieces):
        pieces = pieces.spliced(0, 1, ())
    assert tuple(pieces) == ()
    assert tuple(pieces.spliced(0, 0, lines(1))) == lines(1)


def test_equal_lines_are_equal_however_they_are_cut() -> None:
    whole = lines(3 * PIECE)
    cut = Pieces.of(whole[1:]).spliced(0, 0, whole[:1])
    for same in (whole, Pieces.of(whole), cut, pickle.loads(pickle.dumps(cut))):  # noqa: S301 - our own
        assert cut == same
        assert same == cut
        assert hash(same) == hash(cut)
    for other in (whole[1:], Pieces.of(whole[1:]), cut.spliced(4, 1, lines(1, "other")), "lines", None):
        assert cut != other
        assert other != cut


def test_a_long_view_is_not_copied_whole_for_one_more_line() -> None:
    view = spliced(lines(10_000), 10_000, None, lines(1)[0])
    assert isinstance(view, Pieces)
    assert isinstance(spliced(lines(20), 3, None, lines(1)[0]), tuple)
