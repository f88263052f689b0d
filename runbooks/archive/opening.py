"""Open the archive: SQLite beside the inventory, or PostgreSQL by URL; its tables are brought up to date.

An archive of a newer Hotpair is refused, never written to. A file is readable by its owner alone.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from shutil import disk_usage
from threading import Lock

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from inventory.errors import ArchiveError, IntentError

MIGRATIONS = Path(__file__).with_name("migrations")
BUSY_S = 10
"""Seconds that a writer waits for another one."""
_PAGE = 4096
"""Bytes of a page of SQLite."""
_WRITES = "hotpair_writes"
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}

# An interrupt while a connection is closed is told by us; by default its traceback would reach the user.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


class Archive:
    """An open archive.

    Args:
        engine: connections to the database.
        where: what errors name; a URL without its password, or a file.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self.where = where

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection to read with.

        Raises:
            ArchiveError: the database is locked, away or damaged.
        """
        with self._told("cannot be read"), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection whose changes are kept together at the end, or not at all.

        Raises:
            ArchiveError: the database is locked, full, away or damaged; nothing was kept.
        """
        with (
            self._told("cannot be written"),
            self._engine.execution_options(**{_WRITES: True}).begin() as connection,
        ):
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            found = "the disk is full" if self._is_out_of_room() else reason(error)
            raise ArchiveError(f"the archive {what}", found=found, where=self.where) from error

    def _is_out_of_room(self) -> bool:
        """Tell whether the file's disk has no room for a page: SQLite calls that an error of the disk."""
        file = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not file:
            return False
        try:
            return disk_usage(Path(file).parent).free < _PAGE
        except OSError:
            return False


@contextmanager
def open_archive(place: Path | str) -> Iterator[Archive]:
    """Open an archive, make it when it is not there, and bring its tables up to date.

    Args:
        place: a file, or the URL of a database; a URL may hold a password, which no message shows.

    Raises:
        IntentError: the URL is none, or its driver is not installed.
        ArchiveError: the database is locked, full, away, or of a newer Hotpair.
    """
    url = _url(place)
    where = _shown(url)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").absolute()  # what connects is kept, and the working folder may change
        _prepare(file, where)
        url = url.set(database=str(file))
    archive = Archive(_engine(url, where), where)
    try:
        _upgrade(archive)
        yield archive
    finally:
        archive.close()


def reason(error: SQLAlchemyError) -> str:
    """Say in a line what the database said, without the statement and its values."""
    told = getattr(error, "orig", None) or error
    return " ".join(str(told).split())[:200]


def _url(place: Path | str) -> URL:
    """Read the place of an archive."""
    if isinstance(place, Path):
        return URL.create("sqlite", database=str(place))
    try:
        url = make_url(place)
    except ArgumentError:
        raise IntentError(
            "that is no place of an archive", wanted="a file, or postgresql://HOST/DATABASE"
        ) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise IntentError(
            "no archive can be kept in such a database",
            wanted="sqlite or postgresql",
            found=url.drivername,
        )
    return url.set(drivername=driver)


def _shown(url: URL) -> str:
    return (
        url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    )


def _prepare(path: Path, where: str) -> None:
    """Make the file of an archive, for its owner alone."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise ArchiveError("the archive cannot be opened", found=error.strerror, where=where) from error
    os.close(descriptor)


@lru_cache(maxsize=8)
def _engine(url: URL, where: str) -> Engine:
    """Return what connects to a database; statements that it compiled outlive an archive that is closed."""
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(
                url, hide_parameters=True, connect_args={"timeout": BUSY_S}, poolclass=NullPool
            )
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin)
            return engine
        return create_engine(
            url, hide_parameters=True, connect_args={"connect_timeout": BUSY_S}, poolclass=NullPool
        )
    except (ImportError, NoSuchModuleError) as error:
        raise IntentError(
            "the driver of that database is not installed",
            wanted="pip install 'hotpair[postgres]'",
            found=str(error),
            where=where,
        ) from error


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Readers and a writer do not wait for each other; what is committed survives a loss of power."""
    connection.isolation_level = None  # SQLAlchemy's own BEGIN counts, not the driver's late one
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "auto_vacuum = INCREMENTAL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at the start: two writers wait for each other instead of failing half-way."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def newest_schema() -> str:
    """Return the schema that this Hotpair knows: the files of the migrations are named by it."""
    return max(path.name for path in MIGRATIONS.glob("versions/v*.py"))[1:5]


def _upgrade(archive: Archive) -> None:
    """Bring the tables to what this Hotpair knows; Alembic is loaded only where there is something to do."""
    newest = newest_schema()
    with archive.reading() as connection:
        found = _schema(connection)
    if found == newest:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _ALONE, archive.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_UPGRADES)))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise ArchiveError(
                "the archive is of a newer Hotpair; nothing was written",
                wanted=f"schema {newest} or an older one",
                found=f"schema {found}",
                where=archive.where,
                next_command="pip install --upgrade hotpair",
            ) from error


_ALONE = Lock()
"""Alembic keeps where it is in one place for all threads."""
_UPGRADES = 0x486F74  # any number, the same in each Hotpair: who holds it makes tables


def _schema(connection: Connection) -> str | None:
    """Tell which schema an archive has; nothing in a new one. Alembic keeps it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
