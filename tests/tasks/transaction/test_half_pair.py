"""One member holds the change of a host that is gone, and another host comes: no half pair is made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import RefusedError
from tasks.transaction.adopt import adopt
from tasks.transaction.ends import End
from tasks.transaction.model import Outcome
from tasks.transaction.run import carry_out
from tasks.transaction.undo import plan_undo
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike

A, B = NAMES


def half_done(folder: Path, release: str = "v8r5") -> tuple[Bench, str]:
    """Let a host die when b alone holds the change for good."""
    bench = Bench(folder / "gone", Strike(0, KilledError, after=True, method="commit"), release=release)
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
    """Let somebody save b half-way, so that another host makes a new by a change of its own."""
    bench, transaction = half_done(folder)
    bench.save(B)
    bench.clock.now += 60
    assert from_another_host(bench, folder).end is End.DONE
    assert bench.both_new
    bench.strike = Strike()
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
