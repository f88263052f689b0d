"""Releases differ in what they offer against our death: each safety line holds, struck at every call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inventory.errors import RolledBackError
from tasks.plan.model import Command
from tasks.sessions.protocol import LostReplyError
from tasks.transaction.ladder import BOUND, LABELLED, PERSISTENT, SafetyLine
from tasks.transaction.link import Link
from tasks.transaction.machine import State
from tasks.transaction.safety import Made, Names, put_on_trial
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike

SAFETY = {
    "v8r22": "trial with persist id",
    "v8r13": "trial with persist id",
    "v8r12": "trial bound to our session",
    "v8r5": "labelled commit with a recorded rollback point",
}
WEAKER = ("v8r12", "v8r5")
A, B = NAMES
FULL = Names("hp-1", "hp-1 a")
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


@pytest.mark.parametrize(
    ("twin", "undoable", "line", "names"),
    [
        (None, True, PERSISTENT, FULL),
        (Made(PERSISTENT, Names(), by_release=True), True, PERSISTENT, Names()),
        (Made(PERSISTENT, Names()), True, PERSISTENT, FULL),  # full, or taken: nothing of the release
        (Made(BOUND, Names("hp-2"), by_release=True), True, BOUND, Names("hp-1")),
        (Made(LABELLED, Names("hp-2", "x"), by_release=True), True, LABELLED, FULL),
        (Made(LABELLED, Names("hp-2", "x"), by_release=True), False, PERSISTENT, FULL),
    ],
)
def test_what_the_twin_does_not_know_is_not_tried_and_a_way_back_is_kept(
    tmp_path: Path,
    twin: Made | None,
    undoable: bool,  # noqa: FBT001 - table
    line: SafetyLine,
    names: Names,
) -> None:
    bench = Bench(tmp_path)
    link = Link(A, lambda: bench.open(A))
    link.session().stage([Command(SERVICE, "-rm-backup-srv-lyon"), Command("quit", "", moves=True)])
    made = put_on_trial(link, 300, "hp-1", FULL, undoable=undoable, first=PERSISTENT, twin=twin)
    assert (made.line, made.names) == (line, names)


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
