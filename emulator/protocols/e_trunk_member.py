"""Member Eth-Trunks of an E-Trunk: who of the two routers brings its trunk up.

    WAIT      the E-Trunk has not elected
    MASTER    follows an E-Trunk that is Master
    BACKUP    follows an E-Trunk that is Backup
    HOLDING   the E-Trunk is Backup, but the peer's member is down or still waits to return: this one serves
    YIELDING  this one is good, but leaves the trunk to the other: the peer's member has come back, or this
              one has and waits for the revert delay
    FORCED_*  `e-trunk mode force-master` or `force-backup`

A member that comes back while the peer's member serves waits for the revert delay before it takes over
(`timer revert delay`; never with `revert disable`); the peer holds until then. Every change of role takes
effect a moment after its cause. (Manual pages `e-trunk mode`, `timer revert delay`;
ETRUNK_MEMBER_STATUS_CHANGE for the causations.)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from emulator.protocols import e_trunk as heartbeat
from emulator.protocols import eth_trunk
from emulator.protocols.machine import every, step
from emulator.protocols.states import Causation, ETrunkRole, MemberChange

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.trunks import EthTrunkSettings

_LOG_LENGTH = 10


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


TABLE = every(
    Phase,
    {
        Event.NO_ELECTION: Phase.WAIT,
        Event.E_TRUNK_MASTER: Phase.MASTER,
        Event.E_TRUNK_BACKUP: Phase.BACKUP,
        Event.PEER_DOWN: Phase.HOLDING,
        Event.PEER_SERVES: Phase.YIELDING,
        Event.FORCE_MASTER: Phase.FORCED_MASTER,
        Event.FORCE_BACKUP: Phase.FORCED_BACKUP,
    },
)


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
        """Give the role."""
        return self.phase.value[0]

    @property
    def permits(self) -> bool:
        """Tell whether the trunk may forward."""
        return self.role is ETrunkRole.MASTER

    @property
    def available(self) -> bool:
        """Tell what hellos say of it: good and not waiting to return."""
        return self.good and self.returning_until is None


def react(net: Network, node: Node) -> bool:
    """Bring every member of a device to what its E-Trunk and its peer say; tell whether anything changed."""
    changed = False
    for number, member in node.members.items():
        settings = node.settings.eth_trunks[number]
        before = (member.phase, member.good, member.returning_until)
        _weigh_return(net, node, settings, member)
        _follow(net, node, member, _event(net, node, settings, member))
        changed |= before != (member.phase, member.good, member.returning_until)
    return changed


def _peer_of(net: Network, node: Node, settings: EthTrunkSettings) -> Member | None:
    """Give the peer's member as its hellos tell, if they are heard."""
    e_trunk = node.e_trunks.get(settings.e_trunk or 0)
    if e_trunk is None or not e_trunk.heard:
        return None
    there = net.nodes.get(e_trunk.peer)
    return there.members.get(settings.remote or settings.id) if there is not None else None


def _weigh_return(net: Network, node: Node, settings: EthTrunkSettings, member: Member) -> None:
    """Begin or end the wait of a member that came back while the peer's member serves."""
    good = eth_trunk.capable(node, settings)
    peer = _peer_of(net, node, settings)
    serves = peer is not None and peer.good and peer.permits
    e_trunk = node.settings.e_trunks.get(settings.e_trunk or 0)
    preferred = (
        settings.e_trunk in node.e_trunks and node.e_trunks[settings.e_trunk].role is ETrunkRole.MASTER
    )
    came_back = good and (not member.good or member.phase is Phase.WAIT)
    if not (good and serves and preferred):
        member.returning_until = None
    elif came_back and member.returning_until is None and settings.member_mode == "auto" and e_trunk:
        delay = float("inf") if e_trunk.revert_delay is None else e_trunk.revert_delay * net.timing.scale
        if delay > net.timing.member_role:  # a shorter one ends before the role could change
            member.returning_until = net.after(node.name, delay)
    elif member.returning_until is not None and member.returning_until <= net.now:
        member.returning_until = None
    member.good = good


def _event(net: Network, node: Node, settings: EthTrunkSettings, member: Member) -> Event:
    """Say what the member meets now."""
    if settings.member_mode != "auto":
        return Event.FORCE_MASTER if settings.member_mode == "force-master" else Event.FORCE_BACKUP
    e_trunk = node.e_trunks.get(settings.e_trunk or 0)
    if e_trunk is None or e_trunk.phase is heartbeat.Phase.INIT:
        return Event.NO_ELECTION
    if e_trunk.role is ETrunkRole.MASTER:
        return Event.E_TRUNK_MASTER if member.returning_until is None else Event.PEER_SERVES
    peer = _peer_of(net, node, settings)
    if peer is not None and not peer.available and e_trunk.phase is heartbeat.Phase.BACKUP:
        return Event.PEER_DOWN
    just_yielded = (
        member.phase is Phase.YIELDING
        and member.yielded_at is not None
        and net.now < member.yielded_at + net.timing.peer_member_up
    )
    return Event.PEER_SERVES if member.phase is Phase.HOLDING or just_yielded else Event.E_TRUNK_BACKUP


def _follow(net: Network, node: Node, member: Member, event: Event) -> None:
    """Let an event take effect a moment after it began to hold."""
    after = step(TABLE, member.phase, event)
    if after is member.phase:
        member.due = None
        return
    if member.due is not event:
        member.due, member.due_at = event, net.after(node.name, net.timing.member_role)
    if net.now < member.due_at:
        return
    if after.value[0] is not member.role:
        change = MemberChange(net.now, member.role, after.value[0], after.value[1])
        member.changes = (change, *member.changes)[:_LOG_LENGTH]
    member.phase, member.due = after, None
    member.yielded_at = net.now if after is Phase.YIELDING else None
    if after is Phase.YIELDING:
        net.after(node.name, net.timing.peer_member_up)
