"""Texts of the archive: compressed, kept once by hash, and proved when they are read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256

from sqlalchemy import Connection, Insert, Table, bindparam, select

from inventory.errors import ArchiveError
from runbooks.archive.tables import blobs

_MOST = 500  # values of one statement
_NUMBERS = select(blobs.c.hash, blobs.c.number).where(blobs.c.hash.in_(bindparam("keys", expanding=True)))
_TEXT = select(blobs.c.hash, blobs.c.data).where(blobs.c.number == bindparam("number"))


def digest(text: str) -> str:
    """Return the hash that a text is kept under."""
    return sha256(text.encode()).hexdigest()


def keep(connection: Connection, texts: Iterable[str]) -> Mapping[str, int]:
    """Keep texts that are not there yet; give the number of each by its hash.

    Two writers may keep the same text at the same time: the second one finds it there.
    """
    wanted = {digest(text): text for text in texts}
    there = _numbers(connection, list(wanted))
    missing = [_row(key, text) for key, text in wanted.items() if key not in there]
    if missing:
        added = insert_unless_there(connection, blobs).returning(blobs.c.hash, blobs.c.number)
        there |= {row.hash: row.number for row in connection.execute(added, missing)}
        there |= _numbers(connection, [key for key in wanted if key not in there])
    return there


def keep_one(connection: Connection, text: str) -> int:
    """Keep a text and give its number."""
    return keep(connection, (text,))[digest(text)]


def keep_each(connection: Connection, texts: Sequence[str]) -> tuple[int, ...]:
    """Keep several texts in one go and give the number of each; an empty one has the number 0."""
    numbers = keep(connection, filter(None, texts))
    return tuple(numbers[digest(text)] if text else 0 for text in texts)


def insert_unless_there(connection: Connection, table: Table) -> Insert:
    """Return the insert of the database at hand that passes over what is there."""
    return _insert(connection.dialect.name, table)


@cache
def _insert(dialect: str, table: Table) -> Insert:
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()


def read(connection: Connection, number: int) -> str:
    """Return a text by its number.

    Raises:
        ArchiveError: it is not there, or is not what was kept.
    """
    row = connection.execute(_TEXT, {"number": number}).one_or_none()
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
        rows = connection.execute(_NUMBERS, {"keys": keys[start : start + _MOST]})
        found |= {row.hash: row.number for row in rows}
    return found


def _row(key: str, text: str) -> dict[str, object]:
    raw = text.encode()
    return {"hash": key, "size": len(raw), "data": zlib.compress(raw, 9)}
