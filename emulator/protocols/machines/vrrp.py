"""VRRP groups and what they say (RFC 5798, section 6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from emulator.protocols.states import (
    VrrpChange,
    VrrpState,
)


class Event(Enum):
    """What a group meets, with the reason as displays print it."""

    INTERFACE_UP = "Interface up"
    OWNER_UP = "Interface up "  # the address owner starts as Master
    INTERFACE_DOWN = "Interface down"
    TIMER_EXPIRED = "Protocol timer expired"
    PREEMPT = "Priority calculation"
    OUTRANKED = "Priority calculation "  # the same words, the other direction
    PEER_BFD_DOWN = "Peer BFD session down"
    LINK_DOWN = "Link BFD session down"
    ADMIN_MASTER = "Admin-vrrp drove"
    ADMIN_BACKUP = "Admin-vrrp drove "
    ADMIN_OTHER = "Admin-vrrp drove  "


_INIT, _BACKUP, _MASTER = VrrpState.INITIALIZE, VrrpState.BACKUP, VrrpState.MASTER
_ALWAYS = {
    Event.INTERFACE_DOWN: _INIT,
    Event.LINK_DOWN: _INIT,
    Event.ADMIN_MASTER: _MASTER,
    Event.ADMIN_BACKUP: _BACKUP,
    Event.ADMIN_OTHER: _INIT,
}
TABLE = {
    _INIT: {**_ALWAYS, Event.INTERFACE_UP: _BACKUP, Event.OWNER_UP: _MASTER},
    _BACKUP: {
        **_ALWAYS,
        Event.TIMER_EXPIRED: _MASTER,
        Event.PREEMPT: _MASTER,
        Event.PEER_BFD_DOWN: _MASTER,
    },
    _MASTER: {**_ALWAYS, Event.OUTRANKED: _BACKUP},
}


class Advert(NamedTuple):
    """What a Master says, in the order in which Masters are compared."""

    priority: int
    address: int
    text: str


@dataclass(slots=True)
class Group:
    """A running group.

    Args:
        heard: the best Master heard; None when there is none.
        master_down_at: when a Backup that hears nobody becomes Master.
        preempt_at: when a Backup that hears a lesser Master takes over.
        ready_at: when it may leave Initialize.
        peer_failed: a tracked `peer` session is down and has had its effect.
        resigned_at: when it last told the others that it stops being Master.
    """

    created: float
    state: VrrpState = VrrpState.INITIALIZE
    heard: Advert | None = None
    master_down_at: float | None = None
    preempt_at: float | None = None
    ready_at: float | None = None
    resigned_at: float | None = None
    ever_up: bool = False
    peer_failed: bool = False
    run_priority: int = 100
    changes: tuple[VrrpChange, ...] = ()
