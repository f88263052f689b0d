"""Runs as they were, with the evidence that they were judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from inventory.errors import ArchiveError, IntentError
from parsers.api import parse_later
from runbooks.archive import codec
from runbooks.archive.blobs import read
from runbooks.archive.opening import Archive
from runbooks.archive.store import RunInputs
from runbooks.archive.tables import runs, transactions
from runbooks.report.run import TO_CHOOSE, Run, RunKind
from tasks.checks.model import Observation, Outcome


def load_run(archive: Archive, run_id: str) -> Run:
    """Return a run as it was, its evidence read and parsed again.

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
            raise IntentError(
                "no run of that id is kept",
                wanted=_wanted(connection, run_id),
                found=run_id,
                next_command=TO_CHOOSE,
            )
        changes = codec.read_changes(_text(connection, row.changes, "changes", run_id)) if row.changes else ()
        return Run(
            id=row.id,
            kind=RunKind(row.kind),
            pair=row.pair,
            members=(row.member_a, row.member_b),
            started_at=row.started_at,
            ended_at=row.ended_at,
            results=codec.read_results(_text(connection, row.results, "results", run_id)),
            observations=tuple(_observations(connection, row)),
            changes=changes,
            transaction=row.transaction_id or "",
            safety_line=row.safety_line or "",
            outcome=row.end_name or "",
            ticket=row.ticket or "",
        )


def inputs_of(archive: Archive, run_id: str) -> RunInputs:
    """Return the intent and the policy that a run was judged by."""
    with archive.reading() as connection:
        row = connection.execute(select(runs.c.intent, runs.c.policy).where(runs.c.id == run_id)).one()
        intent, policy = (
            _text(connection, number, what, run_id) if number else ""
            for number, what in zip(row, ("intent", "policy"), strict=True)
        )
        return RunInputs(intent, policy)


def journal_of(archive: Archive, transaction: str) -> str | None:
    """Return the journal of a transaction that any host kept; nothing where none is kept."""
    with archive.reading() as connection:
        number = connection.scalar(select(transactions.c.journal).where(transactions.c.id == transaction))
        return None if number is None else read(connection, number)


def _observations(connection: Connection, row: Row[Any]) -> Iterator[Observation]:
    for kept in codec.read_evidence(_text(connection, row.evidence, "list of evidence", row.id)):
        text = _text(connection, kept.text, f"{kept.member}, `{kept.command}`", row.id)
        yield Observation(
            kept.member, kept.command, text, parse_later(kept.command, text), row.started_at, 0.0
        )


def _text(connection: Connection, number: int, what: str, run_id: str) -> str:
    """Return a text of a run; one that is not what was kept is named."""
    try:
        return read(connection, number)
    except ArchiveError as error:
        error.where = f"{what} of the run {run_id}"
        raise


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
    """Return the runs with evidence since a moment, by pair and time; of equal ones the newest.

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
