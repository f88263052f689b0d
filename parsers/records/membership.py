"""Interfaces with multicast as a device shows them: who asks for members, who forwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Glued, Lower, Port, Reason


@dataclass(frozen=True, slots=True)
class MembershipInterface:
    """An interface with IGMP or MLD.

    Args:
        state: `up` or `down`.
        querier: who asks; `querier_remark` is `this router` where it is the device itself.
        query_interval: configured, with its unit; the negotiated one is nothing where none is.
        group_count: groups reported on it.
    """

    name: Port
    address: Address
    version: int | None = None
    state: Lower | None = None
    group_policy: str | None = None
    limit: str | None = None
    query_interval_negotiated: Glued | None = None
    query_interval: Glued | None = None
    other_querier_timeout: Glued | None = None
    max_response_time: Glued | None = None
    querier: Address | None = None
    querier_remark: Reason = ""
    group_count: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MembershipInstance:
    """The interfaces with IGMP or MLD of one VPN instance; `public net` is the public network."""

    vpn_instance: str
    interfaces: tuple[MembershipInterface, ...] = ()


@dataclass(frozen=True, slots=True)
class PimInterface:
    """An interface with PIM.

    Args:
        dr_address: designated router; the table cuts long IPv6 addresses.
        dr_remark: `local` where it is the device itself.
    """

    name: Port
    state: Lower | None = None
    neighbor_count: int | None = None
    hello_interval_s: int | None = None
    dr_priority: int | None = None
    dr_address: Address | None = None
    dr_remark: Reason = ""
    address: Address | None = None
    version: int | None = None
    mode: Lower | None = None
    silent: Lower | None = None
    bfd: Lower | None = None
    ipsec: Lower | None = None
    ignore_dr_status: Lower | None = None
    ignore_assert: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PimInstance:
    """The interfaces with PIM of one VPN instance; `public net` is the public network."""

    vpn_instance: str
    interfaces: tuple[PimInterface, ...] = ()
