"""One book of logins for all workers: several of them do not ask an AAA realm more often than one would."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select, update

from inventory.logins import Logins
from runbooks.archive.blobs import insert_unless_there
from runbooks.archive.opening import Archive
from runbooks.archive.tables import turns
from tasks.limits import booked


def take_turn(archive: Archive, group: str, logins: Logins, now: datetime) -> float:
    """Take the next login of a group; give the seconds to wait before it counts.

    Args:
        archive: that the workers share.
        group: of the inventory.
        logins: how many it bears.
        now: this moment; where the clocks of two workers differ, one waits longer by as much.

    Raises:
        ArchiveError: it cannot be used.
    """
    with archive.writing() as connection:
        connection.execute(insert_unless_there(connection, turns), {"name": group, "next": now})
        row = connection.execute(select(turns.c.next).where(turns.c.name == group).with_for_update()).one()
        wait, after = booked(row.next.timestamp(), now.timestamp(), logins)
        connection.execute(
            update(turns).where(turns.c.name == group).values(next=datetime.fromtimestamp(after, UTC))
        )
    return wait
