"""Routes and IPv6 neighbours as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Lower, Port, Reason


@dataclass(frozen=True, slots=True)
class NextHop:
    """One more way to a destination."""

    protocol: Lower
    preference: int
    cost: int
    next_hop: Address
    interface: Port
    flags: Reason = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A destination with its first way; `more` are the others.

    Args:
        prefix: e.g. `198.51.100.0/24`.
        flags: `R` relay, `D` in the forwarding table, `T` to a VPN instance, `B` black hole.
    """

    prefix: str
    protocol: Lower
    preference: int
    cost: int
    next_hop: Address
    interface: Port
    flags: Reason = ""
    more: tuple[NextHop, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutingTable:
    """A routing table, or what of it answers to one address; `_public_` is the public network."""

    table: str
    destination_count: int | None = None
    route_count: int | None = None
    summary_count: int | None = None
    destinations: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True)
class Ipv6Neighbor:
    """An ND entry in detail.

    Args:
        state: `incmp`, `reach`, `stale`, `delay` or `probe`.
        age_min: minutes; nothing for static entries.
    """

    ip: Address
    mac: Lower | None = None
    state: Lower | None = None
    interface: Port | None = None
    age_min: int | None = None
    vlan: int | None = None
    ce_vlan: int | None = None
    vpn_instance: str | None = None
    is_router: Lower | None = None
    secure: Lower | None = None
    source_ip: Address | None = None
    destination_ip: Address | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ipv6NeighborRow:
    """A row of the table of ND entries; state and type are letters of its legend."""

    ip: Address
    mac: Lower
    state: Lower
    type: Lower
    interface: Port


@dataclass(frozen=True, slots=True)
class Ipv6NeighborCounts:
    """Neighbours in one state by their origin; nothing where the state cannot occur."""

    state: Lower
    dynamic: int | None
    static: int | None
    remote: int | None


@dataclass(frozen=True, slots=True)
class Ipv6Route:
    """A route of IPv6; flags as in `Route`."""

    destination: Address
    length: int | None = None
    next_hop: Address | None = None
    preference: int | None = None
    cost: int | None = None
    protocol: Lower | None = None
    relay_next_hop: Address | None = None
    tunnel: str | None = None
    interface: Port | None = None
    flags: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ipv6RoutingTable:
    """A routing table of IPv6, or what of it answers to one address."""

    table: str
    destination_count: int | None = None
    route_count: int | None = None
    summary_count: int | None = None
    routes: tuple[Ipv6Route, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtocolRoutes:
    """How many routes a protocol has; `added`, `deleted` and `freed` since the device began."""

    protocol: Lower
    total: int
    active: int
    added: int
    deleted: int
    freed: int


@dataclass(frozen=True, slots=True)
class RouteCounts:
    """How many routes a table has, by protocol; the counts of all are its last row."""

    prefix_count: int
    route_count: int | None = None
    active_count: int | None = None
    added_count: int | None = None
    deleted_count: int | None = None
    freed_count: int | None = None
    protocols: tuple[ProtocolRoutes, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteDetail:
    """One way to a destination in detail.

    Args:
        state: words such as `Active Adv`; `age` and identifiers as shown.
        flags: see `Route`.
    """

    prefix: str
    protocol: Lower | None = None
    process: int | None = None
    preference: int | None = None
    cost: int | None = None
    next_hop: Address | None = None
    neighbour: Address | None = None
    state: Lower | None = None
    age: str | None = None
    tag: int | None = None
    priority: Lower | None = None
    label: str | None = None
    qos: str | None = None
    indirect_id: str | None = None
    relay_next_hop: Address | None = None
    interface: Port | None = None
    tunnel_id: str | None = None
    flags: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
