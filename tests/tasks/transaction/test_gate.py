"""What a pair must be before anything is sent, and what is said when there is nothing to do."""

from __future__ import annotations

import fcntl
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.management.history import History
from inventory.errors import RefusedError
from tasks.plan.model import Command
from tasks.transaction.ends import End
from tasks.transaction.model import Outcome
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike
from tests.tasks.transaction.strikes import A, B
from tests.tasks.wire import log_in


def nothing_to_do(bench: Bench, folder: Path) -> Outcome:
    change = bench.change()
    a, b = (replace(one, plan=replace(one.plan, forward=())) for one in (change.a, change.b))
    return carry_out(replace(change, a=a, b=b), folder, tools=bench.tools)


def test_nothing_to_do_is_said_of_a_pair_at_rest(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    outcome = nothing_to_do(bench, tmp_path)
    assert outcome.end is End.NOTHING
    assert outcome.problem() is None
    assert not list(tmp_path.glob("*.jsonl"))


def test_nothing_to_do_is_not_said_while_somebody_is_on_trial(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    other = log_in(bench.devices[A], bench.clock)
    other.stage([Command("lacp priority 7", "")])
    other.commit_trial(600, "theirs")
    outcome = nothing_to_do(bench, tmp_path)
    assert outcome.end is End.REFUSED
    assert "theirs" in str(outcome.problem())


def test_nothing_to_do_is_not_said_in_the_midst_of_a_transaction_of_ours(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    problem = nothing_to_do(bench, tmp_path).problem()
    assert isinstance(problem, RefusedError)
    (path,) = tmp_path.glob("*.jsonl")
    assert problem.next_command == f"hotpair txn resume {path.stem}"
    with path.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        problem = nothing_to_do(bench, tmp_path).problem()
    assert problem is not None
    assert (problem.found, problem.next_command) == ("a process is at work on it", "hotpair txn list")


def test_nothing_to_do_is_not_said_of_what_is_not_saved(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.commit(B, Command("lacp priority 77", ""))
    problem = nothing_to_do(bench, tmp_path).problem()
    assert isinstance(problem, RefusedError)
    assert problem.member == B
    assert problem.next_command == "save"
    assert problem.wanted == "what runs is saved"
    assert "not saved: lacp priority 77" in str(problem.found)
    assert "saved still: lacp priority 4096" in str(problem.found)
    assert "holds the intent" not in str(problem)  # the line is none of the change's


def test_what_others_did_not_save_is_named(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.commit(B, Command("lacp priority 77", ""))
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    assert any(B in told and "lacp priority 77" in told for told in outcome.residue)


@pytest.mark.parametrize("stages", [1, 2])
def test_no_way_back_is_refused_before_anything_is_sent(tmp_path: Path, stages: int) -> None:
    bench = Bench(tmp_path, release="v8r5" if stages == 1 else "v8r22")
    for device in bench.devices.values():
        device.store = replace(device.store, history=History())
    outcome = bench.carry_out(stages=stages)
    assert outcome.end is End.REFUSED
    problem = outcome.problem()
    assert isinstance(problem, RefusedError)
    assert "commit point to go back to" in str(problem)
    assert "commit one harmless line there by hand" in (problem.wanted or "")
    assert bench.both_old
    assert not {"stage", "commit", "commit_trial"} & {*bench.strike.calls}


def test_the_way_out_of_no_commit_point_leads_out(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for device in bench.devices.values():
        device.store = replace(device.store, history=History())
    assert bench.carry_out(stages=2).end is End.REFUSED
    for name in NAMES:
        session = log_in(bench.devices[name], bench.clock)
        session.stage([Command("lacp priority 8192", "")])
        session.commit()
        session.close()
        bench.save(name)
    assert bench.carry_out(stages=2).end is End.DONE


def test_a_pair_without_a_commit_point_is_changed_on_trial(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for device in bench.devices.values():
        device.store = replace(device.store, history=History())
    assert bench.carry_out().end is End.DONE
