"""The fleet as a grid over time: a page of pairs, the worst first, and how each day of theirs ended.

A page costs the same however many pairs and runs there are: it asks for the runs of its own pairs alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Select, case, func, select, type_coerce

from runbooks.archive.opening import Archive
from runbooks.archive.queries import VERDICT, Standing, standing_of
from runbooks.archive.tables import findings, pairs, runs
from tasks.checks.model import Outcome

MOST_ROWS, MOST_DAYS = 100, 90
"""What a page shows at most."""
_DAY = 86_400_000_000  # microseconds
_RANKS = (Outcome.FAILURE, Outcome.ERROR, Outcome.SUCCESS)
"""Ends of a run, the worst first; the worst of a day is shown."""
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs a page shows.

    Args:
        text: a part of the name; letter case makes no difference.
        ends: the newest run ended so; empty for any end.
        names: these pairs alone; nothing for all.
    """

    text: str = ""
    ends: tuple[Outcome, ...] = ()
    names: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """How a day of a pair ended.

    Args:
        outcome: the worst end of its runs.
        runs: how many there were.
    """

    outcome: Outcome
    runs: int


@dataclass(frozen=True, slots=True)
class Row:
    """A pair in the grid.

    Args:
        standing: where it stands.
        days: by date in UTC; a day without a run is not there.
    """

    standing: Standing
    days: Mapping[date, Day]


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of the fleet.

    Args:
        rows: the pairs, the worst first.
        days: the dates, the oldest first.
        total: how many pairs are wanted, on all pages.
        counts: how many of them ended so, by the end of their newest run.
    """

    rows: tuple[Row, ...]
    days: tuple[date, ...]
    total: int
    counts: Mapping[Outcome, int]


def grid(
    archive: Archive, wanted: Wanted, *, until: date, days: int = 30, skip: int = 0, rows: int = 50
) -> Grid:
    """Return a page of the fleet.

    Args:
        archive: where.
        wanted: which pairs.
        until: newest day, in UTC.
        days: how many, MOST_DAYS at most.
        skip: pairs of the pages before.
        rows: pairs of a page, MOST_ROWS at most.
    """
    shown = tuple(until - timedelta(days=back) for back in reversed(range(min(days, MOST_DAYS))))
    standings, counts = _standings(archive, wanted, skip, min(rows, MOST_ROWS))
    ended = _days(archive, [one.pair for one in standings], shown)
    found = tuple(Row(one, ended.get(one.pair, {})) for one in standings)
    return Grid(found, shown, sum(counts.values()), counts)


def _standings(
    archive: Archive, wanted: Wanted, skip: int, rows: int
) -> tuple[tuple[Standing, ...], dict[Outcome, int]]:
    worst = case({end.value: rank for rank, end in enumerate(_RANKS)}, value=VERDICT, else_=1)
    page = (
        _chosen(select(pairs, runs.c.kind, VERDICT.label("said"), runs.c.started_at), wanted)
        .order_by(worst, pairs.c.open_findings.desc(), runs.c.started_at, pairs.c.pair)
        .offset(skip)
        .limit(rows)
    )
    counted = _chosen(select(VERDICT.label("said"), func.count()), wanted).group_by(VERDICT)
    with archive.reading() as connection:
        standings = tuple(standing_of(row) for row in connection.execute(page))
        return standings, {Outcome(verdict): count for verdict, count in connection.execute(counted)}


def _chosen(query: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[Any]:
    query = query.select_from(pairs.join(runs, runs.c.number == pairs.c.last_run))
    if wanted.text:
        query = query.where(func.lower(pairs.c.pair).contains(wanted.text.lower(), autoescape=True))
    if wanted.ends:
        query = query.where(VERDICT.in_([end.value for end in wanted.ends]))
    if wanted.names is not None:
        query = query.where(pairs.c.pair.in_(wanted.names))
    return query


def _days(archive: Archive, names: Sequence[str], shown: Sequence[date]) -> dict[str, dict[date, Day]]:
    """Ask how each day of some pairs ended."""
    begin = datetime.combine(shown[0], datetime.min.time(), UTC)
    end = datetime.combine(shown[-1] + timedelta(days=1), datetime.min.time(), UTC)
    number = type_coerce(runs.c.started_at, BigInteger) // _DAY
    rank = case({end.value: rank for rank, end in enumerate(_RANKS)}, value=runs.c.verdict, else_=1)
    query = (
        select(runs.c.pair, number, func.min(rank), func.count())
        .where(runs.c.pair.in_(names), runs.c.started_at >= begin, runs.c.started_at < end)
        .group_by(runs.c.pair, number)
    )
    found: dict[str, dict[date, Day]] = {}
    with archive.reading() as connection:
        for pair, day, worst, count in connection.execute(query):
            ended = Day(_RANKS[worst], count)
            found.setdefault(pair, {})[_EPOCH + timedelta(days=day)] = ended
    return found


def known_pairs(archive: Archive) -> frozenset[str]:
    """Return the names of the pairs that were ever looked at; a change that was put back is no look."""
    with archive.reading() as connection:
        return frozenset(connection.scalars(select(pairs.c.pair).where(pairs.c.last_run.is_not(None))))


def open_counts(archive: Archive) -> Mapping[str, int]:
    """Return how many findings are open, by check, the most frequent first."""
    query = (
        select(findings.c.check_name, func.count())
        .where(findings.c.until.is_(None))
        .group_by(findings.c.check_name)
        .order_by(func.count().desc(), findings.c.check_name)
    )
    with archive.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}
