"""A part of the seeded sample: each fault at each command of its flows; nothing may fail.

All parts together are more than 10,000 schedules; each is a file of its own, so that they run side by side in
the processes that pytest has. A part is cut in pieces, a test each: files of many tests are begun first.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import pytest

from runbooks.certify.draw import COUNTS, PARTS, cells_of, sample
from runbooks.certify.play import Theatre
from runbooks.certify.schedule import Kind, Schedule
from runbooks.certify.sweep import Cell, Ground, cell_of
from runbooks.certify.verdicts import Verdict
from tests.runbooks.certify.stage import theatre

SEED, PIECES = 1, 40


class OfTheSample:
    """The tests of a part: `number` says which, `without` names faults that take no effect in its flows."""

    number: int
    without: frozenset[Kind] = frozenset()

    @pytest.fixture(scope="class")
    @classmethod
    def part(cls) -> Iterator[Part]:
        """Give the part, played as far as the tests ask for it."""
        with theatre() as stage:
            yield Part(cls.number, stage)

    @pytest.mark.parametrize("piece", range(PIECES))
    def test_every_schedule_ends_well(self, part: Part, piece: int) -> None:
        played = part.piece(piece)
        assert [f"{one.schedule.code}: {one.complaints}" for one in played if one.complaints] == []

    def test_each_fault_is_struck_at_each_command_and_takes_effect(self, part: Part) -> None:
        assert {cell_of(schedule) for schedule in part.drawn if schedule.strikes} >= part.cells
        played = [one for number in range(PIECES) for one in part.piece(number)]
        assert len(played) == len(part.drawn)
        assert {kind for one in played for kind, took in one.took if took} == set(Kind) - self.without


class Part:
    """A part of the sample; each piece is played once, when it is first asked for.

    Args:
        number: of the part.
        stage: plays it.
    """

    def __init__(self, number: int, stage: Theatre) -> None:
        self._number = number
        self._stage = stage
        self._played: dict[int, list[Verdict]] = {}

    @cached_property
    def ground(self) -> Ground:
        """Runs of the flows of this part."""
        return Ground.explored(self._stage.play, PARTS[self._number])

    @cached_property
    def cells(self) -> set[Cell]:
        """Each fault at each command of each flow of this part."""
        return set(cells_of(self.ground))

    @cached_property
    def drawn(self) -> list[Schedule]:
        """The schedules of this part."""
        return sample(self.ground, SEED, COUNTS[self._number])

    def piece(self, number: int) -> list[Verdict]:
        """Play a piece."""
        if number not in self._played:
            with _collecting_late():
                self._played[number] = [
                    Verdict.of(self._stage.play(one)) for one in self.drawn[number::PIECES]
                ]
        return self._played[number]


@contextmanager
def _collecting_late() -> Iterator[None]:
    """Let garbage lie for a while: to look for it at once costs a tenth."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
