"""Planted bugs: each is betrayed by a schedule that passes without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from runbooks.certify.canaries import CANARIES, Canary, planted
from runbooks.certify.draw import cells_of, sample
from runbooks.certify.pairs import FLOWS
from runbooks.certify.play import ScheduleRunner
from runbooks.certify.schedule import Kind, Schedule
from runbooks.certify.sweep import Ground, afterwards, strikes_of, struck
from tests.runbooks.certify.stage import runner

PATIENCE, MOST = 120, 8_000


@pytest.fixture(scope="module")
def stage() -> Iterator[ScheduleRunner]:
    with runner() as opened:
        yield opened


@pytest.fixture(scope="module")
def drawn(stage: ScheduleRunner) -> list[Schedule]:
    """Each flow without a strike, one strike of each cell, then each line of a candidate ignored once."""
    ground = Ground.explored(stage.play, list(FLOWS))
    ignored = [
        struck(run.schedule, strike, *afterwards(run.schedule, strike)[0])
        for cell, spots in cells_of(ground).items()
        if cell.kind is Kind.IGNORED
        for run, event in spots
        for strike in strikes_of(event, cell.kind)
    ]
    return [*sample(ground, 3, MOST), *ignored]


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.name)
def test_each_planted_bug_is_caught(stage: ScheduleRunner, drawn: list[Schedule], canary: Canary) -> None:
    """It is betrayed by a schedule that passes without it."""
    likely = [schedule for schedule in drawn if canary.likely(schedule)][:PATIENCE]
    for schedule in likely:
        with planted(canary):
            betrayed = stage.play(schedule).complaints
        if betrayed and not stage.play(schedule).complaints:
            return
    pytest.fail(f"{canary.name} was not caught in {len(likely)} schedules")


def test_a_planted_bug_is_gone_afterwards() -> None:
    canary = CANARIES[0]
    from tasks.transaction.run import _Run

    right = _Run.require
    with planted(canary):
        assert _Run.require is not right
    assert _Run.require is right
