"""VRRP and VRRP6 groups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class VrrpState(StrEnum):
    """State of a virtual router."""

    INITIALIZE = "Initialize"
    BACKUP = "Backup"
    MASTER = "Master"


class VrrpKind(StrEnum):
    """Part that a virtual router plays."""

    NORMAL = "normal-vrrp"
    ADMIN = "admin-vrrp"
    MEMBER = "member-vrrp"


@dataclass(frozen=True, slots=True)
class VrrpChange:
    """One change of state with the reason as printed, e.g. `Protocol timer expired`."""

    time: float
    before: VrrpState
    after: VrrpState
    reason: str


@dataclass(frozen=True, slots=True)
class VrrpTrackView:
    """Something that a virtual router follows.

    Args:
        kind: `interface`, `bfd`, `monitor-group`, `route-monitor-group`, `link-bfd`, `route`.
        object: interface name, BFD discriminator or name, group name, prefix.
        up: it is well; a monitor group is well below its failure ratio.
        effect: `reduced`, `increased`, `peer` or `link`.
        value: priority change; None for `peer` and `link`.
        ratio: failure ratio in percent that triggers a monitor-group track.
    """

    kind: str
    object: str
    up: bool
    effect: str = "reduced"
    value: int | None = 10
    ratio: int | None = None


@dataclass(frozen=True, slots=True)
class VrrpView:
    """A VRRP or VRRP6 group.

    Args:
        master: address of the known master, empty when there is none.
        priority: configured; `run_priority` with tracking applied; `master_priority` as heard.
        preempt_delay: seconds; `remain` seconds left while preemption is pending.
        advertise_ms: interval in milliseconds; `run_advertise_ms` as learned.
        auth: `NONE`, `SIMPLE TEXT` or `MD5`.
        admin: interface and vrid of the followed mVRRP group; `unflowdown` as configured.
        members: interface, vrid, state of the groups that follow this mVRRP group.
        member_interfaces: interfaces that follow it without a group of their own, and whether they are up.
        changes: last ten, newest first.
    """

    interface: str
    vrid: int
    ipv6: bool
    state: VrrpState
    kind: VrrpKind = VrrpKind.NORMAL
    virtual: tuple[str, ...] = ()
    master: str = ""
    local: str = ""
    priority: int = 100
    run_priority: int = 100
    master_priority: int = 0
    preempt: bool = True
    preempt_delay: int = 0
    remain: float | None = None
    hold_multiplier: int = 3
    advertise_ms: int = 1000
    run_advertise_ms: int = 1000
    auth: str = "NONE"
    mac: str = ""
    backup_forward: bool = False
    copy: bool = False
    admin: tuple[str, int] | None = None
    unflowdown: bool = False
    members: tuple[tuple[str, int, VrrpState], ...] = ()
    member_interfaces: tuple[tuple[str, bool], ...] = ()
    tracks: tuple[VrrpTrackView, ...] = ()
    created: float = 0.0
    last_change: float | None = None
    changes: tuple[VrrpChange, ...] = ()
