"""Time of the pages, with few pairs and with many: a page must not grow with the fleet.

    python benchmarks/pages.py
    python benchmarks/pages.py --pairs 5000 --days 365

Two archives are made, each with a daily run a pair: one of 50 pairs, one of many, both over a
year. One in 40 looks failed, and on the last day those of the first 50 pairs, so that lists are full in
both. The pages of both are then asked for in turns, over HTTP; medians and their ratio are printed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import insert

from hotpair.cli.serve import bound
from hotpair.pages.access import Access
from hotpair.pages.server import server_of
from hotpair.pages.source import Source
from runbooks.archive import codec
from runbooks.archive.blobs import keep_one
from runbooks.archive.opening import open_archive
from runbooks.archive.tables import findings, pairs, runs

ROUNDS = 15
SMALL = 50
PAGES = ("/", "/?days=90", "/findings", "/runs", "/pair/pair-00007")
BATCH = 20_000


def fill(place: Path, count: int, days: int) -> None:
    """Make an archive: each pair looked at once a day."""
    start = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=days)
    with open_archive(place) as archive, archive.writing() as connection:
        nothing = keep_one(connection, codec.write_results(()))
        evidence = keep_one(connection, codec.write_evidence(()))
        rows = list(_runs(count, days, start, nothing, evidence))
        for first in range(0, len(rows), BATCH):
            connection.execute(insert(runs), rows[first : first + BATCH])
        newest = rows[-count:]
        connection.execute(insert(pairs), [_standing(row) for row in newest])
        connection.execute(insert(findings), [_finding(row) for row in newest if row["verdict"] == "failure"])


def _runs(count: int, days: int, start: datetime, results: int, evidence: int) -> Iterator[dict[str, object]]:
    for day in range(days):
        for pair in range(count):
            at = start + timedelta(days=day, seconds=pair)
            name, number = f"pair-{pair:05}", day * count + pair + 1
            yield {
                "number": number, "id": f"{at:%Y%m%dT%H%M%S%f}Z-check-{name}", "kind": "check",
                "pair": name, "member_a": f"{name}-a", "member_b": f"{name}-b", "started_at": at,
                "ended_at": at + timedelta(seconds=2), "results": results, "evidence": evidence,
                "verdict": "failure" if _failed(day, pair, days) else "success",
            }  # fmt: skip


def _failed(day: int, pair: int, days: int) -> bool:
    return (day * 7 + pair) % 40 == 0 or (day == days - 1 and pair < SMALL)


def _standing(row: dict[str, object]) -> dict[str, object]:
    failed = row["verdict"] == "failure"
    return {"pair": row["pair"], "last_run": row["number"], "open_findings": int(failed)}


def _finding(row: dict[str, object]) -> dict[str, object]:
    return {
        "pair": row["pair"], "check_name": "rbs-connected", "subject": "RBS s", "outcome": "failure",
        "device": row["member_a"], "complaint": "the channel is not connected", "wanted": "connected",
        "found": "connecting", "command": "display remote-backup-service s", "since": row["started_at"],
        "last_seen": row["started_at"],
    }  # fmt: skip


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve an inventory; give its address."""
    source = Source(folder, folder / "archive.db")
    with bound("127.0.0.1", 0) as listening:
        server = server_of(source, Access())
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            source.close()


def seconds(url: str) -> float:
    """Ask for a page once."""
    begin = time.perf_counter()
    with urlopen(url) as answer:  # noqa: S310 - our own server
        answer.read()
    return time.perf_counter() - begin


def main() -> None:
    """Print a line a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5_000)
    parser.add_argument("--days", type=int, default=365)
    asked = parser.parse_args()
    with TemporaryDirectory() as name, ExitStack() as stack:
        homes = []
        for count, days in ((SMALL, asked.days), (asked.pairs, asked.days)):
            folder = Path(name) / str(count)
            folder.mkdir()
            fill(folder / "archive.db", count, days)
            homes.append(stack.enter_context(served(folder)))
            print(f"{count} pairs, {days} days, {(folder / 'archive.db').stat().st_size / 1e6:.0f} MB")
        for page in PAGES:
            took: list[list[float]] = [[], []]
            for _ in range(ROUNDS):
                for times, home in zip(took, homes, strict=True):
                    times.append(seconds(home + page))
            few, many = (1_000 * median(times) for times in took)
            print(f"{page:<22} {few:7.1f} ms {many:7.1f} ms  {many / few:.2f} times")


if __name__ == "__main__":
    main()
