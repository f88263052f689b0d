"""A transaction in good hands is adopted by nobody; one whose worker died is free."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inventory.errors import ArchiveError
from runbooks.archive.opening import open_archive
from runbooks.watch.lease import holder_of, this_holder
from runbooks.workers import taking_up
from runbooks.workers.station import WorkerContext, hold, let_go

ELSEWHERE, HERE = "other/1/aa", this_holder()


def test_who_holds_it_first_holds_it_until_it_lets_go(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db") as archive:
        assert hold(archive, "hp-1", ELSEWHERE) == ELSEWHERE
        assert hold(archive, "hp-1", HERE) == ELSEWHERE
        assert hold(archive, "hp-2", HERE) == HERE
        let_go(archive, "hp-1", ELSEWHERE)
        assert hold(archive, "hp-1", HERE) == HERE


def test_a_process_of_this_host_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with open_archive(tmp_path / "archive.db") as archive:
        dead = holder_of(gone.pid)
        assert hold(archive, "hp-1", dead) == dead
        assert hold(archive, "hp-1", HERE) == HERE


def _station(folder: Path) -> WorkerContext:
    return WorkerContext(folder, folder / "archive.db", folder / "journals", folder / "watch.yaml")


def test_an_archive_that_comes_back_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "archive.db"
    damaged.write_bytes(b"this is no database" * 100)
    told: list[str] = []
    monkeypatch.setattr(taking_up, "sleep", lambda _seconds: damaged.unlink())
    taking_up.wait_for(_station(tmp_path), "hp-1", HERE, told.append)
    (line,) = told
    assert line.startswith("who is at work on hp-1 cannot be asked: ")
    with open_archive(damaged) as archive:
        assert hold(archive, "hp-1", ELSEWHERE) == HERE


def test_an_archive_that_stays_away_ends_the_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "archive.db").write_bytes(b"this is no database" * 100)
    slept: list[float] = []
    monkeypatch.setattr(taking_up, "sleep", slept.append)
    with pytest.raises(ArchiveError):
        taking_up.wait_for(_station(tmp_path), "hp-1", HERE, lambda _text: None)
    assert 500 < sum(slept) <= 600
