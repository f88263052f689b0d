"""Adoption without commit points, and with commits and trials of others beside ours: what is said is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from inventory.errors import DeviceError
from inventory.facts import ConfigTree
from tasks.plan.model import Command, MemberPlan
from tasks.transaction.adopt import adopt
from tasks.transaction.ends import End
from tasks.transaction.look import Seen
from tasks.transaction.run import carry_out
from tasks.transaction.tools import Tools
from tests.tasks.transaction.adopting import A, B, die, taken_over
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike

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
    bench, transaction = died_after_a_colleague(
        tmp_path, Strike(0, KilledError, after=True, method="commit_trial")
    )
    outcome = taken_over(bench, transaction, tmp_path)
    assert outcome.seen == {A: Seen.OLD, B: Seen.OLD}


def died_after_a_colleague(folder: Path, strike: Strike, release: str = "v8r22") -> tuple[Bench, str]:
    """Let a host die with b on trial, in the same second in which a colleague committed on both."""
    bench = Bench(folder / "gone", release=release)
    for name in NAMES:
        bench.commit(name, Command(SERVICE, "-rm-backup-srv-lyon"))
        bench.save(name)
        bench.before[name] = bench.running(name)
    bench.strike = strike
    change = bench.change()
    a, b = (replace(one, plan=filling(one.plan)) for one in (change.a, change.b))
    with pytest.raises(KilledError):
        carry_out(replace(change, a=a, b=b), bench.folder, tools=bench.tools)
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    return bench, path.stem


@pytest.mark.parametrize("since", [0, 60])
@pytest.mark.parametrize("named", [False, True], ids=["b has no name of ours yet", "b has our label"])
def test_without_a_description_it_is_not_said_when_others_changed_it(
    tmp_path: Path, since: int, *, named: bool
) -> None:
    """This release takes no description beside a persist id, and dates of commits are of whole seconds."""
    strike = Strike(2 if named else 1, KilledError, after=not named, method="commit_trial")
    bench, transaction = died_after_a_colleague(tmp_path, strike, "v8r13")
    if since:
        bench.clock.now += since
        bench.commit(A, *MINE)
    outcome = taken_over(bench, transaction, tmp_path)
    assert outcome.end is End.AS_BEFORE
    assert outcome.seen[A] is Seen.OTHER
    assert f"whether somebody else changed {A}" in str(outcome.problem())
    assert bench.is_old(B)
    again = taken_over(bench, transaction, tmp_path)  # the same host tells it from its journal
    assert (again.end, str(again.problem())) == (outcome.end, str(outcome.problem()))
    assert again.looks[A].undated
    assert not again.looks[B].undated


def test_without_a_description_a_member_on_which_nobody_typed_is_as_before(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "gone", release="v8r13")
    bench.clock.now += 60
    bench.strike = Strike(1, KilledError, after=True, method="commit_trial")
    with pytest.raises(KilledError):
        bench.carry_out()
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
