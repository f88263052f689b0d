"""ARP, OSPF and ping as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from parsers.records.kinds import Address, Lower, Port, Reason


@dataclass(frozen=True, slots=True)
class ArpEntry:
    """An ARP entry.

    Args:
        expires_min: minutes; nothing for the device's own addresses.
        type: as shown: `I -` own, `D-6` dynamic on slot 6, `S--` static, `R...` from the peer.
    """

    ip: Address
    mac: Lower
    type: str
    interface: Port
    expires_min: int | None = None
    vpn_instance: str | None = None
    vlan: str | None = None
    pvc: str | None = None


@dataclass(frozen=True, slots=True)
class ArpCounters:
    """Numbers of ARP entries by origin."""

    total: int | None = None
    dynamic: int | None = None
    static: int | None = None
    interface: int | None = None
    remote: int | None = None
    redirect: int | None = None


@dataclass(frozen=True, slots=True)
class OspfPeerRow:
    """A row of `display ospf peer brief`."""

    area: str
    interface: Port
    neighbor: str
    state: Lower


@dataclass(frozen=True, slots=True)
class OspfPeers:
    """The neighbours of one OSPF process, in brief."""

    COUNTS: ClassVar = {"peer_count": "peers"}

    process: int
    router_id: str
    peer_count: int | None = None
    full_count: int | None = None
    peers: tuple[OspfPeerRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OspfNeighbor:
    """One OSPF neighbour in detail."""

    router_id: str
    address: Address | None = None
    state: Lower | None = None
    mode: str | None = None
    priority: int | None = None
    dr: str | None = None
    bdr: str | None = None
    mtu: int | None = None
    dead_timer_s: int | None = None
    retransmit_interval_s: int | None = None
    up_for: str | None = None
    up_time: str | None = None
    authentication_sequence: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OspfLink:
    """An interface of an area with its neighbours."""

    area: str
    address: Address
    interface: Port
    neighbors: tuple[OspfNeighbor, ...] = ()


@dataclass(frozen=True, slots=True)
class OspfProcess:
    """One OSPF process with its interfaces and neighbours."""

    process: int
    router_id: str
    links: tuple[OspfLink, ...] = ()


@dataclass(frozen=True, slots=True)
class PingReply:
    """One answer to a ping."""

    address: Address
    size_bytes: int
    sequence: int
    ttl: int
    time_ms: int


@dataclass(frozen=True, slots=True)
class Ping:
    """A ping with its answers and its statistics.

    Args:
        resolved: address of a host name, as shown in brackets.
        marks: what the brief form prints, e.g. `!!!!!`.
        complaints: packets that came late or out of order.
    """

    host: Address
    size_bytes: int
    resolved: Reason = ""
    transmitted: int | None = None
    received: int | None = None
    loss_percent: float | None = None
    min_ms: int | None = None
    average_ms: int | None = None
    max_ms: int | None = None
    marks: str | None = None
    replies: tuple[PingReply, ...] = ()
    complaints: tuple[str, ...] = ()
