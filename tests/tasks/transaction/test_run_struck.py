"""A deployment that is struck at any call: both members old or both new."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.faults import SwallowReply
from hotpair.exit_codes import exit_code_of
from tasks.sessions.protocol import LostReplyError
from tasks.transaction.machine import State
from tests.tasks.transaction.bench import Bench, KilledError, Strike
from tests.tasks.transaction.strikes import CALLS, B

STAGED_CALLS = 28  # in two stages


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
        problem = outcome.problem()
        assert problem is not None
        assert problem.message == {
            State.REFUSED: "nothing was sent: interrupted",
            State.UNCHANGED: "nothing was committed: interrupted",
            State.ROLLED_BACK: "both members are as before: interrupted",
        }.get(outcome.state)
        assert exit_code_of(problem) == (5 if outcome.state is State.ROLLED_BACK else 4)


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


def test_ctrl_c_again_and_again_does_not_stop_the_way_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(0, KeyboardInterrupt, method="abort_trial"))
    outcome = bench.carry_out(held=False)
    assert outcome.state is State.ROLLED_BACK
    assert bench.both_old
