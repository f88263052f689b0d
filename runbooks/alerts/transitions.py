"""What became wrong or well since the last time somebody was told; kept with the alerts in one go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from runbooks.alerts.causes import Cause, at_least, causes_of, worst
from runbooks.alerts.damping import Damping, Known, step
from runbooks.alerts.model import Alert, State, Trouble, said
from runbooks.alerts.outbox import put
from runbooks.alerts.settings import Alerts
from runbooks.archive.opening import Archive
from runbooks.archive.queries import findings_of
from runbooks.archive.tables import pairs, troubles
from runbooks.grace import counts_from
from tasks.checks.policy import Policy, Severity

_SAID = 20
"""Lines of a cause that an alert holds."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is kept of a cause beside its state."""

    subject: str
    severity: Severity
    pairs: tuple[str, ...]
    changed_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A cause whose state is to be told."""

    state: State
    subject: str
    severity: Severity
    trouble: Trouble


def tell_transitions(
    archive: Archive, settings: Alerts, policy: Policy, sites: Mapping[str, str], now: datetime
) -> tuple[Alert, ...]:
    """Find what became wrong or well, and put an alert for each common cause into the queues of the routes.

    Args:
        archive: with the findings.
        settings: routes and damping.
        policy: severities and grace.
        sites: site by pair.
        now: this moment, with time zone.

    Raises:
        ArchiveError: it cannot be used; nothing was kept.
    """
    opened = (one for one in findings_of(archive, limit=None) if counts_from(one, policy) <= now)
    causes = causes_of(opened, policy, sites)
    damping = Damping(settings.damping.changes, settings.damping.minutes)
    with archive.writing() as connection:
        alerts = tuple(_grouped(_told(connection, causes, damping, now), now))
        for alert in alerts:
            for route in settings.routes:
                if at_least(alert.severity, route.least):
                    put(connection, alert, route.name, settings.keep)
    return alerts


def _told(
    connection: Connection, causes: Mapping[str, Cause], damping: Damping, now: datetime
) -> Iterator[_Told]:
    """Bring what is known of each cause up to date; give those whose state is to be told."""
    rows = {row.cause: row for row in connection.execute(select(troubles))}
    kept = frozenset(connection.scalars(select(pairs.c.pair)))
    for name in sorted({*rows, *causes}):
        row, cause = rows.get(name), causes.get(name)
        facts = _read(row.facts) if row is not None else None
        known = (
            Known(State(row.told), bool(row.opened), facts.changed_at)
            if row is not None and facts is not None
            else Known()
        )
        after = step(known, now, damping, opened=cause is not None)
        since = min(one.since for one in cause.findings) if cause else row.since if row is not None else now
        about = _facts(cause, facts, after)
        _keep(connection, name, after, since, about, there=row is not None)
        if after.told is not known.told:
            says = tuple(said(one) for one in cause.findings[:_SAID]) if cause else _gone(about.pairs, kept)
            yield _Told(after.told, about.subject, about.severity, Trouble(name, about.pairs, since, says))


def _gone(names: Iterable[str], kept: frozenset[str]) -> tuple[str, ...]:
    """Say of each pair that is not kept any more that it was not seen well."""
    gone = (name for name in names if name not in kept)
    return tuple(f"{name} was forgotten: nobody looked whether it is well" for name in gone)


def _facts(cause: Cause | None, facts: _Facts | None, after: Known) -> _Facts:
    if cause is not None:
        return _Facts(cause.subject, cause.severity, cause.pairs, after.changed_at)
    assert facts is not None  # noqa: S101 - a cause is open now, or was kept when it was
    return _Facts(facts.subject, facts.severity, facts.pairs, after.changed_at)


def _keep(
    connection: Connection, name: str, known: Known, since: datetime, facts: _Facts, *, there: bool
) -> None:
    """Keep what is known of a cause; one that is well, told and still is forgotten."""
    if known == Known():
        connection.execute(delete(troubles).where(troubles.c.cause == name))
        return
    values = {"told": known.told.value, "opened": int(known.open), "since": since, "facts": _write(facts)}
    if there:
        connection.execute(update(troubles).where(troubles.c.cause == name).values(**values))
    else:
        connection.execute(insert(troubles).values(cause=name, **values))


def _grouped(told: Iterable[_Told], now: datetime) -> Iterator[Alert]:
    """Make one alert of what became the same at the same place."""
    groups: dict[tuple[State, str], list[_Told]] = {}
    for one in told:
        groups.setdefault((one.state, one.subject), []).append(one)
    for (state, subject), several in groups.items():
        severity = worst(one.severity for one in several)
        yield Alert(uuid4().hex, now, state, severity, subject, tuple(one.trouble for one in several))


def _write(facts: _Facts) -> str:
    return json.dumps(
        {
            "subject": facts.subject,
            "severity": facts.severity.value,
            "pairs": facts.pairs,
            "changed_at": [one.isoformat() for one in facts.changed_at],
        }
    )


def _read(text: str) -> _Facts:
    values: Any = json.loads(text)
    changed = tuple(map(datetime.fromisoformat, values["changed_at"]))
    return _Facts(values["subject"], Severity(values["severity"]), tuple(values["pairs"]), changed)
