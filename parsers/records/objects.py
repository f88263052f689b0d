"""VLANs, ACLs and VPN instances as a device shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, ClassVar

from parsers.records.kinds import Lower, port

PORT = re.compile(r"(?:(UT|TG|MP|ST) ?: ?)?([^\s:()]+(?: \d[\d/.:]*)?) ?\(([UD])\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VlanRow:
    """A row of `display vlan`; switches are `enable` or `disable`, floods `fwd` or else."""

    vid: int
    type: Lower
    status: Lower
    property: Lower
    mac_learning: Lower
    statistics: Lower
    broadcast: Lower
    multicast: Lower
    unknown_unicast: Lower
    description: str


@dataclass(frozen=True, slots=True)
class VlanPort:
    """A port of a VLAN: how frames leave it (`ut`, `tg`, `mp`, `st`), and whether it is up."""

    name: str
    kind: str
    up: bool


def vlan_ports(text: str) -> tuple[VlanPort, ...]:
    """Read the ports of a VLAN; one without a mark of its own is like the one before.

    >>> [(one.name, one.kind, one.up) for one in vlan_ports(" UT:GE0/2/7(U) GE0/2/8(D)")]
    [('GigabitEthernet0/2/7', 'ut', True), ('GigabitEthernet0/2/8', 'ut', False)]

    Raises:
        ValueError: something in it is no port.
    """
    ports: list[VlanPort] = []
    for kind, name, state in PORT.findall(text):
        mark = kind.lower() or (ports[-1].kind if ports else "")
        ports.append(VlanPort(port(name), mark, state.upper() == "U"))
    if PORT.sub("", text).strip():
        raise ValueError(text)
    return tuple(ports)


@dataclass(frozen=True, slots=True)
class Vlan:
    """One VLAN with its ports."""

    vid: int
    type: Lower
    ports: Annotated[tuple[VlanPort, ...], vlan_ports] = ()
    status: Lower | None = None
    property: Lower | None = None
    mac_learning: Lower | None = None
    statistics: Lower | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class AclRule:
    """A rule as configured; the number of matches grows by itself."""

    id: int
    text: str
    matches: int


@dataclass(frozen=True, slots=True)
class Acl:
    """An ACL of IPv4 or IPv6 with its rules.

    Args:
        kind: `basic`, `advanced`...
        name: or number.
    """

    COUNTS: ClassVar = {"rule_count": "rules"}

    kind: Lower
    name: str
    rule_count: int
    match_order: Lower
    step: int | None = None
    rules: tuple[AclRule, ...] = ()


@dataclass(frozen=True, slots=True)
class VpnInstance:
    """One address family of a VPN instance; an instance without a family has neither value."""

    name: str
    route_distinguisher: str | None = None
    family: Lower | None = None
