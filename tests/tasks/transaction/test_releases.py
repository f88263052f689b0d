"""Releases differ in what they offer against our death: each safety line holds, struck at every call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inventory.errors import RolledBackError
from tasks.sessions.protocol import LostReplyError
from tasks.transaction.machine import State
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike

SAFETY = {
    "v8r22": "trial with persist id",
    "v8r13": "trial with persist id",
    "v8r12": "trial bound to our session",
    "v8r5": "labelled commit with a recorded rollback point",
}
WEAKER = ("v8r12", "v8r5")
A, B = NAMES
CALLS = 36  # more than a good run makes on any of them


@pytest.mark.parametrize("stages", [1, 2])
@pytest.mark.parametrize("release", SAFETY)
def test_the_strongest_safety_line_is_taken_and_named(tmp_path: Path, release: str, stages: int) -> None:
    bench = Bench(tmp_path, release=release)
    outcome = bench.carry_out(stages=stages)
    assert outcome.state is State.DONE
    assert bench.both_new
    assert outcome.safety == dict.fromkeys(NAMES, SAFETY[release])
    assert len(bench.strike.calls) < CALLS + 15 * (stages - 1)


@pytest.mark.parametrize("stages", [1, 2])
@pytest.mark.parametrize("release", SAFETY)
def test_what_does_not_hold_is_put_back(tmp_path: Path, release: str, stages: int) -> None:
    bench = Bench(tmp_path, release=release)
    assert isinstance(bench.carry_out(stages=stages, held=False).problem(), RolledBackError)
    assert bench.both_old


def test_members_of_different_releases_have_each_their_own(tmp_path: Path) -> None:
    bench, other = Bench(tmp_path / "1"), Bench(tmp_path / "2", release="v8r5")
    bench.devices[B], bench.before[B] = other.devices[B], other.before[B]
    outcome = bench.carry_out()
    assert outcome.state is State.DONE
    assert outcome.safety == {A: SAFETY["v8r22"], B: SAFETY["v8r5"]}
    assert bench.both_new


@pytest.mark.parametrize("make", [KeyboardInterrupt, lambda: LostReplyError("cut")], ids=["ctrl-c", "lost"])
@pytest.mark.parametrize("nth", range(CALLS))
@pytest.mark.parametrize("release", WEAKER)
def test_struck_at_any_call_both_or_none(
    tmp_path: Path, release: str, nth: int, make: Callable[[], BaseException]
) -> None:
    bench = Bench(tmp_path, Strike(nth, make, after=True), release=release)
    outcome = bench.carry_out()
    assert bench.both_new or bench.both_old
    assert bench.both_new == (outcome.state in {State.DONE, State.NEW_BOTH})


@pytest.mark.parametrize("nth", range(CALLS))
@pytest.mark.parametrize("release", WEAKER)
def test_killed_at_any_call_resume_settles(tmp_path: Path, release: str, nth: int) -> None:
    bench = Bench(tmp_path, Strike(nth, KilledError, after=True), release=release)
    try:
        bench.carry_out()
    except KilledError:
        bench.hang_up()
        if not list(tmp_path.glob("*.jsonl")):
            assert bench.both_old
            return
        outcome = bench.resume()
        assert outcome.state in {State.UNCHANGED, State.ROLLED_BACK, State.DONE}
    assert bench.both_new or bench.both_old
