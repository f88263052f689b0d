"""Members of E-Trunks as shown."""

from __future__ import annotations

from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.settings.trunks import EthTrunkSettings
from emulator.protocols.states import MemberView


def view(net: Network, node: Node, settings: EthTrunkSettings) -> MemberView:
    """Show one member."""
    member = node.members[settings.id]
    role, causation = member.phase.value
    e_trunk = node.e_trunks.get(settings.e_trunk or 0)
    there = net.nodes.get(e_trunk.peer) if e_trunk is not None else None
    remote = settings.remote or settings.id
    known = there is not None and remote in there.settings.eth_trunks
    return MemberView(
        id=settings.id,
        phys_up=member.good,
        mode=settings.member_mode,
        role=role,
        causation=causation,
        remote_id=remote if known else None,
        changes=member.changes,
    )
