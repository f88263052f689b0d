"""The lines that Hotpair owns, as data: one row per line that an intent can express.

What is not in this table is foreign: it is kept verbatim and never touched. The rows stand in the order in
which the device prints them inside their view.

    OWNED["rbs.peer"].text(**{"peer-ip": "192.0.2.2", "source-ip": "192.0.2.1", "port": "2000"})
    read_line("rbs", "peer 192.0.2.2 source 192.0.2.1 port 2000")  ->  (row, params)
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from inventory.lines import (
    bfd,
    e_trunk,
    eth_trunk,
    monitor,
    multicast,
    profile,
    service,
    snooping,
    system,
    vrrp,
)
from inventory.lines.impact import AFFECTS, HITLESS, UNSAID
from inventory.lines.line import OwnedLine
from inventory.lines.needs import PROFILE_WITH_ROLES, Owner
from inventory.lines.relation import OWN, STOPS, equal
from inventory.lines.statement import Statement

INTERFACE = OwnedLine(
    "if.enter",
    "system",
    "interface <interface>",
    "undo interface <interface>",
    "interface",
    key=("interface",),
    opens="interface",
    suffix="-<interface>",
    holder=True,
    impact=(HITLESS, AFFECTS),
    relation=OWN,
)
BIND_PROFILE = OwnedLine(
    "if.rbp",
    "interface",
    "remote-backup-profile <rbp-name>",
    "undo remote-backup-profile <rbp-name>",
    "remote-backup-profile (Interface view)",
    undo_first="R67",
    impact=(UNSAID, AFFECTS),
    relation=equal(STOPS),
    needs=PROFILE_WITH_ROLES,
    belongs=(Owner("rbp", ("rbp-name",)),),
)

_ROWS = (
    *vrrp.SYSTEM,
    *multicast.SYSTEM,
    *e_trunk.SYSTEM,
    *system.SYSTEM,
    *snooping.VLAN,
    *bfd.GLOBAL,
    *monitor.MONITOR,
    *snooping.VSI,
    *profile.POOL,
    *e_trunk.E_TRUNK,
    *service.SERVICE,
    *profile.PROFILE,
    INTERFACE,
    *vrrp.INTERFACE,
    *multicast.INTERFACE,
    *eth_trunk.MEMBER,
    BIND_PROFILE,
    *bfd.SESSION,
)

OWNED: Mapping[str, OwnedLine] = MappingProxyType({row.id: row for row in _ROWS})


def _index() -> Mapping[tuple[str, str], tuple[OwnedLine, ...]]:
    rows: dict[tuple[str, str], tuple[OwnedLine, ...]] = {}
    for row in _ROWS:
        first = row.form.split()[0]
        rows[row.view, first] = (*rows.get((row.view, first), ()), row)
    return MappingProxyType(rows)


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
        The line with its meaning, or nothing for a line that Hotpair does not own.
    """
    line = text.strip()
    first = line.split(maxsplit=1)[0].lower() if line else ""
    for row in _BY_FIRST_WORD.get((view, first), ()):
        params = row.read(line)
        if params is not None:
            return Statement(
                row, MappingProxyType(params), row.identity(params), row.value(params), row.is_default(params)
            )
    return None


def read_line(view: str, text: str) -> tuple[OwnedLine, Mapping[str, str]] | None:
    """Tell which owned line a text is, with its parameters in the device's spelling; see `read`."""
    found = read(view, text)
    return (found.row, found.params) if found else None


__all__ = ["OWNED", "READINGS", "OwnedLine", "Statement", "read", "read_line"]
