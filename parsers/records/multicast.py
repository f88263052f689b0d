"""Multicast groups and snooping ports as a device shows them: the entries that are backed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from parsers.records.kinds import Address, Forwarder, Port, Reason


@dataclass(frozen=True, slots=True)
class GroupSource:
    """A source of a group."""

    source: Address
    uptime: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class MulticastGroup:
    """A group that hosts have joined; times as shown, e.g. `00:02:04`, `off`."""

    group: Address
    last_reporter: Address | None = None
    uptime: str | None = None
    expires: str | None = None
    last_member_query_counter: int | None = None
    last_member_query_timer_expiry: str | None = None
    sources: tuple[GroupSource, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MulticastInterface:
    """An interface with the groups joined on it."""

    COUNTS: ClassVar = {"group_count": "groups"}

    name: Port
    address: Address
    group_count: int | None = None
    entry_count: int | None = None
    limit: str | None = None
    access_limited_count: int | None = None
    groups: tuple[MulticastGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class MulticastInstance:
    """The groups of one VPN instance; `public net` is the public network."""

    vpn_instance: str
    limit: str | None = None
    interfaces: tuple[MulticastInterface, ...] = ()


@dataclass(frozen=True, slots=True)
class SnoopingPort:
    """A port of an entry.

    Args:
        name: interface, or `PW`.
        tags: what stands in brackets, e.g. `PE:6`, `2.2.2.2/1`.
        flags: as shown: S static, D dynamic, M mapping; A active, P protocol, F fast channel.
    """

    name: Port
    flags: str
    tags: Reason = ""


@dataclass(frozen=True, slots=True)
class SnoopingEntry:
    """A source and group with its ports; source `*` is any."""

    COUNTS: ClassVar = {"port_count": "ports"}

    source: Address
    group: Address
    flags: str
    port_count: int | None = None
    ports: tuple[SnoopingPort, ...] = ()


@dataclass(frozen=True, slots=True)
class SnoopingScope:
    """A VLAN, VSI or bridge domain with its entries."""

    COUNTS: ClassVar = {"entry_count": "entries"}

    entry_count: int
    vlan: int | None = None
    vsi: str | None = None
    bridge_domain: int | None = None
    entries: tuple[SnoopingEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class MulticastForwarder:
    """Who forwards a stream: `local`, `remote` or `not-both` (no active-active)."""

    forwarder: Forwarder
