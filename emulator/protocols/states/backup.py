"""Backup services and profiles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RbsState(StrEnum):
    """State of the TCP channel of a remote backup service."""

    UNSET = "--"
    INITIAL = "Initial"
    LISTENING = "Listening"
    CONNECTING = "Connecting"
    CONNECTED = "Connected"


@dataclass(frozen=True, slots=True)
class DailyBatch:
    """A batch backup at a fixed time of day, `HH:MM:SS`, for one service."""

    service: str
    time: str


@dataclass(frozen=True, slots=True)
class RbsView:
    """A remote backup service.

    Args:
        index: creation order, from 1.
        track_bfd: local discriminator of the tracked session.
        blocked_tx: services whose sending is blocked; `all` for every one. `blocked_rx` likewise.
        last_up: when the channel last became connected.
        sent: entries sent to the peer since the last connect; `received` likewise.
    """

    name: str
    index: int
    state: RbsState
    peer: str = ""
    source: str = ""
    port: int | None = None
    ssl_policy: str = ""
    track_bfd: int | None = None
    shutdown: bool = False
    daily: tuple[DailyBatch, ...] = ()
    blocked_tx: tuple[str, ...] = ()
    blocked_rx: tuple[str, ...] = ()
    last_up: float | None = None
    sent: int = 0
    received: int = 0
    uplink_failed: bool = False


class Role(StrEnum):
    """Role of a backup profile."""

    MASTER = "Master"
    SLAVE = "Slave"
    UNKNOWN = "--"


@dataclass(frozen=True, slots=True)
class RbpTrack:
    """A VRRP group that decides the role of a profile.

    Args:
        vrid: virtual router id.
        interface: where the group lives.
        ipv6: a VRRP6 group.
        parity: `odd-mac`, `even-mac` or empty.
        role: role by this group; `peer` is the other device's.
    """

    vrid: int
    interface: str
    ipv6: bool = False
    parity: str = ""
    role: Role = Role.SLAVE
    peer: Role = Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class RbpView:
    """A remote backup profile.

    Args:
        index: handle, 0x1000 and on in creation order.
        services: in the order in which they were configured.
        tracks: VRRP and VRRP6 groups; empty with an E-Trunk.
        e_trunk: E-Trunk and Eth-Trunk numbers, if it follows a member Eth-Trunk.
        role: own role by the tracked protocol; UNKNOWN when it tracks nothing. `peer` comes over the RBS.
        interfaces: interfaces that bound the profile.
        mode: `hot`, `warm` or `virtual`.
        forwarding: False with `rui-slave inbound without-forwarding`.
        slot: slot, card, port of the tracked interface, if it is a physical port.
    """

    name: str
    index: int
    services: tuple[str, ...] = ()
    rbs: str = ""
    backup_id: int | None = None
    tracks: tuple[RbpTrack, ...] = ()
    e_trunk: tuple[int, int] | None = None
    role: Role = Role.UNKNOWN
    peer: Role = Role.UNKNOWN
    interfaces: tuple[str, ...] = ()
    mode: str = "hot"
    forwarding: bool = True
    slot: tuple[int, int, int] | None = None
