"""How long `status` and `history` take in an archive of 5,000 pairs and a year of daily runs.

    python -m benchmarks.archive [--pairs 5000] [--days 365] [--keep FILE]

The archive is made by a generator, a run a pair and day; one pair in fifty has open findings. Each query is
asked five times and the median told, then each command as a whole in a process of its own. Wanted: 0.3 s for
a query, 0.8 s for a command.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert

from runbooks.archive.blobs import keep_one
from runbooks.archive.codec import write_evidence, write_results
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.queries import findings_of, run_rows, standings
from runbooks.archive.states import gauges, states
from runbooks.archive.tables import findings, pairs, runs
from tasks.checks.model import CheckResult, Outcome

ROUNDS = 5
PART = 20_000
EVERY = 50
"""One pair in so many has an open finding, and every pair had some that ended."""
NOW = datetime.now(UTC).replace(microsecond=0)
QUERIES: dict[str, Callable[[Archive], object]] = {
    "standings, the worst 50": standings,
    "standings, all": lambda archive: standings(archive, limit=None),
    "states": states,
    "figures": gauges,
    "history of a pair": lambda archive: findings_of(archive, pair="p0007", ended=True),
    "open findings": lambda archive: findings_of(archive, limit=None),
    "runs of a pair": lambda archive: run_rows(archive, pair="p0007"),
    "newest runs": run_rows,
}


def run_values(count: int, days: int, blob: tuple[int, int]) -> Iterator[dict[str, object]]:
    number = 0
    for day in range(days):
        at = NOW - timedelta(days=days - day)
        for pair in range(count):
            number += 1
            bad = pair % EVERY == 0 and day >= days - 3
            yield {
                "number": number, "id": f"{at:%Y%m%d}-check-p{pair:04}", "kind": "check",
                "pair": f"p{pair:04}",
                "member_a": f"P{pair:04}-a", "member_b": f"P{pair:04}-b", "started_at": at,
                "ended_at": at + timedelta(seconds=2), "verdict": "failure" if bad else "success",
                "results": blob[0], "evidence": blob[1], "by_user": "ops", "by_host": "jump",
            }  # fmt: skip


def finding_values(count: int, days: int) -> Iterator[dict[str, object]]:
    for pair in range(count):
        for at in range(0, days, 30):
            since = NOW - timedelta(days=days - at)
            ended = not (pair % EVERY == 0 and at + 30 >= days)
            yield {
                "pair": f"p{pair:04}", "check_name": "drift", "subject": f"configuration of P{pair:04}-a",
                "outcome": "failure", "device": f"P{pair:04}-a",
                "complaint": "a line of the intent is not configured",
                "wanted": f"e-trunk {pair} / priority {at}", "found": "absent",
                "command": "display current-configuration", "since": since,
                "last_good": since - timedelta(days=1), "last_seen": since,
                "until": since + timedelta(days=1) if ended else None,
            }  # fmt: skip


def parts(rows: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    part: list[dict[str, object]] = []
    for row in rows:
        part.append(row)
        if len(part) == PART:
            yield part
            part = []
    if part:
        yield part


def fill(archive: Archive, count: int, days: int) -> None:
    result = write_results([CheckResult("drift", "configuration of x", Outcome.SUCCESS)])
    with archive.writing() as connection:
        blob = keep_one(connection, result), keep_one(connection, write_evidence(()))
        for part in parts(run_values(count, days, blob)):
            connection.execute(insert(runs), part)
        for part in parts(finding_values(count, days)):
            connection.execute(insert(findings), part)
        last = (days - 1) * count
        rows = [
            {
                "pair": f"p{pair:04}", "last_run": last + pair + 1, "last_good": NOW - timedelta(days=4),
                "open_findings": int(pair % EVERY == 0),
            }
            for pair in range(count)
        ]  # fmt: skip
        connection.execute(insert(pairs), rows)


def seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        work()
        taken.append(perf_counter() - begin)
    return median(taken)


def command(place: Path, *words: str) -> None:
    argv = [sys.executable, "-m", "hotpair", *words, "-i", str(place.parent), "--archive", str(place)]
    subprocess.run(argv, stdout=subprocess.DEVNULL, check=False)


def measure(place: Path, count: int, days: int) -> None:
    with open_archive(place) as archive:
        begin = perf_counter()
        fill(archive, count, days)
        size = place.stat().st_size / 1e6
        print(f"{count} pairs, {count * days:,} runs: made in {perf_counter() - begin:.0f} s, {size:.0f} MB")
        for name, query in QUERIES.items():
            print(f"{seconds(lambda asked=query: asked(archive)):8.3f} s  {name}")  # type: ignore[misc]
    for words in (("status",), ("history", "p0007"), ("runs", "p0007")):
        print(f"{seconds(lambda typed=words: command(place, *typed)):8.3f} s  hotpair {' '.join(words)}")  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=5000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        measure(options.keep or Path(home) / "archive.db", options.pairs, options.days)


if __name__ == "__main__":
    main()
