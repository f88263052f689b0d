"""Devices come into the network, are configured anew, and forget: which machines they run, who must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.links import subnet_keys
from emulator.protocols.machines.entries import Entries
from emulator.protocols.node import Node
from emulator.protocols.table import PROTOCOLS
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.settings.device import DeviceSettings


def join(net: Network, device: str, wanted: DeviceSettings) -> Node:
    """Let a new device into the network."""
    order = len(net.nodes)
    mac = f"00e0-fc{0x10 + (order >> 16):02x}-{order & 0xFFFF:04x}"
    node = Node(device, order, mac, wanted, Entries())
    net.nodes[device] = node
    return node


def register(net: Network, node: Node, wanted: DeviceSettings) -> None:
    """Give a device its settings: machines are made, kept or removed; indexes follow."""
    before = node.settings
    _index(net, node, before, add=False)
    for protocol in PROTOCOLS:
        protocol.before_change(net, node, wanted)
    node.settings = wanted
    _index(net, node, wanted, add=True)
    _renew(net, node, before)
    former, node.partners = node.partners, set()
    _find_partners(net, node)
    for name in former | node.partners:
        _find_partners(net, net.nodes[name])


def _index(net: Network, node: Node, settings: DeviceSettings, *, add: bool) -> None:
    for name, interface in settings.interfaces.items():
        for key in subnet_keys(interface):
            ends = net.subnets.setdefault(key, set())
            (ends.add if add else ends.discard)(End(node.name, name))
            if not ends:
                del net.subnets[key]
    registered = (entry for protocol in PROTOCOLS for entry in protocol.counterparts(settings))
    for kind, key in registered:
        names = net.registry.setdefault((kind, key), {})
        if add:
            names[node.name] = None
            continue
        names.pop(node.name, None)
        if not names:
            del net.registry[kind, key]


def _find_partners(net: Network, node: Node) -> None:
    """Find the devices that a device backs up with: mirrored E-Trunks or backup services."""
    node.partners.clear()
    for number, mine in node.settings.e_trunks.items():
        for there in net.holders("e-trunk", (number, mine.source)) if mine.peer else ():
            if there is not node and mine.peer == there.settings.e_trunks[number].source:
                node.partners.add(there.name)
    for service in node.settings.services.values():
        for there in net.holders("rbs", (service.peer, service.source)):
            if there is not node:
                node.partners.add(there.name)


def forget(net: Network, node: Node) -> None:
    """Start all machines of a device afresh."""
    for protocol in PROTOCOLS:
        protocol.forget(node)
    _renew(net, node, node.settings)


def _renew(net: Network, node: Node, before: DeviceSettings) -> None:
    for protocol in PROTOCOLS:
        protocol.renew(net, node, before)
