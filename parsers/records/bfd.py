"""BFD sessions as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Address, Glued, Lower, Mark, Port, Reason, SlashPair


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


@dataclass(frozen=True, slots=True)
class BfdLimit:
    """How many sessions of a kind the licence allows, and how many there are."""

    name: str
    highest: int
    lowest: int
    created: int


@dataclass(frozen=True, slots=True)
class BfdDevice:
    """All BFD sessions of a device.

    Args:
        up_down: sessions that are up, and down; resources used, and supported.
        static, dynamic, and so on: sessions of that kind.
        extra: what holds for all of them.
    """

    board: str
    up_down: SlashPair | None = None
    main_up_down: SlashPair | None = None
    sub_up_down: SlashPair | None = None
    resources: SlashPair | None = None
    crc_resources: SlashPair | None = None
    discriminators: int | None = None
    static: int | None = None
    dynamic: int | None = None
    e_dynamic: int | None = None
    static_auto: int | None = None
    ldp_lsp: int | None = None
    static_lsp: int | None = None
    te_tunnel: int | None = None
    te_lsp: int | None = None
    pw: int | None = None
    ip: int | None = None
    vsi_pw: int | None = None
    ldp_tunnel: int | None = None
    bgp_tunnel: int | None = None
    sr_be_tunnel: int | None = None
    sid_list: int | None = None
    s_bfd_reflect: int | None = None
    p2mp: int | None = None
    limits: tuple[BfdLimit, ...] = ()
    boards: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
