"""Of several watchers on one host the one that works serves the figures; the others leave it the port."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from urllib.request import urlopen

import pytest

from inventory.errors import IntentError
from runbooks.archive.opening import Archive, open_archive
from runbooks.watch.inputs import Places, read_inputs
from runbooks.watch.lease import LeaseKeeper
from runbooks.watch.loop import Watcher
from runbooks.watch.memory import take
from runbooks.watch.serving import serving

ROUND_S, HUNG_S = 0.01, 300


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def places(folder: Path, listen: str) -> Places:
    for name in ("hosts.yaml", "groups.yaml", "defaults.yaml"):
        (folder / name).write_text("{}", encoding="utf-8")
    (folder / "pairs").mkdir()
    text = f"groups: [{{name: fleet, every: 1 d}}]\nmetrics: {{listen: '{listen}'}}\n"
    (folder / "watch.yaml").write_text(text, encoding="utf-8")
    return Places(folder, folder / "watch.yaml")


def watcher(where: Places, archive: Archive, keeper: LeaseKeeper) -> tuple[Watcher, SimpleQueue[str]]:
    said: SimpleQueue[str] = SimpleQueue()
    return Watcher(where, read_inputs(where), archive, keeper, said.put), said


def test_who_stands_by_serves_once_it_works_and_once_the_port_is_free(tmp_path: Path) -> None:
    port = free_port()
    where = places(tmp_path, f"127.0.0.1:{port}")
    with (
        open_archive(tmp_path / "archive.db") as archive,
        LeaseKeeper(archive, "first") as one,
        LeaseKeeper(archive, "second") as other,
    ):
        first, first_said = watcher(where, archive, one)
        second, second_said = watcher(where, archive, other)
        one.try_to_take()
        with serving(first, ROUND_S), serving(second, ROUND_S):
            assert first_said.get(timeout=HUNG_S) == f"metrics on port {port}"
            take(archive, "second", datetime.now(UTC) + timedelta(days=1), 60)  # the first slept meanwhile
            other.try_to_take()
            assert "Address already in use" in second_said.get(timeout=HUNG_S)
            one.try_to_take()
            assert second_said.get(timeout=HUNG_S) == f"metrics on port {port}"
            with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=HUNG_S) as answer:
                assert b"hotpair_archive_up 1.0" in answer.read()


def test_where_nobody_could_serve_is_refused_at_the_start(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db") as archive, LeaseKeeper(archive, "first") as keeper:
        one, _ = watcher(places(tmp_path, "192.0.2.1:9273"), archive, keeper)
        with pytest.raises(IntentError, match="metrics cannot be served"), serving(one, ROUND_S):
            pass
