"""The disk of the sweep: full, short, torn, and forgetful."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest

from runbooks.certify.disk import Disk

LINE = b'{"at": "now", "event": "decided to keep"}\n'


def opened(path: Path) -> tuple[Disk, int, list[str]]:
    met: list[str] = []
    disk = Disk(met.append)
    return disk, disk.open(path / "journal", os.O_CREAT | os.O_RDWR, 0o600), met


def test_each_write_and_each_sync_is_met_by_its_name(tmp_path: Path) -> None:
    disk, file, met = opened(tmp_path)
    assert disk.write(file, LINE) == len(LINE)
    disk.fsync(file)
    assert met == ["write decided to keep", "sync"]
    disk.close(file)


def test_a_full_disk_takes_nothing(tmp_path: Path) -> None:
    disk, file, _ = opened(tmp_path)
    disk.full = True
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        disk.write(file, LINE)
    assert (tmp_path / "journal").read_bytes() == b""
    disk.close(file)


def test_one_write_is_short(tmp_path: Path) -> None:
    disk, file, _ = opened(tmp_path)
    disk.short = True
    written = disk.write(file, LINE)
    assert 0 < written < len(LINE)
    assert disk.write(file, LINE[written:]) == len(LINE) - written
    assert (tmp_path / "journal").read_bytes() == LINE
    disk.close(file)


def test_a_torn_line_is_half_written(tmp_path: Path) -> None:
    disk, file, _ = opened(tmp_path)
    disk.torn = KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        disk.write(file, LINE)
    assert 0 < len((tmp_path / "journal").read_bytes()) < len(LINE)
    disk.close(file)


def test_power_takes_what_was_not_synced(tmp_path: Path) -> None:
    disk, file, _ = opened(tmp_path)
    disk.write(file, LINE)
    disk.fsync(file)
    disk.write(file, LINE)
    disk.lose_power()
    assert (tmp_path / "journal").read_bytes() == LINE
    disk.close(file)


def test_power_takes_a_file_of_which_nothing_was_synced(tmp_path: Path) -> None:
    disk, file, _ = opened(tmp_path)
    disk.write(file, LINE)
    disk.lose_power()
    assert not (tmp_path / "journal").exists()
    disk.close(file)


def test_a_dead_process_holds_no_lock(tmp_path: Path) -> None:
    disk, file, _ = opened(tmp_path)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    other = os.open(tmp_path / "journal", os.O_RDWR)
    with pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    disk.end()
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
