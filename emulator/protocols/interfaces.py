"""Interfaces: physical state from ports, trunks and main interfaces; line protocol from addresses.

A loopback is up by definition. A port is up while it sees a signal; a trunk while enough members forward; a
sub-interface while its main interface is; a VLAN interface while a layer-2 port of its VLAN is. The line
protocol needs an address, or a use that has none (member port, layer-2 port), and nothing that holds it
down: a monitor group, a flow-down VRRP group, a tracked mVRRP group, a BFD session that drives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols import bfd, monitor_group, vrrp
from emulator.protocols.links import port_up
from emulator.protocols.machine import keep
from emulator.protocols.machines.interfaces import Interface
from emulator.protocols.settings.interfaces import Kind
from emulator.protocols.states import DownBy, PhysicalState
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings
    from emulator.protocols.settings.interfaces import InterfaceSettings


def react(net: Network, node: Node) -> bool:
    """Bring every interface of a device to what its links say; tell whether anything changed."""
    changed = False
    for name, settings in node.settings.interfaces.items():
        interface = node.interfaces[name]
        down_by = _held(net, node, settings)
        phys = _physical(net, node, settings, down_by)
        protocol = phys is PhysicalState.UP and not down_by and _has_use(settings)
        if (phys, protocol, down_by) == (interface.phys, interface.protocol, interface.down_by):
            continue
        changed = True
        _stamp(interface, net.now, phys)
        interface.phys, interface.protocol, interface.down_by = phys, protocol, down_by
    return changed


def _stamp(interface: Interface, now: float, phys: PhysicalState) -> None:
    if phys is PhysicalState.UP and not interface.up:
        interface.last_up = now
        interface.ever_up = True
    elif phys is not PhysicalState.UP and interface.up:
        interface.last_down = now


def _has_use(settings: InterfaceSettings) -> bool:
    return bool(
        settings.addresses
        or settings.ipv6
        or settings.layer2
        or settings.vsi
        or settings.trunk is not None
        or settings.kind is Kind.NULL
    )


def _held(net: Network, node: Node, settings: InterfaceSettings) -> DownBy:
    """Say what holds an interface down, if anything."""
    if settings.kind is Kind.TRUNK and not settings.is_sub:
        member = node.members.get(int(settings.name.removeprefix("Eth-Trunk")))
        if member is not None and not member.permits:
            return DownBy.E_TRUNK
    if monitor_group.holds(node, settings.name) or monitor_group.holds(node, settings.main):
        return DownBy.TRACK
    if bfd.holds(node, settings.name):
        return DownBy.BFD
    if vrrp.holds(net, node, settings.name):
        return DownBy.TRACK
    return DownBy.NOTHING


def _physical(net: Network, node: Node, settings: InterfaceSettings, down_by: DownBy) -> PhysicalState:
    if not settings.enabled:
        return PhysicalState.ADMIN_DOWN
    held = down_by is DownBy.TRACK and monitor_group.holds(node, settings.name)
    return (
        PhysicalState.UP if node.running and not held and _signal(net, node, settings) else PhysicalState.DOWN
    )


def _signal(net: Network, node: Node, settings: InterfaceSettings) -> bool:
    if settings.is_sub:
        main = node.interfaces.get(settings.main)
        return main is not None and main.up
    if settings.kind is Kind.PORT:
        return port_up(net, End(node.name, settings.name))
    if settings.kind is Kind.TRUNK:
        trunk = node.trunks.get(int(settings.name.removeprefix("Eth-Trunk")))
        return trunk is not None and trunk.up
    return settings.kind is not Kind.VLANIF or _vlan_up(node, settings)


def _vlan_up(node: Node, settings: InterfaceSettings) -> bool:
    return any(
        port.layer2 and port.vlans & settings.vlans and node.interfaces[name].up
        for name, port in node.settings.interfaces.items()
    )


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a running state for every interface."""
    del net, before
    keep(node.interfaces, node.settings.interfaces, lambda _: Interface())


def forget(node: Node) -> None:
    """Lose the state of every interface."""
    node.interfaces.clear()
