"""E-Trunks as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Delay, Lower, Role, Upper


@dataclass(frozen=True, slots=True)
class ETrunkMember:
    """An Eth-Trunk or Global-VE interface of an E-Trunk.

    Args:
        type: `Eth-Trunk` or `Global-VE`.
        id: number of the local interface; `remote_id` is the peer's.
        phy_state: `up` or `down`.
        work_mode: `auto`, `force-master` or `force-backup`.
        state: `master` or `backup`.
        causation: e.g. `ETRUNK_MASTER`, `PEER_MEMBER_DOWN`.
    """

    type: str
    id: int
    phy_state: Lower
    work_mode: Lower
    state: Role
    causation: Upper
    remote_id: int | None = None


@dataclass(frozen=True, slots=True)
class ETrunk:
    """One E-Trunk in detail.

    Args:
        revert_delay_s: delay before switching back; nothing where it does not switch back.
        state: `master`, `backup` or `initialize` (also where the device prints `Init`).
        causation: `PRI`, `TIMEOUT`, `BFD_DOWN`, `PEER_TIMEOUT` or `INIT`.
        send_period_100ms, fail_time_100ms, peer_fail_time_100ms: timers in units of 100 ms.
        received, sent, receive_dropped, send_dropped: packet counters.
        bfd_session: tracked static session.
        extra: labels that this release adds, with their values.
    """

    id: int
    revert_delay_s: Delay | None = None
    priority: int | None = None
    system_id: Lower | None = None
    vpn_instance: str | None = None
    peer_ip: Address | None = None
    source_ip: Address | None = None
    state: Role | None = None
    causation: Upper | None = None
    send_period_100ms: int | None = None
    fail_time_100ms: int | None = None
    received: int | None = None
    sent: int | None = None
    receive_dropped: int | None = None
    send_dropped: int | None = None
    peer_priority: int | None = None
    peer_system_id: Lower | None = None
    peer_fail_time_100ms: int | None = None
    bfd_session: str | None = None
    description: str | None = None
    sequence: Lower | None = None
    dynamic_bfd: Lower | None = None
    bfd_state: Lower | None = None
    tx_ms: int | None = None
    rx_ms: int | None = None
    multiplier: int | None = None
    members: tuple[ETrunkMember, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ETrunkRow:
    """A row of `display e-trunk brief`; no address where none is configured."""

    id: int
    state: Role
    peer_ip: Address | None = None
    source_ip: Address | None = None
    vpn_instance: str | None = None


@dataclass(frozen=True, slots=True)
class ETrunkBfdSession:
    """A dynamic BFD session of an E-Trunk; intervals in milliseconds."""

    id: int
    tx_ms: int | None = None
    rx_ms: int | None = None
    multiplier: int | None = None
    local_ip: Address | None = None
    peer_ip: Address | None = None
    bfd_state: Lower | None = None


@dataclass(frozen=True, slots=True)
class ETrunkPackets:
    """Packet counters of one E-Trunk; the two without an id are of the device."""

    id: int | None = None
    e_trunk_id_errors: int | None = None
    length_errors: int | None = None
    sent: int | None = None
    send_failed: int | None = None
    received: int | None = None
    priority_errors: int | None = None
    fail_time_errors: int | None = None
    state_errors: int | None = None
    state_reason_errors: int | None = None
    peer_ip_errors: int | None = None
    authentication_errors: int | None = None
    tlv_check_errors: int | None = None
    system_id_errors: int | None = None
    dropped_with_bfd_protection: int | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ETrunkStateChange:
    """A change of the role of a member interface."""

    time: str
    source_state: Role
    dest_state: Role
    reason: Upper
