"""What stops a deployment before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inventory.errors import ConnectError, RefusedError
from tasks.plan.model import Command
from tasks.sessions.steps import finish
from tasks.transaction.machine import State
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import SERVICE, Bench
from tests.tasks.transaction.strikes import A, B
from tests.tasks.wire import log_in


def test_a_trial_of_somebody_else_stops_at_the_gate(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    other = log_in(bench.devices[B], bench.clock)
    other.stage([Command("lacp priority 7", "")])
    other.commit_trial(600, "theirs")
    outcome = bench.carry_out()
    assert outcome.state is State.REFUSED
    assert isinstance(outcome.problem(), RefusedError)
    assert "theirs" in str(outcome.problem())
    assert not list(tmp_path.glob("*.jsonl"))
    assert SERVICE not in bench.running(A)


def test_a_commit_since_the_plan_stops_at_the_gate(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()
    stale = replace(change, b=replace(change.b, base_commit=1_000_000_077))
    outcome = carry_out(stale, tmp_path, tools=bench.tools)
    assert outcome.state is State.REFUSED
    assert "1000000077" in str(outcome.problem())
    assert bench.both_old


def test_lines_of_the_plan_that_changed_since_stop_at_the_gate(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()
    view = "-rm-backup-srv-lyon"
    bench.commit(B, Command(SERVICE, view), Command("track interface LoopBack0 weight 20", view))
    outcome = carry_out(change, tmp_path, tools=bench.tools)
    assert outcome.state is State.REFUSED
    assert f"{B} is not what the plan was made from" in str(outcome.problem())
    assert not {"stage", "commit", "commit_trial"} & {*bench.strike.calls}


def test_a_candidate_that_is_not_the_plan_is_dropped(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()
    (stage,) = change.a.plan.forward
    extra = replace(stage, commands=(Command("lacp priority 9", ""), *stage.commands))
    slipped = replace(change, a=replace(change.a, plan=replace(change.a.plan, forward=(extra,))))
    outcome = carry_out(slipped, tmp_path, tools=bench.tools)
    assert outcome.state is State.UNCHANGED
    assert "not planned: + lacp priority 9" in str(outcome.problem())
    assert bench.both_old


def test_an_unreachable_member_refuses_before_anything_is_sent(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()

    def gone() -> None:
        raise ConnectError(f"{B} is not reachable", member=B)

    outcome = carry_out(replace(change, b=replace(change.b, open_session=gone)), tmp_path, tools=bench.tools)  # type: ignore[arg-type] # never returns
    assert outcome.state is State.REFUSED
    assert isinstance(outcome.problem(), ConnectError)


def test_a_lock_of_somebody_else_stops_at_the_gate(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    other = log_in(bench.devices[B], bench.clock)
    finish(other._act("configuration exclusive"))
    outcome = bench.carry_out()
    assert outcome.state is State.REFUSED
    assert "locked by another session" in str(outcome.problem())
    assert bench.both_old
