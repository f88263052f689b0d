"""Sessions of BFD: the handshake of RFC 5880 as a table (section 6.8.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from emulator.protocols.counters import NO_PACKETS, Counter
from emulator.protocols.machine import every
from emulator.protocols.states import (
    BfdState,
)


class Event(Enum):
    """What a session meets."""

    RX_ADMIN_DOWN = auto()
    RX_DOWN = auto()
    RX_INIT = auto()
    RX_UP = auto()
    TIMEOUT = auto()
    SHUT = auto()
    UNSHUT = auto()


TABLE = every(BfdState, {Event.SHUT: BfdState.ADMIN_DOWN})
TABLE[BfdState.ADMIN_DOWN] |= {Event.UNSHUT: BfdState.DOWN}
TABLE[BfdState.DOWN] |= {
    Event.RX_ADMIN_DOWN: BfdState.DOWN,
    Event.RX_DOWN: BfdState.INIT,
    Event.RX_INIT: BfdState.UP,
    Event.RX_UP: BfdState.DOWN,
    Event.TIMEOUT: BfdState.DOWN,
}
TABLE[BfdState.INIT] |= {
    Event.RX_ADMIN_DOWN: BfdState.DOWN,
    Event.RX_DOWN: BfdState.INIT,
    Event.RX_INIT: BfdState.UP,
    Event.RX_UP: BfdState.UP,
    Event.TIMEOUT: BfdState.DOWN,
}
TABLE[BfdState.UP] |= {
    Event.RX_ADMIN_DOWN: BfdState.DOWN,
    Event.RX_DOWN: BfdState.DOWN,
    Event.RX_INIT: BfdState.UP,
    Event.RX_UP: BfdState.UP,
    Event.TIMEOUT: BfdState.DOWN,
}


@dataclass(slots=True)
class Session:
    """A running session.

    Args:
        due: event that takes effect at `due_at`, one handshake step ahead.
        silent_at: when silence becomes a timeout; None while the counterpart is heard.
        restored_at: end of the wait-to-restore.
        hears: packets of its counterpart arrive.
        brisk: it flaps: the handshake after it takes no time.
        downs: how often it has left Up.
        sent: control packets; `received` likewise.
        remote_interval: the counterpart's sending interval, ms, and multiplier as last heard.
    """

    created: float
    state: BfdState = BfdState.DOWN
    ever_up: bool = False
    due: Event | None = None
    due_at: float = 0.0
    silent_at: float | None = None
    restored_at: float = 0.0
    remote_interval: tuple[int, int] = (10, 3)
    learned: int = 0
    diagnostic: str = "No Diagnostic"
    last_up: float | None = None
    last_down: float | None = None
    brisk: bool = False
    hears: bool = False
    downs: int = 0
    sent: Counter = NO_PACKETS
    received: Counter = NO_PACKETS
