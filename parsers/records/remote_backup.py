"""Remote backup service (RBS) and remote backup profile (RBP), as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from parsers.records.kinds import Address, Lower, Port, Upper, Words


@dataclass(frozen=True, slots=True)
class RemoteBackupServiceName:
    """A row of the list of services."""

    server_id: int
    name: str


@dataclass(frozen=True, slots=True)
class BatchBackup:
    """One daily batch backup of a service.

    Args:
        at: time of day and repetition, e.g. `03:00:00(Daily)`.
        service: service type, e.g. `igmp-snooping`.
    """

    at: str
    service: str


@dataclass(frozen=True, slots=True)
class TrackedInterface:
    """An interface whose state counts for a service.

    Args:
        number: place in the display, from 0.
        object: interface, as shown; nothing where the place is free.
    """

    number: int
    object: Port | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class BoundPool:
    """An address pool of a service, with the metric of its routes where the release shows it."""

    name: str
    metric: int | None = None


def pool(text: str) -> BoundPool:
    """Read a line of a list of pools.

    >>> pool("home-7 metric 10")
    BoundPool(name='home-7', metric=10)
    """
    name, _, metric = text.partition(" metric ")
    return BoundPool(name, int(metric)) if metric else BoundPool(text)


@dataclass(frozen=True, slots=True)
class ProtectionPath:
    """A way over which a protection carries traffic."""

    number: int | None = None
    tunnel: str | None = None
    tunnel_v6: str | None = None
    interface: Port | None = None
    label: int | None = None
    label_v6: int | None = None
    users: int | None = None
    public_lsp_load: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Protection:
    """How traffic of users is carried to the peer after a switchover.

    Args:
        type: e.g. `ip-redirect`, `public(LSP)`.
        peer_ip: of the protection, not of the channel.
    """

    rbs_id: int | None = None
    type: str | None = None
    next_hop: Address | None = None
    vlan: int | None = None
    peer_ip: Address | None = None
    vrf: int | None = None
    tunnel_state: Lower | None = None
    tunnel_flag: Lower | None = None
    interface: Port | None = None
    users: int | None = None
    paths: tuple[ProtectionPath, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoteBackupService:
    """One remote backup service in detail.

    Args:
        tcp_state: state of the channel, lower case: `connected`, `listening`, `connecting`, `initial`;
            nothing when the device shows `--`.
        track_bfd: local discriminator of the tracked BFD session.
        blocked_on_tx: services whose sending is blocked; likewise `blocked_on_rx`.
        last_up_time, last_down_time: moments of the last changes, as shown.
        ip_pools, ipv6_pools: address pools bound to the service.
        protections: in the order shown.
        extra: labels that this release adds, with their values.
    """

    name: str
    index: int | None = None
    tcp_state: Lower | None = None
    peer_ip: Address | None = None
    source_ip: Address | None = None
    tcp_port: int | None = None
    track_bfd: str | None = None
    ssl_policy_name: str | None = None
    ssl_state: str | None = None
    batch_backups: tuple[BatchBackup, ...] = ()
    blocked_on_tx: Words = ()
    blocked_on_rx: Words = ()
    last_up_time: str | None = None
    uplink_state: str | None = None
    last_down_time: str | None = None
    last_down_reason: str | None = None
    failure_ratio: str | None = None
    failure_duration: str | None = None
    nat_instance: str | None = None
    track_interfaces: tuple[TrackedInterface, ...] = ()
    domain_map_lists: tuple[str, ...] = ()
    ip_pools: tuple[Annotated[BoundPool, pool], ...] = ()
    ipv6_pools: tuple[Annotated[BoundPool, pool], ...] = ()
    protections: tuple[Protection, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoteBackupProfileName:
    """A row of the list of profiles."""

    profile_id: str
    name: str


@dataclass(frozen=True, slots=True)
class TrackedVrrp:
    """The VRRP group that a profile follows.

    Args:
        state: role taken from the group, lower case: `master` or `slave`.
        peer_state: role that the peer reports over the channel; nothing when not learned.
        access_control: parity of the users' MAC addresses, e.g. `Odd-Mac`.
    """

    vrrp_id: int
    interface: Port | None = None
    access_control: str | None = None
    state: Lower | None = None
    peer_state: Lower | None = None


@dataclass(frozen=True, slots=True)
class RemoteBackupProfile:
    """One remote backup profile in detail.

    Args:
        index: the device's own handle, e.g. `0x1000`; differs between members.
        services: what is backed up, in the order shown.
        remote_backup_service: the bound service.
        backup_id: pairing key, equal on both members.
        track_protocol: `VRRP` or `E-TRUNK`, upper case.
        vrrps: tracked groups, two with odd and even MAC addresses.
        e_trunk_id, eth_trunk_id: the tracked E-Trunk and its member.
        interfaces: interfaces that bound the profile.
        ip_pools: address pools of its users.
        extra: labels that this release adds, with their values.
    """

    name: str
    index: str | None = None
    services: Words = ()
    remote_backup_service: str | None = None
    backup_id: int | None = None
    track_protocol: Upper | None = None
    vrrps: tuple[TrackedVrrp, ...] = ()
    e_trunk_id: int | None = None
    eth_trunk_id: int | None = None
    interfaces: tuple[Port, ...] = ()
    forwarding_configured: str | None = None
    forwarding_run_state: str | None = None
    backup_mode: str | None = None
    slot_number: int | None = None
    card_number: int | None = None
    port_number: int | None = None
    igmp_snooping_copy: str | None = None
    dhcp_user_igmp_copy: str | None = None
    traffic_threshold: str | None = None
    traffic_interval: str | None = None
    last_start_update_user_aib: str | None = None
    last_end_update_user_aib: str | None = None
    nas_logic_port: Port | None = None
    ip_pools: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
