"""What the archive tells: where each pair stands, its history, its findings, its runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, select

from runbooks.archive import codec
from runbooks.archive.opening import Archive
from runbooks.archive.tables import findings, pairs, runs, transactions
from runbooks.report.run import RunKind
from tasks.checks.model import CommitAuthor, Outcome

SHOWN = 50
"""Rows that a command shows unless all are asked for."""
VERDICT = func.coalesce(pairs.c.verdict, runs.c.verdict)
"""How a pair stands: the worst of its newest run and of what is open."""
_WORST_FIRST = {Outcome.FAILURE.value: 0, Outcome.ERROR.value: 1}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pair stands.

    Args:
        pair: name of the pair.
        kind: what its newest run was for.
        verdict: the worst of that run's end and of what is open: success, failure or error.
        at: when that run began.
        last_good: start of the newest run in which all was well; nothing when there was none.
        open_findings: how many findings are open.
    """

    pair: str
    kind: RunKind
    verdict: Outcome
    at: datetime
    last_good: datetime | None
    open_findings: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is or was wrong.

    Args:
        pair: name of the pair.
        check: name of the check.
        subject: what was judged.
        outcome: failure, or error when it could not be told.
        device: where.
        complaint: the sentence.
        wanted: the wanted value.
        found: the value of the newest look.
        command: display that shows it.
        since: first run that saw it.
        last_good: newest run before that in which the subject was well; nothing when none is known.
        last_seen: newest run that saw it.
        until: first run that saw it gone; nothing while it is open.
        hand: whose commit made it so; nothing when no listed commit did.
    """

    pair: str
    check: str
    subject: str
    outcome: Outcome
    device: str
    complaint: str
    wanted: str
    found: str
    command: str
    since: datetime
    last_good: datetime | None
    last_seen: datetime
    until: datetime | None
    hand: CommitAuthor | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in a list.

    Args:
        id: its name.
        kind: what it was for.
        pair: name of the pair.
        verdict: its end.
        started_at: its start.
        seconds: how long it took.
        transaction: id of its transaction; empty without one.
        end: how that ended; empty without one.
        by: user and host as `user@host`; empty when not known.
        ticket: change ticket; empty without one.
    """

    id: str
    kind: RunKind
    pair: str
    verdict: Outcome
    started_at: datetime
    seconds: float
    transaction: str
    end: str
    by: str
    ticket: str


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """A pair transaction in a list.

    Args:
        id: of the transaction.
        pair: name of the pair.
        ended_at: its end.
        end: how it ended.
        by: user and host as `user@host`; empty when not known.
        ticket: change ticket; empty without one.
        run: id of its run; empty where that is not kept any more.
    """

    id: str
    pair: str
    ended_at: datetime
    end: str
    by: str
    ticket: str
    run: str


def standing_of(row: Row[Any]) -> Standing:
    """Return a row of the pairs and their newest runs as a value."""
    return Standing(
        row.pair, RunKind(row.kind), Outcome(row.said), row.started_at, row.last_good, row.open_findings
    )


def standings(archive: Archive, *, limit: int | None = SHOWN) -> tuple[Standing, ...]:
    """Tell where each pair stands, the worst first, then those that were looked at longest ago.

    Args:
        archive: where.
        limit: how many rows at most; nothing: all.
    """
    worst = case(_WORST_FIRST, value=VERDICT, else_=2)
    query = (
        select(pairs, runs.c.kind, VERDICT.label("said"), runs.c.started_at)
        .join(runs, runs.c.number == pairs.c.last_run)
        .order_by(worst, pairs.c.open_findings.desc(), runs.c.started_at, pairs.c.pair)
        .limit(limit)
    )
    with archive.reading() as connection:
        return tuple(standing_of(row) for row in connection.execute(query))


def run_rows(
    archive: Archive,
    *,
    pair: str | None = None,
    kinds: Sequence[RunKind] = (),
    limit: int | None = SHOWN,
) -> tuple[RunRow, ...]:
    """List runs, the newest first.

    Args:
        archive: where.
        pair: of this pair alone.
        kinds: for these alone; empty for all.
        limit: how many at most; nothing: all.
    """
    query = (
        select(runs, transactions.c.end_name)
        .outerjoin(transactions, transactions.c.id == runs.c.transaction_id)
        .order_by(runs.c.started_at.desc(), runs.c.number.desc())
        .limit(limit)
    )
    if pair is not None:
        query = query.where(runs.c.pair == pair)
    if kinds:
        query = query.where(runs.c.kind.in_([kind.value for kind in kinds]))
    with archive.reading() as connection:
        return tuple(_run_row(row) for row in connection.execute(query))


def last_drills(archive: Archive, names: Sequence[str]) -> dict[str, datetime]:
    """Tell when the last drill of each pair began that ended as expected; one that had none is left out.

    Args:
        archive: where.
        names: of pairs.
    """
    query = (
        select(runs.c.pair, func.max(runs.c.started_at).label("at"))
        .where(runs.c.kind == RunKind.DRILL.value, runs.c.verdict == Outcome.SUCCESS.value)
        .group_by(runs.c.pair)
    )
    wanted = set(names)
    with archive.reading() as connection:
        return {row.pair: row.at for row in connection.execute(query) if row.pair in wanted}


def findings_of(
    archive: Archive, *, pair: str | None = None, ended: bool = False, limit: int | None = SHOWN
) -> tuple[Finding, ...]:
    """List findings, the open ones first, the newest before the older ones.

    Args:
        archive: where.
        pair: of this pair alone.
        ended: those that are gone too.
        limit: how many at most; nothing: all.
    """
    query: Select[Any] = select(findings).order_by(
        case((findings.c.until.is_(None), 0), else_=1), findings.c.since.desc(), findings.c.number
    )
    if pair is not None:
        query = query.where(findings.c.pair == pair)
    if not ended:
        query = query.where(findings.c.until.is_(None))
    with archive.reading() as connection:
        return tuple(_finding(row) for row in connection.execute(query.limit(limit)))


def transaction_rows(archive: Archive, limit: int | None = SHOWN) -> tuple[TransactionRow, ...]:
    """List the pair transactions of all hosts that are kept, the newest first."""
    query = (
        select(transactions, runs.c.id.label("run_id"))
        .outerjoin(runs, runs.c.number == transactions.c.run)
        .order_by(transactions.c.ended_at.desc(), transactions.c.id)
        .limit(limit)
    )
    with archive.reading() as connection:
        return tuple(
            TransactionRow(
                row.id, row.pair, row.ended_at, row.end_name, _by(row), row.ticket or "", row.run_id or ""
            )
            for row in connection.execute(query)
        )


def _by(row: Row[Any]) -> str:
    return "@".join(part for part in (row.by_user, row.by_host) if part)


def _run_row(row: Row[Any]) -> RunRow:
    return RunRow(
        row.id,
        RunKind(row.kind),
        row.pair,
        Outcome(row.verdict),
        row.started_at,
        (row.ended_at - row.started_at).total_seconds(),
        row.transaction_id or "",
        row.end_name or "",
        _by(row),
        row.ticket or "",
    )


def _finding(row: Row[Any]) -> Finding:
    return Finding(
        row.pair,
        row.check_name,
        row.subject,
        Outcome(row.outcome),
        row.device,
        row.complaint,
        row.wanted,
        row.found,
        row.command,
        row.since,
        row.last_good,
        row.last_seen,
        row.until,
        codec.read_author(row.hand),
    )
