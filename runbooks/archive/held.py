"""What an archive holds of some pairs, read in one go before runs of theirs are kept.

From here on until the transaction of the database ends whoever else keeps runs of these pairs waits: what was
read stays true. SQLite lets one write at a time; PostgreSQL locks the rows of the pairs, in one order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, bindparam, func, select

from runbooks.archive.blobs import insert_unless_there
from runbooks.archive.findings import Key
from runbooks.archive.tables import blobs, configurations, findings, known, looks, pairs, runs
from runbooks.report.run import Run

_NAMES: BindParameter[Any] = bindparam("names", expanding=True)
_LOCK = select(pairs.c.pair).where(pairs.c.pair.in_(_NAMES)).order_by(pairs.c.pair).with_for_update()
_IDS = select(runs.c.id).where(runs.c.id.in_(_NAMES))
_NEWEST = (
    select(pairs.c.pair, runs.c.started_at)
    .join(runs, pairs.c.last_run == runs.c.number)
    .where(pairs.c.pair.in_(_NAMES))
)
_LOOKS = (
    select(looks, blobs.c.hash).join(blobs, blobs.c.number == looks.c.text).where(looks.c.pair.in_(_NAMES))
)
_KNOWN = select(known).where(known.c.pair.in_(_NAMES))
_OPEN = select(findings).where(findings.c.pair.in_(_NAMES), findings.c.until.is_(None))
_LAST = (
    select(configurations.c.device, func.max(configurations.c.last_seen).label("last_seen"))
    .where(configurations.c.device.in_(_NAMES))
    .group_by(configurations.c.device)
    .subquery()
)
_CONFIGURATIONS = (
    select(configurations.c.device, configurations.c.number, configurations.c.last_seen, blobs.c.hash)
    .join(
        _LAST,
        and_(configurations.c.device == _LAST.c.device, configurations.c.last_seen == _LAST.c.last_seen),
    )
    .join(blobs, blobs.c.number == configurations.c.text)
)


@dataclass(frozen=True, slots=True)
class Configured:
    """The newest configuration of a device.

    Args:
        number: of its row.
        hash: of its text.
        last_seen: when it was seen last.
    """

    number: int
    hash: str
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What an archive holds of some pairs, each of which one run is kept of.

    Args:
        ids: those of the runs that are there already.
        newest: when the newest run of each pair began; an older one that comes later changes no finding.
        looks: newest evidence of each display, by pair, then by device and command.
        known: what is known of configurations, by pair.
        opened: number of each open finding, by pair.
        configurations: newest of each device; who keeps another one writes it here, as pairs share devices.
    """

    ids: frozenset[str]
    newest: Mapping[str, datetime]
    looks: Mapping[str, Mapping[tuple[str, str], Row[Any]]]
    known: Mapping[str, Row[Any]]
    opened: Mapping[str, Mapping[Key, int]]
    configurations: dict[str, Configured]


def held_of(connection: Connection, kept: Sequence[Run]) -> Held:
    """Read what is held of the pairs of some runs that are to be kept.

    Args:
        connection: that writes.
        kept: the runs, one a pair.
    """
    names = sorted({run.pair for run in kept})
    connection.execute(insert_unless_there(connection, pairs), [{"pair": name} for name in names])
    _rows(connection, _LOCK, names)
    evidence: dict[str, dict[tuple[str, str], Row[Any]]] = {name: {} for name in names}
    for row in _rows(connection, _LOOKS, names):
        evidence[row.pair][row.member, row.command] = row
    opened: dict[str, dict[Key, int]] = {name: {} for name in names}
    for row in _rows(connection, _OPEN, names):
        key = Key(row.check_name, row.subject, row.outcome, row.device, row.complaint, row.wanted)
        opened[row.pair][key] = row.number
    devices = sorted({one.member for run in kept for one in run.observations})
    return Held(
        ids=frozenset(row.id for row in _rows(connection, _IDS, [run.id for run in kept])),
        newest={row.pair: row.started_at for row in _rows(connection, _NEWEST, names)},
        looks=evidence,
        known={row.pair: row for row in _rows(connection, _KNOWN, names)},
        opened=opened,
        configurations={
            row.device: Configured(row.number, row.hash, row.last_seen)
            for row in _rows(connection, _CONFIGURATIONS, devices)
        },
    )


def _rows(connection: Connection, wanted: Select[Any], names: Sequence[str]) -> Sequence[Row[Any]]:
    return connection.execute(wanted, {"names": names}).all()
