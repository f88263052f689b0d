"""BFD sessions as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Glued, Lower, Mark, Port, Reason


@dataclass(frozen=True, slots=True)
class BfdRow:
    """A row of the table of sessions.

    Args:
        state: `up`, `down`, `admindown` or `init`.
        state_mark: `w` while waiting to restore, `*` when the state is invalid, else empty.
        type: origin, family and binding, e.g. `S_IP_IF`.
    """

    peer_ip: Address | None
    state: Lower
    type: Glued
    local_discriminator: int | None = None
    remote_discriminator: int | None = None
    state_mark: Reason = ""
    interface: Port | None = None


@dataclass(frozen=True, slots=True)
class BfdSession:
    """One session in detail; intervals in milliseconds.

    Args:
        hop: `One Hop` or `Multiple Hops`; nothing for segment lists.
        state, state_mark: as in `BfdRow`.
        not_up_reason: only while the session is down.
        extra: labels that this release adds, with their values.
    """

    name: str
    state: Lower
    hop: str | None = None
    state_mark: Reason = ""
    local_discriminator: int | None = None
    remote_discriminator: int | None = None
    detect_mode: str | None = None
    bind_type: str | None = None
    bind_session_type: str | None = None
    peer_ip: Address | None = None
    source_ip: Address | None = None
    interface: Port | None = None
    track_interface: Port | None = None
    fsm_board_id: str | None = None
    tos_exp: int | None = None
    min_tx_ms: int | None = None
    min_rx_ms: int | None = None
    actual_tx_ms: int | None = None
    actual_rx_ms: int | None = None
    local_multiplier: int | None = None
    detect_ms: int | None = None
    echo_passive: Lower | None = None
    acl_number: str | None = None
    destination_port: int | None = None
    ttl: int | None = None
    process_interface_status: Lower | None = None
    process_pst: Lower | None = None
    wtr_ms: int | None = None
    config_pst: Lower | None = None
    active_multiplier: int | None = None
    last_diagnostic: str | None = None
    bind_application: str | None = None
    tx_timer_id: str | None = None
    detect_timer_id: str | None = None
    init_timer_id: str | None = None
    wtr_timer_id: str | None = None
    echo_tx_timer_id: str | None = None
    not_up_reason: str | None = None
    description: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BfdCounters:
    """Packets and times of one BFD session; durations as shown.

    Args:
        hop: `One Hop` or `Multi Hop`, if shown.
        discriminators: local and remote, with a slash between them.
        since_down: since the session went down last.
    """

    state: Lower
    name: str
    state_mark: Mark = ""
    hop: str | None = None
    session_type: Lower | None = None
    bind_type: str | None = None
    discriminators: str | None = None
    received: int | None = None
    sent: int | None = None
    received_bad: int | None = None
    sent_bad: int | None = None
    down_count: int | None = None
    short_break_count: int | None = None
    create_time: str | None = None
    last_down_time: str | None = None
    last_up_time: str | None = None
    last_up_lasting: str | None = None
    since_down: str | None = None
    since_create: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BfdInterface:
    """An interface that carries BFD sessions."""

    interface: Port
    session_count: int
    state: Lower
