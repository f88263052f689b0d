"""A drill that is killed, cut or rebooted at any step: all is taken back, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

from runbooks.certify import deeds
from runbooks.certify.guard import Guard
from runbooks.certify.play import ScheduleRunner
from runbooks.certify.schedule import Kind, Next, Place, Schedule, Strike, What
from runbooks.certify.second_pairs import DRILL
from runbooks.certify.sweep import kinds_at
from runbooks.certify.world import Event, World
from tests.runbooks.certify.stage import runner

STRUCK = ((Kind.KILL, ""), (Kind.REBOOT, "a"), (Kind.DROP_DURING, "own"), (Kind.GONE, "a"), (Kind.DIE, ""))
AFTER = ((Next.RESUME, 0.0), (Next.ADOPT, 0.0), (Next.NOBODY, 0.0), (Next.ABORT, 0.0), (Next.RESUME, 5_000.0))


@pytest.fixture(scope="module")
def stage() -> Iterator[ScheduleRunner]:
    """Yield a runner for all drills."""
    with runner() as found:
        yield found


@pytest.mark.parametrize(("release", "each"), [("v8r22", 1), ("v8r12", 2)])
def test_at_whatever_step_it_is_struck_all_is_as_before_and_what_is_said_is_true(
    stage: ScheduleRunner, release: str, each: int
) -> None:
    bare = stage.play(Schedule(DRILL.name, release))
    assert (bare.complaints, bare.truth[0]) == ((), "old")
    assert bare.said[-1].code == 5
    turns, later, struck = cycle(STRUCK), cycle(AFTER), 0
    for event in bare.events[::each]:
        kind, side = next(turns)
        if kind not in kinds_at(event):
            kind, side = Kind.KILL, ""
        strike = Strike(event.place, kind, event.place.side if side == "own" else side)
        then, after = next(later)

        played = stage.play(Schedule(DRILL.name, release, (strike,), then, after))

        assert played.complaints == (), played.schedule.code
        assert played.truth[0] == "old", played.schedule.code
        struck += len(played.effects)
    assert struck == len(bare.events[::each])


def test_a_release_without_a_trial_is_refused(stage: ScheduleRunner) -> None:
    played = stage.play(Schedule(DRILL.name, "v8r5"))

    assert (played.said[-1].code, played.complaints) == (4, ())


def test_a_confirm_in_a_drill_is_complained_of(stage: ScheduleRunner) -> None:
    stage.play(Schedule(DRILL.name, "v8r22"))
    world = World(stage.obey, DRILL.members, {}, "v8r22", (), DRILL.rival, DRILL.elsewhere, deeds.strike)
    guard = Guard(world, DRILL)

    guard(Event(What.LINE, Place(0, "a", "commit persist ID", 1), "commit persist hp-1", 0.0))

    assert [one.kind for one in guard.complaints] == ["kept drill"]
