"""Which of two routers forwards a multicast flow through a trunk that both serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.machines.e_trunk_member import Phase
from emulator.protocols.states import Rui

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node


def forwarder(net: Network, node: Node, source: str, group: str, eth_trunk_id: int) -> Rui:
    """Say who forwards; see `World.rui`."""
    member = node.members.get(eth_trunk_id)
    if member is None or member.phase is not Phase.FORCED_MASTER:
        return Rui.NOT_CONFIGURED
    trunk = node.settings.eth_trunks[eth_trunk_id]
    heartbeat = node.e_trunks.get(trunk.e_trunk or 0)
    there = net.nodes.get(heartbeat.peer) if heartbeat is not None else None
    remote = trunk.remote or eth_trunk_id
    theirs = there.trunks.get(remote) if there is not None else None
    if theirs is None or there is None or not theirs.up:
        return Rui.LOCAL
    first = node.trunks[eth_trunk_id].up and (sum(f"{source}{group}".encode()) % 2 == 0) == (
        node.mac < there.mac
    )
    return Rui.LOCAL if first else Rui.REMOTE
