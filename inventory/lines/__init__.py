"""The lines that Hotpair owns, as data: one row per line that an intent can express.

What is not in this table is foreign: it is kept verbatim and never touched. The rows stand in the order in
which the device prints them inside their view.

    OWNED["rbs.peer"].text(**{"peer-ip": "192.0.2.2", "source-ip": "192.0.2.1", "port": "2000"})
    read("rbs", "peer 192.0.2.2 source 192.0.2.1 port 2000")  ->  a statement: row, params, text, ...
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from inventory.lines import (
    bfd,
    e_trunk,
    eth_trunk,
    interface,
    monitor,
    multicast,
    pool,
    profile,
    service,
    snooping,
    system,
    vrrp,
)
from inventory.lines.line import OwnedLine
from inventory.lines.statement import Statement, state

_ROWS = (
    *vrrp.SYSTEM,
    *multicast.SYSTEM,
    *e_trunk.SYSTEM,
    *system.SYSTEM,
    *snooping.VLAN,
    *bfd.GLOBAL,
    *monitor.MONITOR,
    *snooping.VSI,
    *pool.POOL,
    *e_trunk.E_TRUNK,
    *service.SERVICE,
    *profile.PROFILE,
    interface.IF_ENTER,
    *vrrp.INTERFACE,
    *multicast.INTERFACE,
    *snooping.INTERFACE,
    *eth_trunk.MEMBER,
    interface.IF_RBP,
    *bfd.SESSION,
)

OWNED: Mapping[str, OwnedLine] = MappingProxyType({row.id: row for row in _ROWS})


def _index() -> Mapping[tuple[str, str], tuple[OwnedLine, ...]]:
    """Return the rows of a view by their first word, the most particular first."""
    rows: dict[tuple[str, str], list[OwnedLine]] = {}
    for row in sorted(_ROWS, key=lambda row: -len(row.words)):
        rows.setdefault((row.view, row.form.split()[0]), []).append(row)
    return MappingProxyType({where: tuple(found) for where, found in rows.items()})


_BY_FIRST_WORD = _index()


READINGS = 1 << 16
"""Lines whose reading is kept: a line is read once, however often it is asked for."""


@lru_cache(maxsize=READINGS)
def read(view: str, text: str) -> Statement | None:
    """Read a line of a view.

    Args:
        view: view that holds the line, e.g. `rbs`.
        text: the line without indentation; letter case and blanks do not matter.

    Returns:
        The line with its meaning, at no path yet, or nothing for a line that Hotpair does not own.
    """
    line = text.strip()
    words = line.lower().split()
    for row in _BY_FIRST_WORD.get((view, words[0]), ()) if words else ():
        params = row.read(line) if row.words.issubset(words) else None
        if params is not None:
            return state(row, params)
    return None


__all__ = ["OWNED", "READINGS", "OwnedLine", "Statement", "read", "state"]
