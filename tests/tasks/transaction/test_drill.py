"""A drill: the pair transaction that is never kept, wherever it is struck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.transaction.ends import End
from tasks.transaction.entries import opening_of
from tasks.transaction.journal import read_entries
from tasks.transaction.machine import Event, IllegalStepError, State, step
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike

A, B = NAMES


def drilled(bench: Bench, *, held: bool = True, idle: str = B) -> End:
    change = replace(bench.change(held=held, idle=idle), drill=True)
    outcome = carry_out(change, bench.folder, tools=bench.tools)
    assert outcome.state in {State.ROLLED_BACK, State.REFUSED}, outcome.reason
    return outcome.end


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("idle", [A, B, ""])
def test_a_drill_is_taken_back_whatever_was_seen(tmp_path: Path, idle: str, *, held: bool) -> None:
    bench = Bench(tmp_path)

    assert drilled(bench, held=held, idle=idle) is End.AS_BEFORE

    assert bench.both_old
    (path,) = tmp_path.glob("*.jsonl")
    assert opening_of(read_entries(path)).drill
    assert '"decided to keep"' not in path.read_text(encoding="utf-8")


def test_no_drill_can_be_kept() -> None:
    assert step(State.TRIAL_BOTH, Event.DRILLED) is State.BACKING_OUT
    with pytest.raises(IllegalStepError):
        step(State.BACKING_OUT, Event.DECIDE)


def test_a_release_without_a_trial_is_refused_at_the_gate(tmp_path: Path) -> None:
    bench = Bench(tmp_path, release="v8r5")

    assert drilled(bench) is End.REFUSED

    assert bench.both_old
    assert not list(tmp_path.glob("*.jsonl"))
    assert "commit" not in bench.strike.calls


@pytest.mark.parametrize("nth", range(0, 20, 2))
def test_killed_anywhere_it_is_as_before_after_a_resume(tmp_path: Path, nth: int) -> None:
    bench = Bench(tmp_path, strike=Strike(nth, KilledError, after=True))
    try:
        drilled(bench)
    except KilledError:
        if not list(tmp_path.glob("*.jsonl")):
            return  # nothing was sent
        outcome = bench.resume()
        assert outcome.end in {End.AS_BEFORE, End.UNCHANGED}

    assert bench.both_old
