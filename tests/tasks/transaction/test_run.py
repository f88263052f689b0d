"""A deployment that goes well, and one that a member or a check refuses."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from emulator.faults import FailCommit, RefuseLine
from inventory.errors import RefusedError, ReplyError, RolledBackError
from tasks.transaction.journal import Journal
from tasks.transaction.machine import State
from tasks.transaction.seeing import CURRENT, SAVED
from tests.tasks.sessions.habits import Terminal, cut
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench
from tests.tasks.transaction.strikes import CALLS, A, B
from tests.tasks.wire import log_in


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
