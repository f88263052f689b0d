"""A whole device as shown.

A display shows a part of it, and a device may have thousands of interfaces: so each part is worked out when
it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from emulator.protocols.machines.entries import Kind
from emulator.protocols.states import DeviceState
from emulator.protocols.views import (
    bfd,
    e_trunk,
    e_trunk_member,
    entries,
    eth_trunk,
    igp,
    interfaces,
    membership,
    monitor_group,
    rbp,
    rbs,
    vrrp,
)

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.states import MemberView


def _members(net: Network, node: Node, e_trunk: int) -> tuple[MemberView, ...]:
    trunks = (node.settings.eth_trunks[trunk] for trunk in node.members)
    return tuple(e_trunk_member.view(net, node, one) for one in trunks if one.e_trunk == e_trunk)


_PARTS: Final[Mapping[str, Callable[[Network, Node], Any]]] = {
    "name": lambda _net, node: node.name,
    "now": lambda net, _node: net.now,
    "system_mac": lambda _net, node: node.mac,
    "lacp_priority": lambda _net, node: node.settings.lacp_priority,
    "booted": lambda _net, node: node.booted,
    "bfd_enabled": lambda _net, node: node.settings.bfd_enabled,
    "interfaces": lambda _net, node: tuple(interfaces.view(node, name) for name in node.settings.interfaces),
    "services": lambda _net, node: tuple(rbs.view(node, one) for one in node.settings.services.values()),
    "profiles": lambda _net, node: tuple(rbp.view(node, one) for one in node.settings.profiles.values()),
    "e_trunks": lambda net, node: tuple(
        e_trunk.view(net, node, one, _members(net, node, number))
        for number, one in node.settings.e_trunks.items()
    ),
    "eth_trunks": lambda net, node: tuple(
        eth_trunk.view(net, node, one) for one in node.settings.eth_trunks.values()
    ),
    "bfd": lambda net, node: tuple(bfd.view(net, node, one) for one in node.settings.bfd.values()),
    "vrrp": lambda net, node: tuple(vrrp.view(net, node, one) for one in node.settings.vrrp.groups.values()),
    "monitor_groups": lambda _net, node: tuple(
        monitor_group.view(node, one) for one in node.settings.monitors.values()
    ),
    "ospf": lambda _net, node: igp.processes(node),
    "ospf_peers": igp.peers,
    "igmp": lambda net, node: entries.groups(net, node, Kind.IGMP),
    "mld": lambda net, node: entries.groups(net, node, Kind.MLD),
    "snooping": lambda _net, node: entries.snooping(node),
    "igmp_interfaces": lambda net, node: membership.membership(net, node, Kind.IGMP),
    "mld_interfaces": lambda net, node: membership.membership(net, node, Kind.MLD),
    "pim": membership.pim,
    "arp": lambda net, node: entries.neighbour_table(net, node, ipv6=False),
    "nd": lambda net, node: entries.neighbour_table(net, node, ipv6=True),
    "users": lambda _net, node: entries.users(node),
}


class DeviceSnapshot(DeviceState):
    """One device now; it is to be looked at before anything else happens.

    Args:
        net: all devices.
        node: the device.
    """

    def __init__(self, net: Network, node: Node) -> None:
        self.__dict__["net"], self.__dict__["node"] = net, node

    def __getattr__(self, part: str) -> Any:
        """Work out a part that nobody has asked for before."""
        if part not in _PARTS:
            raise AttributeError(part)
        shown = _PARTS[part](self.__dict__["net"], self.__dict__["node"])
        object.__setattr__(self, part, shown)
        return shown


def snapshot(net: Network, node: Node) -> DeviceState:
    """Show one device as it is now, whatever happens later."""
    now = DeviceSnapshot(net, node)
    return DeviceState(**{part.name: getattr(now, part.name) for part in fields(DeviceState)})
