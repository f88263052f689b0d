"""One member holds the change of a host that is gone, and another host comes: no half pair is made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from inventory.errors import RefusedError
from tasks.sessions.protocol import LostReplyError, Session
from tasks.transaction.adopt import adopt
from tasks.transaction.ends import OPEN, End
from tasks.transaction.model import Outcome, Verdict
from tasks.transaction.run import carry_out
from tasks.transaction.undo import plan_undo, undo
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike
from tests.tasks.wire import log_in

A, B = NAMES


def half_done(folder: Path, release: str = "v8r5") -> tuple[Bench, str]:
    """Let a host die when b alone holds the change for good."""
    bench = Bench(folder / "gone", Strike(0, KilledError, after=True, method="commit"), release=release)
    bench.clock.now += 60  # its commit points are older than the change
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    return bench, path.stem


def from_another_host(bench: Bench, folder: Path) -> Outcome:
    """Deploy the same intent: b holds it already, so that a alone is to be changed."""
    change = bench.change()
    done = replace(change.b.plan, forward=())
    return carry_out(replace(change, b=replace(change.b, plan=done)), folder / "here", tools=bench.tools)


def adopted(bench: Bench, transaction: str, folder: Path) -> Outcome:
    return adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, folder / "third", tools=bench.tools)


def test_a_change_of_another_host_that_was_never_saved_is_refused(tmp_path: Path) -> None:
    bench, transaction = half_done(tmp_path)
    assert bench.is_new(B)
    outcome = from_another_host(bench, tmp_path)
    problem = outcome.problem()
    assert isinstance(problem, RefusedError)
    assert problem.member == B
    assert transaction in str(problem)
    assert problem.next_command == f"hotpair txn adopt {transaction} --pair lyon"
    assert bench.is_old(A)
    assert adopted(bench, transaction, tmp_path).end is End.AS_BEFORE
    assert bench.both_old


def test_what_was_forgotten_here_is_to_be_saved(tmp_path: Path) -> None:
    bench, transaction = half_done(tmp_path)
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / f"{transaction}.jsonl").touch()
    problem = from_another_host(bench, tmp_path).problem()
    assert isinstance(problem, RefusedError)
    assert problem.next_command == "save"


@pytest.mark.parametrize("release", ["v8r22", "v8r13", "v8r5"])
@pytest.mark.parametrize("idle", NAMES)
def test_what_was_finished_on_one_member_alone_stands_in_no_way(
    tmp_path: Path, release: str, idle: str
) -> None:
    bench = Bench(tmp_path, release=release)
    assert bench.carry_out(idle=idle).end is End.DONE
    change = bench.change()
    a, b = (
        replace(one, plan=replace(one.plan, forward=() if one.plan.member != idle else one.plan.forward))
        for one in (change.a, change.b)
    )
    outcome = carry_out(replace(change, a=a, b=b), tmp_path, tools=bench.tools)
    assert outcome.end is End.DONE, outcome.problem()


def overtaken(folder: Path) -> tuple[Bench, str]:
    """Let somebody save b half-way, and another host that looks at one member alone make a new."""
    bench, transaction = half_done(folder)
    bench.save(B)
    bench.clock.now += 60
    session = bench.open(A)
    session.stage(bench.change().a.plan.forward[0].commands)
    session.commit("hp-00000000aa", "hp-00000000aa a alone")
    session.save()
    session.close()
    assert bench.both_new
    return bench, transaction


def test_a_member_that_is_new_by_another_change_is_not_called_as_before(tmp_path: Path) -> None:
    bench, transaction = overtaken(tmp_path)
    with pytest.raises(RefusedError, match="another transaction") as caught:
        adopted(bench, transaction, tmp_path)
    assert caught.value.member == A
    assert bench.both_new
    with pytest.raises(RefusedError, match="another transaction"):
        plan_undo(transaction, "lyon", {"a": A, "b": B}, bench.open)


def test_another_change_that_was_taken_back_stands_in_no_way(tmp_path: Path) -> None:
    bench, transaction = overtaken(tmp_path)
    session = bench.open(A)
    newest = session.commit_list(1)[0].commit_id
    session.load_rollback(newest)
    session.commit()
    session.close()
    assert bench.is_old(A)
    assert adopted(bench, transaction, tmp_path).end is End.AS_BEFORE
    assert bench.both_old


# ---- half changed, and saved -------------------------------------------------------------------------------


@pytest.mark.parametrize("described", [True, False])
def test_a_half_pair_that_somebody_saved_is_refused(tmp_path: Path, *, described: bool) -> None:
    bench, transaction = half_done(tmp_path)
    bench.save(B)
    bench.clock.now += 60
    if not described:
        store = bench.devices[B].store
        newest, *older = store.history.points
        points = (replace(newest, description=""), *older)
        bench.devices[B].store = replace(store, history=replace(store.history, points=points))
    outcome = from_another_host(bench, tmp_path)
    problem = outcome.problem()
    assert isinstance(problem, RefusedError)
    assert problem.member == B
    assert "half changed" in problem.message
    assert f"{A}: no trial of it, no commit of it" in str(problem.found)
    assert problem.next_command == f"hotpair rollback {transaction} --pair lyon"
    assert bench.is_old(A)
    planned = plan_undo(transaction, "lyon", {"a": A, "b": B}, bench.open)
    assert undo(planned, bench.open, tmp_path / "here", tools=bench.tools).end is End.DONE
    assert bench.both_old


def test_a_pair_of_which_one_half_was_taken_back_is_refused(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "gone", release="v8r5")
    transaction = bench.carry_out().transaction
    session = bench.open(B)
    session.load_rollback(session.commit_list(1)[0].commit_id)
    session.commit(f"back-{transaction}", f"taken back: {transaction}")
    session.save()
    session.close()
    change = bench.change()
    kept = replace(change.a.plan, forward=())
    problem = carry_out(
        replace(change, a=replace(change.a, plan=kept)), tmp_path / "here", tools=bench.tools
    ).problem()
    assert isinstance(problem, RefusedError)
    assert problem.member == A
    assert problem.next_command == f"hotpair rollback {transaction} --pair lyon"


def test_what_was_taken_back_by_the_id_says_so_on_the_device(tmp_path: Path) -> None:
    bench = Bench(tmp_path, release="v8r5")
    outcome = bench.carry_out(stages=2, held=False)
    assert outcome.end is End.AS_BEFORE
    undone = [
        (point.label, point.description)
        for point in bench.devices[A].store.history.points
        if (point.label or "").startswith("back-")
    ]
    taken_back = f"taken back: {outcome.transaction}"
    assert undone == [
        (f"back-{outcome.transaction}-1", taken_back),
        (f"back-{outcome.transaction}", taken_back),
    ]


# ---- what is left, and whose it is -------------------------------------------------------------------------


def test_the_preview_of_a_rollback_is_nobody_at_work(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    transaction = bench.carry_out().transaction
    left: list[Session] = []

    def open_session(name: str) -> Session:
        left.append(bench.open(name))
        return cast("Session", Lingering(left[-1]))

    planned = plan_undo(transaction, "lyon", {"a": A, "b": B}, open_session)
    outcome = undo(planned, bench.open, tmp_path, tools=bench.tools)
    assert outcome.end is End.DONE
    assert outcome.residue == ()


class Lingering:
    """A session that the device does not see end at once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __getattr__(self, name: str) -> object:
        return (lambda: None) if name == "close" else getattr(self._session, name)


def test_what_others_do_is_told_after_a_change_too(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()
    theirs: list[Session] = []

    def converge(_sessions: object) -> Verdict:
        theirs.append(log_in(bench.devices[A], bench.clock))
        theirs[0].clear_candidate()  # in the system view
        return Verdict(held=True)

    outcome = carry_out(replace(change, converge=converge), tmp_path, tools=bench.tools)
    assert outcome.end is End.DONE
    assert [told for told in outcome.residue if "configuration view" in told] != []


def test_a_label_that_an_unfinished_transaction_needs_is_told(tmp_path: Path) -> None:
    bench = Bench(tmp_path, release="v8r5")

    def cut() -> LostReplyError:
        bench.unreachable.add(A)
        return LostReplyError("no reply")

    bench.strike = Strike(1, cut, after=True, method="commit")
    outcome = bench.carry_out()
    assert outcome.end in OPEN
    label = f"{B}: label {outcome.transaction} (commit 1000000002)"
    assert f"{label} is of a transaction that is not finished" in outcome.residue
