"""What the archive tells, for people and for programs: standings, findings and runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from rich.console import Group
from rich.text import Text

from runbooks.archive.queries import Finding, RunRow, Standing
from runbooks.report.marks import MARK, MARK_WIDTH, STYLE
from runbooks.report.run import took_away
from tasks.checks.model import Outcome

_STEPS = (("d", 86_400), ("h", 3_600), ("min", 60))
_APART = 60
"""Seconds by which clocks of hosts may differ without a word."""


def age(since: datetime, now: datetime) -> str:
    """Tell how long ago something was, in the greatest unit that fits: `3 d`, `5 h`, `12 min`, `8 s`.

    What bears a later time than this moment is `2 d ahead`: one of the clocks is wrong, and how old it is
    cannot be told. Clocks that are less than a minute apart are not.
    """
    seconds = int((now - since) / timedelta(seconds=1))
    if seconds <= -_APART:
        return f"{_span(-seconds)} ahead"
    return _span(max(seconds, 0))


def ago(since: datetime, now: datetime) -> str:
    """Tell the same as a word of a sentence: `3 d ago`, `2 d ahead`."""
    told = age(since, now)
    return told if told.endswith("ahead") else f"{told} ago"


def _span(seconds: int) -> str:
    return next((f"{seconds // size} {unit}" for unit, size in _STEPS if seconds >= size), f"{seconds} s")


def standings_view(standings: Sequence[Standing], now: datetime, states: Mapping[str, str]) -> Group:
    """Show where each pair stands, a line each, however wide: nothing is cut or folded.

    Args:
        standings: of the pairs.
        now: this moment.
        states: what each pair is, in words.
    """
    titles = ("pair", "state", "last", "ago", "findings", "last good")
    rows = [titles, *(_standing(one, now, states[one.pair]) for one in standings)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    marks = (_mark(one.verdict).append(" " * (MARK_WIDTH - len(_mark(one.verdict)))) for one in standings)
    return Group(
        Text(f"{'':{MARK_WIDTH}}  {head}", style="dim"),
        *(mark.append(f"  {line}", "default") for mark, line in zip(marks, lines, strict=True)),
    )


def _standing(one: Standing, now: datetime, state: str) -> tuple[str, ...]:
    good = "never" if one.last_good is None else ago(one.last_good, now)
    return one.pair, state, one.kind.value, age(one.at, now), str(one.open_findings), good


def findings_view(findings: Sequence[Finding], now: datetime) -> Group:
    """Show findings, each with since when, and when the same was last well."""
    return Group(*(line for one in findings for line in _finding(one, now)))


def _finding(one: Finding, now: datetime) -> tuple[Text, ...]:
    until = "open" if one.until is None else f"until {_time(one.until)}"
    good = "never seen well" if one.last_good is None else f"last well {_time(one.last_good)}"
    head = _mark(one.outcome).append(
        f" {one.pair}: since {_time(one.since)} ({age(one.since, now)}), {until}, {good}", "default"
    )
    what = " ".join(part for part in (one.check, one.subject, one.device) if part)
    parts = (f"{word} {value}" for word, value in (("wanted", one.wanted), ("found", one.found)) if value)
    by = (f"by `{one.command}`",) if one.command else ()
    found = tuple(Text(f"     {text}") for text in (", ".join((*parts, *by)),) if text)
    hand = () if one.hand is None else (Text(f"     changed by {one.hand}"),)
    return head, Text(f"     {what}: {one.complaint}"), *found, *hand


def runs_view(rows: Sequence[RunRow]) -> Group:
    """Show runs: two lines each, so that nothing is cut on a terminal of 80 columns."""
    return Group(*(line for one in rows for line in _run(one)))


def _run(one: RunRow) -> Iterator[Text]:
    gone = took_away(one.kind, one.end, one.verdict)
    yield _mark(Outcome.SKIPPED if gone else one.verdict).append(f" {one.id}", "default")
    transaction = f"{one.transaction} {one.end}".strip()
    told = (_time(one.started_at), f"{one.seconds:.1f} s", transaction, one.by, one.ticket)
    yield Text(f"     {', '.join(filter(None, told))}", style="dim")


def plain(rows: Sequence[Standing] | Sequence[Finding] | Sequence[RunRow]) -> list[dict[str, Any]]:
    """Return rows as plain values; moments as ISO 8601 with time zone."""
    return [{name: _plain(value) for name, value in asdict(row).items()} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _mark(outcome: Outcome) -> Text:
    return Text(MARK[outcome], style=STYLE[outcome])


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
