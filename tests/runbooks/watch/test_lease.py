"""One watcher works: a lease is taken once, taken over from the dead, and lost when it is not renewed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from runbooks.archive.opening import Archive, open_archive
from runbooks.watch import lease
from runbooks.watch.lease import LEASE_S, LeaseKeeper, holder_of, is_dead, this_holder
from runbooks.watch.memory import take

NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


def gone() -> str:
    """Name a process of this host that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return holder_of(process.pid)


def test_a_lease_is_its_first_takers_until_it_runs_out(archive: Archive) -> None:
    assert take(archive, "one", NOW, 60).holder == "one"
    assert take(archive, "two", NOW + timedelta(seconds=59), 60).holder == "one"
    assert take(archive, "one", NOW + timedelta(seconds=30), 60).until == NOW + timedelta(seconds=90)
    assert take(archive, "two", NOW + timedelta(seconds=90), 60).holder == "two"
    assert take(archive, "one", NOW + timedelta(seconds=91), 60).holder == "two"


def test_the_second_watcher_waits_and_begins_when_the_first_gives_back(archive: Archive) -> None:
    with LeaseKeeper(archive, this_holder()) as second:
        with LeaseKeeper(archive, this_holder()) as first:
            first.try_to_take()
            second.try_to_take()
            assert (first.mine(), second.mine()) == (True, False)
        second.try_to_take()
        assert second.mine()


def test_the_lease_of_a_process_that_died_on_this_host_is_taken_over_at_once(archive: Archive) -> None:
    take(archive, gone(), datetime.now(UTC), 600)
    with LeaseKeeper(archive, this_holder()) as keeper:
        keeper.try_to_take()
        assert keeper.mine()


def test_nobody_declares_another_host_dead() -> None:
    assert is_dead(gone())
    host, process, word = gone().split("/")
    assert not is_dead(f"elsewhere/{process}/{word}")
    assert not is_dead(f"{host}/{process}/00000000-11111111")  # a container, or a copy, with this host's name
    assert not is_dead(this_holder())
    assert not is_dead("")


def test_a_lease_of_a_clock_that_was_put_back_since_holds_nobody_up(archive: Archive) -> None:
    tomorrow = NOW + timedelta(days=1)
    assert take(archive, "elsewhere/1/x", tomorrow, 60).holder == "elsewhere/1/x"
    assert take(archive, "two", NOW, 60).holder == "two"
    fast = NOW + timedelta(seconds=59)  # a clock that goes wrong by less than the lease lasts
    assert take(archive, "three", fast + timedelta(seconds=2), 60).holder == "three"
    assert take(archive, "four", NOW + timedelta(seconds=2), 60).holder == "three"


def test_a_clock_that_is_put_back_lengthens_no_lease(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LeaseKeeper(archive, this_holder()) as keeper:
        keeper.try_to_take()
        assert keeper.mine()
        late = monotonic() + LEASE_S
        monkeypatch.setattr(lease, "monotonic", lambda: late)  # the day's clock still says that there is time
        assert not keeper.mine()


def test_an_archive_that_is_away_keeps_no_watcher_from_ending(archive: Archive, tmp_path: Path) -> None:
    with LeaseKeeper(archive, this_holder()) as keeper:
        keeper.try_to_take()
        (tmp_path / "archive.db").write_bytes(b"no database")
        assert keeper.mine()


def test_a_lease_that_cannot_be_renewed_is_lost(archive: Archive, tmp_path: Path) -> None:
    keeper = LeaseKeeper(archive, "me", 0.3)
    keeper.try_to_take()
    (tmp_path / "archive.db").write_bytes(b"no database")
    while keeper.mine():
        pass
    with LeaseKeeper(archive, "me"):
        assert not keeper.mine()
