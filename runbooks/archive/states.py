"""What each pair is, in figures and in a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from runbooks.archive.opening import Archive
from runbooks.archive.tables import findings, pairs, runs, transactions
from runbooks.report.run import RunKind, took_away
from tasks.checks.model import DEPLOYED, DRIFT, Outcome


@dataclass(frozen=True, slots=True)
class Gauge:
    """The figures of a pair.

    Args:
        pair: name of the pair.
        compliant: whether its newest run found nothing wrong, and nothing else is open.
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
    """Return the figures of pairs, by name.

    Args:
        archive: where.
        names: of these alone; nothing: of all.
    """
    last: Select[Any] = select(pairs.c.pair, pairs.c.verdict, runs.c.started_at, runs.c.ended_at).join(
        runs, runs.c.number == pairs.c.last_run
    )
    if names is not None:
        last = last.where(pairs.c.pair.in_(names))
    with archive.reading() as connection:
        looked = list(connection.execute(last.order_by(pairs.c.pair)))
        opened = _opened(connection)
    return tuple(_gauge(row, opened.get(row.pair, [])) for row in looked)


def _opened(connection: Connection) -> dict[str, list[Row[Any]]]:
    """Return the open findings by pair."""
    opened: dict[str, list[Row[Any]]] = {}
    now: Select[Any] = select(
        findings.c.pair, findings.c.check_name, findings.c.outcome, findings.c.device
    ).where(findings.c.until.is_(None))
    for row in connection.execute(now):
        opened.setdefault(row.pair, []).append(row)
    return opened


def _gauge(run: Row[Any], opened: Sequence[Row[Any]]) -> Gauge:
    failed = [one for one in opened if one.outcome == Outcome.FAILURE.value]
    return Gauge(
        run.pair,
        run.verdict == Outcome.SUCCESS.value and not opened,
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

    NOT_DEPLOYED = "not deployed"
    FAILED = "failed"
    DRIFTED = "drifted"
    UNKNOWN = "unknown"
    IN_SYNC = "in sync"


def states(archive: Archive, names: Sequence[str] | None = None) -> dict[str, State]:
    """Tell what each pair is.

    What is not deployed comes before what failed, that before drift alone, drift before what is not known.

    Args:
        archive: where.
        names: of these alone; nothing: of all.
    """
    last: Select[Any] = (
        select(
            pairs.c.pair,
            runs.c.verdict,
            pairs.c.verdict.label("stands"),
            runs.c.kind,
            transactions.c.end_name,
        )
        .join(runs, runs.c.number == pairs.c.last_run)
        .outerjoin(transactions, transactions.c.id == runs.c.transaction_id)
    )
    if names is not None:
        last = last.where(pairs.c.pair.in_(names))
    with archive.reading() as connection:
        looked = list(connection.execute(last))
        opened = _opened(connection)
    return {row.pair: _state(row, opened.get(row.pair, [])) for row in looked}


def _state(last: Row[Any], opened: Sequence[Row[Any]]) -> State:
    failed = {one.check_name for one in opened if one.outcome == Outcome.FAILURE.value}
    if DEPLOYED in failed or took_away(RunKind(last.kind), last.end_name or "", Outcome(last.verdict)):
        return State.NOT_DEPLOYED
    if failed - {DRIFT}:
        return State.FAILED
    if failed:
        return State.DRIFTED
    return State.IN_SYNC if last.stands == Outcome.SUCCESS.value and not opened else State.UNKNOWN
