"""An archive that cannot be used says so, shows no password, and harms nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from inventory.errors import ArchiveError, IntentError
from runbooks.archive import opening
from runbooks.archive.blobs import keep_one
from runbooks.archive.contents import contents
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.queries import run_rows
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.archive.tables import metadata
from tests.runbooks.archive.made import GOOD, run


def test_the_migrations_make_the_tables_that_the_code_knows(archive: Archive) -> None:
    with archive.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_that_its_file_is_named_by(archive: Archive) -> None:
    assert opening.newest_schema() == ScriptDirectory(opening.MIGRATIONS).get_current_head()
    with archive.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == opening.newest_schema()


def test_an_archive_that_is_up_to_date_is_opened_as_it_is(
    place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(place):
        pass

    def upgraded(*_: object) -> None:
        raise AssertionError("there is nothing to upgrade")

    monkeypatch.setattr("alembic.command.upgrade", upgraded)
    with open_archive(place) as archive:
        assert not run_rows(archive)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db") as archive:
        keep_run(archive, run(0, GOOD), Origin(), RunInputs())
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}


def test_an_archive_of_a_newer_hotpair_is_not_written_to(place: Path | str) -> None:
    with open_archive(place) as archive, archive.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="newer Hotpair") as told, open_archive(place):
        pass
    assert told.value.found == "schema 9999"


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"no database at all, but long enough to be one" * 40, "file is not a database")],
)
def test_what_is_no_database_is_told(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as told, open_archive(path):
        pass
    assert told.value.found == found
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as told, open_archive(tmp_path / "no" / "archive.db"):
        pass
    assert told.value.where == str(tmp_path / "no" / "archive.db")


def test_a_server_that_is_away_is_told_without_its_password() -> None:
    url = "postgresql://hotpair:opensesame@127.0.0.1:1/fleet"
    with pytest.raises(ArchiveError) as told, open_archive(url):
        pass
    assert "opensesame" not in str(told.value)
    assert "127.0.0.1:1" in str(told.value)


@pytest.mark.parametrize("url", ["mysql://h/db", "http://h/db", "no url"])
def test_another_kind_of_database_is_wrong_usage(url: str) -> None:
    with pytest.raises(IntentError), open_archive(url):
        pass


def test_a_locked_archive_is_told_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.05)
    path = tmp_path / "archive.db"
    with open_archive(path) as archive, _locked(path):
        with pytest.raises(ArchiveError) as told:
            keep_run(archive, run(0, GOOD), Origin(), RunInputs())
        assert told.value.found == "database is locked"
        assert contents(archive).runs == 0


def test_a_full_archive_is_told_and_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        with pytest.raises(ArchiveError) as told:
            _write_too_much(archive)
        assert told.value.found == "database or disk is full"
        assert contents(archive).runs == 0


def _write_too_much(archive: Archive) -> None:
    with archive.writing() as connection:
        keep_one(connection, "a text that would have to go too")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("INSERT INTO blobs VALUES (7, 'x', 1, zeroblob(1000000))")


def test_two_writers_wait_for_each_other(place: Path | str) -> None:
    with open_archive(place):
        pass

    def write(pair: str) -> None:
        with open_archive(place) as archive:
            for minute in range(20):
                keep_run(archive, run(minute, GOOD, pair=pair), Origin(), RunInputs("the same intent"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, ("north", "south", "east", "west")))
    with open_archive(place) as archive:
        assert contents(archive).runs == 80


def test_several_at_once_make_the_tables_of_a_new_archive(place: Path | str) -> None:
    def look(_number: int) -> int:
        with open_archive(place) as opened:
            return len(run_rows(opened))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(look, range(4), timeout=300)) == [0] * 4


def test_a_killed_writer_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_archive(path) as archive:
        keep_run(archive, run(0, GOOD), Origin(), RunInputs())
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from runbooks.archive.opening import open_archive\n"
        "from runbooks.archive.tables import runs\n"
        "from sqlalchemy import update\n"
        "with open_archive(Path(sys.argv[1])) as archive, archive.writing() as connection:\n"
        "    connection.execute(update(runs).values(id='lost'))\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    died = subprocess.run([sys.executable, "-c", code, str(path)], check=False, cwd=Path.cwd())
    assert died.returncode == -9
    with open_archive(path) as archive:
        assert [row.id for row in run_rows(archive)] == [run(0).id]


def test_a_file_is_that_of_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        with open_archive(Path("archive.db")) as archive:
            assert run_rows(archive) == ()
            keep_run(archive, run(0), Origin(), RunInputs())


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()


def test_what_the_library_logs_does_not_reach_the_user() -> None:
    script = "import logging, runbooks.archive.opening; logging.getLogger('sqlalchemy.pool.X').error('gone')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[3], capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")
