"""What a watcher keeps in the archive: that it is the one who works, and the moments that it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, select, update

from runbooks.archive.blobs import insert_unless_there
from runbooks.archive.opening import Archive
from runbooks.archive.tables import leases, moments

WATCH = "watch"
"""Name of the lease of the watcher."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who may work.

    Args:
        holder: name of the watcher.
        until: when it ends unless it is renewed.
    """

    holder: str
    until: datetime


def take(archive: Archive, holder: str, now: datetime, seconds: float, *, name: str = WATCH) -> Lease:
    """Take the lease, or renew it; who holds it afterwards is in what is given back.

    One that ends later than any clock that is right could have said is of a clock that was put back since.

    Args:
        archive: of the fleet.
        holder: name of this watcher, as no other is named.
        now: this moment; the clocks of two hosts may differ by less than the lease lasts.
        seconds: for how long.
        name: of what is held: that of the watcher, or a transaction.
    """
    until = now + timedelta(seconds=seconds)
    with archive.writing() as connection:
        connection.execute(
            insert_unless_there(connection, leases), {"name": name, "holder": "", "until": _EPOCH}
        )
        connection.execute(
            update(leases)
            .where(
                leases.c.name == name,
                or_(
                    leases.c.holder == holder,
                    leases.c.until <= now,
                    leases.c.until > now + timedelta(seconds=2 * seconds),
                ),
            )
            .values(holder=holder, until=until)
        )
        row = connection.execute(select(leases).where(leases.c.name == name)).one()
        return Lease(row.holder, row.until)


def give_back(archive: Archive, holder: str, *, name: str = WATCH) -> None:
    """Let another one begin at once."""
    with archive.writing() as connection:
        connection.execute(
            update(leases)
            .where(leases.c.name == name, leases.c.holder == holder)
            .values(holder="", until=_EPOCH)
        )


@dataclass(frozen=True, slots=True)
class Last:
    """The newest moment of a group that was begun.

    Args:
        moment: which.
        ended: when its work ended; nothing when the watcher died in it.
    """

    moment: datetime
    ended: datetime | None


def last_of(archive: Archive, group: str) -> Last | None:
    """Return the newest moment of a group that was begun; nothing before the first."""
    with archive.reading() as connection:
        row = connection.execute(select(moments).where(moments.c.name == group)).one_or_none()
        return None if row is None else Last(row.moment, row.ended)


def note(archive: Archive, group: str, moment: datetime, ended: datetime | None) -> None:
    """Keep that a moment was begun, or that its work ended.

    Args:
        archive: where it is kept.
        group: name of the group in `watch.yaml`.
        moment: for which its pairs were due, with zone.
        ended: when the work ended; nothing while it goes on.
    """
    with archive.writing() as connection:
        values = {"name": group, "moment": moment, "ended": ended}
        connection.execute(insert_unless_there(connection, moments), values)
        connection.execute(update(moments).where(moments.c.name == group).values(moment=moment, ended=ended))
