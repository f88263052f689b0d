"""A disk that is full, and libraries that raise what nobody translated."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.sessions.protocol import LostReplyError, Session
from tasks.transaction.ends import End
from tasks.transaction.look import Saved
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import Bench, Strike, require_true
from tests.tasks.transaction.strikes import EVERY_CALL, A, B, require_both_or_none


@pytest.mark.parametrize("line", range(13))
def test_a_disk_that_is_full_at_any_line_leaves_nothing_armed(
    tmp_path: Path, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path)
    real, written = os.write, []

    def write(descriptor: int, data: bytes) -> int:
        written.append(data)
        if len(written) > line:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr("tasks.transaction.journal.os.write", write)
    outcome = bench.carry_out()
    require_true(bench, outcome)
    assert all(device.store.trial is None for device in bench.devices.values())
    if outcome.end is End.DONE:
        assert outcome.residue[-1].startswith("the journal takes nothing more") == (line < 13)


class AlienError(Exception):
    """What a library raises that nobody translated."""


@pytest.mark.parametrize("nth", EVERY_CALL)
def test_a_foreign_exception_at_any_call_ends_truly(tmp_path: Path, nth: int) -> None:
    bench = Bench(tmp_path, Strike(nth, lambda: AlienError("Channel closed."), after=True))
    require_both_or_none(bench, bench.carry_out())


def test_a_login_that_ends_in_a_foreign_exception_is_no_session(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()
    logins = []

    def full() -> Session:
        logins.append(1)
        if len(logins) > 1:
            raise AlienError("no VTY is free")
        return bench.open(B)

    bench.strike = Strike(1, lambda: LostReplyError("cut"), method="confirm")
    outcome = carry_out(replace(change, b=replace(change.b, open_session=full)), tmp_path, tools=bench.tools)
    assert outcome.end is End.SPLIT_HAZARD
    assert "no VTY is free" in outcome.reason
    assert "ends in" in outcome.reason  # the seconds that are left on b
    assert outcome.looks[A].saved is Saved.NO
