"""Adoption: what a transaction without its journal came to is read off the devices."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import DeviceError, RefusedError
from tasks.plan.model import Command
from tasks.transaction.ends import End
from tests.tasks.transaction.adopting import A, B, die, taken_over
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike

# Where the first host died, and what must come of it.
DEATHS = [
    ("commit_trial", 0, True, End.AS_BEFORE),  # b on trial
    ("commit_trial", 1, True, End.AS_BEFORE),  # both on trial
    ("confirm", 0, False, End.AS_BEFORE),  # decided, but no device knows
    ("confirm", 0, True, End.DONE),  # a confirmed
    ("confirm", 1, True, End.DONE),  # both confirmed
]


@pytest.mark.parametrize("swapped", [False, True], ids=["as written", "members swapped"])
@pytest.mark.parametrize(("method", "nth", "after", "end"), DEATHS)
def test_the_decision_is_read_off_the_devices(
    tmp_path: Path, method: str, nth: int, *, after: bool, end: End, swapped: bool
) -> None:
    bench, transaction = die(tmp_path, Strike(nth, KilledError, after, method))
    outcome = taken_over(bench, transaction, tmp_path, swapped=swapped)
    assert outcome.end is end
    assert bench.both_new if end is End.DONE else bench.both_old


@pytest.mark.parametrize("release", ["v8r22", "v8r13", "v8r5"])
@pytest.mark.parametrize("nth", range(4, 28, 3))
def test_several_commits_end_in_both_or_none(tmp_path: Path, nth: int, release: str) -> None:
    bench, transaction = die(tmp_path, Strike(nth, KilledError), release, stages=2)
    try:
        outcome = taken_over(bench, transaction, tmp_path)
    except RefusedError:  # neither device knows of it
        assert bench.both_old
    else:
        assert outcome.end in {End.DONE, End.AS_BEFORE}
        assert bench.both_new if outcome.end is End.DONE else bench.both_old


@pytest.mark.parametrize("idle", NAMES)
@pytest.mark.parametrize(("nth", "end"), [(0, End.AS_BEFORE), (1, End.DONE)])
def test_lines_on_one_member_alone(tmp_path: Path, idle: str, nth: int, end: End) -> None:
    method = "confirm"
    bench, transaction = die(tmp_path, Strike(0, KilledError, nth == 1, method), idle=idle)
    outcome = taken_over(bench, transaction, tmp_path)
    assert outcome.end is end
    busy = B if idle == A else A
    assert bench.is_old(idle)
    assert bench.is_new(busy) if end is End.DONE else bench.is_old(busy)


def test_a_member_that_rebooted_unsaved_takes_the_other_one_back(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="confirm"))
    bench.reboot(B)
    assert taken_over(bench, transaction, tmp_path).end is End.AS_BEFORE
    assert bench.both_old


def test_a_confirmed_and_b_reverted_is_taken_back(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    bench.clock.now += 70_000
    assert taken_over(bench, transaction, tmp_path).end is End.AS_BEFORE
    assert bench.both_old


@pytest.mark.parametrize("stages", [1, 2])
@pytest.mark.parametrize("release", ["v8r22", "v8r5"])
@pytest.mark.parametrize("name", NAMES)
def test_what_the_other_host_took_back_on_one_member_is_taken_back_on_both(
    tmp_path: Path, name: str, release: str, stages: int
) -> None:
    bench = Bench(tmp_path / "gone", release=release)
    undone = []

    def cut() -> None:
        undone.append(1)
        bench.unreachable = set(NAMES)

    bench.strike = Strike(NAMES.index(name), cut, after=True, method="load_rollback")
    outcome = bench.carry_out(stages=stages, held=False)
    bench.hang_up()
    bench.unreachable, bench.strike = set(), Strike()
    bench.clock.now += 1_000
    if release == "v8r22" and stages == 1:
        assert undone == []  # the trial alone took it back
        return
    assert taken_over(bench, outcome.transaction, tmp_path).end is End.AS_BEFORE
    assert bench.both_old


def test_an_id_that_no_device_knows_is_refused(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "gone")
    with pytest.raises(RefusedError, match="neither device knows") as caught:
        taken_over(bench, "hp-0123456789", tmp_path)
    assert "no trial of it" in str(caught.value.found)
    assert not (tmp_path / "here").exists()


def test_an_unrelated_commit_does_not_matter(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="confirm"))
    bench.commit(A, Command("lacp priority 77", ""))
    assert taken_over(bench, transaction, tmp_path).end is End.DONE
    assert "lacp priority 77" in bench.running(A)


def test_another_trial_is_left_alone(tmp_path: Path) -> None:
    bench, _ = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    with pytest.raises(RefusedError, match="another trial"):
        taken_over(bench, "hp-other", tmp_path)
    assert bench.devices[A].store.trial is not None


def test_a_member_out_of_reach_leaves_the_other_alone(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable.add(A)
    with pytest.raises(DeviceError):
        taken_over(bench, transaction, tmp_path)
    assert bench.devices[B].store.trial is not None


@pytest.mark.parametrize("release", ["v8r22", "v8r12"])
def test_a_member_on_the_first_of_two_commits_is_not_new(tmp_path: Path, release: str) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, method="confirm"), release, stages=2)
    bench.clock.now += 70_000  # b's trial has ended: its first commit is all that is left of ours
    outcome = taken_over(bench, transaction, tmp_path)
    assert outcome.end is End.AS_BEFORE
    assert bench.both_old
