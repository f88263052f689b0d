"""What the archive tells: where each pair stands, its history, its findings, and a run as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, or_, select

from inventory.errors import IntentError
from parsers.api import parse
from runbooks.archive import codec
from runbooks.archive.blobs import read
from runbooks.archive.opening import Archive
from runbooks.archive.store import Papers
from runbooks.archive.tables import blobs, findings, pairs, runs, transactions
from runbooks.report.run import Run, RunKind
from tasks.checks.model import Hand, Observation, Outcome
from tasks.checks.policy import DRIFT

SHOWN = 50
"""Rows that a command shows unless all are asked for."""
_WORST_FIRST = {Outcome.FAILURE.value: 0, Outcome.ERROR.value: 1}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pair stands.

    Args:
        pair: name of the pair.
        kind: what its newest run was for.
        verdict: end of that run: success, failure or error.
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
    hand: Hand | None


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


def standings(archive: Archive, *, limit: int | None = SHOWN) -> tuple[Standing, ...]:
    """Tell where each pair stands, the worst first, then those that were looked at longest ago.

    Args:
        archive: where.
        limit: how many rows at most; nothing: all.
    """
    worst = case(_WORST_FIRST, value=runs.c.verdict, else_=2)
    query = (
        select(pairs, runs.c.kind, runs.c.verdict, runs.c.started_at)
        .join(runs, runs.c.number == pairs.c.last_run)
        .order_by(worst, pairs.c.open_findings.desc(), runs.c.started_at, pairs.c.pair)
        .limit(limit)
    )
    with archive.reading() as connection:
        return tuple(
            Standing(
                row.pair,
                RunKind(row.kind),
                Outcome(row.verdict),
                row.started_at,
                row.last_good,
                row.open_findings,
            )
            for row in connection.execute(query)
        )


def run_rows(archive: Archive, *, pair: str | None = None, limit: int | None = SHOWN) -> tuple[RunRow, ...]:
    """List runs, the newest first.

    Args:
        archive: where.
        pair: of this pair alone.
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
    with archive.reading() as connection:
        return tuple(_run_row(row) for row in connection.execute(query))


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


def load_run(archive: Archive, run_id: str) -> Run:
    """Give a run as it was, its evidence read and parsed again.

    Raises:
        IntentError: no run of that id is kept.
        ArchiveError: a text was changed after it was kept; it is named.
    """
    with archive.reading() as connection:
        row = connection.execute(
            select(runs, transactions.c.end_name, transactions.c.safety_line)
            .outerjoin(transactions, transactions.c.id == runs.c.transaction_id)
            .where(runs.c.id == run_id)
        ).one_or_none()
        if row is None:
            raise IntentError("no run of that id is kept", wanted=_wanted(connection, run_id), found=run_id)
        changes = codec.read_changes(read(connection, row.changes)) if row.changes else ()
        return Run(
            id=row.id,
            kind=RunKind(row.kind),
            pair=row.pair,
            members=(row.member_a, row.member_b),
            started_at=row.started_at,
            ended_at=row.ended_at,
            results=codec.read_results(read(connection, row.results)),
            observations=tuple(_observations(connection, row)),
            changes=changes,
            transaction=row.transaction_id or "",
            safety_line=row.safety_line or "",
            outcome=row.end_name or "",
        )


def papers_of(archive: Archive, run_id: str) -> Papers:
    """Give the intent and the policy that a run was judged by."""
    with archive.reading() as connection:
        row = connection.execute(select(runs.c.intent, runs.c.policy).where(runs.c.id == run_id)).one()
        intent, policy = (read(connection, number) if number else "" for number in row)
        return Papers(intent, policy)


def _observations(connection: Connection, row: Row[Any]) -> Iterator[Observation]:
    for kept in codec.read_evidence(read(connection, row.evidence)):
        text = read(connection, kept.text)
        yield Observation(kept.member, kept.command, text, parse(kept.command, text), row.started_at, 0.0)


def _wanted(connection: Connection, run_id: str) -> str:
    """Name runs that may have been meant."""
    like = runs.c.pair == run_id.rpartition("-")[2]
    near = connection.scalars(
        select(runs.c.id)
        .where(or_(like, runs.c.id.startswith(run_id[:8], autoescape=True)))
        .order_by(runs.c.started_at.desc())
        .limit(3)
    )
    return ", ".join(near) or "a run that `hotpair runs` lists"


def _run_row(row: Row[Any]) -> RunRow:
    by = "@".join(part for part in (row.by_user, row.by_host) if part)
    return RunRow(
        row.id,
        RunKind(row.kind),
        row.pair,
        Outcome(row.verdict),
        row.started_at,
        (row.ended_at - row.started_at).total_seconds(),
        row.transaction_id or "",
        row.end_name or "",
        by,
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
        codec.read_hand(row.hand),
    )


@dataclass(frozen=True, slots=True)
class Contents:
    """How much an archive holds.

    Args:
        runs: how many runs.
        pairs: of how many pairs.
        open_findings: how many findings are open.
        texts: how many different texts.
        text_bytes: their length before compression.
        oldest: start of the oldest run; nothing when there is none.
        newest: start of the newest run.
    """

    runs: int
    pairs: int
    open_findings: int
    texts: int
    text_bytes: int
    oldest: datetime | None
    newest: datetime | None


