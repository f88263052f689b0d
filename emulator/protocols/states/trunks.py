"""E-Trunks, their members, and Eth-Trunks with LACP."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ETrunkRole(StrEnum):
    """Role of an E-Trunk."""

    INITIALIZE = "Initialize"
    MASTER = "Master"
    BACKUP = "Backup"


class Causation(StrEnum):
    """Why an E-Trunk or one of its members has its role."""

    INIT = "INIT"
    PRI = "PRI"
    TIMEOUT = "TIMEOUT"
    BFD_DOWN = "BFD_DOWN"
    PEER_TIMEOUT = "PEER_TIMEOUT"
    ETRUNK_INIT = "ETRUNK_INIT"
    ETRUNK_MASTER = "ETRUNK_MASTER"
    ETRUNK_BACKUP = "ETRUNK_BACKUP"
    PEER_MEMBER_DOWN = "PEER_MEMBER_DOWN"
    PEER_MEMBER_UP = "PEER_MEMBER_UP"
    FORCE_MASTER = "FORCE_MASTER"
    FORCE_BACKUP = "FORCE_BACKUP"


@dataclass(frozen=True, slots=True)
class MemberChange:
    """One change of a member's role."""

    time: float
    before: ETrunkRole
    after: ETrunkRole
    causation: Causation


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member Eth-Trunk of an E-Trunk.

    Args:
        id: local Eth-Trunk number; `remote_id` is the peer's, None until heard.
        phys_up: physical state of the member: enough links up, whatever the role.
        mode: `auto`, `force-master` or `force-backup`.
        changes: last ten role changes, newest first.
    """

    id: int
    phys_up: bool
    mode: str
    role: ETrunkRole
    causation: Causation
    remote_id: int | None = None
    changes: tuple[MemberChange, ...] = ()


@dataclass(frozen=True, slots=True)
class HelloCounters:
    """Packets of an E-Trunk since the counters were cleared.

    Args:
        dropped: received and refused, all reasons together; the named ones below are parts of it.
    """

    sent: int = 0
    received: int = 0
    dropped: int = 0
    send_failed: int = 0
    peer_ip_errors: int = 0
    authentication_errors: int = 0
    tlv_errors: int = 0


@dataclass(frozen=True, slots=True)
class DynamicBfd:
    """The session that `e-trunk bfd enable` makes."""

    up: bool
    tx_ms: int
    rx_ms: int
    multiplier: int


@dataclass(frozen=True, slots=True)
class ETrunkView:
    """An E-Trunk.

    Args:
        send_period: hello interval in 100 ms; `fail_time` likewise, `peer_fail_time` as heard.
        peer_priority: as last heard; None until then. `peer_system_id` likewise.
        revert_delay: seconds; None with `revert disable`.
    """

    id: int
    priority: int
    system_id: str
    role: ETrunkRole
    causation: Causation
    peer: str = ""
    source: str = ""
    vpn: str = ""
    revert_delay: int | None = 120
    send_period: int = 10
    fail_time: int = 200
    peer_priority: int | None = None
    peer_system_id: str = ""
    peer_fail_time: int | None = None
    bfd_session: str = ""
    description: str = ""
    sequence: bool = False
    dynamic_bfd: DynamicBfd | None = None
    counters: HelloCounters = HelloCounters()
    members: tuple[MemberView, ...] = ()


class PortStatus(StrEnum):
    """Status of a member port: of LACP, or of the link in manual mode."""

    SELECTED = "Selected"
    UNSELECT = "Unselect"
    UP = "Up"
    DOWN = "Down"


@dataclass(frozen=True, slots=True)
class LacpPartner:
    """What the other end of a port says of itself; all zero when nothing is heard."""

    system_priority: int = 0
    system_id: str = "0000-0000-0000"
    port_priority: int = 0
    port_no: int = 0
    port_key: int = 0
    port_state: str = "11100011"


@dataclass(frozen=True, slots=True)
class TrunkPort:
    """A member port of an Eth-Trunk.

    Args:
        speed: port type as printed, `1GE`, `10GE`...
        port_state: eight LACP bits, left to right activity ... expired.
        reference: this port is the reference port; `actor` this end decides the selection.
        sent: LACPDUs sent; `received` likewise.
    """

    name: str
    status: PortStatus
    speed: str = "1GE"
    port_priority: int = 32768
    port_no: int = 1
    port_key: int = 0
    port_state: str = "11100011"
    weight: int = 1
    reference: bool = False
    actor: bool = False
    partner: LacpPartner = LacpPartner()
    sent: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class EthTrunkView:
    """An Eth-Trunk.

    Args:
        mode: `lacp-static`, `manual load-balance` or `manual backup`.
        preempt_delay: seconds; None when LACP preemption is off.
        system_id: the effective LACP system id; `remote_id` when it was taken from the E-Trunk peer.
        timeout: `Slow` or `Fast`; `timeout_seconds` is a user-defined one.
        e_trunk: number of the E-Trunk it is a member of; `role` is the member's.
        active_port: the working port in manual backup mode.
    """

    id: int
    mode: str
    up: bool
    ports: tuple[TrunkPort, ...] = ()
    preempt_delay: int | None = None
    system_priority: int = 32768
    system_id: str = ""
    remote_id: bool = False
    least_active: int = 1
    max_active: int = 16
    timeout: str = "Slow"
    timeout_seconds: int | None = None
    e_trunk: int | None = None
    role: ETrunkRole | None = None
    active_port: str = ""
    bandwidth_mbps: int = 0


class Rui(StrEnum):
    """Who forwards a multicast flow through an active-active Eth-Trunk."""

    NOT_CONFIGURED = "not-active-active"
    LOCAL = "local"
    REMOTE = "remote"
