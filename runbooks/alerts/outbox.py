"""Alerts on their way: kept in the archive until they went out, in order, at most so many a route.

One that its receiver refuses again and again is passed by: what comes after it is tried too. Where that is
taken, the fault was that of the one alert, which is dropped then: it is never sent after what came later. A
receiver that takes nothing at all makes nobody lose an alert.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from runbooks.alerts.model import Alert, read_alert
from runbooks.alerts.settings import Route
from runbooks.archive.blobs import insert_unless_there
from runbooks.archive.opening import Archive
from runbooks.archive.tables import drops, outbox

FIRST_S, LONGEST_S = 5.0, 600.0
"""Seconds until a failed delivery is tried again: the first time, and at most."""
PATIENCE = 3
"""Refusals after which an alert is passed by; and how many of those are tried before the others."""


class DeliveryError(Exception):
    """A route did not take an alert; its text says why, and holds no secret."""


class NotTakenError(DeliveryError):
    """A receiver was there and answered that it does not take this alert; it may take another one."""


class PartlyDeliveredError(DeliveryError):
    """An alert went out, and not to everybody: it is not sent again to those who have it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the alerts of a route.

    Args:
        route: its name.
        sent: titles of those that went out.
        waiting: how many wait still.
        dropped: how many were dropped since the last that went out.
        problem: why the last that was tried did not go out; empty when nothing was tried in vain.
        given_up: how many were dropped because it refused them, and took what came later.
    """

    route: str
    sent: tuple[str, ...] = ()
    waiting: int = 0
    dropped: int = 0
    problem: str = ""
    given_up: int = 0


class _End(Enum):
    """What became of one try."""

    GONE = auto()
    """It went out."""
    REFUSED = auto()
    AWAY = auto()
    """Nobody was there to take anything."""


def put(connection: Connection, alert: Alert, route: str, keep: int) -> None:
    """Put an alert into the queue of a route; the oldest go where it is full, and are counted.

    Args:
        connection: within a transaction of the archive.
        alert: what is told.
        route: name of the route.
        keep: alerts that its queue holds at most.
    """
    connection.execute(insert(outbox).values(route=route, alert=alert.as_json(), tries=0, due=alert.at))
    numbers = list(
        connection.scalars(
            select(outbox.c.number)
            .where(outbox.c.route == route)
            .order_by(outbox.c.number.desc())
            .offset(keep)
        )
    )
    if numbers:
        connection.execute(delete(outbox).where(outbox.c.number.in_(numbers)))
        connection.execute(insert_unless_there(connection, drops), {"route": route, "dropped": 0})
        connection.execute(
            update(drops).where(drops.c.route == route).values(dropped=drops.c.dropped + len(numbers))
        )


def deliver(
    archive: Archive, routes: Mapping[str, Route], send: Callable[[Route, Alert], None], now: datetime
) -> tuple[Delivered, ...]:
    """Deliver what is due, route by route and in order; what does not go out waits longer each time.

    An alert may arrive twice: when this process dies between its delivery and the note of it.

    Args:
        archive: where the queue lies.
        routes: by name; alerts of a route that is gone are dropped.
        send: hands an alert to a route; raises `DeliveryError`.
        now: this moment.
    """
    with archive.writing() as connection:
        connection.execute(delete(outbox).where(outbox.c.route.not_in(list(routes))))
    return tuple(_deliver(archive, route, send, now) for route in routes.values())


def _deliver(
    archive: Archive, route: Route, send: Callable[[Route, Alert], None], now: datetime
) -> Delivered:
    sent: list[str] = []
    problem, given_up, passed = "", 0, 0
    row = _first(archive, route.name, now)
    while row is not None:
        alert = replace(read_alert(row.alert), dropped=row.dropped + row.aside)
        problem, end = _try(send, route, alert)
        if end is _End.GONE:
            sent.append(alert.title)
            given_up += _note_gone(archive, row)
        else:
            _note_failed(archive, row, now, end)
            passed += 1
        is_over = problem and not (end is _End.REFUSED and row.refused + 1 >= PATIENCE)
        row = None if is_over else _next(archive, row, now, by_the_way=passed < PATIENCE)
    with archive.reading() as connection:
        count = select(func.count()).select_from(outbox).where(outbox.c.route == route.name)
        waiting = connection.scalar(count) or 0
        left = _dropped(connection, route.name)
    return Delivered(route.name, tuple(sent), waiting, left, problem, given_up)


_ASIDE = outbox.c.refused >= PATIENCE


def _first(archive: Archive, route: str, now: datetime) -> Row[Any] | None:
    """Return the first alert of a route, where it, or the first that is not passed by, is due."""
    with archive.reading() as connection:
        queue = select(outbox).where(outbox.c.route == route).order_by(outbox.c.number).limit(1)
        heads = (connection.execute(queue.where(each)).one_or_none() for each in (_ASIDE, ~_ASIDE))
        if not any(head is not None and _is_due(head, now) for head in heads):
            return None
    return _after(archive, route, 0, by_the_way=True)


def _next(archive: Archive, row: Row[Any], now: datetime, *, by_the_way: bool) -> Row[Any] | None:
    """Return what is tried after an alert; nothing where it is not due yet."""
    found = _after(archive, row.route, row.number, by_the_way=by_the_way)
    return found if found is None or found.refused >= PATIENCE or _is_due(found, now) else None


def _after(archive: Archive, route: str, number: int, *, by_the_way: bool) -> Row[Any] | None:
    """Return the alert behind another one, with how many were dropped and how many are passed by before it.

    Args:
        archive: where.
        route: name of the route.
        number: of the other one.
        by_the_way: one that is passed by is tried too.
    """
    before = outbox.alias()
    aside = (
        select(func.count())
        .where(before.c.route == route, before.c.number < outbox.c.number, before.c.refused >= PATIENCE)
        .scalar_subquery()
    )
    lost = func.coalesce(select(drops.c.dropped).where(drops.c.route == route).scalar_subquery(), 0)
    query = (
        select(outbox, aside.label("aside"), lost.label("dropped"))
        .where(outbox.c.route == route, outbox.c.number > number)
        .order_by(outbox.c.number)
        .limit(1)
    )
    with archive.reading() as connection:
        return connection.execute(query if by_the_way else query.where(~_ASIDE)).one_or_none()


def _is_due(row: Row[Any], now: datetime) -> bool:
    """Tell whether it is time; one due later than ever was said waited on a clock that was put back."""
    return not now < row.due <= now + timedelta(seconds=LONGEST_S)


def _note_gone(archive: Archive, row: Row[Any]) -> int:
    """Note that an alert went out; give how many before it, that were refused, are dropped."""
    earlier = (outbox.c.route == row.route) & (outbox.c.number < row.number) & _ASIDE
    with archive.writing() as connection:
        connection.execute(delete(outbox).where(outbox.c.number == row.number))
        _told(connection, row.route, row.dropped)
        return connection.execute(delete(outbox).where(earlier)).rowcount


def _note_failed(archive: Archive, row: Row[Any], now: datetime, end: _End) -> None:
    """Note when an alert is tried again; where nobody is there, nothing of the route is tried before that."""
    due = now + timedelta(seconds=min(FIRST_S * 2**row.tries, LONGEST_S))
    refused = row.refused + (end is _End.REFUSED)
    with archive.writing() as connection:
        connection.execute(
            update(outbox)
            .where(outbox.c.number == row.number)
            .values(tries=min(row.tries + 1, 30), refused=min(refused, PATIENCE), due=due)
        )
        if end is _End.AWAY and row.refused >= PATIENCE:
            connection.execute(
                update(outbox).where(outbox.c.route == row.route, outbox.c.due < due).values(due=due)
            )


def _try(send: Callable[[Route, Alert], None], route: Route, alert: Alert) -> tuple[str, _End]:
    """Send an alert; tell what went wrong, and what became of it."""
    try:
        send(route, alert)
    except PartlyDeliveredError as error:
        return str(error), _End.GONE
    except NotTakenError as error:
        return str(error), _End.REFUSED
    except DeliveryError as error:
        return str(error), _End.AWAY
    return "", _End.GONE


def _told(connection: Connection, route: str, dropped: int) -> None:
    """Note that it was told how many alerts were dropped; others may have been since."""
    left = drops.c.dropped - dropped
    connection.execute(update(drops).where(drops.c.route == route).values(dropped=left))
    connection.execute(delete(drops).where(drops.c.route == route, drops.c.dropped <= 0))


def next_due(archive: Archive) -> datetime | None:
    """Tell when the next alert is to be delivered; nothing when none waits."""
    with archive.reading() as connection:
        due: datetime | None = connection.scalar(select(func.min(outbox.c.due)))
        return due


def _dropped(connection: Connection, route: str) -> int:
    return connection.scalar(select(drops.c.dropped).where(drops.c.route == route)) or 0
