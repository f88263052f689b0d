"""Interfaces and monitor groups as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from parsers.records.kinds import Address, Lower, Port, Reason


@dataclass(frozen=True, slots=True)
class InterfaceRow:
    """A row of `display interface brief`.

    Args:
        phy: `up` or `down`; `phy_mark` is `*` when shut down, `^` on standby.
        phy_reason: letters in brackets, e.g. `E` for E-Trunk down, `l` for loopback.
        protocol, protocol_reason: the same for the line protocol; `s` is spoofing.
    """

    name: Port
    phy: Lower
    protocol: Lower
    phy_mark: str = ""
    phy_reason: Reason = ""
    protocol_reason: Reason = ""
    in_utility: str | None = None
    out_utility: str | None = None
    in_errors: int | None = None
    out_errors: int | None = None


@dataclass(frozen=True, slots=True)
class EthernetRow:
    """A row of `display interface ethernet brief`."""

    name: Port
    phy: Lower
    phy_mark: str = ""
    phy_reason: Reason = ""
    auto_negotiation: Lower | None = None
    duplex: Lower | None = None
    bandwidth: str | None = None
    in_utility: str | None = None
    out_utility: str | None = None
    trunk: str | None = None


@dataclass(frozen=True, slots=True)
class IpInterfaceRow:
    """A row of `display ip interface brief`.

    Args:
        address: with prefix length, or `unassigned`.
        vpn: the device cuts long names (`l3vpn...`); nothing is the public network.
    """

    name: Port
    address: Lower
    phy: Lower
    protocol: Lower
    phy_mark: str = ""
    phy_reason: Reason = ""
    protocol_reason: Reason = ""
    vpn: str | None = None


@dataclass(frozen=True, slots=True)
class Ipv6InterfaceRow:
    """An interface of `display ipv6 interface brief` with its addresses."""

    name: Port
    phy: Lower
    protocol: Lower
    phy_mark: str = ""
    phy_reason: Reason = ""
    protocol_reason: Reason = ""
    vpn: str | None = None
    addresses: tuple[Lower, ...] = ()


@dataclass(frozen=True, slots=True)
class MonitorGroupRow:
    """A row of `display monitor-group`."""

    name: str
    down_weight: int
    status: Lower
    index: int


@dataclass(frozen=True, slots=True)
class MonitoredInterface:
    """An interface that a group watches (binding), or that follows the group (track).

    Args:
        trigger_status: only of a track interface: `trigger up` or `trigger down`.
    """

    name: Port
    index: int | None = None
    down_weight: int | None = None
    trigger_down_weight: str | None = None
    phy_status: Lower | None = None
    bfd_status: Lower | None = None
    last_phy_up_time: str | None = None
    last_phy_down_time: str | None = None
    last_bfd_up_time: str | None = None
    last_bfd_down_time: str | None = None
    trigger_status: Lower | None = None
    last_trigger_up_time: str | None = None
    last_trigger_down_time: str | None = None
    valid_flag: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MonitorGroup:
    """One monitor group in detail.

    Args:
        status: `active` when monitoring is enabled.
        interfaces: binding interfaces, then track interfaces.
    """

    COUNTS: ClassVar = {"binding_count": "bindings", "track_count": "followers"}

    name: str
    index: int | None = None
    down_weight: int | None = None
    weight_sum: int | None = None
    max_track_weight: int | None = None
    trigger_up_delay_s: int | None = None
    status: Lower | None = None
    binding_count: int | None = None
    track_count: int | None = None
    interfaces: tuple[MonitoredInterface, ...] = ()

    @property
    def bindings(self) -> tuple[MonitoredInterface, ...]:
        """The interfaces that the group watches."""
        return tuple(item for item in self.interfaces if item.trigger_status is None)

    @property
    def followers(self) -> tuple[MonitoredInterface, ...]:
        """The interfaces that follow the group."""
        return tuple(item for item in self.interfaces if item.trigger_status is not None)


@dataclass(frozen=True, slots=True)
class RouteMonitorGroupRow:
    """A row of `display ip route-monitor-group`."""

    name: str
    weight_sum: int
    down_weight: int
    state: Lower


@dataclass(frozen=True, slots=True)
class MonitoredRoute:
    """A route that a group watches."""

    vpn_instance: str
    destination: Address | None = None
    mask: Address | None = None
    down_weight: int | None = None
    state: Lower | None = None


@dataclass(frozen=True, slots=True)
class RouteMonitorGroup:
    """One group with the routes that it watches; `enabled` while it monitors."""

    COUNTS: ClassVar = {"route_count": "routes"}

    name: str
    weight_sum: int | None = None
    down_weight: int | None = None
    state: Lower | None = None
    route_count: int | None = None
    routes: tuple[MonitoredRoute, ...] = ()
