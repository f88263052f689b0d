"""Trials that end too early or too late, members out of reach, commits and trials of others meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import SplitError
from tasks.plan.model import Command
from tasks.sessions.protocol import LostReplyError, Session
from tasks.sessions.steps import Exchange, Step
from tasks.transaction.ends import Decider, End
from tasks.transaction.look import Saved, Seen
from tasks.transaction.machine import State
from tasks.transaction.model import Verdict
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import Bench, KilledError, Strike
from tests.tasks.transaction.strikes import A, B
from tests.tasks.wire import log_in


def test_a_is_taken_back_when_b_reverts_after_a_was_confirmed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(1, KilledError, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.clock.now += 70_000  # b's timer ends while nobody is there
    outcome = bench.resume()
    assert outcome.state is State.ROLLED_BACK
    assert outcome.decided_by is Decider.TIMER_B
    assert bench.both_old


def test_a_confirmed_and_b_out_of_reach_past_its_timer_is_a_split(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(1, KilledError, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.clock.now += 70_000
    bench.unreachable.add(B)
    outcome = bench.resume()
    problem = outcome.problem()
    assert outcome.end is End.SPLIT_HAZARD
    assert isinstance(problem, SplitError)
    assert problem.next_command == f"hotpair txn resume {outcome.transaction}"
    assert outcome.looks[A].saved is Saved.NO  # told, since nothing was saved
    assert "ended 69" in outcome.reason
    bench.unreachable.clear()
    assert bench.resume().end is End.AS_BEFORE
    assert bench.both_old


def test_a_trial_that_ended_before_a_was_confirmed_goes_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(0, KilledError, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.clock.now += 70_000
    assert bench.resume().state is State.ROLLED_BACK
    assert bench.both_old


def test_b_out_of_reach_is_not_settled_and_can_be_resumed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(1, KilledError, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.unreachable.add(B)
    outcome = bench.resume()
    assert outcome.state is State.NEW_A
    assert outcome.end is End.SPLIT_HAZARD
    assert B in str(outcome.problem())
    bench.unreachable.clear()
    assert bench.resume().state is State.DONE
    assert bench.both_new


def test_checks_that_took_the_whole_trial_are_too_late(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()

    def slow(_sessions: object) -> Verdict:
        bench.clock.now += 400
        return Verdict(held=True)

    outcome = carry_out(replace(change, converge=slow), tmp_path, tools=bench.tools)
    assert outcome.state is State.ROLLED_BACK
    assert bench.both_old


def test_a_fault_in_the_checks_leaves_no_trial_behind(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()

    def broken(_sessions: object) -> None:
        raise ZeroDivisionError

    outcome = carry_out(replace(change, converge=broken), tmp_path, tools=bench.tools)  # type: ignore[arg-type] # never returns
    assert outcome.end is End.AS_BEFORE
    assert "ZeroDivisionError" in str(outcome.problem())
    assert bench.both_old


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_who_stops_during_the_checks_leaves_no_trial_behind(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    """A library that catches everything may make a wish to exit out of Ctrl-C."""
    bench = Bench(tmp_path)
    change = bench.change()

    def stopped(_sessions: object) -> Verdict:
        raise stop

    outcome = carry_out(replace(change, converge=stopped), tmp_path, tools=bench.tools)
    assert (outcome.end, outcome.reason) == (End.AS_BEFORE, "interrupted")
    assert bench.both_old


@pytest.mark.parametrize("nth", [0, 1])
def test_a_trial_whose_reply_was_lost_is_asked_for_and_goes_on(tmp_path: Path, nth: int) -> None:
    bench = Bench(tmp_path, Strike(nth, lambda: LostReplyError("cut"), after=True, method="commit_trial"))
    assert bench.carry_out().state is State.DONE
    assert bench.both_new
    assert bench.strike.calls.count("commit_trial") == 2  # the write was not repeated


@pytest.mark.parametrize(("release", "nth"), [("v8r22", 0), ("v8r12", 2)])  # the older one refuses `persist`
def test_a_trial_that_somebody_else_began_meanwhile_is_left_alone(
    tmp_path: Path, release: str, nth: int
) -> None:
    bench = Bench(tmp_path, Strike(nth, KilledError, after=True, method="commit_trial"), release=release)
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.clock.now += 70_000
    other = log_in(bench.devices[B], bench.clock)
    other.stage([Command("lacp priority 7", "")])
    other.commit_trial(600, "theirs" if release == "v8r22" else None)
    outcome = bench.resume(hang_up=False)
    assert outcome.state is State.ROLLED_BACK  # no commit of ours is left on either
    assert f"somebody else changed {B}" in str(outcome.problem())
    assert outcome.seen[B] is Seen.ANOTHERS_TRIAL
    assert bench.devices[B].store.trial is not None
    other.confirm("theirs" if release == "v8r22" else None)


def test_a_commit_that_made_something_else_is_taken_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()
    begin = change.b.open_session

    def half() -> Session:
        session = begin()
        run_all = session.run_all

        def without_the_peer(commands: Sequence[str], behind: Sequence[str] = ()) -> Step[tuple[str, ...]]:
            answers = yield from run_all.step(commands, behind)
            return tuple(re.sub(r"\n peer .*", "", answer) for answer in answers)

        session.run_all = Exchange(without_the_peer)  # a device that applied half of it
        return session

    outcome = carry_out(
        replace(change, b=replace(change.b, open_session=half)),
        tmp_path,
        tools=bench.tools,
    )
    assert outcome.state is State.ROLLED_BACK
    assert "did not make" in outcome.reason
    assert bench.both_old


def test_a_member_that_comes_back_soon_is_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(1, lambda: LostReplyError("cut"), method="confirm"))
    bench.gone_for = {B: 2}
    outcome = bench.carry_out()
    assert outcome.state is State.DONE
    assert bench.both_new
    assert bench.slept == [1.0, 3.0]


def test_a_way_back_says_at_once_why(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def interrupted() -> bool:
        return any(step.state is State.TRIAL_BOTH for step in bench.told)

    outcome = carry_out(bench.change(), tmp_path, tools=bench.tools, interrupted=interrupted)
    assert outcome.end is End.AS_BEFORE
    said = [step.text for step in bench.told if step.state is State.BACKING_OUT]
    assert said[0] == "failed: interrupted"
    assert bench.both_old
