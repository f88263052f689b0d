"""The pair transaction over emulated devices, struck at every call of every session."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from emulator.faults import FailCommit, RefuseLine, SwallowReply
from inventory.errors import ConnectError, RefusedError, ReplyError, RolledBackError, SplitError
from tasks.plan.model import Command
from tasks.sessions.protocol import LostReplyError, Session
from tasks.sessions.steps import Exchange, Step, finish
from tasks.transaction.ends import Decider, End
from tasks.transaction.journal import Journal
from tasks.transaction.look import Saved, Seen
from tasks.transaction.machine import State
from tasks.transaction.model import Verdict
from tasks.transaction.run import carry_out
from tasks.transaction.seeing import CURRENT, SAVED
from tests.tasks.sessions.habits import Terminal, cut
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike
from tests.tasks.wire import log_in

A, B = NAMES
CALLS = 26  # of a good run in one stage; test_a_good_run_... counts them
STAGED_CALLS = 32  # in two stages


def test_a_good_run_makes_both_members_new_and_saves_them(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    outcome = bench.carry_out()
    assert outcome.state is State.DONE
    assert outcome.problem() is None
    assert bench.both_new
    assert SERVICE in bench.running(A)
    assert all(
        SERVICE in "\n".join(log_in(bench.devices[n]).run("display saved-configuration").splitlines())
        for n in NAMES
    )
    assert len(bench.strike.calls) == CALLS
    assert set(outcome.safety.values()) == {"trial with persist id"}


def test_b_is_put_on_trial_first_and_a_is_confirmed_first(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.carry_out()
    texts = [progress.text for progress in bench.told]
    trials = [text.split(":")[0] for text in texts if "persist id" in text]
    confirms = [text for text in texts if text.startswith("confirm")]
    assert trials == [B, A]
    assert confirms == [f"confirm {A}", f"confirm {B}"]


def test_staging_counts_the_lines_that_the_plan_counts(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.carry_out()
    told = [progress.text for progress in bench.told if "staged" in progress.text]
    assert told == [f"{name}: 2 lines staged, candidate as planned" for name in NAMES]  # `quit` is none


def test_checks_that_do_not_hold_put_both_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    outcome = bench.carry_out(held=False)
    assert outcome.state is State.ROLLED_BACK
    assert bench.both_old
    problem = outcome.problem()
    assert isinstance(problem, RolledBackError)
    assert "RBS down" in str(problem)


def test_a_line_refused_by_one_member_leaves_both_as_they_were(tmp_path: Path) -> None:
    for name in NAMES:
        bench = Bench(tmp_path / name)
        bench.devices[name].inject(RefuseLine(nth=2, message="Error: The peer is not wanted."))
        outcome = bench.carry_out()
        assert outcome.state is State.UNCHANGED
        assert bench.both_old
        problem = outcome.problem()
        assert isinstance(problem, RefusedError)
        assert problem.member == name
        assert "not wanted" in str(problem)
        assert "peer" in str(problem)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", [CURRENT, SAVED])
def test_a_configuration_that_is_not_shown_whole_is_judged_by_nobody(
    tmp_path: Path, name: str, command: str
) -> None:
    bench = Bench(tmp_path)
    bench.seen_through[name] = partial(Terminal, say=cut(command, lambda lines: lines[:-1]))
    problem = bench.carry_out().problem()
    assert isinstance(problem, ReplyError)
    assert (problem.member, problem.where) == (name, command)
    assert "stage_and_show" not in bench.strike.calls
    assert bench.both_old
    assert not bench.devices[name].store.trial


@pytest.mark.parametrize("name", NAMES)
def test_a_commit_refused_by_one_member_puts_both_back(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path)
    bench.devices[name].inject(FailCommit(message="Error: Not enough resources."))
    outcome = bench.carry_out()
    assert outcome.state is (State.ROLLED_BACK if name == A else State.UNCHANGED)  # b is tried first
    assert bench.both_old
    assert "Not enough resources" in str(outcome.problem())


@pytest.mark.parametrize(
    "command", ["commit trial", "commit persist", "display current", "save", "abort trial"]
)
def test_a_swallowed_reply_ends_in_both_or_none(tmp_path: Path, command: str) -> None:
    bench = Bench(tmp_path)
    bench.devices[B].inject(SwallowReply(command=command))
    outcome = bench.carry_out(held=command != "abort trial")
    assert bench.both_new or bench.both_old
    assert bench.both_new == (outcome.state in {State.DONE, State.NEW_BOTH})


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", range(CALLS))
def test_ctrl_c_at_any_call_leaves_both_old_or_both_new(tmp_path: Path, nth: int, after: bool) -> None:  # noqa: FBT001 - table
    bench = Bench(tmp_path, Strike(nth, KeyboardInterrupt, after))
    outcome = bench.carry_out()
    assert bench.both_new or bench.both_old
    if bench.both_new:
        assert outcome.state in {State.DONE, State.NEW_BOTH}
    else:
        assert outcome.state in {State.REFUSED, State.UNCHANGED, State.ROLLED_BACK}
        assert outcome.reason == "interrupted"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", range(CALLS))
def test_a_lost_reply_at_any_call_leaves_both_old_or_both_new(tmp_path: Path, nth: int, after: bool) -> None:  # noqa: FBT001 - table
    bench = Bench(tmp_path, Strike(nth, lambda: LostReplyError("cut"), after))
    outcome = bench.carry_out()
    assert bench.both_new or bench.both_old
    assert bench.both_new == (outcome.state in {State.DONE, State.NEW_BOTH})


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", range(CALLS))
def test_killed_at_any_call_resume_settles(tmp_path: Path, nth: int, after: bool) -> None:  # noqa: FBT001 - table
    bench = Bench(tmp_path, Strike(nth, KilledError, after))
    with pytest.raises(KilledError):
        bench.carry_out()
    if not list(tmp_path.glob("*.jsonl")):
        assert bench.both_old  # died before the gate was passed
        return
    outcome = bench.resume()
    assert outcome.state in {State.UNCHANGED, State.ROLLED_BACK, State.DONE}
    assert bench.both_new if outcome.state is State.DONE else bench.both_old


@pytest.mark.parametrize("nth", range(0, STAGED_CALLS, 2))
@pytest.mark.parametrize("make", [KeyboardInterrupt, KilledError, lambda: LostReplyError("cut")])
def test_two_stages_struck_at_any_call_end_in_both_or_none(
    tmp_path: Path, nth: int, make: type[BaseException]
) -> None:
    bench = Bench(tmp_path, Strike(nth, make, after=True))
    try:
        bench.carry_out(stages=2)
    except KilledError:
        if list(tmp_path.glob("*.jsonl")):
            bench.resume()
    assert bench.both_new or bench.both_old


def test_two_stages_are_committed_in_step_and_the_last_is_on_trial(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    outcome = bench.carry_out(stages=2)
    assert outcome.state is State.DONE
    assert bench.both_new
    labels = [point.label for point in log_in(bench.devices[A]).commit_list(5)]
    assert f"{outcome.transaction}-1" in labels


def test_two_stages_that_do_not_hold_are_rolled_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    assert bench.carry_out(stages=2, held=False).state is State.ROLLED_BACK
    assert bench.both_old


@pytest.mark.parametrize("idle", NAMES)
def test_a_member_without_lines_is_left_alone(tmp_path: Path, idle: str) -> None:
    bench = Bench(tmp_path)
    outcome = bench.carry_out(idle=idle)
    assert outcome.state is State.DONE
    assert bench.is_old(idle)
    assert all(bench.is_new(name) for name in NAMES if name != idle)


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


def test_the_journal_tells_the_whole_way(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    outcome = bench.carry_out()
    assert outcome.journal is not None
    with Journal.load(outcome.journal) as journal:
        states = [entry.state for entry in journal.entries]
    ways = [
        State.START,
        State.GATED,
        State.STAGED,
        State.TRIAL_B,
        State.TRIAL_BOTH,
        State.DECIDED,
        State.NEW_A,
    ]
    assert list(dict.fromkeys(states)) == [*ways, State.NEW_BOTH, State.DONE]


def test_a_lock_of_somebody_else_stops_at_the_gate(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    other = log_in(bench.devices[B], bench.clock)
    finish(other._act("configuration exclusive"))
    outcome = bench.carry_out()
    assert outcome.state is State.REFUSED
    assert "locked by another session" in str(outcome.problem())
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

        def without_the_peer(commands: Sequence[str]) -> Step[tuple[str, ...]]:
            answers = yield from run_all.step(commands)
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


def test_ctrl_c_again_and_again_does_not_stop_the_way_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(0, KeyboardInterrupt, method="abort_trial"))
    outcome = bench.carry_out(held=False)
    assert outcome.state is State.ROLLED_BACK
    assert bench.both_old


def test_a_member_that_comes_back_soon_is_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(1, lambda: LostReplyError("cut"), method="confirm"))
    bench.gone_for = {B: 2}
    outcome = bench.carry_out()
    assert outcome.state is State.DONE
    assert bench.both_new
    assert bench.slept == [1.0, 3.0]
