"""A transaction is taken up, aborted, forgotten and listed after its process died."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import DeviceError, HotpairError, RefusedError
from tasks.sessions.protocol import Session
from tasks.transaction.ends import Decider, End
from tasks.transaction.listing import list_journals
from tasks.transaction.machine import State
from tasks.transaction.resume import abort, forget, resume
from tests.tasks.transaction.bench import Bench, KilledError, Strike
from tests.tasks.transaction.strikes import A, B


def died(tmp_path: Path, strike: Strike) -> tuple[Bench, Path]:
    bench = Bench(tmp_path, strike)
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    (path,) = tmp_path.glob("*.jsonl")
    return bench, path


@pytest.mark.parametrize("method", ["commit_trial", "confirm"])
def test_abort_takes_back_what_was_not_confirmed(tmp_path: Path, method: str) -> None:
    bench, path = died(tmp_path, Strike(0, KilledError, after=method == "commit_trial", method=method))
    outcome = abort(path, bench.open, tools=bench.tools)
    assert (outcome.end, outcome.decided_by) == (End.AS_BEFORE, Decider.OPERATOR)
    assert bench.both_old


def test_abort_is_refused_once_a_was_confirmed(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    with pytest.raises(RefusedError, match="cannot be aborted"):
        abort(path, bench.open, tools=bench.tools)
    assert bench.resume().end is End.DONE


def test_forget_is_refused_while_a_timer_runs(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    for unreachable in (set(), {B}):
        bench.unreachable = unreachable
        with pytest.raises(RefusedError, match="cannot be forgotten yet"):
            forget(path, "tired of it", bench.open, tools=bench.tools)
    bench.unreachable = {B}
    bench.clock.now += 70_000
    assert forget(path, "tired of it", bench.open, tools=bench.tools).end is End.ABANDONED
    assert bench.resume().end is End.ABANDONED


def test_the_list_tells_what_is_armed_without_dialling(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.clock.now += 100
    (one,) = list_journals(tmp_path, bench.now())
    assert one.state is State.TRIAL_BOTH
    assert [(armed.member, armed.seconds_left) for armed in one.armed] == [(B, 380)]
    assert one.next_command == f"hotpair txn resume {path.stem}"
    bench.resume()
    (one,) = list_journals(tmp_path, bench.now())
    assert (one.end, one.finished, one.armed) == (End.AS_BEFORE, True, ())


@pytest.mark.parametrize(("nth", "method", "left"), [(1, "confirm", [B]), (0, "save", [])])
def test_the_list_calls_no_member_armed_that_was_seen_confirmed(
    tmp_path: Path, nth: int, method: str, left: list[str]
) -> None:
    bench, _ = died(tmp_path, Strike(nth, KilledError, method=method))
    (one,) = list_journals(tmp_path, bench.now())
    assert [armed.member for armed in one.armed] == left


def test_the_list_calls_no_member_armed_that_was_seen_reverted(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable = {A}
    bench.clock.now += 70_000
    assert resume(path, bench.open, tools=bench.tools).end is End.UNSETTLED
    (one,) = list_journals(tmp_path, bench.now())
    assert B not in [armed.member for armed in one.armed]


def test_the_list_calls_a_forgotten_transaction_abandoned(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable = {A}
    bench.clock.now += 70_000
    assert resume(path, bench.open, tools=bench.tools).end is End.UNSETTLED
    forget(path, "tired of it", bench.open, tools=bench.tools)
    (one,) = list_journals(tmp_path, bench.now())
    assert (one.end, one.by, one.why) == (End.ABANDONED, Decider.OPERATOR, "tired of it")


def test_a_finished_transaction_says_so_without_dialling(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    first = bench.carry_out()
    calls = len(bench.strike.calls)
    again = bench.resume()
    assert (again.end, again.seen) == (first.end, first.seen)
    assert bench.strike.calls == []
    assert calls > 0


def test_one_reason_is_said_once(tmp_path: Path) -> None:
    bench, _ = died(tmp_path, Strike(1, KilledError, method="confirm"))
    bench.unreachable = {B}
    outcome = bench.resume()
    assert isinstance(outcome.problem(), HotpairError)
    assert str(outcome.problem()).count(f"{B} is out of reach") <= 2  # the reason, and what was seen last


def test_a_journal_of_another_pair_is_not_touched(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, method="confirm"))
    before = path.read_bytes()

    def nobody(name: str) -> Session:
        raise DeviceError(f"no host {name} in this inventory")

    outcome = resume(path, nobody, tools=bench.tools)
    assert outcome.end is End.SPLIT_HAZARD
    assert path.read_bytes().startswith(before)
