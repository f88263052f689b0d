"""E-Trunks: what an election, silence and a failed session make of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from emulator.protocols.counters import Counter
from emulator.protocols.errors import IllegalEventError
from emulator.protocols.states import (
    Causation,
    ETrunkRole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Phase(Enum):
    """State of an E-Trunk with the reason for it."""

    INIT = (ETrunkRole.INITIALIZE, Causation.INIT)
    MASTER = (ETrunkRole.MASTER, Causation.PRI)
    BACKUP = (ETrunkRole.BACKUP, Causation.PRI)
    MASTER_TIMEOUT = (ETrunkRole.MASTER, Causation.TIMEOUT)
    MASTER_BFD = (ETrunkRole.MASTER, Causation.BFD_DOWN)
    BACKUP_UNHEARD = (ETrunkRole.BACKUP, Causation.PEER_TIMEOUT)


class Event(Enum):
    """What an E-Trunk meets."""

    WIN = auto()
    LOSE = auto()
    SILENCE = auto()
    BFD_DOWN = auto()
    PEER_DEAF = auto()


PHASES: Mapping[Event, Phase] = {
    Event.WIN: Phase.MASTER,
    Event.LOSE: Phase.BACKUP,
    Event.SILENCE: Phase.MASTER_TIMEOUT,
    Event.BFD_DOWN: Phase.MASTER_BFD,
    Event.PEER_DEAF: Phase.BACKUP_UNHEARD,
}
"""What each event makes of an E-Trunk, whatever it was before."""


def after(phase: Phase, event: Event) -> Phase:
    """Return the phase that follows.

    Raises:
        IllegalEventError: who has not elected yet cannot yield; nothing changed.
    """
    if (phase, event) == (Phase.INIT, Event.PEER_DEAF):
        raise IllegalEventError(f"{event.name} cannot happen in {phase.name}")
    return PHASES[event]


class Refusal(Enum):
    """Why a hello is not taken."""

    NOTHING = "nothing arrives"
    UNKNOWN = "no such E-Trunk"
    PORT = "UDP port differs"
    ADDRESS = "addresses are not mirrored"
    AUTHENTICATION = "key or authentication mode differs"
    SEQUENCE = "sequence check on one side only"


@dataclass(slots=True)
class ETrunk:
    """A running E-Trunk.

    Args:
        created: when it started to listen.
        ready_at: when enough hellos have come for an election; None while none come.
        silent_at: when silence counts as failure.
        heard: the peer's hellos count.
        peer: device whose hellos came last; priority, system id and fail time as they said.
        peer_lacp_id: LACP system id taken from the peer that is Master.
    """

    created: float
    silent_at: float
    phase: Phase = Phase.INIT
    ready_at: float | None = None
    heard: bool = False
    peer: str = ""
    peer_priority: int | None = None
    peer_system_id: str = ""
    peer_fail_time: int | None = None
    peer_lacp_id: str = ""
    sent: Counter = field(default_factory=Counter)
    received: Counter = field(default_factory=Counter)
    dropped: Counter = field(default_factory=Counter)
    refusal: Refusal = Refusal.NOTHING

    @property
    def role(self) -> ETrunkRole:
        """Return the role."""
        return self.phase.value[0]
