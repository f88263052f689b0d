"""What services of a pair rest on, as a device shows it: certificates, service locations, users, DHCP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from parsers.records.kinds import Address, Glued, Lower, Percent, Port, Upper


@dataclass(frozen=True, slots=True)
class SslPolicy:
    """A policy with its certificate; what is secret in it is never kept.

    Args:
        applicants: who uses it.
        not_before, not_after: validity of the certificate, as shown.
    """

    name: str
    applicants: Upper | None = None
    key_type: Upper | None = None
    certificate_file_type: Upper | None = None
    certificate_type: Lower | None = None
    certificate: str | None = None
    key_file: str | None = None
    issuer: str | None = None
    subject: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    crl_file: str | None = None
    trusted_ca_file: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A slot, with its engine where the board has several."""

    slot: int
    engine: int | None = None


def place(text: str) -> Place:
    """Read a slot and its engine.

    >>> place("3 engine ID: 0"), place("4")
    (Place(slot=3, engine=0), Place(slot=4, engine=None))
    """
    words = text.replace(":", " ").split()
    return Place(int(words[0]), int(words[-1]) if len(words) > 1 else None)


@dataclass(frozen=True, slots=True)
class ServiceLocation:
    """Where a service runs, and what backs it up.

    Args:
        scene: `inter-box` between two devices; nothing between boards of one.
        vrrp_state: `master` or `slave`.
        batch_backup: `finished`, `unfinished` or `na`.
    """

    id: int
    scene: Lower | None = None
    location: Annotated[Place, place] | None = None
    current_location: Annotated[Place, place] | None = None
    backup: Annotated[Place, place] | None = None
    current_backup: Annotated[Place, place] | None = None
    interface: Port | None = None
    peer_ip: Address | None = None
    vrrp_id: int | None = None
    vrrp_interface: Port | None = None
    vrrp_state: Lower | None = None
    group_count: int | None = None
    batch_backup: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UserCounts:
    """Users of the device or of a selection.

    Args:
        rui_local_users: the device is master for them; the remote ones came from the peer.
        extra: numbers by their labels, those of domains too.
    """

    total_users: int | None = None
    normal_users: int | None = None
    ipv4_users: int | None = None
    ipv6_users: int | None = None
    dual_stack_users: int | None = None
    lac_users: int | None = None
    rui_local_users: int | None = None
    rui_remote_users: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DhcpCounters:
    """Packets of the DHCP server or of the relay by their labels, as shown."""

    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PoolAddresses:
    """Addresses of a pool by what they are used for; `ratio` is the share in use, in percent."""

    total: int | None = None
    used: int | None = None
    free: int | None = None
    conflicted: int | None = None
    disabled: int | None = None
    designated: int | None = None
    gateways: int | None = None
    ratio: Percent | None = None
    isolated: int | None = None


@dataclass(frozen=True, slots=True)
class IpPool:
    """An address pool; the last, named by its heading `IP address pool Statistic`, holds the totals.

    Args:
        position: `local`, `remote` or `server`.
        rui_flag: nothing on an ordinary pool.
        addresses: its addresses, one entry.
    """

    name: str
    number: int | None = None
    constant_index: str | None = None
    position: Lower | None = None
    status: Lower | None = None
    rui_flag: str | None = None
    gateway: Address | None = None
    mask: Address | None = None
    vpn_instance: str | None = None
    unnumbered_gateway: str | None = None
    local_pools: int | None = None
    remote_pools: int | None = None
    server_pools: int | None = None
    addresses: tuple[PoolAddresses, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BackupUsers:
    """Subscribers of one backup service.

    Args:
        id_rows: their numbers as printed, ten a line.
        local_users: the device is master for them.
    """

    name: str
    user_count: int | None = None
    id_rows: tuple[str, ...] = ()
    local_users: int | None = None
    remote_users: int | None = None

    @property
    def user_ids(self) -> tuple[int, ...]:
        """The numbers of the subscribers."""
        return tuple(int(word) for row in self.id_rows for word in row.split())


@dataclass(frozen=True, slots=True)
class DhcpDatabase:
    """Where the DHCP server keeps its leases."""

    status: Lower
    recover: Lower | None = None
    lease_file: str | None = None
    conflict_file: str | None = None
    save_interval_s: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RelayOption:
    """Servers of one DHCP option on a relay; `*` stands for every option."""

    option: Glued
    relay_agent: Address | None = None
    first_server: Address | None = None
    servers: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class DhcpRelayAddress:
    """An interface that relays DHCP, with its servers."""

    interface: Port
    options: tuple[RelayOption, ...] = ()


@dataclass(frozen=True, slots=True)
class IpsecInstanceRow:
    """A row of `display ipsec instance brief`."""

    id: int
    vrrp_state: Lower
    peer_ip: Address | None
    vrrp_id: int | None
    profile: str | None


@dataclass(frozen=True, slots=True)
class IpsecInstance:
    """An IPsec instance and its backup.

    Args:
        service: backup service with its addresses and port, as shown.
        fsm_state: `realupdate` once everything was sent.
    """

    id: int
    policies: str | None = None
    profile: str | None = None
    service: str | None = None
    vrrp_id: int | None = None
    vrrp_state: Lower | None = None
    channel_state: Lower | None = None
    fsm_state: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
