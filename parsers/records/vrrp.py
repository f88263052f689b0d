"""VRRP and VRRP6 groups as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Glued, Length, Lower, Port


@dataclass(frozen=True, slots=True)
class VrrpTrack:
    """An object that a group tracks.

    Args:
        kind: as shown, e.g. `IF`, `BFD`.
        object: name of the object.
        increased, reduced: change of the priority while the object is down.
        type: of a BFD session, `peer` or `link`.
    """

    kind: str
    object: Port
    increased: int | None = None
    reduced: int | None = None
    failure_ratio: str | None = None
    state: Lower | None = None
    type: Lower | None = None


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
    preempt_delay_s: int | None = None
    preempt_remain: str | None = None
    hold_multiplier: int | None = None
    timer_run: Glued | None = None
    timer_config: Glued | None = None
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
    """A row of the brief table or of the table of management groups.

    Args:
        virtual_ip_length, master_ip_length, local_ip_length: mask lengths, where the release shows them.
    """

    vrid: int
    state: Lower
    interface: Port
    type: Lower
    virtual_ip: Address
    master_ip: Address | None = None
    local_ip: Address | None = None
    virtual_ip_length: Length | None = None
    master_ip_length: Length | None = None
    local_ip_length: Length | None = None


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


@dataclass(frozen=True, slots=True)
class VrrpGroupStatistics:
    """Packets of one group since the counters were reset.

    Args:
        transited_to_master: how often the group became master.
        unmatched_addresses: advertisements whose virtual addresses differ from ours.
        self_sent: own advertisements that came back.
    """

    interface: Port
    vrid: int
    transited_to_master: int | None = None
    sent: int | None = None
    received: int | None = None
    interval_errors: int | None = None
    authentication_errors: int | None = None
    ttl_errors: int | None = None
    received_priority_zero: int | None = None
    sent_priority_zero: int | None = None
    invalid_type: int | None = None
    unmatched_addresses: int | None = None
    unknown_authentication_type: int | None = None
    mismatched_authentication_type: int | None = None
    length_errors: int | None = None
    self_sent: int | None = None
    attacks: int | None = None
    interval_not_learned: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VrrpStatistics:
    """Packets that an interface could give to no group, and those of its groups."""

    interface: Port
    protocol_number_errors: int | None = None
    destination_address_errors: int | None = None
    checksum_errors: int | None = None
    version_errors: int | None = None
    vrid_errors: int | None = None
    groups: tuple[VrrpGroupStatistics, ...] = ()


@dataclass(frozen=True, slots=True)
class VrrpProtocol:
    """The version of VRRP that the device speaks, e.g. `v3`, and what it sends, e.g. `send v3 only`."""

    version: Lower
    send_mode: Lower | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
