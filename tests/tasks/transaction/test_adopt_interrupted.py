"""Adoption and resuming, where the one who does it dies, stops, or finds a journal of this host."""

from __future__ import annotations

import signal
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from inventory.errors import DeviceError, IntentError, RefusedError
from tasks.transaction.adopt import adopt
from tasks.transaction.ends import End
from tasks.transaction.resume import forget, resume
from tasks.transaction.tools import Tools
from tests.runbooks.struck import signals_told
from tests.tasks.transaction.adopting import A, B, die, taken_over
from tests.tasks.transaction.bench import KilledError, Strike


@pytest.mark.parametrize("nth", range(14))
def test_an_adoption_that_dies_is_adopted_again(tmp_path: Path, nth: int) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    bench.strike = Strike(nth, KilledError, after=True)
    try:
        taken_over(bench, transaction, tmp_path)
    except KilledError:
        bench.hang_up()
        bench.strike = Strike()
        assert taken_over(bench, transaction, tmp_path).end is End.DONE
    assert bench.both_new


def test_a_transaction_of_this_host_is_resumed_and_not_adopted(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    with pytest.raises(RefusedError, match="exists") as caught:
        adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, bench.folder, tools=bench.tools)
    assert caught.value.next_command == f"hotpair txn resume {transaction}"


def test_what_was_forgotten_here_is_not_adopted(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.clock.now += 70_000
    (path,) = bench.folder.glob("*.jsonl")
    assert forget(path, "both were reset by hand", bench.open, tools=bench.tools).end is End.ABANDONED
    with pytest.raises(RefusedError, match="forgotten") as caught:
        adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, bench.folder, tools=bench.tools)
    assert caught.value.found == "both were reset by hand"


@pytest.mark.parametrize("left", [b"", b'{"at": "2026-03-01T02:00:00.000+00:00", "event": "ado'])
def test_a_first_line_that_was_cut_short_is_no_journal(tmp_path: Path, left: bytes) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    path = tmp_path / "here" / f"{transaction}.jsonl"
    path.parent.mkdir()
    path.write_bytes(left)
    with pytest.raises(IntentError, match="died before its first line") as caught:
        resume(path, bench.open, tools=bench.tools)
    assert caught.value.next_command == f"hotpair txn adopt {transaction} --pair PAIR"
    assert taken_over(bench, transaction, tmp_path).end is End.DONE
    assert bench.both_new


def test_ctrl_c_at_the_first_look_tells_what_to_type(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.strike = Strike(0, KeyboardInterrupt)
    with pytest.raises(DeviceError, match="interrupted") as caught:
        taken_over(bench, transaction, tmp_path)
    assert caught.value.next_command == f"hotpair txn adopt {transaction} --pair lyon"


def test_a_member_out_of_reach_tells_what_to_type(tmp_path: Path) -> None:
    bench, transaction = die(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable.add(B)
    with pytest.raises(DeviceError) as caught:
        taken_over(bench, transaction, tmp_path)
    assert caught.value.next_command == f"hotpair txn adopt {transaction} --pair lyon"


@pytest.mark.parametrize("nth", range(6))
def test_ctrl_c_at_a_line_of_the_journal_has_to_wait(tmp_path: Path, nth: int) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    lines = count()

    def now() -> datetime:
        if next(lines) == nth:
            signal.raise_signal(signal.SIGINT)
        return bench.now()

    tools = Tools(bench.told.append, bench.sleep, now)
    with signals_told():
        outcome = adopt(transaction, "lyon", {"a": A, "b": B}, bench.open, tmp_path / "here", tools=tools)
    assert outcome.end is End.DONE
    assert next(lines) > nth


@pytest.mark.parametrize("nth", range(3))
def test_ctrl_c_at_a_line_of_a_resume_has_to_wait(tmp_path: Path, nth: int) -> None:
    bench, transaction = die(tmp_path, Strike(0, KilledError, after=True, method="commit_trial"))
    lines = count()

    def now() -> datetime:
        if next(lines) == nth:
            signal.raise_signal(signal.SIGINT)
        return bench.now()

    path = bench.folder / f"{transaction}.jsonl"
    with signals_told():
        outcome = resume(path, bench.open, tools=Tools(bench.told.append, bench.sleep, now))
    assert outcome.end is End.AS_BEFORE
    assert next(lines) > nth
