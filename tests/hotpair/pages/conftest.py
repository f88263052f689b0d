"""A fleet to look at, served by a real server of the test's own."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from hotpair.pages.access import Access
from hotpair.pages.server import server_of
from hotpair.pages.source import Source
from runbooks.archive.opening import open_archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.lab import LAB
from tests.runbooks.archive.made import BAD, CHANNEL, GOOD, START, run, seen

HOSTILE = "<script>alert(1)</script>&\"'"
DAYS = 5


def minutes(days: int) -> int:
    """Return the minutes from the start of the made runs to some days before now."""
    return int((datetime.now(UTC) - timedelta(days=days) - START).total_seconds() // 60)


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pairs with runs, one of them hostile by name; one that was never looked at; one broken file."""
    folder = tmp_path_factory.mktemp("inventory")
    (folder / "pairs").mkdir()
    shutil.copy(LAB / "pairs" / "seed-igmp.yaml", folder / "pairs" / "north.yaml")
    north = folder / "pairs" / "north.yaml"
    north.write_text(north.read_text().replace("pair: seed-igmp", "pair: north\nsite: BER\ntags: [gold]"))
    shutil.copy(LAB / "pairs" / "seed-igmp.yaml", folder / "pairs" / "never.yaml")
    never = folder / "pairs" / "never.yaml"
    never.write_text(
        never.read_text()
        .replace("pair: seed-igmp", "pair: never")
        .replace("DeviceA", "X1")
        .replace("DeviceB", "X2")
    )
    (folder / "pairs" / "broken.yaml").write_text("pair: broken\n")
    shown = tuple(
        seen(CHANNEL.format(state=state), START, member="north-1") for state in ("Connecting", "Connected")
    )
    with open_archive(folder / "archive.db") as archive:
        for day in reversed(range(DAYS)):
            ends, look = (BAD, shown[0]) if day in {0, 3} else (GOOD, shown[1])
            for pair in ("north", HOSTILE):
                made = run(minutes(day), ends, pair=pair, observations=(look,))
                keep_run(archive, made, Origin("netops", "nms1", "CHG-7"), RunInputs())
    return folder


@dataclass(frozen=True)
class Served:
    """A server: where it answers."""

    url: str
    port: int


@contextmanager
def served(source: Source, access: Access, *, metrics: bool = False) -> Iterator[Served]:
    """Serve pages until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # who asks before the server is up waits
        port = listening.getsockname()[1]
        server = server_of(source, access, metrics=metrics)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{port}", port)
        finally:
            server.should_exit = True
            thread.join()
            source.close()


@pytest.fixture(scope="module")
def here(inventory: Path) -> Iterator[Served]:
    """The fleet on loopback."""
    with served(Source(inventory, inventory / "archive.db"), Access()) as found:
        yield found
