"""What stands on both members, object by object: what a change may touch, and what it must leave alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from tasks.checks.model import Observation
from tasks.plan.model import PairPlan

WORKS: Final = frozenset({"up/up", "full", "master", "backup", "up"})
"""States in which an object does its work."""
ROUTES: Final = "routes by"
"""Kind of an object that is counted: the routes of a protocol, with their number for a state."""
ROUTES6: Final = "IPv6 routes"
VPNS: Final = 10
"""VPN instances of a member whose routes are counted, at most: two displays each."""
_COUNTED = re.compile(r"display (ip|ipv6) routing-table vpn-instance (\S+) statistics")
_VPN: Final = "ip vpn-instance "
_IPS: Final = ("ip", "ipv6")
NOTHING: Final = ("not enabled", "not exist", "not configured", "not found")
"""Words of a device that has no object of the kind at all."""


class CutError(Exception):
    """An answer lacks its end."""


@dataclass(frozen=True, slots=True, order=True)
class Object:
    """Something that stands on a member.

    Args:
        member: device name.
        kind: e.g. `OSPF neighbour`.
        name: among those of its kind on the member.
        places: names of what it stands on: interfaces, an E-Trunk, a session.
    """

    member: str
    kind: str
    name: str
    places: frozenset[str] = field(default=frozenset(), compare=False)

    def __str__(self) -> str:
        """Show as `E-Trunk 7 of PE1`."""
        return f"{self.kind} {self.name} of {self.member}"


Row = tuple[str, str, frozenset[str]]
"""Name, state and places of one object."""


def _interfaces(records: Sequence[Any]) -> Iterator[Row]:
    for one in records:
        yield one.name, f"{one.phy_mark}{one.phy}/{one.protocol}", frozenset({one.name})


def _neighbours(records: Sequence[Any]) -> Iterator[Row]:
    for process in records:
        for one in process.peers:
            where = f"{one.neighbor} on {one.interface} in process {process.process}"
            yield where, one.state, frozenset({one.interface})


def _e_trunks(records: Sequence[Any]) -> Iterator[Row]:
    for one in records:
        yield str(one.id), one.state, frozenset({f"e-trunk {one.id}"})


def _eth_trunks(records: Sequence[Any]) -> Iterator[Row]:
    for one in records:
        yield one.name, one.status, frozenset({one.name})


def _sessions(records: Sequence[Any]) -> Iterator[Row]:
    for one in records:
        name = f"{one.local_discriminator} to {one.peer_ip}"
        places = {f"discriminator {one.local_discriminator}", one.interface or ""}
        yield name, one.state, frozenset(places - {""})


def _groups(records: Sequence[Any]) -> Iterator[Row]:
    for one in records:
        yield f"{one.vrid} on {one.interface}", one.state, frozenset({one.interface})


def _routes(records: Sequence[Any]) -> Iterator[Row]:
    """Yield how many routes each protocol has; of a table without its last row, which is cut, nothing."""
    for table in records:
        if table.active_count is None:
            raise CutError
        for one in table.protocols:
            yield one.protocol, str(one.active), frozenset()


AROUND: Final[Mapping[str, tuple[str, Callable[[Sequence[Any]], Iterator[Row]]]]] = MappingProxyType(
    {
        "display interface brief": ("interface", _interfaces),
        "display ospf peer brief": ("OSPF neighbour", _neighbours),
        "display e-trunk brief": ("E-Trunk", _e_trunks),
        "display eth-trunk brief": ("Eth-Trunk", _eth_trunks),
        "display bfd session all": ("BFD session", _sessions),
        "display vrrp brief": ("VRRP group", _groups),
        "display vrrp6 brief": ("VRRP6 group", _groups),
        "display ip routing-table statistics": (ROUTES, _routes),
        "display ipv6 routing-table statistics": (f"{ROUTES6} by", _routes),
    }
)
"""Displays of all objects of a kind: the kind, and how its rows are read."""


def looked_at(plan: PairPlan) -> tuple[str, ...]:
    """Return the displays of all that stands on both members: those of `AROUND`, and routes of VPN instances.

    Args:
        plan: its configurations of before tell which instances there are.
    """
    names = _vpn_instances(plan)[:VPNS]
    counts = (f"display {ip} routing-table vpn-instance {name} statistics" for name in names for ip in _IPS)
    return (*AROUND, *counts)


def not_looked_at(plan: PairPlan) -> frozenset[tuple[str, str]]:
    """Return whose routes are not counted, by member: VPN instances beyond the first ones."""
    left = _vpn_instances(plan)[VPNS:]
    return frozenset((one.member, _in_vpn(ip, name)) for one in plan.members for name in left for ip in _IPS)


def _vpn_instances(plan: PairPlan) -> tuple[str, ...]:
    texts = (line.text for one in plan.members for line in one.base.lines)
    return tuple(dict.fromkeys(text.removeprefix(_VPN) for text in texts if text.startswith(_VPN)))


def is_routes(kind: str) -> bool:
    """Tell whether objects of a kind are counted routes."""
    return kind.removeprefix("IPv6 ").startswith("routes ")


def _in_vpn(ip: str, name: str) -> str:
    return f"{ROUTES6 if ip == 'ipv6' else 'routes'} in VPN instance {name} by"


def _kind(command: str) -> tuple[str, Callable[[Sequence[Any]], Iterator[Row]]] | None:
    """Return what a display tells of, and how its rows are read; nothing where it does not matter."""
    found = _COUNTED.fullmatch(command)
    return (_in_vpn(found[1], found[2]), _routes) if found else AROUND.get(command)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands on both members at one moment.

    Args:
        objects: with their states.
        unseen: displays that told nothing, by member: their objects are not compared.
    """

    objects: Mapping[Object, str]
    unseen: frozenset[tuple[str, str]]


def around_of(observations: Iterable[Observation]) -> Around:
    """Read what stands there.

    Args:
        observations: of both members; other displays than those of `looked_at` do not matter.
    """
    objects: dict[Object, str] = {}
    unseen: set[tuple[str, str]] = set()
    for seen in observations:
        known = _kind(seen.command)
        if known is None:
            continue
        kind, rows = known
        parsed = seen.parsed
        if parsed.unparsed or parsed.lacks:
            if not any(words in seen.text for words in NOTHING):
                unseen.add((seen.member, kind))
            continue
        try:
            found = tuple(rows(parsed.records))
        except CutError:
            unseen.add((seen.member, kind))
            continue
        objects |= {Object(seen.member, kind, name, places): state for name, state, places in found}
    return Around(objects, frozenset(unseen))
