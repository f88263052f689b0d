"""OSPF processes and neighbours as shown."""

from __future__ import annotations

from ipaddress import IPv4Address

from emulator.protocols.facts import primary
from emulator.protocols.links import neighbours
from emulator.protocols.machines.igp import Adjacency, AdjacencyKey
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.states import OspfPeer, OspfProcess
from emulator.protocols.wires import End


def router_id(node: Node, process: int) -> str:
    """Return the router id: configured, else the largest loopback address, else the largest address."""
    routing = node.settings.routing
    return routing.router_ids.get(process, "") or routing.largest


def processes(node: Node) -> tuple[OspfProcess, ...]:
    """Show the OSPF processes."""
    return tuple(OspfProcess(number, router_id(node, number)) for number in node.settings.routing.router_ids)


def peers(net: Network, node: Node) -> tuple[OspfPeer, ...]:
    """Show the OSPF neighbours."""
    return tuple(
        _peer(net, node, key, adjacency)
        for key, adjacency in node.adjacencies.items()
        if key.protocol == "ospf" and key.far in neighbours(net, End(node.name, key.interface))
    )


def _peer(net: Network, node: Node, key: AdjacencyKey, adjacency: Adjacency) -> OspfPeer:
    other = net.node(key.far.device)
    theirs = other.settings.routing.igp.get(key.far.interface, ())
    their_process = next((entry.process for entry in theirs if entry.protocol == "ospf"), adjacency.process)
    local, address = primary(node, key.interface), primary(other, key.far.interface)
    router = max((local, address), key=lambda text: int(IPv4Address(text)))
    return OspfPeer(
        process=adjacency.process,
        router_id=router_id(node, adjacency.process),
        area=adjacency.area,
        interface=key.interface,
        local=local,
        neighbour_id=router_id(other, their_process),
        address=address,
        state="Full" if adjacency.full else "ExStart",
        since=adjacency.full_at,
        dr=router,
        bdr=address if router == local else local,
    )
