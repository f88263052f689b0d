"""Entries that the backup carries: groups, snooped groups, ARP, ND and subscribers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where an entry came from."""

    LOCAL = "local"  # heard on the interface
    REMOTE = "remote"  # received over the backup channel
    STATIC = "static"
    OWN = "own"  # the interface's own address


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """A multicast group heard from hosts: IGMP with an IPv4 group, MLD with an IPv6 one.

    Args:
        interface_address: address shown beside the interface; link-local for MLD.
        source: source of a source-specific join, empty for any.
        expires: when it ends unless heard again; None for backed-up and static entries.
    """

    interface: str
    interface_address: str
    group: str
    source: str
    reporter: str
    since: float
    expires: float | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class SnoopingEntry:
    """A group on a layer-2 port.

    Args:
        scope: `vlan` or `vsi`; `scope_name` is the VLAN number or the VSI name.
        vlan: VLAN of the port, for a VSI the one of its sub-interface.
        port: interface in a VLAN, sub-interface in a VSI.
        port_up: the port is up; the device lists only such ports.
    """

    scope: str
    scope_name: str
    vlan: int
    group: str
    source: str
    port: str
    port_up: bool
    ipv6: bool
    since: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class UserEntry:
    """A subscriber behind an access interface.

    Args:
        domain: empty for the default one.
        service: backup service that its entry goes over; empty where none is.
        origin: LOCAL where this router is master for it, REMOTE where the peer is.
    """

    address: str
    mac: str
    interface: str
    domain: str
    service: str
    since: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class NeighbourEntry:
    """An ARP or ND entry.

    Args:
        expires: when it ages; None for own, static and backed-up entries.
        slot: slot on which it was learned.
    """

    address: str
    mac: str
    interface: str
    vpn: str
    since: float
    expires: float | None
    origin: Origin
    slot: int = 0
    vlan: int | None = None