def contents(archive: Archive) -> Contents:
    """Tell how much an archive holds."""
    with archive.reading() as connection:
        count, oldest, newest = connection.execute(
            select(func.count(), func.min(runs.c.started_at), func.max(runs.c.started_at))
        ).one()
        texts, size = connection.execute(select(func.count(), func.sum(blobs.c.size))).one()
        opened = select(func.count()).select_from(findings).where(findings.c.until.is_(None))
        return Contents(
            runs=count,
            pairs=connection.scalar(select(func.count()).select_from(pairs)) or 0,
            open_findings=connection.scalar(opened) or 0,
            texts=texts,
            text_bytes=int(size or 0),
            oldest=oldest,
            newest=newest,
        )


@dataclass(frozen=True, slots=True)
class Gauge:
    """The figures of a pair.

    Args:
        pair: name of the pair.
        compliant: whether its newest run found nothing wrong.
        at: start of that run.
        seconds: how long it took.
        failed_checks: checks with an open failure.
        unknown_checks: checks with an open error.
        drift_lines: open complaints of drift.
        unsaved: members that are not saved.
        trials: members on which a trial runs.
    """

    pair: str
    compliant: bool
    at: datetime
    seconds: float
    failed_checks: int
    unknown_checks: int
    drift_lines: int
    unsaved: int
    trials: int


def gauges(archive: Archive, names: Sequence[str] | None = None) -> tuple[Gauge, ...]:
    """Give the figures of pairs, by name.

    Args:
        archive: where.
        names: of these alone; nothing: of all.
    """
    last: Select[Any] = select(pairs.c.pair, runs.c.verdict, runs.c.started_at, runs.c.ended_at).join(
        runs, runs.c.number == pairs.c.last_run
    )
    if names is not None:
        last = last.where(pairs.c.pair.in_(names))
    with archive.reading() as connection:
        looked = list(connection.execute(last.order_by(pairs.c.pair)))
        opened: dict[str, list[Row[Any]]] = {}
        now: Select[Any] = select(
            findings.c.pair, findings.c.check_name, findings.c.outcome, findings.c.device
        ).where(findings.c.until.is_(None))
        for row in connection.execute(now):
            opened.setdefault(row.pair, []).append(row)
    return tuple(_gauge(row, opened.get(row.pair, [])) for row in looked)


def _gauge(run: Row[Any], opened: Sequence[Row[Any]]) -> Gauge:
    failed = [one for one in opened if one.outcome == Outcome.FAILURE.value]
    return Gauge(
        run.pair,
        run.verdict == Outcome.SUCCESS.value,
        run.started_at,
        (run.ended_at - run.started_at).total_seconds(),
        len({one.check_name for one in failed}),
        len({one.check_name for one in opened if one.outcome == Outcome.ERROR.value}),
        sum(one.check_name == DRIFT for one in failed),
        len({one.device for one in failed if one.check_name == "saved"}),
        len({one.device for one in failed if one.check_name == "no-trial"}),
    )


class State(StrEnum):
    """What a pair is, in a word."""

    FAILED = "failed"
    DRIFTED = "drifted"
    UNKNOWN = "unknown"
    IN_SYNC = "in sync"


def states(archive: Archive, names: Sequence[str] | None = None) -> dict[str, State]:
    """Tell what each pair is: what failed comes before drift alone, drift before what could not be told.

    Args:
        archive: where.
        names: of these alone; nothing: of all.
    """
    return {one.pair: _state(one) for one in gauges(archive, names)}


def _state(one: Gauge) -> State:
    if one.failed_checks > bool(one.drift_lines):
        return State.FAILED
    if one.drift_lines:
        return State.DRIFTED
    return State.IN_SYNC if one.compliant and not one.unknown_checks else State.UNKNOWN


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The newest of runs that saw and found the same.

    Args:
        id: its name.
        pair: name of the pair.
        verdict: its end.
        runs: how many there are.
    """

    id: str
    pair: str
    verdict: Outcome
    runs: int


def kept_runs(archive: Archive, since: datetime, names: Sequence[str] = ()) -> tuple[KeptRun, ...]:
    """Give the runs with evidence since a moment, by pair and time; of equal ones the newest.

    Args:
        archive: where.
        since: start of the oldest.
        names: of these pairs alone; nothing: of all.
    """
    alike = (runs.c.pair, runs.c.evidence, runs.c.results, runs.c.intent)
    groups = (
        select(func.max(runs.c.number).label("number"), func.count().label("many"))
        .where(runs.c.started_at >= since, runs.c.kind != RunKind.REPLAY.value)
        .group_by(*alike)
    )
    if names:
        groups = groups.where(runs.c.pair.in_(names))
    newest = groups.subquery()
    query: Select[Any] = (
        select(runs.c.id, runs.c.pair, runs.c.verdict, newest.c.many)
        .join(newest, newest.c.number == runs.c.number)
        .order_by(runs.c.pair, runs.c.started_at)
    )
    with archive.reading() as connection:
        rows = connection.execute(query)
        return tuple(KeptRun(row.id, row.pair, Outcome(row.verdict), row.many) for row in rows)
