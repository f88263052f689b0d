"""What each pair is, in figures and in a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from runbooks.archive.opening import Archive
from runbooks.archive.tables import findings, pairs, runs, transactions
from runbooks.report.run import RunKind, took_away
from tasks.checks.model import DEPLOYED, DRIFT, ENDED, Outcome
from tasks.transaction.machine import State as Transaction


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

    SPLIT = "split"
    NOT_DEPLOYED = "not deployed"
    FAILED = "failed"
    DRIFTED = "drifted"
    UNKNOWN = "unknown"
    AS_BEFORE = "as before"
    """A transaction was taken back, and saw both members as before; nobody has looked since."""
    AS_PLANNED = "as planned"
    """A transaction was taken up, and saw both members as planned; nobody has looked since."""
    IN_SYNC = "in sync"


_SEEN: Final[Mapping[tuple[RunKind, str], State]] = {
    (RunKind.DEPLOY, Transaction.DONE): State.AS_PLANNED,
    (RunKind.DEPLOY, Transaction.ROLLED_BACK): State.AS_BEFORE,
    (RunKind.DRILL, Transaction.ROLLED_BACK): State.AS_BEFORE,
    (RunKind.ROLLBACK, Transaction.DONE): State.AS_BEFORE,
}
"""What a transaction saw on both members, by what it was for and its last state."""


def states(archive: Archive, names: Sequence[str] | None = None) -> dict[str, State]:
    """Tell what each pair is.

    A split comes first, then what is not deployed, what failed, drift alone, and what is not known. After a
    transaction that no check judged, it is what that transaction saw.

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
    if ENDED in failed:
        return State.SPLIT
    if DEPLOYED in failed or took_away(RunKind(last.kind), last.end_name or "", Outcome(last.verdict)):
        return State.NOT_DEPLOYED
    if failed - {DRIFT}:
        return State.FAILED
    if failed:
        return State.DRIFTED
    if last.stands == Outcome.SUCCESS.value and not opened:
        return State.IN_SYNC
    return State.UNKNOWN if opened else _seen_by_transaction(last)


def _seen_by_transaction(last: Row[Any]) -> State:
    """Tell what the transaction of the newest run saw on both members, where no check has judged them."""
    return _SEEN.get((RunKind(last.kind), last.end_name or ""), State.UNKNOWN)
