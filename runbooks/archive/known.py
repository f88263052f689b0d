"""Keep what is known of the configurations of a pair, and give it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from inventory.errors import ArchiveError
from inventory.model import Pair, Side
from parsers.api import parse_later
from runbooks.archive.blobs import read
from runbooks.archive.codec import Kept
from runbooks.archive.evidence import RUNNING
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.tables import known
from runbooks.drift_asked import COMMITS
from runbooks.fleet.known import PROBE, Known, Memory, head_of, held
from runbooks.report.run import Run
from tasks.checks.model import Observation

_MOST = 500  # values of one statement
_OF_PAIR = select(known).where(known.c.pair == bindparam("of"))
_FORGET = delete(known).where(known.c.pair == bindparam("of"))
_RENEW = update(known).where(known.c.pair == bindparam("of"))


def memory_of(place: Path | str, pairs: Sequence[Pair]) -> Memory:
    """Return what is known of pairs; of an archive that cannot be used nothing is known.

    Args:
        place: file or URL of the archive.
        pairs: intents.
    """

    def configuration(name: str, side: Side) -> Observation:
        with open_archive(place) as archive:
            return memory_in(archive, pairs).configuration(name, side)

    try:
        with open_archive(place) as archive:
            return Memory(memory_in(archive, pairs).known, configuration)
    except ArchiveError:  # told when the runs are to be kept
        return Memory({}, configuration)


def memory_in(archive: Archive, pairs: Sequence[Pair]) -> Memory:
    """Return what is known of pairs in an archive that stays open.

    Raises:
        ArchiveError: it cannot be read.
    """
    members = {pair.name: pair.members for pair in pairs}
    return Memory(
        known_of(archive, members),
        lambda name, side: known_configuration(archive, name, members[name].of(side), side),
    )


def known_of(archive: Archive, names: Iterable[str]) -> dict[str, Known]:
    """Return what is known of pairs, by name; those of which nothing is known are not there.

    Raises:
        ArchiveError: the database is locked, away or damaged.
    """
    names = list(names)
    found: dict[str, Known] = {}
    with archive.reading() as connection:
        for start in range(0, len(names), _MOST):
            part = names[start : start + _MOST]
            for row in connection.execute(select(known).where(known.c.pair.in_(part))):
                found[row.pair] = Known(row.judged_by, (row.head_a, row.head_b), row.read_at, row.probes)
    return found


def known_configuration(archive: Archive, pair: str, member: str, side: Side) -> Observation:
    """Return the configuration of a member as it was read at the last good look at its pair.

    Args:
        archive: where it is kept.
        pair: name of the pair.
        member: device name.
        side: `a` or `b`.

    Raises:
        ArchiveError: the text is not what was kept, or the database is away.
    """
    with archive.reading() as connection:
        row = connection.execute(_OF_PAIR, {"of": pair}).one()
        text = read(connection, row.text_a if side == "a" else row.text_b)
    return Observation(member, RUNNING, text, parse_later(RUNNING, text), row.read_at, 0.0)


def known_texts(run: Run, before: Row[Any] | None) -> tuple[Kept, ...]:
    """Name the kept configurations that a run rests on, of members that were not read again.

    Args:
        run: of a check.
        before: what is known of its pair.
    """
    row = _still(before, run) if run.unread else None
    if row is None:
        return ()
    texts = dict(zip(run.members, (row.text_a, row.text_b), strict=True))
    return tuple(Kept(name, RUNNING, texts[name]) for name in run.unread)


def keep_known(
    connection: Connection, run: Run, judged_by: str, kept: Iterable[Kept], row: Row[Any] | None
) -> None:
    """Remember a look at the configurations that was good; forget what is known after one that was not.

    A look that did not see both members changes nothing.

    Args:
        connection: that writes.
        run: of a check.
        judged_by: digest of what it was judged by.
        kept: the answers that it rests on.
        row: what is known of its pair.
    """
    heads = _heads(run)
    texts = {one.member: one.text for one in kept if one.command == RUNNING}
    if not heads.keys() >= {*run.members} or not texts.keys() >= {*run.members}:
        return
    if not held(run.results) or not all(heads.values()):
        if row is not None:
            connection.execute(_FORGET, {"of": run.pair})
        return
    before = _still(row, run)
    a, b = run.members
    values = {
        "judged_by": judged_by,
        "head_a": heads[a],
        "head_b": heads[b],
        "text_a": texts[a],
        "text_b": texts[b],
        "read_at": before.read_at if run.unread and before else run.started_at,
        "probes": before.probes + 1 if run.unread and before else 0,
    }
    if row is None:
        connection.execute(insert(known), {"pair": run.pair, **values})
    else:
        connection.execute(_RENEW, {"of": run.pair, **values})


def _still(row: Row[Any] | None, run: Run) -> Row[Any] | None:
    """Return what is known; nothing where another check has changed what the unread members were known by."""
    heads = _heads(run)
    if row is None or any(
        heads.get(name) != head
        for name, head in zip(run.members, (row.head_a, row.head_b), strict=True)
        if name in run.unread
    ):
        return None
    return row


def _heads(run: Run) -> Mapping[str, str]:
    """Return the newest commit of each member that was asked, as it was before the configuration was read."""
    seen = {(one.member, one.command): one for one in run.observations}
    asked = {member: seen.get((member, COMMITS)) or seen.get((member, PROBE)) for member in run.members}
    return {member: head_of(one) for member, one in asked.items() if one is not None}
