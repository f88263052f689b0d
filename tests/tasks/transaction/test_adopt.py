"""A transaction of a host that is gone, settled elsewhere with nothing but its id."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import DeviceError, RefusedError
from tasks.sessions.protocol import Session
from tasks.transaction.machine import State
from tasks.transaction.model import Outcome
from tasks.transaction.resume import adopt
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike

A, B = NAMES


def is_new(_member: str, session: Session) -> bool:
    """Stand for an empty plan."""
    return SERVICE in session.run("display current-configuration")


def die(folder: Path, strike: Strike) -> tuple[Bench, str]:
    """Let a transaction die at a strike; give what is left and its id."""
    bench = Bench(folder / "gone", strike)
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    return bench, path.stem


def taken_over(bench: Bench, transaction: str, folder: Path) -> Outcome:
    return adopt(
        transaction, {"a": A, "b": B}, bench.open, is_new, folder / "here", pair="lyon", sleep=bench.sleep
    )


# Where the first host died, and what must come of it.
DEATHS = [
    ("commit_trial", 0, True, State.ROLLED_BACK),  # b on trial
    ("commit_trial", 1, True, State.ROLLED_BACK),  # both on trial
    ("confirm", 0, False, State.ROLLED_BACK),  # decided, but no device knows
    ("confirm", 0, True, State.DONE),  # a confirmed
    ("confirm", 1, True, State.DONE),  # both confirmed
]


@pytest.mark.parametrize(("method", "nth", "after", "state"), DEATHS)
def test_the_decision_is_read_off_the_devices(
    tmp_path: Path, method: str, nth: int, *, after: bool, state: State
) -> None:
    bench, transaction = die(tmp_path, Strike(nth, KilledError, after, method))
    outcome = taken_over(bench, transaction, tmp_path)
    assert outcome.state is state
    assert bench.both_new if state is State.DONE else bench.both_old


def test_a_confirmed_and_b_reverted_is_a_split(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    bench.clock.now += 70_000
    outcome = taken_over(bench, transaction, tmp_path)
    assert outcome.state is State.SPLIT
    assert outcome.seen == {A: "new for good", B: "as before"}


def test_another_trial_is_left_alone(tmp_path: Path) -> None:
    bench, _ = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    with pytest.raises(DeviceError, match="another trial"):
        taken_over(bench, "hp-other", tmp_path)
    assert bench.devices[A].store.trial is not None


def test_a_member_out_of_reach_leaves_the_other_alone(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable.add(A)
    with pytest.raises(DeviceError):
        taken_over(bench, transaction, tmp_path)
    assert bench.devices[B].store.trial is not None


def test_a_transaction_of_this_host_is_resumed_and_not_adopted(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    with pytest.raises(RefusedError, match="exists"):
        adopt(transaction, {"a": A, "b": B}, bench.open, is_new, bench.folder)
