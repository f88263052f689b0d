"""One interface in detail as a device shows it: state, addresses, counters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Lower, Port, Reason, Switch


@dataclass(frozen=True, slots=True)
class Interface:
    """An interface of `display interface`; times as shown, rates over the last interval.

    Args:
        phy: `up`, `down` or `administratively down`; `protocol` is the line protocol.
        mode: what kind of port it is, e.g. `route port`.
        address: with its prefix length.
        ip_processing: `disabled` where there is no address.
        input_counters, output_counters: lines of counters by kind, as shown.
    """

    name: Port
    phy: Lower
    protocol: Lower | None = None
    last_protocol_up_time: str | None = None
    description: str | None = None
    mode: Lower | None = None
    mtu_bytes: int | None = None
    address: str | None = None
    ip_processing: Lower | None = None
    mac: Lower | None = None
    loopback: str | None = None
    last_physical_up_time: str | None = None
    last_physical_down_time: str | None = None
    system_time: str | None = None
    last_cleared: str | None = None
    interval_s: int | None = None
    input_bits_per_s: int | None = None
    input_packets_per_s: int | None = None
    output_bits_per_s: int | None = None
    output_packets_per_s: int | None = None
    input_peak_bits_per_s: int | None = None
    input_peak_time: str | None = None
    output_peak_bits_per_s: int | None = None
    output_peak_time: str | None = None
    input_bytes: int | None = None
    input_packets: int | None = None
    output_bytes: int | None = None
    output_packets: int | None = None
    input_utility: str | None = None
    output_utility: str | None = None
    input_counters: tuple[str, ...] = ()
    output_counters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InterfaceDescription:
    """A row of `display interface description`; the description may be missing."""

    name: Port
    phy: Lower
    protocol: Lower
    phy_mark: str = ""
    phy_reason: Reason = ""
    protocol_reason: Reason = ""
    description: Reason | None = None


@dataclass(frozen=True, slots=True)
class IpInterface:
    """An interface of `display ip interface` with its counters of IPv4 packets."""

    name: Port
    phy: Lower
    protocol: Lower | None = None
    mtu_bytes: int | None = None
    input_packets: int | None = None
    input_bytes: int | None = None
    input_multicasts: int | None = None
    output_packets: int | None = None
    output_bytes: int | None = None
    output_multicasts: int | None = None
    broadcasts_received: int | None = None
    broadcasts_sent: int | None = None
    broadcasts_forwarded: int | None = None
    broadcasts_dropped: int | None = None
    arp_input: int | None = None
    arp_requests: int | None = None
    arp_replies: int | None = None
    arp_unknown: int | None = None
    address: str | None = None
    ip_processing: Lower | None = None
    broadcast: str | None = None
    dhcp_mode: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ipv6Address:
    """A global address with its subnet."""

    ip: Address
    subnet: Address


@dataclass(frozen=True, slots=True)
class Ipv6Interface:
    """An interface of `display ipv6 interface`; periods in the unit of their name."""

    name: Port
    phy: Lower
    protocol: Lower | None = None
    link_local: Address | None = None
    addresses: tuple[Ipv6Address, ...] = ()
    groups: tuple[Address, ...] = ()
    mtu_bytes: int | None = None
    dad: Lower | None = None
    dad_attempts: int | None = None
    nud: Lower | None = None
    nud_attempts: int | None = None
    nud_interval_ms: int | None = None
    reachable_ms: int | None = None
    stale_s: int | None = None
    retransmit_ms: int | None = None
    router_advertisements: Lower | None = None
    proxy: Switch | None = None
