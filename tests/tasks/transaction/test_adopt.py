"""A transaction of a host that is gone, settled elsewhere with its id alone: the devices tell the rest."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from inventory.errors import DeviceError, IntentError, RefusedError
from inventory.facts import ConfigTree
from tasks.plan.model import Command, MemberPlan
from tasks.transaction.adopt import adopt
from tasks.transaction.ends import End
from tasks.transaction.look import Seen
from tasks.transaction.model import Outcome
from tasks.transaction.resume import forget, resume
from tasks.transaction.run import carry_out
from tasks.transaction.tools import Tools
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike

A, B = NAMES


def die(folder: Path, strike: Strike, release: str = "v8r22", **how: object) -> tuple[Bench, str]:
    """Let a transaction die at a strike; give what is left and its id."""
    bench = Bench(folder / "gone", strike, release=release)
    with pytest.raises(KilledError):
        bench.carry_out(**how)
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    return bench, path.stem


def taken_over(bench: Bench, transaction: str, folder: Path, *, swapped: bool = False) -> Outcome:
    members = {"a": B, "b": A} if swapped else {"a": A, "b": B}
    return adopt(transaction, "lyon", members, bench.open, folder / "here", tools=bench.tools)


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
@pytest.mark.parametrize("nth", range(4, 34, 3))
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


@pytest.mark.parametrize("nth", range(14))
def test_an_adoption_that_dies_is_adopted_again(tmp_path: Path, nth: int) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    bench.strike = Strike(nth, KilledError, after=True)
    try:
        taken_over(bench, transaction, tmp_path)
    except KilledError:
        bench.hang_up()
        bench.strike = Strike()
        assert taken_over(bench, transaction, tmp_path).end is End.DONE
    assert bench.both_new


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


def test_a_transaction_of_this_host_is_resumed_and_not_adopted(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    with pytest.raises(RefusedError, match="exists") as caught:
        adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, bench.folder, tools=bench.tools)
    assert caught.value.next_command == f"hotpair txn resume {transaction}"


def test_what_was_forgotten_here_is_not_adopted(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.clock.now += 70_000
    (path,) = bench.folder.glob("*.jsonl")
    assert forget(path, "both were reset by hand", bench.open, tools=bench.tools).end is End.ABANDONED
    with pytest.raises(RefusedError, match="forgotten") as caught:
        adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, bench.folder, tools=bench.tools)
    assert caught.value.found == "both were reset by hand"


# ---- what an adoption cannot know, and what befalls it -----------------------------------------------------


@pytest.mark.parametrize("release", ["v8r22", "v8r12"])
def test_a_member_on_the_first_of_two_commits_is_not_new(tmp_path: Path, release: str) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, method="confirm"), release, stages=2)
    bench.clock.now += 70_000  # b's trial has ended: its first commit is all that is left of ours
    outcome = taken_over(bench, transaction, tmp_path)
    assert outcome.end is End.AS_BEFORE
    assert bench.both_old


@pytest.mark.parametrize("left", [b"", b'{"at": "2026-03-01T02:00:00.000+00:00", "event": "ado'])
def test_a_first_line_that_was_cut_short_is_no_journal(tmp_path: Path, left: bytes) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    path = tmp_path / "here" / f"{transaction}.jsonl"
    path.parent.mkdir()
    path.write_bytes(left)
    with pytest.raises(IntentError, match="died before its first line") as caught:
        resume(path, bench.open, tools=bench.tools)
    assert caught.value.next_command == f"hotpair txn adopt {transaction} --pair PAIR"
    assert taken_over(bench, transaction, tmp_path).end is End.DONE
    assert bench.both_new


def test_ctrl_c_at_the_first_look_tells_what_to_type(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.strike = Strike(0, KeyboardInterrupt)
    with pytest.raises(DeviceError, match="interrupted") as caught:
        taken_over(bench, transaction, tmp_path)
    assert caught.value.next_command == f"hotpair txn adopt {transaction} --pair lyon"


def test_a_member_out_of_reach_tells_what_to_type(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable.add(B)
    with pytest.raises(DeviceError) as caught:
        taken_over(bench, transaction, tmp_path)
    assert caught.value.next_command == f"hotpair txn adopt {transaction} --pair lyon"


@pytest.mark.parametrize("nth", range(6))
def test_ctrl_c_at_a_line_of_the_journal_has_to_wait(tmp_path: Path, nth: int) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    lines = count()

    def now() -> datetime:
        if next(lines) == nth:
            signal.raise_signal(signal.SIGINT)
        return bench.now()

    tools = Tools(bench.told.append, bench.sleep, now)
    outcome = adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, tmp_path / "here", tools=tools)
    assert outcome.end is End.DONE
    assert next(lines) > nth


@pytest.mark.parametrize("nth", range(3))
def test_ctrl_c_at_a_line_of_a_resume_has_to_wait(tmp_path: Path, nth: int) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="commit_trial"))
    lines = count()

    def now() -> datetime:
        if next(lines) == nth:
            signal.raise_signal(signal.SIGINT)
        return bench.now()

    path = bench.folder / f"{transaction}.jsonl"
    outcome = resume(path, bench.open, tools=Tools(bench.told.append, bench.sleep, now))
    assert outcome.end is End.AS_BEFORE
    assert next(lines) > nth


# Where the first host died, and whether b still shows its trial.
FORGETFUL = [("confirm", 0, 0), ("confirm", 0, 70_000), ("commit_trial", 0, 0)]


@pytest.mark.parametrize(("method", "nth", "later"), FORGETFUL)
def test_without_commit_points_nothing_is_said_of_a_member(
    tmp_path: Path, method: str, nth: int, later: int
) -> None:
    bench = forgetful(tmp_path)
    bench.strike = Strike(nth, KilledError, after=True, method=method)
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    bench.clock.now += later
    (path,) = bench.folder.glob("*.jsonl")
    with pytest.raises(DeviceError, match="keeps no commit points") as caught:
        taken_over(bench, path.stem, tmp_path)
    assert caught.value.next_command == "hotpair plan lyon"
    assert caught.value.member == A
    assert (bench.devices[B].store.trial is None) == bool(later)


def test_without_commit_points_what_is_on_trial_on_both_is_taken_back(tmp_path: Path) -> None:
    bench = forgetful(tmp_path)
    bench.strike = Strike(1, KilledError, after=True, method="commit_trial")
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    assert taken_over(bench, path.stem, tmp_path).end is End.AS_BEFORE
    assert bench.both_old


def forgetful(folder: Path) -> Bench:
    """Return a pair that keeps no commit points."""
    bench = Bench(folder / "gone")
    for name in NAMES:
        bench.commit(name, Command("configuration checkpoint auto-save disable", ""))
        bench.save(name)
        bench.before[name] = bench.running(name)
    return bench


MINE = (
    Command(SERVICE, "-rm-backup-srv-lyon"),
    Command("peer 198.51.100.77 source 198.51.100.1 port 2046", "-rm-backup-srv-lyon"),
)
UNRELATED = (Command("e-trunk 9", "-e-trunk-9"), Command("priority 7", "-e-trunk-9"))


@pytest.mark.parametrize("when", ["before the first look", "after it"])
@pytest.mark.parametrize(("lines", "changed"), [(MINE, True), (UNRELATED, False)])
@pytest.mark.parametrize(("release", "method"), [("v8r22", "commit_trial"), ("v8r5", "commit")])
def test_what_somebody_changed_among_our_lines_is_not_called_as_before(
    tmp_path: Path, lines: tuple[Command, ...], release: str, method: str, when: str, *, changed: bool
) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method=method), release)
    bench.clock.now += 2
    tools = bench.tools
    if when == "after it":
        begun: list[int] = []

        def now() -> datetime:
            if not begun:
                begun.append(1)
                bench.commit(A, *lines)
            return bench.now()

        tools = Tools(bench.told.append, bench.sleep, now)
    else:
        bench.commit(A, *lines)
    outcome = adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, tmp_path / "here", tools=tools)
    assert outcome.end is End.AS_BEFORE
    assert bench.is_old(B)
    assert outcome.seen[A] is (Seen.OTHER if changed else Seen.OLD)
    assert ("somebody else changed" in str(outcome.problem())) == changed


def test_a_colleague_who_committed_before_is_not_told_as_one_who_changed_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "gone")
    for name in NAMES:
        bench.commit(name, Command(SERVICE, "-rm-backup-srv-lyon"))  # in the same second as ours
        bench.save(name)
        bench.before[name] = bench.running(name)
    bench.strike = Strike(0, KilledError, after=True, method="commit_trial")
    change = bench.change()
    a, b = (replace(one, plan=filling(one.plan)) for one in (change.a, change.b))
    with pytest.raises(KilledError):
        carry_out(replace(change, a=a, b=b), bench.folder, tools=bench.tools)
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    outcome = taken_over(bench, path.stem, tmp_path)
    assert outcome.seen == {A: Seen.OLD, B: Seen.OLD}


def filling(plan: MemberPlan) -> MemberPlan:
    """Return the plan that only fills the service, which is there already."""
    (stage,) = plan.forward
    rest = tuple(line for line in plan.base.lines if line.text != SERVICE)
    filled = ConfigTree((*rest, stage.predicted.lines[-1]))
    return replace(plan, forward=(replace(stage, predicted=filled),))


@pytest.mark.parametrize("reachable", [True, False])
def test_another_trial_beside_ours_is_no_refusal(tmp_path: Path, *, reachable: bool) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="commit_trial"))
    session = bench.open(A)
    session.stage([Command("lacp priority 5", "")])
    session.commit_trial(120, "theirs")
    if not reachable:
        bench.unreachable.add(B)
    with pytest.raises(DeviceError) as caught:
        taken_over(bench, transaction, tmp_path)
    assert caught.value.next_command == f"hotpair txn adopt {transaction} --pair lyon"
    if reachable:
        assert caught.value.member == A
        assert "on its trial" in str(caught.value.found)
