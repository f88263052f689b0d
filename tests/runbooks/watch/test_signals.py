"""A closed terminal may come at any moment of a watcher, also when it holds a lock; none is lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotpair.cli import watch
from runbooks import interrupts
from runbooks.archive.opening import open_archive
from runbooks.watch.inputs import Places, read_inputs
from runbooks.watch.lease import LeaseKeeper
from runbooks.watch.loop import Watcher
from tests.runbooks.struck import signals_told


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    """Yield a watcher of no pair."""
    for name in ("hosts.yaml", "groups.yaml", "defaults.yaml"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "pairs").mkdir()
    (tmp_path / "watch.yaml").write_text("groups:\n  - {name: fleet, every: 1 d}\n", encoding="utf-8")
    places = Places(tmp_path, tmp_path / "watch.yaml", None, None)
    with open_archive(tmp_path / "archive.db") as archive, LeaseKeeper(archive, "me") as keeper:
        yield Watcher(places, read_inputs(places), archive, keeper, say=lambda _text: None)


def test_a_closed_terminal_in_the_midst_of_a_lock_is_a_wish_and_no_standstill(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The handler runs wherever the watcher is; what it did with a lock there would wait for ever."""

    def refused(_lock: object) -> None:
        raise AssertionError("a handler of signals takes a lock")

    with signals_told(), watch._reloading(watcher):
        monkeypatch.setattr(threading.Condition, "__enter__", refused)
        signal.raise_signal(signal.SIGHUP)
        monkeypatch.undo()
    assert watcher.reload
    watcher._sleep(3600)  # awake at once


def long_after_a_signal(_watcher: Watcher) -> float:
    """Give the seconds to the next moment, when a signal has come."""
    signal.raise_signal(signal.SIGTERM)
    return 3600.0


def test_a_signal_that_woke_nobody_ends_the_wait(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runbooks.watch.loop._LISTEN_S", 0.01)
    with signals_told():
        interrupts.stop_raising()  # as where the system tells it too late for Python to raise
        monkeypatch.setattr(Watcher, "_turn", long_after_a_signal)
        with pytest.raises(KeyboardInterrupt):
            watcher.watch()
