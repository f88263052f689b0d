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
from runbooks.certify.play import ScheduleRunner
from runbooks.certify.schedule import Kind, Schedule
from runbooks.certify.sweep import Cell, Ground, cell_of
from runbooks.certify.verdicts import Verdict
from tests.runbooks.certify.stage import runner

SEED, PIECES = 1, 40


class OfTheSample:
    """The tests of a part: `number` says which, `without` names faults that take no effect in its flows."""

    number: int
    without: frozenset[Kind] = frozenset()

    @pytest.fixture(scope="class")
    @classmethod
    def part(cls) -> Iterator[Part]:
        """Yield the part, played as far as the tests ask for it."""
        with runner() as stage:
            yield Part(cls.number, stage)

    @pytest.mark.parametrize("piece", range(PIECES))
    def test_every_schedule_ends_well(self, part: Part, piece: int) -> None:
        played = part.piece(piece)
        assert [f"{one.schedule.code}: {one.complaints}" for one in played if one.complaints] == []

    def test_each_fault_is_struck_at_each_command(self, part: Part) -> None:
        assert {cell_of(schedule) for schedule in part.drawn if schedule.strikes} >= part.cells
        assert sorted(at for piece in range(PIECES) for at in part.places(piece)) == [*range(len(part.drawn))]

    @pytest.mark.parametrize("kind", Kind, ids=str)
    def test_each_fault_takes_effect(self, part: Part, kind: Kind) -> None:
        assert part.takes_effect(kind) is (kind not in self.without)


class Part:
    """A part of the sample; each schedule is played once, when it is first asked for.

    Args:
        number: of the part.
        stage: plays it.
    """

    def __init__(self, number: int, stage: ScheduleRunner) -> None:
        self._number = number
        self._stage = stage
        self._played: dict[int, Verdict] = {}

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

    def places(self, piece: int) -> range:
        """Return which schedules are of a piece."""
        return range(piece, len(self.drawn), PIECES)

    def piece(self, number: int) -> list[Verdict]:
        """Play a piece, flow by flow: what was read of a configuration is remembered for a while."""
        alike = sorted(self.places(number), key=lambda at: (self.drawn[at].flow, self.drawn[at].release))
        with _collecting_late():
            return [self._verdict(at) for at in alike]

    def takes_effect(self, kind: Kind) -> bool:
        """Play schedules with a fault until one takes effect."""
        struck = (at for at, one in enumerate(self.drawn) if kind in {strike.kind for strike in one.strikes})
        return any((kind, True) in self._verdict(at).took for at in struck)

    def _verdict(self, at: int) -> Verdict:
        if at not in self._played:
            self._played[at] = Verdict.of(self._stage.play(self.drawn[at]))
        return self._played[at]


@contextmanager
def _collecting_late() -> Iterator[None]:
    """Look for garbage once, and among what was made meanwhile alone: what is remembered grows and stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        gc.enable()
