"""What goes wrong in the middle of a drill is said, and the pair comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import RolledBackError, SplitError
from runbooks.deploy import resume
from runbooks.drill.judging import BACK, KEPT, ROLES, returned
from runbooks.drill.proposing import propose_drill
from runbooks.drill.watch import Watch
from runbooks.site import logged_in
from tasks.checks.model import Outcome
from tasks.transaction.ends import End
from tasks.transaction.model import Progress
from tests.integration.scenarios.bridge import openers
from tests.integration.scenarios.drills import (
    BRAS,
    SEED,
    SNOOPING,
    KilledError,
    drilled,
    ended,
    old_enough,
    options,
    running,
)
from tests.integration.scenarios.pairs import GROUPS
from tests.integration.scenarios.plants import struck


def when(text: str, act: Callable[[], None]) -> Callable[[Progress], None]:
    """Do something when a step of the transaction is told."""

    def notify(progress: Progress) -> None:
        if text in progress.text:
            act()

    return notify


def test_entries_that_the_new_master_lacks_are_lost_and_said(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    leave = when(
        "trial with",
        lambda: stage.lab.world.leave("DeviceA", "Eth-Trunk1", "225.7.7.8", "10.9.9.9"),
    )

    done = drilled(stage, pair, replace(options(stage, tmp_path), notify=leave))

    assert done.problem is None
    assert ended(done)[KEPT] == "failure"
    assert done.lost == {"igmp on Eth-Trunk1": ("225.7.7.8",)}
    assert done.held == (1, 2)
    assert done.run.verdict is Outcome.FAILURE


def test_a_look_that_takes_long_is_told_as_the_time_that_it_took(tmp_path: Path) -> None:
    stage, pair = old_enough(BRAS)
    slow = struck("BNG1", "slow-output", seconds=3, command="display vrrp", times=1)

    done = drilled(
        stage, pair, replace(options(stage, tmp_path), notify=when("trial with", lambda: slow(stage)))
    )

    assert done.problem is None
    assert done.times.detected_s is not None
    assert done.times.detected_s >= 3
    assert done.times.interval_s == done.times.roles_s  # the look before had begun with the trigger


def test_a_standby_that_does_not_take_over_is_told(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    plant = struck("DeviceB", "shut-port", port="GigabitEthernet0/1/3")
    before = running(stage, pair)

    done = drilled(
        stage, pair, replace(options(stage, tmp_path), notify=when("trial with", lambda: plant(stage)))
    )

    assert ended(done)[ROLES] == "failure"
    assert done.times.roles_s is None
    assert isinstance(done.problem, SplitError)
    assert running(stage, pair) == before


def test_a_pair_that_does_not_come_back_is_unlike_its_start(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    plant = struck("DeviceA", "shut-port", port="GigabitEthernet0/1/2")
    spoil = when("abort DeviceA", lambda: plant(stage))

    done = drilled(stage, pair, replace(options(stage, tmp_path), notify=spoil))

    assert isinstance(done.problem, SplitError)
    assert "not as it was before the drill" in done.problem.message
    assert ended(done)[BACK] == "failure"


@pytest.mark.parametrize(("name", "entry"), [(SEED, "225.7.7.8"), (SNOOPING, "232.8.0.2")])
def test_an_entry_that_both_lose_on_the_way_back_is_missed(tmp_path: Path, name: str, entry: str) -> None:
    stage, pair = old_enough(name)
    (member,) = (one for one, _, group in GROUPS[name] if group == entry)
    interface = next(at for _, at, group in GROUPS[name] if group == entry)
    leave = when(
        f"abort {pair.members.a}", lambda: stage.lab.world.leave(member, interface, entry, "10.9.9.9")
    )

    done = drilled(stage, pair, replace(options(stage, tmp_path), notify=leave))

    assert (ended(done)[KEPT], ended(done)[BACK]) == ("success", "failure")
    assert isinstance(done.problem, SplitError)
    assert "1 entry of before the drill did not come back: wanted" in (done.problem.found or "")
    assert entry in (done.problem.found or "")


def test_a_pair_that_comes_back_late_does_not_hold_what_was_expected(tmp_path: Path) -> None:
    stage, pair = old_enough(SEED)
    how = options(stage, tmp_path)
    proposed = propose_drill(pair, logged_in(pair, openers(stage, pair)), how)
    within = proposed.hypothesis.return_within_s

    late, on_time = (Watch(pair, proposed, how, return_s=within + more) for more in (1, 0))

    (complaint,) = returned(late).complaints
    assert str(complaint) == "the pair came back late: wanted 180 s or less, found 181 s"
    assert (returned(late).outcome, returned(on_time).outcome) == (Outcome.FAILURE, Outcome.SUCCESS)


@pytest.mark.parametrize("alone", [True, False])
def test_killed_in_the_middle_the_devices_and_a_resume_bring_it_back(tmp_path: Path, *, alone: bool) -> None:
    stage, pair = old_enough(SEED)
    before = running(stage, pair)

    def die(_seconds: float) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        drilled(stage, pair, replace(options(stage, tmp_path), clock=replace(stage.clock, sleep=die)))
    assert running(stage, pair) != before
    if alone:
        stage.lab.advance(700)
        assert running(stage, pair) == before
    (path,) = tmp_path.glob("*.jsonl")
    taken_up = resume(path.stem, openers(stage, pair), tmp_path)

    assert taken_up.outcome.end is End.AS_BEFORE
    assert isinstance(taken_up.problem(), RolledBackError)
    assert running(stage, pair) == before
