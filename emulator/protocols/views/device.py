"""A whole device as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def snapshot(net: Network, node: Node) -> DeviceState:
    """Show one device."""
    settings = node.settings
    members = {
        number: tuple(
            e_trunk_member.view(net, node, settings.eth_trunks[trunk])
            for trunk in node.members
            if settings.eth_trunks[trunk].e_trunk == number
        )
        for number in settings.e_trunks
    }
    return DeviceState(
        name=node.name,
        now=net.now,
        system_mac=node.mac,
        lacp_priority=settings.lacp_priority,
        booted=node.booted,
        bfd_enabled=settings.bfd_enabled,
        interfaces=tuple(interfaces.view(node, name) for name in settings.interfaces),
        services=tuple(rbs.view(node, entry) for entry in settings.services.values()),
        profiles=tuple(rbp.view(node, entry) for entry in settings.profiles.values()),
        e_trunks=tuple(
            e_trunk.view(net, node, entry, members[number]) for number, entry in settings.e_trunks.items()
        ),
        eth_trunks=tuple(eth_trunk.view(net, node, entry) for entry in settings.eth_trunks.values()),
        bfd=tuple(bfd.view(net, node, entry) for entry in settings.bfd.values()),
        vrrp=tuple(vrrp.view(net, node, entry) for entry in settings.vrrp.groups.values()),
        monitor_groups=tuple(monitor_group.view(node, entry) for entry in settings.monitors.values()),
        ospf=igp.processes(node),
        ospf_peers=igp.peers(net, node),
        igmp=entries.groups(net, node, Kind.IGMP),
        mld=entries.groups(net, node, Kind.MLD),
        snooping=entries.snooping(node),
        igmp_interfaces=membership.membership(net, node, Kind.IGMP),
        mld_interfaces=membership.membership(net, node, Kind.MLD),
        pim=membership.pim(net, node),
        arp=entries.neighbour_table(net, node, ipv6=False),
        nd=entries.neighbour_table(net, node, ipv6=True),
        users=entries.users(node),
    )
