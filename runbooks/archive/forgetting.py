"""Pairs that are no more: which of those that are kept have no file, and how one is forgotten.

A pair whose file was deleted stays where it was found last, with what is open of it, since nobody looks at it
any more: it is marked, and forgotten when somebody asks for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from inventory.errors import IntentError
from runbooks.archive.opening import Archive
from runbooks.archive.retention import sweep
from runbooks.archive.tables import (
    configurations,
    findings,
    judgements,
    known,
    looks,
    pairs,
    runs,
    transactions,
)

_OWNED: tuple[Table, ...] = (findings, looks, known, judgements, transactions, pairs, runs)
"""What is kept by the name of a pair; rows that name a run before the runs."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a pair.

    Args:
        runs: how many runs.
        oldest: start of the first.
        newest: start of the last.
        findings: how many findings, the ended ones too.
        open_findings: how many of them are open.
        transactions: ends of how many transactions.
    """

    runs: int
    oldest: datetime
    newest: datetime
    findings: int
    open_findings: int
    transactions: int


def kept_of(archive: Archive, name: str) -> Kept:
    """Tell what is kept of a pair.

    Raises:
        IntentError: nothing.
    """
    with archive.reading() as connection:
        count, oldest, newest = connection.execute(
            select(func.count(), func.min(runs.c.started_at), func.max(runs.c.started_at)).where(
                runs.c.pair == name
            )
        ).one()
        if not count:
            raise IntentError(
                "nothing is kept of that pair",
                wanted=", ".join(connection.scalars(select(pairs.c.pair).order_by(pairs.c.pair))) or None,
                found=name,
                next_command="hotpair status",
            )
        opened = select(func.count()).select_from(findings)
        opened = opened.where(findings.c.pair == name, findings.c.until.is_(None))
        return Kept(
            count,
            oldest,
            newest,
            _count(connection, findings, name),
            connection.scalar(opened) or 0,
            _count(connection, transactions, name),
        )


def forget(archive: Archive, name: str) -> int:
    """Take away all that is kept of a pair, in one go; give how many texts nothing names any more.

    Raises:
        ArchiveError: the database does not take it; nothing was taken away.
    """
    with archive.writing() as connection:
        members = _members(connection, runs.c.pair == name) - _members(connection, runs.c.pair != name)
        for table in _OWNED:
            connection.execute(delete(table).where(table.c.pair == name))
        connection.execute(delete(configurations).where(configurations.c.device.in_(members)))
        return sweep(connection)


def _count(connection: Connection, table: Table, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(table.c.pair == name)) or 0


def _members(connection: Connection, which: Any) -> set[str]:
    return {
        device
        for column in (runs.c.member_a, runs.c.member_b)
        for device in connection.scalars(select(column).where(which).distinct())
    }
