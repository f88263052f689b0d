"""Neighbours of routing protocols, and ping."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class OspfPeer:
    """An OSPF neighbour."""

    process: int
    router_id: str
    area: str
    interface: str
    local: str
    neighbour_id: str
    address: str
    state: str = "Full"
    since: float = 0.0
    dr: str = ""
    bdr: str = ""
    priority: int = 1


@dataclass(frozen=True, slots=True)
class OspfProcess:
    """An OSPF process of this router, with or without neighbours."""

    process: int
    router_id: str


@dataclass(frozen=True, slots=True)
class Route:
    """An active route.

    Args:
        flags: letters as printed, `RD` for one whose next hop is looked up itself.
        interface: by which packets leave.
    """

    prefix: IPv4Network | IPv6Network
    protocol: str
    preference: int
    cost: int
    flags: str
    next_hop: str
    interface: str


@dataclass(frozen=True, slots=True)
class PingReply:
    """One echo: the round trip in milliseconds, or nothing in time."""

    sequence: int
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class PingResult:
    """Result of a ping.

    Args:
        target: address that was pinged.
        routable: False when this device has no route to the target at all.
        seconds: how long the whole ping took.
    """

    target: str
    routable: bool
    replies: tuple[PingReply, ...]
    seconds: float
