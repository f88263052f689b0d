"""Members that reboot, clocks that ran on and hosts that stood still: what is said is true of the devices."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tasks.sessions.protocol import LostReplyError
from tasks.transaction.ends import Decider, End
from tasks.transaction.waits import NEEDED_S
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike
from tests.tasks.transaction.strikes import (
    EVERY_CALL,
    EVERY_STAGED_CALL,
    RELEASES,
    WHO,
    A,
    B,
    require_both_or_none,
)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("nth", EVERY_CALL)
def test_a_reboot_at_any_call_ends_truly(tmp_path: Path, nth: int, who: str) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(nth, lambda: bench.reboot(*WHO[who]), after=True)
    require_both_or_none(bench, bench.carry_out())


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("nth", EVERY_STAGED_CALL)
def test_a_reboot_between_several_commits_ends_truly(tmp_path: Path, nth: int, who: str) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(nth, lambda: bench.reboot(*WHO[who]), after=True)
    require_both_or_none(bench, bench.carry_out(stages=2))


def test_a_that_reboots_after_its_confirm_takes_b_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(0, lambda: bench.reboot(A), after=True, method="confirm")
    outcome = bench.carry_out()
    assert (outcome.end, outcome.decided_by) == (End.AS_BEFORE, Decider.REBOOT)
    assert bench.both_old


@pytest.mark.parametrize("who", WHO)
def test_killed_when_both_were_confirmed_and_then_rebooted(tmp_path: Path, who: str) -> None:
    bench = Bench(tmp_path, Strike(0, KilledError, method="save"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.reboot(*WHO[who])
    outcome = bench.resume()
    assert (outcome.end, outcome.decided_by) == (End.AS_BEFORE, Decider.REBOOT)
    assert bench.both_old


def test_a_member_that_was_saved_new_is_saved_old_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(1, lambda: bench.reboot(B), method="save")  # a is saved, b is not yet
    outcome = bench.carry_out()
    assert outcome.end is End.AS_BEFORE
    bench.reboot(*NAMES)
    assert bench.both_old


def test_a_is_not_confirmed_when_b_has_too_little_time_left(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(0, KilledError, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.clock.now += bench.devices[B].store.trial.deadline - bench.clock.now - 10  # type: ignore[union-attr] # it runs
    outcome = bench.resume()
    assert outcome.end is End.AS_BEFORE
    assert "cannot be confirmed any more" in outcome.reason
    assert bench.both_old


@pytest.mark.parametrize("line", ["decided to keep", "about to put a on trial", "about to put b on trial"])
@pytest.mark.parametrize("seconds", [380, 450, 20_000])
def test_a_host_that_stands_still_at_a_line_confirms_nothing_too_late(
    tmp_path: Path, line: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path)
    real = os.write

    def slow(descriptor: int, data: bytes) -> int:
        if line.encode() in data:
            bench.clock.now += seconds
        return real(descriptor, data)

    confirmed: list[float] = []

    def left() -> None:
        trial = bench.devices[B].store.trial
        confirmed.append(trial.deadline - bench.clock.now if trial else 0)

    bench.strike = Strike(0, left, method="confirm")
    monkeypatch.setattr("tasks.transaction.journal.os.write", slow)
    require_both_or_none(bench, bench.carry_out())
    assert all(one >= NEEDED_S for one in confirmed)


@pytest.mark.parametrize("name", NAMES)
def test_a_lost_reply_to_a_confirm_costs_no_more_than_the_reply(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(NAMES.index(name), lambda: LostReplyError("cut"), after=True, method="confirm")
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    assert bench.both_new


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("nth", EVERY_STAGED_CALL)
def test_killed_between_several_commits_and_taken_up_after_the_timers(
    tmp_path: Path, nth: int, release: str
) -> None:
    bench = Bench(tmp_path, Strike(nth, KilledError), release=release)
    try:
        outcome = bench.carry_out(stages=2)
    except KilledError:
        bench.hang_up()
        bench.clock.now += 70_000
        if not list(tmp_path.glob("*.jsonl")):
            assert bench.both_old
            return
        outcome = bench.resume()
    require_both_or_none(bench, outcome)
