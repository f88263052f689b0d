"""Channels of a remote backup service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from emulator.protocols.machine import every
from emulator.protocols.states import (
    RbsState,
)


class Event(Enum):
    """What a channel meets."""

    PEER_SET = auto()
    PEER_UNSET = auto()
    READY_TO_LISTEN = auto()
    READY_TO_CONNECT = auto()
    ESTABLISHED = auto()
    CLOSED = auto()


TABLE = every(RbsState, {Event.PEER_UNSET: RbsState.UNSET})
TABLE[RbsState.UNSET] |= {Event.PEER_SET: RbsState.INITIAL}
TABLE[RbsState.INITIAL] |= {
    Event.READY_TO_LISTEN: RbsState.LISTENING,
    Event.READY_TO_CONNECT: RbsState.CONNECTING,
}
for _waiting in (RbsState.LISTENING, RbsState.CONNECTING):
    TABLE[_waiting] |= {Event.ESTABLISHED: RbsState.CONNECTED, Event.CLOSED: RbsState.INITIAL}
TABLE[RbsState.CONNECTED] |= {Event.CLOSED: RbsState.INITIAL}


@dataclass(slots=True)
class Channel:
    """A running channel.

    Args:
        ready_at: when both ends, ready, become connected; kept by the connecting end.
        silent_at: when TCP notices a silent path; None while packets pass.
        retry_at: before this moment the connecting end does not try again.
        brisk: it flaps: the next connection takes no time.
        failing_since: since when enough uplinks have failed; `uplink_failed` once it has lasted.
    """

    state: RbsState = RbsState.UNSET
    ready_at: float | None = None
    silent_at: float | None = None
    retry_at: float = 0.0
    last_up: float | None = None
    failing_since: float | None = None
    uplink_failed: bool = False
    sent: int = 0
    received: int = 0
    brisk: bool = False

    @property
    def connected(self) -> bool:
        """Tell whether the channel is usable."""
        return self.state is RbsState.CONNECTED
