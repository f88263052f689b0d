"""BFD sessions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BfdState(StrEnum):
    """State of a BFD session."""

    ADMIN_DOWN = "AdminDown"
    DOWN = "Down"
    INIT = "Init"
    UP = "Up"


class BfdKind(StrEnum):
    """How a BFD session was made."""

    PEER_IP = "peer-ip"  # multi-hop, or single-hop with an interface
    DEFAULT_IP = "default-ip"  # single-hop over a link without address
    TRACK_INTERFACE = "track-interface"
    ONE_ARM = "one-arm-echo"
    AUTO = "auto"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class BfdView:
    """A BFD session.

    Args:
        local: local discriminator; `remote` is 0 when unknown.
        wait_to_restore: the state is Up but trackers still see it down, shown `Up(w)`.
        interface: outgoing interface of a single-hop session; `track_interface` of a tracked one.
        diagnostic: last local diagnostic as printed.
        not_up_reason: printed while Down or Init.
        applications: who follows the session: `ETRUNK`, `VRRP`, `RBS`, `IFNET`.
        downs: how often it has left Up; `sent` and `received` count control packets.
        actual_tx_ms: negotiated; 1000 and more while down. `detect_ms` is None while down.
    """

    name: str
    kind: BfdKind
    state: BfdState
    local: int
    remote: int
    peer: str
    ipv6: bool = False
    interface: str = ""
    track_interface: str = ""
    source: str = ""
    vpn: str = ""
    wait_to_restore: bool = False
    min_tx_ms: int = 10
    min_rx_ms: int = 10
    multiplier: int = 3
    actual_tx_ms: int = 1000
    actual_rx_ms: int = 1000
    detect_ms: int | None = None
    wtr_minutes: int = 0
    tos: int = 7
    process_interface_status: bool = False
    process_pst: bool = False
    diagnostic: str = "No Diagnostic"
    not_up_reason: str = ""
    description: str = ""
    applications: tuple[str, ...] = ()
    last_up: float | None = None
    last_down: float | None = None
    created: float = 0.0
    downs: int = 0
    sent: int = 0
    received: int = 0
