"""Alerts on their way: kept in the archive until they went out, in order, at most so many a route."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from runbooks.alerts.model import Alert, read_alert
from runbooks.alerts.settings import Route
from runbooks.archive.blobs import insert_unless_there
from runbooks.archive.opening import Archive
from runbooks.archive.tables import drops, outbox

FIRST_S, LONGEST_S = 5.0, 600.0
"""Seconds until a failed delivery is tried again: the first time, and at most."""


class DeliveryError(Exception):
    """A route did not take an alert; its text says why, and holds no secret."""


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
        problem: why the first that waits did not go out; empty when nothing was tried in vain.
    """

    route: str
    sent: tuple[str, ...] = ()
    waiting: int = 0
    dropped: int = 0
    problem: str = ""


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
    problem = ""
    while not problem:
        with archive.reading() as connection:
            row = connection.execute(
                select(outbox).where(outbox.c.route == route.name).order_by(outbox.c.number).limit(1)
            ).one_or_none()
            dropped = _dropped(connection, route.name)
        if row is None or now < row.due <= now + timedelta(seconds=LONGEST_S):
            break  # one that is due later than ever was said waited on a clock that was put back
        alert = replace(read_alert(row.alert), dropped=dropped)
        problem, stays = _try(send, route, alert)
        with archive.writing() as connection:
            if stays:
                wait = timedelta(seconds=min(FIRST_S * 2**row.tries, LONGEST_S))
                connection.execute(
                    update(outbox)
                    .where(outbox.c.number == row.number)
                    .values(tries=min(row.tries + 1, 30), due=now + wait)
                )
            else:
                sent.append(alert.title)
                connection.execute(delete(outbox).where(outbox.c.number == row.number))
                _told(connection, route.name, dropped)
    with archive.reading() as connection:
        count = select(func.count()).select_from(outbox).where(outbox.c.route == route.name)
        waiting = connection.scalar(count) or 0
        return Delivered(route.name, tuple(sent), waiting, _dropped(connection, route.name), problem)


def _try(send: Callable[[Route, Alert], None], route: Route, alert: Alert) -> tuple[str, bool]:
    """Send an alert; tell what went wrong, and whether it is to be sent again."""
    try:
        send(route, alert)
    except PartlyDeliveredError as error:
        return str(error), False
    except DeliveryError as error:
        return str(error), True
    return "", False


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
