"""Which function answers which display command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays import (
    backup,
    bfd,
    catalogue,
    ethtrunk,
    etrunk,
    interfaces,
    ipsec,
    log,
    membership,
    monitor,
    multicast,
    neighbours,
    ports,
    ssl,
    subscribers,
    system,
    users,
    vrrp,
    vrrp_statistics,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from emulator.displays.view import DeviceView

DISPLAYS: Mapping[str, Callable[[Mapping[str, str], DeviceView], list[str]]] = {
    "d.rbs": backup.services,
    "d.rbp": backup.profiles,
    "d.rbp-slot": backup.profiles_of_slot,
    "d.rbp-slave": backup.profiles_of_slave,
    "d.etrunk": etrunk.e_trunks,
    "d.etrunk-bfd": etrunk.bfd_sessions,
    "d.etrunk-packets": etrunk.packet_statistics,
    "d.etrunk-changes": etrunk.member_changes,
    "d.ethtrunk": ethtrunk.eth_trunks,
    "d.trunkmembership": ethtrunk.membership,
    "d.lacp-brief": ethtrunk.lacp_brief,
    "d.lacp-statistics": ethtrunk.lacp_statistics,
    "d.lacp-troubleshooting": ethtrunk.lacp_troubleshooting,
    "d.bfd": bfd.sessions,
    "d.bfd-statistics": bfd.statistics,
    "d.vrrp": vrrp.groups,
    "d.vrrp-admin": vrrp.admin,
    "d.vrrp-binding": vrrp.bindings,
    "d.vrrp-changes": vrrp.changes,
    "d.vrrp6": vrrp.groups6,
    "d.vrrp6-admin": vrrp.admin6,
    "d.vrrp6-binding": vrrp.bindings6,
    "d.vrrp6-changes": vrrp.changes6,
    "d.mg": monitor.monitor_groups,
    "d.interface-brief": interfaces.interface_brief,
    "d.ip-interface-brief": interfaces.ip_interface_brief,
    "d.ipv6-interface-brief": interfaces.ipv6_interface_brief,
    "d.interface": ports.interfaces,
    "d.interface-description": ports.descriptions,
    "d.ip-interface": ports.ip_interfaces,
    "d.ipv6-interface": ports.ipv6_interfaces,
    "d.vlan": catalogue.vlans,
    "d.acl": catalogue.acls,
    "d.acl6": catalogue.acls6,
    "d.vpn-instance": catalogue.vpn_instances,
    "d.vrrp-statistics": vrrp_statistics.statistics,
    "d.vrrp6-statistics": vrrp_statistics.statistics6,
    "d.vrrp-protocol": vrrp_statistics.protocol,
    "d.igmp-interface": membership.igmp,
    "d.mld-interface": membership.mld,
    "d.pim-interface": membership.pim,
    "d.pim6-interface": membership.pim6,
    "d.access-user": users.summary,
    "d.backup-user": users.backups,
    "d.ike-sa": ipsec.associations,
    "d.ipsec-instance": ipsec.instances,
    "d.l2tp-session-rui": subscribers.sessions,
    "d.dhcpv6-relay-users": subscribers.bindings,
    "d.ip-pool": subscribers.pools,
    "d.ssl-policy": ssl.policies,
    "d.logbuffer": log.logbuffer,
    "d.igmp-group": multicast.igmp_groups,
    "d.mld-group": multicast.mld_groups,
    "d.igmp-snooping-port-info": multicast.igmp_snooping_ports,
    "d.mld-snooping-port-info": multicast.mld_snooping_ports,
    "d.arp": neighbours.arp,
    "d.arp-statistics": neighbours.arp_statistics,
    "d.nd": neighbours.nd,
    "d.ospf-peer": neighbours.ospf_peers,
    "d.version": system.version,
    "d.device": system.device,
    "d.clock": system.clock,
}
"""Display functions by the grammar's command id."""


def handles(command: str) -> bool:
    """Whether a command of the grammar is answered from the protocols' state."""
    return command in DISPLAYS


def show(command: str, params: Mapping[str, str], device: DeviceView) -> list[str]:
    """Answer a display command with the lines that the device prints.

    Args:
        command: id of the command in the grammar, e.g. `d.rbs`.
        params: its parameters; a bare keyword is present under its own name.
        device: the device at this moment.

    Raises:
        KeyError: the command is not a display of this table.
    """
    return DISPLAYS[command](params, device)
