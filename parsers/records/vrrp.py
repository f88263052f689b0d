"""VRRP and VRRP6 groups as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Lower, Port, Seconds


@dataclass(frozen=True, slots=True)
class VrrpTrack:
    """An object that a group tracks.

    Args:
        kind: as shown, e.g. `IF`, `BFD`.
        object: name of the object.
        increased, reduced: change of the priority while the object is down.
    """

    kind: str
    object: str
    increased: int | None = None
    reduced: int | None = None
    failure_ratio: str | None = None
    state: Lower | None = None


@dataclass(frozen=True, slots=True)
class VrrpGroup:
    """One group in detail.

    Args:
        interface: long name.
        state: `master`, `backup` or `initialize`.
        master_ip: owner of the role; `0.0.0.0` or `::` when there is none.
        preempt_delay_s: seconds; `preempt_remain` is what is left of it, nothing when none runs.
        timer_run, timer_config: with the device's unit, e.g. `1s`, `100cs`.
        config_type: `normal-vrrp`, `member-vrrp` or `admin-vrrp`.
        extra: labels that this release adds, with their values.
    """

    interface: Port
    vrid: int
    state: Lower | None = None
    virtual_ips: tuple[Address, ...] = ()
    master_ip: Address | None = None
    local_ip: Address | None = None
    priority_run: int | None = None
    priority_config: int | None = None
    master_priority: int | None = None
    preempt: Lower | None = None
    preempt_delay_s: Seconds | None = None
    preempt_remain: str | None = None
    hold_multiplier: int | None = None
    timer_run: str | None = None
    timer_config: str | None = None
    auth_type: Lower | None = None
    virtual_mac: Lower | None = None
    check_ttl: Lower | None = None
    check_hop_limit: Lower | None = None
    config_type: Lower | None = None
    backup_forward: Lower | None = None
    arp_copy: Lower | None = None
    na_copy: Lower | None = None
    create_time: str | None = None
    last_change_time: str | None = None
    tracks: tuple[VrrpTrack, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VrrpRow:
    """A row of the brief table or of the table of management groups."""

    vrid: int
    state: Lower
    interface: Port
    type: Lower
    virtual_ip: Address
    master_ip: Address | None = None
    local_ip: Address | None = None


@dataclass(frozen=True, slots=True)
class BoundMember:
    """A group, or an interface without a group, that follows a management group."""

    interface: Port
    state: Lower
    vrid: int | None = None


@dataclass(frozen=True, slots=True)
class BoundCircuit:
    """A circuit that follows a management group."""

    interface: Port
    type: str
    state: Lower


@dataclass(frozen=True, slots=True)
class VrrpBinding:
    """A management group with what follows it."""

    interface: Port
    vrid: int
    state: Lower
    member_count: int | None = None
    interface_count: int | None = None
    vc_count: int | None = None
    members: tuple[BoundMember, ...] = ()
    circuits: tuple[BoundCircuit, ...] = ()


@dataclass(frozen=True, slots=True)
class VrrpStateChange:
    """A change of the role of a group."""

    time: str
    source_state: Lower
    destination_state: Lower
    reason: str
