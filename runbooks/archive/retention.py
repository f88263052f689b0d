"""How long runs are kept: by age and by count. Open findings and the newest run of each pair stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, delete, desc, func, select, update

from runbooks.archive import codec
from runbooks.archive.blobs import insert_unless_there, read
from runbooks.archive.opening import Archive
from runbooks.archive.tables import (
    blobs,
    configurations,
    findings,
    judgements,
    known,
    looks,
    moments,
    pairs,
    runs,
    transactions,
)

_PART = 500  # values of one statement
_DAY = timedelta(days=1)
PRUNING = "(archive)"
"""Stands among the moments for the last time that old runs were taken away; no group is named so."""


@dataclass(frozen=True, slots=True)
class Retention:
    """What is kept.

    Args:
        days: runs, and findings that ended, younger than this many days.
        runs_each: at most so many runs of a pair.
    """

    days: int = 400
    runs_each: int = 20_000


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was taken away: counts of rows."""

    runs: int
    findings: int
    texts: int


def prune(archive: Archive, now: datetime, keep: Retention | None = None) -> Pruned:
    """Take away what is older or more than is kept, and every text that nothing names any more.

    Args:
        archive: where.
        now: this moment, with time zone.
        keep: what is kept.

    Raises:
        ArchiveError: the database does not take it; nothing was taken away.
    """
    keep = keep or Retention()
    before = now - timedelta(days=keep.days)
    with archive.writing() as connection:
        old = _old_runs(connection, before, keep.runs_each)
        _forget_runs(connection, old)
        ended = connection.execute(delete(findings).where(findings.c.until < before)).rowcount
        connection.execute(delete(configurations).where(configurations.c.last_seen < before))
        return Pruned(len(old), ended, sweep(connection))


def prune_daily(archive: Archive, now: datetime, keep: Retention | None = None) -> Pruned | None:
    """Take away what is not kept any more, once a day whoever asks; give what was, or nothing.

    Raises:
        ArchiveError: the database does not take it; nothing was taken away.
    """
    with archive.reading() as connection:
        last = connection.scalar(select(moments.c.moment).where(moments.c.name == PRUNING))
        due = last is None or now - last >= _DAY
        old = due and _is_any_old(connection, now, keep or Retention())
    if not due:
        return None
    pruned = prune(archive, now, keep) if old else None
    with archive.writing() as connection:
        connection.execute(insert_unless_there(connection, moments), {"name": PRUNING, "moment": now})
        connection.execute(update(moments).where(moments.c.name == PRUNING).values(moment=now, ended=now))
    return pruned


def _is_any_old(connection: Connection, now: datetime, keep: Retention) -> bool:
    """Tell by an index alone whether there is anything to take away: `prune` looks at every run."""
    before = now - timedelta(days=keep.days)
    oldest = connection.scalar(select(func.min(runs.c.started_at)))
    most = (
        select(func.count().label("many"))
        .select_from(runs)
        .group_by(runs.c.pair)
        .order_by(desc("many"))
        .limit(1)
    )
    return oldest is not None and (oldest < before or (connection.scalar(most) or 0) > keep.runs_each)


def _old_runs(connection: Connection, before: datetime, runs_each: int) -> list[int]:
    """Return the runs that go: too old or too many, but for the newest of each pair."""
    rank = func.row_number().over(
        partition_by=runs.c.pair, order_by=(runs.c.started_at.desc(), runs.c.number.desc())
    )
    ranked = select(runs.c.number, runs.c.started_at, rank.label("rank")).subquery()
    newest = select(pairs.c.last_run).where(pairs.c.last_run.is_not(None))
    return list(
        connection.scalars(
            select(ranked.c.number)
            .where((ranked.c.started_at < before) | (ranked.c.rank > runs_each))
            .where(ranked.c.number.not_in(newest))
        )
    )


def _forget_runs(connection: Connection, numbers: list[int]) -> None:
    for part in _parts(numbers):
        connection.execute(update(transactions).where(transactions.c.run.in_(part)).values(run=None))
        connection.execute(delete(runs).where(runs.c.number.in_(part)))


def sweep(connection: Connection) -> int:
    """Take away the texts that nothing names; give how many."""
    named: set[int] = set()
    columns: tuple[Column[Any], ...] = (
        runs.c.results,
        runs.c.evidence,
        runs.c.changes,
        runs.c.intent,
        runs.c.policy,
        looks.c.text,
        known.c.text_a,
        known.c.text_b,
        judgements.c.results,
        configurations.c.text,
        transactions.c.journal,
    )
    for column in columns:
        named.update(connection.scalars(select(column).where(column.is_not(None)).distinct()))
    for number in list(connection.scalars(select(runs.c.evidence).distinct())):
        named.update(kept.text for kept in codec.read_evidence(read(connection, number)))
    loose = [number for number in connection.scalars(select(blobs.c.number)) if number not in named]
    for part in _parts(loose):
        connection.execute(delete(blobs).where(blobs.c.number.in_(part)))
    return len(loose)


def _parts(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[start : start + _PART] for start in range(0, len(numbers), _PART))
