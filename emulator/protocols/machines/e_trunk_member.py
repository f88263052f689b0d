"""Member Eth-Trunks: who of the two routers brings its trunk up, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from emulator.protocols.states import (
    Causation,
    ETrunkRole,
    MemberChange,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Phase(Enum):
    """State of a member with the reason for it."""

    WAIT = (ETrunkRole.BACKUP, Causation.ETRUNK_INIT)
    MASTER = (ETrunkRole.MASTER, Causation.ETRUNK_MASTER)
    BACKUP = (ETrunkRole.BACKUP, Causation.ETRUNK_BACKUP)
    HOLDING = (ETrunkRole.MASTER, Causation.PEER_MEMBER_DOWN)
    YIELDING = (ETrunkRole.BACKUP, Causation.PEER_MEMBER_UP)
    FORCED_MASTER = (ETrunkRole.MASTER, Causation.FORCE_MASTER)
    FORCED_BACKUP = (ETrunkRole.BACKUP, Causation.FORCE_BACKUP)


class Event(Enum):
    """What a member meets."""

    NO_ELECTION = auto()
    E_TRUNK_MASTER = auto()
    E_TRUNK_BACKUP = auto()
    PEER_DOWN = auto()
    PEER_SERVES = auto()
    FORCE_MASTER = auto()
    FORCE_BACKUP = auto()


PHASES: Mapping[Event, Phase] = {
    Event.NO_ELECTION: Phase.WAIT,
    Event.E_TRUNK_MASTER: Phase.MASTER,
    Event.E_TRUNK_BACKUP: Phase.BACKUP,
    Event.PEER_DOWN: Phase.HOLDING,
    Event.PEER_SERVES: Phase.YIELDING,
    Event.FORCE_MASTER: Phase.FORCED_MASTER,
    Event.FORCE_BACKUP: Phase.FORCED_BACKUP,
}
"""What each event makes of a member, whatever it was before."""


@dataclass(slots=True)
class Member:
    """A running member.

    Args:
        good: the trunk could come up if its role permitted.
        returning_until: end of the revert delay while it waits; infinite with `revert disable`.
        due: event that takes effect at `due_at`.
        yielded_at: since when it yields to the peer's member that came back.
    """

    phase: Phase = Phase.WAIT
    good: bool = False
    returning_until: float | None = None
    due: Event | None = None
    due_at: float = 0.0
    yielded_at: float | None = None
    changes: tuple[MemberChange, ...] = ()

    @property
    def role(self) -> ETrunkRole:
        """Return the role."""
        return self.phase.value[0]

    @property
    def permits(self) -> bool:
        """Tell whether the trunk may forward."""
        return self.role is ETrunkRole.MASTER

    @property
    def available(self) -> bool:
        """Tell what hellos say of it: good and not waiting to return."""
        return self.good and self.returning_until is None
