"""Schedules as they play: faults that take effect, the same each time, in process and over a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from hotpair.cli.certify import code_of
from runbooks.certify.certifying import corpus
from runbooks.certify.emulator import piped
from runbooks.certify.pairs import FLOWS
from runbooks.certify.play import Played, ScheduleRunner
from runbooks.certify.schedule import DEADLY, RELEASES, Kind, Next, Place, Schedule, Strike
from tasks.transaction.ends import End
from tests.runbooks.certify.stage import runner

SAVE = Place(0, "a", "save", 1)
CANDIDATE = Place(0, "b", "candidate line", 2)
FIRST_LINE = Place(0, "", "journal: write opened", 1)


@pytest.fixture(scope="module")
def stage() -> Iterator[ScheduleRunner]:
    with runner() as opened:
        yield opened


def complaints(played: Played) -> list[str]:
    return [str(complaint) for complaint in played.complaints]


@pytest.mark.parametrize(("flow", "release"), list(product(FLOWS, RELEASES)))
def test_without_a_fault_each_flow_ends_as_it_should(stage: ScheduleRunner, flow: str, release: str) -> None:
    played = stage.play(Schedule(flow, release))
    assert complaints(played) == []
    pointless = not FLOWS[flow].points and release == "v8r5"
    wanted = "old" if pointless or not FLOWS[flow].held else "new"
    assert set(played.truth) <= {wanted, "the same before and after"}


@pytest.mark.parametrize("kind", sorted(DEADLY - {Kind.TORN}))
def test_a_dead_process_is_followed_by_one_that_takes_up(stage: ScheduleRunner, kind: Kind) -> None:
    played = stage.play(Schedule("deploy", "v8r22", (Strike(SAVE, kind),)))
    assert [said.code is None for said in played.said[:2]] == [True, False]
    assert played.events[-1].place.process == 1


def test_nobody_takes_up_and_the_timers_end_it(stage: ScheduleRunner) -> None:
    struck = Strike(Place(0, "b", "display clock", 1), Kind.KILL)
    played = stage.play(Schedule("deploy", "v8r22", (struck,), Next.NOBODY))
    assert len(played.said) == 1
    assert played.truth == ("old", "old")


@pytest.mark.parametrize("release", RELEASES)
def test_a_b_that_is_away_when_a_is_new_for_good_is_a_split_until_it_answers_again(
    stage: ScheduleRunner, release: str
) -> None:
    bare = stage.play(Schedule("deploy", release))
    last = [one for one in bare.events if one.place.side == "b" and one.text.startswith("commit")][-1]
    away = Strike(last.place, Kind.GONE, "b")
    played = stage.play(Schedule("deploy", release, (away,), Next.RESUME, 5_000.0))
    assert [(said.code, said.end) for said in played.said] == [(6, End.SPLIT_HAZARD), (5, End.AS_BEFORE)]
    assert (played.truth, complaints(played)) == (("old", "old"), [])


@pytest.mark.parametrize(
    "strike",
    [
        Strike(CANDIDATE, Kind.GARBLED, "b"),
        Strike(SAVE, Kind.POWER),
        Strike(SAVE, Kind.REBOOT, "b"),
        Strike(FIRST_LINE, Kind.SHORT_WRITE),
        Strike(CANDIDATE, Kind.INTERRUPT),
        Strike(CANDIDATE, Kind.GONE, "a"),
    ],
    ids=lambda strike: strike.kind.name,
)
def test_a_schedule_plays_the_same_each_time_and_over_a_pipe(stage: ScheduleRunner, strike: Strike) -> None:
    schedule = Schedule("deploy", "v8r22", (strike,))
    first, second = stage.play(schedule), stage.play(schedule)
    assert first.trace() == second.trace()
    with piped() as obey:
        program = ScheduleRunner(obey, code_of)
        assert program.play(schedule).trace() == first.trace()
        program.close()
    assert first.effects


def test_no_secret_stands_in_an_event(stage: ScheduleRunner) -> None:
    played = stage.play(Schedule("deploy", "v8r22"))
    lines = [event.text for event in played.events if "security-key" in event.text]
    assert lines == ["security-key cipher <secret:lyon-key>"] * 2


def test_every_schedule_that_once_failed_ends_well(stage: ScheduleRunner) -> None:
    played = [stage.play(schedule) for schedule in corpus()]
    assert len(played) >= 10
    assert {one.schedule.code: complaints(one) for one in played if one.complaints} == {}
