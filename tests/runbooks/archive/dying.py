"""Die at each statement of what is done to an archive, one after the other, and tell what was found then.

    python -m tests.runbooks.archive.dying FOLDER STEP

A program of its own, since it forks: each death is that of a process. Of all moments one in STEP is taken; 1
takes each. Prints a line a work: how many deaths there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event

from runbooks.archive import keeping
from runbooks.archive.blobs import keep_one
from runbooks.archive.codec import write_evidence, write_results
from runbooks.archive.importing import import_runs
from runbooks.archive.keeping import ToKeep, keep_many
from runbooks.archive.kept import load_run
from runbooks.archive.opening import MIGRATIONS, Archive, open_archive
from runbooks.archive.queries import findings_of, run_rows, standings
from runbooks.archive.retention import Retention, prune
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.report.evidence import save_run
from runbooks.report.run import Run
from tests.runbooks.archive.made import BAD, CHANNEL, GOOD, START, run, seen


def made(minute: int, pair: str) -> Run:
    bad = minute % 2
    look = seen(CHANNEL.format(state=f"state {minute}"), START)
    return run(minute, BAD if bad else GOOD, pair=pair, observations=(look,))


OLD = [made(minute, pair) for minute in range(4) for pair in ("north", "south")]
NEW = [made(minute, pair) for minute in range(4, 7) for pair in ("north", "south")]


def before(folder: Path) -> Path:
    """Return an archive in which something is kept."""
    path = folder / "before.db"
    with open_archive(path) as archive:
        for one in OLD:
            keep_run(archive, one, Origin("ops"), RunInputs("an intent"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def keep(folder: Path, archive: Archive) -> None:
    kept = {row.id for row in run_rows(archive, limit=None)}
    keep_many(archive, [ToKeep(one, folder / "none") for one in NEW if one.id not in kept], "a policy")


def prune_(_folder: Path, archive: Archive) -> None:
    prune(archive, START + timedelta(days=1, minutes=3), Retention(days=1, runs_each=3))


def import_(folder: Path, archive: Archive) -> None:
    import_runs(archive, folder / "runs")


def migrate(_folder: Path, _archive: Archive) -> None:
    """Nothing more than to open it."""


WORKS: dict[str, Callable[[Path, Archive], None]] = {
    "keep": keep, "prune": prune_, "import": import_, "migrate": migrate
}  # fmt: skip


def first_schema(folder: Path) -> Path:
    """Return an archive of the first schema with a run in it."""
    path = folder / "first.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        results, evidence = (
            keep_one(connection, text) for text in (write_results([GOOD]), write_evidence(()))
        )
        one, at = run(0, GOOD), int(START.timestamp() * 1_000_000)
        connection.exec_driver_sql(
            "INSERT INTO runs (number, id, kind, pair, member_a, member_b, started_at, ended_at, verdict,"
            " results, evidence) VALUES (1, ?, 'check', 'north', 'a', 'b', ?, ?, 'success', ?, ?)",
            (one.id, at, at + 2_000_000, results, evidence),
        )
        connection.exec_driver_sql("INSERT INTO pairs (pair, last_run) VALUES ('north', 1)")
    engine.dispose()
    return path


def start(work: str, folder: Path) -> Path:
    """Return the archive that the work begins with."""
    if work == "import":
        for one in NEW:
            save_run(one, folder / "runs")
    path = before(folder)
    if work == "migrate":
        path = first_schema(folder)
    return path


def told(archive: Archive) -> object:
    """Return all that an archive tells; each run of it can be read whole."""
    rows = run_rows(archive, limit=None)
    runs = [(load_run(archive, row.id).id, row.verdict) for row in rows]
    with archive.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        texts = connection.exec_driver_sql("SELECT hash FROM blobs ORDER BY hash").all()
    return runs, findings_of(archive, ended=True, limit=None), standings(archive, limit=None), texts


def die(at: int) -> None:
    """Let this process die before the statement of that number, or before that moment of a commit."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", counted)
    event.listen(Engine, "after_cursor_execute", counted)
    event.listen(Engine, "commit", counted)


def deaths(work: str, folder: Path, step: int) -> int:
    """Die at moments of the work; give how often."""
    begun = start(work, folder)
    whole = shutil.copy(begun, folder / "whole.db")
    with open_archive(whole) as archive:
        WORKS[work](folder, archive)
        wanted = told(archive)
    for number, at in enumerate(range(1, 100_000, step)):
        home = folder / str(at)
        home.mkdir()
        path = shutil.copy(begun, home / "archive.db")
        child = os.fork()
        if not child:
            die(at)
            with open_archive(path) as archive:
                WORKS[work](folder, archive)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with open_archive(path) as archive:
            told(archive)
            WORKS[work](folder, archive)
            assert told(archive) == wanted, f"{work}, death {at}"
        shutil.rmtree(home)
        if os.WIFEXITED(status):
            assert not os.WEXITSTATUS(status)
            return number
    raise AssertionError("it never ended")


if __name__ == "__main__":
    keeping._TOGETHER = 4
    for name in WORKS:
        home = Path(sys.argv[1], name)
        home.mkdir()
        sys.stdout.write(f"{name} {deaths(name, home, int(sys.argv[2]))}\n")
        sys.stdout.flush()
