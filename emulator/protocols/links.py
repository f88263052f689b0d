"""Who is wired to whom, and which ports see a signal. Derived from addressing unless declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.network import Network
from emulator.protocols.settings.interfaces import Kind
from emulator.protocols.wires import End, Impairment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.node import Node
    from emulator.protocols.settings.interfaces import InterfaceSettings


def subnet_keys(interface: InterfaceSettings) -> Iterator[object]:
    """Yield what two interfaces must share to be neighbours: a subnet and, on sub-interfaces, a VLAN."""
    if interface.kind in {Kind.LOOPBACK, Kind.NULL} or interface.trunk is not None:
        return
    vlans = interface.vlans if interface.is_sub else frozenset[int]()
    for network in interface.subnets:
        yield (network, vlans)


def ports_of(node: Node, name: str) -> tuple[str, ...]:
    """Return the ports under an interface: itself, its main one, a trunk's members, or a VLAN's ports."""
    settings = node.settings.interfaces.get(name)
    if settings is not None and settings.kind is Kind.VLANIF:
        return _vlan_ports(node, settings)
    main = settings.main if settings is not None else name
    for trunk in node.settings.eth_trunks.values():
        if trunk.name == main:
            return trunk.ports
    return (main,)


def _vlan_ports(node: Node, vlanif: InterfaceSettings) -> tuple[str, ...]:
    members = (
        ports_of(node, name)
        for name, port in node.settings.interfaces.items()
        if port.layer2 and port.vlans & vlanif.vlans
    )
    return tuple(port for ports in members for port in ports)


def carrier_of(node: Node, port: str) -> str:
    """Return the interface that uses a port: its Eth-Trunk, or the port itself."""
    settings = node.settings.interfaces.get(port)
    return port if settings is None or settings.trunk is None else f"Eth-Trunk{settings.trunk}"


def neighbours(net: Network, end: End) -> tuple[End, ...]:
    """Return the interfaces of other devices on the same subnet, whether up or not."""
    if end not in net.neighbour_cache:
        net.neighbour_cache[end] = tuple(sorted(set(_neighbours(net, end))))
    return net.neighbour_cache[end]


def _neighbours(net: Network, end: End) -> Iterator[End]:
    interface = net.node(end.device).settings.interfaces[end.interface]
    for key in subnet_keys(interface):
        for other in net.subnets.get(key, ()):
            if other.device != end.device and _wireable(net, end, other):
                yield other


def across_core(net: Network, end: End) -> Iterator[End]:
    """Yield the uplinks of partners that an anonymous core joins to an uplink without known neighbour.

    Partners that share a subnet need no core: what fails between them has failed.
    """
    if not _anonymous(net, end):
        return
    node = net.node(end.device)
    near = {far.device for name in node.settings.interfaces for far in neighbours(net, End(node.name, name))}
    for partner in sorted(node.partners - near):
        for name in net.node(partner).settings.routing.igp:
            far = End(partner, name)
            if _anonymous(net, far):
                yield far


def _anonymous(net: Network, end: End) -> bool:
    node = net.node(end.device)
    if node.settings.interfaces[end.interface].kind is Kind.LOOPBACK or neighbours(net, end):
        return False
    return not any(End(end.device, port) in net.cables for port in ports_of(node, end.interface))


def _wireable(net: Network, one: End, other: End) -> bool:
    """Dual-homed trunks do not see each other; declared wires are believed; the rest follows the subnet."""
    if _dual_homed(net, one) and _dual_homed(net, other):
        return False
    declared = [End(one.device, port) for port in ports_of(net.node(one.device), one.interface)]
    facing = {End(other.device, port) for port in ports_of(net.node(other.device), other.interface)}
    if not any(port in net.cables for port in (*declared, *facing)):
        return True
    return any(facing & set(_reached(net, port)) for port in declared)


def _dual_homed(net: Network, end: End) -> bool:
    node = net.node(end.device)
    main = node.settings.interfaces[end.interface].main
    return any(trunk.name == main and trunk.e_trunk for trunk in node.settings.eth_trunks.values())


def _reached(net: Network, start: End) -> Iterator[End]:
    """Follow declared wires from a port, through layer-2 devices, to every port that ends them."""
    waiting, seen = [start], {start}
    while waiting:
        far = net.cables.get(waiting.pop())
        if far is None or far in seen or far.device not in net.nodes:
            continue
        seen.add(far)
        yield far
        waiting.extend(port for port in _bridged(net.node(far.device), far) if port not in seen)


def _bridged(node: Node, arrived: End) -> Iterator[End]:
    interfaces = node.settings.interfaces
    carrier = interfaces.get(carrier_of(node, arrived.interface))
    if carrier is None or not carrier.layer2:
        return
    for name, interface in interfaces.items():
        if interface.layer2 and interface.trunk is None:
            yield from (End(node.name, port) for port in ports_of(node, name))


def wire(net: Network, port: End) -> End | None:
    """Return the port at the other end of the wire; nothing when an anonymous device or a switch is there."""
    if port not in net.wire_cache:
        net.wire_cache[port] = net.cables.get(port) or _derived(net, port)
    return net.wire_cache[port]


def _derived(net: Network, port: End) -> End | None:
    mate = _mate(net, port)
    return mate if mate is not None and _mate(net, mate) == port and mate not in net.cables else None


def _mate(net: Network, port: End) -> End | None:
    """Return the one port that addressing says is opposite, if hosts are not expected between the two."""
    node = net.node(port.device)
    carrier = carrier_of(node, port.interface)
    found = set()
    for name, interface in node.settings.interfaces.items():
        if interface.main != carrier:
            continue
        for other in neighbours(net, End(port.device, name)):
            theirs = net.node(other.device).settings.interfaces[other.interface]
            if interface.faces_hosts or theirs.faces_hosts:
                return None
            found.add(End(other.device, theirs.main))
    if len(found) != 1:
        return None
    far = found.pop()
    own, opposite = ports_of(node, carrier), ports_of(net.node(far.device), far.interface)
    place = own.index(port.interface) if port.interface in own else len(opposite)
    return End(far.device, opposite[place]) if place < len(opposite) else None


def emits(net: Network, port: End) -> bool:
    """Tell whether a port sends light: its device runs, it is not shut, its fibre is in."""
    node = net.nodes.get(port.device)
    if (
        node is None
        or not node.running
        or port in net.pulled
        or net.flapping(port.device, "port", port.interface)
    ):
        return False
    settings = node.settings.interfaces.get(port.interface)
    return settings is not None and settings.enabled


def port_up(net: Network, port: End) -> bool:
    """Tell whether a port sees a signal from the other end of an intact wire."""
    if not emits(net, port):
        return False
    far = wire(net, port)
    if far is None:
        return True
    cut = any(fault.impairment is Impairment.CUT for fault in net.impairments(port, far))
    return not cut and emits(net, far)


def component(net: Network, device: str) -> set[str]:
    """Return the devices that a change on one can concern: all that wires and subnets join to it."""
    reached, waiting = {device}, [device]
    while waiting:
        node = net.nodes[waiting.pop()]
        for other in joined(net, node) - reached:
            reached.add(other)
            waiting.append(other)
    return reached


def joined(net: Network, node: Node) -> set[str]:
    """Return the devices that a wire, a subnet or a backup joins to one directly."""
    near = {far.device for name in node.settings.interfaces for far in neighbours(net, End(node.name, name))}
    near |= {
        far.device
        for name in node.settings.interfaces
        if (far := net.cables.get(End(node.name, name))) is not None
    }
    return {name for name in near | node.partners if name in net.nodes}
