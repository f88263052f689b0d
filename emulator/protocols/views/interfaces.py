"""Interfaces as shown."""

from __future__ import annotations

from emulator.protocols.facts import link_local, mac_of
from emulator.protocols.node import Node
from emulator.protocols.settings.interfaces import Kind as InterfaceKind
from emulator.protocols.states import InterfaceAddress, InterfaceState


def view(node: Node, name: str) -> InterfaceState:
    """Show one interface."""
    settings, interface = node.settings.interfaces[name], node.interfaces[name]
    addresses = settings.addresses
    if settings.ipv6 and not any(entry.role == "link-local" for entry in addresses):
        addresses = (*addresses, InterfaceAddress(link_local(node, name), 64, "link-local"))
    spoofing = settings.kind in {InterfaceKind.LOOPBACK, InterfaceKind.NULL}
    return InterfaceState(
        name=name,
        phys=interface.phys,
        protocol=interface.protocol,
        spoofing=spoofing and interface.protocol,
        down_by=interface.down_by,
        addresses=addresses,
        trunk=settings.trunk,
        index=settings.index,
        description=settings.description,
        mac=mac_of(node, name),
        vpn=settings.vpn,
        last_up=interface.last_up,
        last_down=interface.last_down,
        layer2=settings.layer2,
        mtu=settings.mtu,
    )
