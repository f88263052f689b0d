"""Texts of the archive: compressed, kept once by hash, and proved when they are read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256

from sqlalchemy import Connection, Insert, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from inventory.errors import ArchiveError
from runbooks.archive.tables import blobs

_MOST = 500  # values of one statement


def digest(text: str) -> str:
    """Give the hash that a text is kept under."""
    return sha256(text.encode()).hexdigest()


def keep(connection: Connection, texts: Iterable[str]) -> Mapping[str, int]:
    """Keep texts that are not there yet; give the number of each by its hash.

    Two writers may keep the same text at the same time: the second one finds it there.
    """
    wanted = {digest(text): text for text in texts}
    there = _numbers(connection, list(wanted))
    missing = [_row(key, text) for key, text in wanted.items() if key not in there]
    if missing:
        connection.execute(insert_unless_there(connection, blobs), missing)
        there |= _numbers(connection, [key for key in wanted if key not in there])
    return there


def keep_one(connection: Connection, text: str) -> int:
    """Keep a text and give its number."""
    return keep(connection, (text,))[digest(text)]


def insert_unless_there(connection: Connection, table: Table) -> Insert:
    """Give the insert of the database at hand that passes over what is there."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def read(connection: Connection, number: int) -> str:
    """Give a text by its number.

    Raises:
        ArchiveError: it is not there, or is not what was kept.
    """
    row = connection.execute(select(blobs.c.hash, blobs.c.data).where(blobs.c.number == number)).one_or_none()
    if row is None:
        raise ArchiveError("a text of the archive is missing", wanted=f"text {number}", found="nothing")
    try:
        text = zlib.decompress(row.data).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise ArchiveError(
            "a text of the archive is damaged", wanted=f"sha256 {row.hash}", found=str(error)
        ) from error
    if digest(text) != row.hash:
        raise ArchiveError(
            "a text of the archive was changed after it was kept",
            wanted=f"sha256 {row.hash}",
            found=f"sha256 {digest(text)}",
        )
    return text


def _numbers(connection: Connection, keys: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), _MOST):
        part = keys[start : start + _MOST]
        rows = connection.execute(select(blobs.c.hash, blobs.c.number).where(blobs.c.hash.in_(part)))
        found |= {row.hash: row.number for row in rows}
    return found


def _row(key: str, text: str) -> dict[str, object]:
    raw = text.encode()
    return {"hash": key, "size": len(raw), "data": zlib.compress(raw, 9)}
