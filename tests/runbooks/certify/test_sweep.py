"""What is counted out and drawn: every cell, from a seed, and the shortest schedule that still fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from runbooks.certify.certificate import FLOOR
from runbooks.certify.draw import PARTS, RARE, cells_of, sample
from runbooks.certify.pairs import FLOWS
from runbooks.certify.play import Played, ScheduleRunner
from runbooks.certify.schedule import RELEASES, Kind, Next, Place, Schedule, Strike
from runbooks.certify.second import second_sample
from runbooks.certify.second_pairs import SECOND_FLOWS
from runbooks.certify.sweep import Cell, Ground, cell_of, deaths, shrunk
from tests.runbooks.certify.stage import runner


@pytest.fixture(scope="module")
def stage() -> Iterator[ScheduleRunner]:
    with runner() as opened:
        yield opened


@pytest.fixture(scope="module")
def ground(stage: ScheduleRunner) -> Ground:
    """One release stands for all."""
    bare = tuple(stage.play(Schedule(flow, RELEASES[0])) for flow in FLOWS)
    cut = tuple(stage.play(one) for one in deaths(bare[0]))
    return Ground(bare, tuple(run for run in cut if run.events[-1].place.process))


def test_each_fault_is_counted_out_at_each_command_of_each_flow(ground: Ground) -> None:
    cells = {cell_of(schedule) for schedule in ground.counted()}
    assert {cell.kind for cell in cells} == set(Kind)
    assert {cell.flow for cell in cells} == {*FLOWS, "resume", "adopt"}
    commands = {event.place.command for event in ground.bare[0].events}
    struck = {cell.command for cell in cells if cell.flow == "deploy" and cell.kind is Kind.KILL}
    assert commands <= struck


def test_the_sample_holds_one_of_each_cell_and_is_the_same_for_the_same_seed(ground: Ground) -> None:
    cells = {cell_of(schedule) for schedule in ground.counted()}
    bare, more = len(ground.bare), len(cells) + _more_of_rare_kinds(cells)
    count = bare + more + 50
    assert set(cells_of(ground)) == cells
    drawn = sample(ground, 7, count)
    assert all(not schedule.strikes for schedule in drawn[:bare])
    assert {cell_of(schedule) for schedule in drawn[bare : bare + len(cells)]} == cells
    assert {cell_of(schedule) for schedule in drawn[bare + len(cells) : bare + more]} <= cells
    assert all(len(schedule.strikes) > 1 for schedule in drawn[bare + more :])
    struck = Counter(strike.kind for schedule in drawn for strike in schedule.strikes)
    assert min(struck[kind] for kind in Kind) >= RARE >= FLOOR
    assert drawn == sample(ground, 7, count)
    assert drawn != sample(ground, 8, count)


def _more_of_rare_kinds(cells: set[Cell]) -> int:
    found = Counter(cell.kind for cell in cells)
    return sum(max(RARE - count, 0) for count in found.values())


def test_the_parts_of_the_sample_hold_every_flow_once() -> None:
    names = [name for part in PARTS for name in part]
    assert sorted(names) == sorted([*FLOWS, "resume", "adopt"])


def test_the_second_generator_draws_other_days_of_other_flows(stage: ScheduleRunner) -> None:
    days = second_sample(stage.play, 7, 200)
    assert days == second_sample(stage.play, 7, 200)
    assert len(set(days)) > 190
    assert {day.flow for day in days} == set(SECOND_FLOWS)
    assert not set(SECOND_FLOWS) & set(FLOWS)


def test_days_of_the_second_generator_end_well(stage: ScheduleRunner) -> None:
    played = [stage.play(day) for day in second_sample(stage.play, 7, 100)]
    assert {one.schedule.code: one.complaints for one in played if one.complaints} == {}


def test_deaths_are_at_every_line_of_the_journal(ground: Ground) -> None:
    run: Played = ground.bare[0]
    synced = [event for event in run.events[:-1] if event.text == "sync"]
    assert len(list(deaths(run))) == 2 * len(synced)


def test_the_shortest_schedule_that_fails_is_found() -> None:
    guilty = Strike(Place(0, "a", "save", 1), Kind.REBOOT, "a")
    others = tuple(Strike(Place(0, "b", "login", 1), kind) for kind in (Kind.KILL, Kind.POWER))
    schedule = Schedule("deploy", "v8r22", (others[0], guilty, others[1]), Next.ADOPT, 400.0)
    assert shrunk(schedule, lambda one: guilty in one.strikes).strikes == (guilty,)
    assert shrunk(schedule, lambda one: guilty in one.strikes).after_s == 0
