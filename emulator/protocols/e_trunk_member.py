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

from typing import TYPE_CHECKING

from emulator.protocols import eth_trunk
from emulator.protocols.machine import keep
from emulator.protocols.machines.e_trunk import Phase as ElectionPhase
from emulator.protocols.machines.e_trunk_member import PHASES, Event, Member, Phase
from emulator.protocols.states import ETrunkRole, MemberChange

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings
    from emulator.protocols.settings.trunks import EthTrunkSettings

_LOG_LENGTH = 10


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
    """Return the peer's member as its hellos tell, if they are heard."""
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
    if e_trunk is None or e_trunk.phase is ElectionPhase.INIT:
        return Event.NO_ELECTION
    if e_trunk.role is ETrunkRole.MASTER:
        return Event.E_TRUNK_MASTER if member.returning_until is None else Event.PEER_SERVES
    peer = _peer_of(net, node, settings)
    if peer is not None and not peer.available and e_trunk.phase is ElectionPhase.BACKUP:
        return Event.PEER_DOWN
    just_yielded = (
        member.phase is Phase.YIELDING
        and member.yielded_at is not None
        and net.now < member.yielded_at + net.timing.peer_member_up
    )
    return Event.PEER_SERVES if member.phase is Phase.HOLDING or just_yielded else Event.E_TRUNK_BACKUP


def _follow(net: Network, node: Node, member: Member, event: Event) -> None:
    """Let an event take effect a moment after it began to hold."""
    after = PHASES[event]
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


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every Eth-Trunk that is a member of an E-Trunk."""
    del net, before
    settings = node.settings
    members = {
        number: trunk
        for number, trunk in settings.eth_trunks.items()
        if trunk.e_trunk is not None and trunk.e_trunk in settings.e_trunks
    }
    keep(node.members, members, lambda _: Member())


def forget(node: Node) -> None:
    """Lose every member."""
    node.members.clear()
