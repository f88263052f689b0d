"""From lines to fields: the tables of `tasks.render` read backwards, and the shapes of the other lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from inventory.lines import OwnedLine, Statement
from inventory.lines.bfd import BFD_DISCR_REMOTE, BFD_PIS
from inventory.lines.e_trunk import ET_BFD_ENABLE, ET_BFD_PARA, ET_PEER_ADDRESS, ET_PEER_IPV6
from inventory.lines.eth_trunk import IF_E_TRUNK, IF_LACP_TIMEOUT
from inventory.lines.monitor import MG_BIND, MG_UP_DELAY, RMG_TRACK, RMG_UP_DELAY
from inventory.lines.multicast import IF_IGMP_STATIC, IF_MC6_TRACK_ADMIN, IF_MC_TRACK_ADMIN
from inventory.lines.profile import (
    RBP_BACKUP_ID,
    RBP_E_TRUNK,
    RBP_IP_POOL_INCLUDE,
    RBP_LB_HASH,
    RBP_REMARK_MAC,
    RBP_TRAFFIC_BACKUP,
    RBP_VRRP6_ID,
    RBP_VRRP_ID,
)
from inventory.lines.service import (
    RBS_PEER,
    RBS_PEER_IPV6,
    RBS_PROTECT_REDIRECT,
    RBS_PROTECT_TNL_POLICY,
    RBS_PROTECT_VPN,
    RBS_SWITCHOVER_UPLINK,
    RBS_TRACK_BFD,
    RBS_TRACK_IF,
    RBS_TRACK_MONITOR_GROUP,
    RBS_TRACK_ROUTE_MONITOR_GROUP,
)
from inventory.lines.service_users import (
    RBS_BACKUP_BLOCK,
    RBS_BATCH_DAILY,
    RBS_DHCPV6_SERVER,
    RBS_IP_POOL,
    RBS_IPV6_POOL,
    RBS_RADIUS_AUTH_SOURCE,
    RBS_STATIC_ROUTE,
    RBS_WEB_AUTH_SOURCE,
)
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import (
    IF_TRACK_ADMIN,
    IF_TRACK_MG,
    VRRP_TRACK_MG,
    VRRP_TRACK_RMG,
    VRRP_TRACK_ROUTE,
)
from tasks.render import backup, bfd, system, trunk, vrrp
from tasks.render.rows import Switch, Value

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the parameters of a line go in the object that holds it.

    Args:
        at: dotted path below the object; empty for the object itself.
        params: parameter name to field name.
        listed: each line is an entry of a list.
    """

    at: str
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    listed: bool = False


def _named(words: str) -> Mapping[str, str]:
    """Read `param>field` pairs; a lone name is both."""
    pairs = (word.partition(">") for word in words.split())
    return MappingProxyType({param: name or param.replace("-", "_") for param, _, name in pairs})


def _entries(at: str, words: str) -> Shape:
    return Shape(at, _named(words), listed=True)


def _into(at: str, words: str) -> Shape:
    return Shape(at, _named(words))


_TRACKS = {
    row: shape
    for family in (VRRP, VRRP6)
    for row, shape in {
        family.track_interface: _entries("track.interfaces", "interface reduced increased"),
        family.track_bfd: _entries("track.bfd", "discr>session bfd-name>session type reduced increased"),
        family.track_admin: _into("track.admin", "interface admin-vrid>vrid flowdown"),
    }.items()
}
SHAPES: Mapping[OwnedLine, Shape] = MappingProxyType(
    {
        RBS_PEER: _into("", "source-ip>address peer-ip>peer port"),
        RBS_PEER_IPV6: _into("", "source-ipv6>address peer-ipv6>peer port"),
        RBS_TRACK_BFD: _into("track", "discr>bfd"),
        RBS_TRACK_IF: _entries("track.interfaces", "interface weight"),
        RBS_TRACK_MONITOR_GROUP: _entries("track.monitor_groups", "group percent>failure_ratio"),
        RBS_TRACK_ROUTE_MONITOR_GROUP: _entries("track.route_monitor_groups", "group percent>failure_ratio"),
        RBS_SWITCHOVER_UPLINK: _into("track.switchover_uplink", "ratio>failure_ratio minutes>duration"),
        RBS_PROTECT_REDIRECT: _into("protect.redirect", "ip>next_hop interface"),
        RBS_PROTECT_TNL_POLICY: _into("protect.tunnel_policy", "policy ip>peer interface"),
        RBS_PROTECT_VPN: _entries("protect.vpn_instances", "vpn>vpn_instance ip>peer interface"),
        RBS_IP_POOL: _entries("ip_pools", "pool>name metric"),
        RBS_IPV6_POOL: _entries("ipv6_pools", "pool>name metric"),
        RBS_STATIC_ROUTE: _entries("static_routes", "tag metric rui-slave"),
        RBS_BATCH_DAILY: _entries("batch_backup_daily", "service time"),
        RBS_BACKUP_BLOCK: _entries("backup_block", "direction service"),
        RBS_RADIUS_AUTH_SOURCE: _into(
            "radius_authorization",
            "ip>address vpn>vpn_instance same>same_as_nas_logic_ip",
        ),
        RBS_WEB_AUTH_SOURCE: _into("web_auth_server", "ip>address vpn>vpn_instance"),
        RBS_DHCPV6_SERVER: _into("dhcpv6_server", "dst-ipv6>destination src-ipv6>source vpn>vpn_instance"),
        RBP_BACKUP_ID: _into("", "backup-id rbs-name>service"),
        RBP_E_TRUNK: _into("track.e_trunk", "e-trunk-id>e_trunk eth-trunk-id>eth_trunk"),
        RBP_VRRP_ID: _entries("track.vrrp", "vrid interface parity>mac"),
        RBP_VRRP6_ID: _entries("track.vrrp6", "vrid interface"),
        RBP_TRAFFIC_BACKUP: _into("traffic_backup", "minutes>interval mb>threshold"),
        RBP_IP_POOL_INCLUDE: _entries("ip_pool_includes", "source destination node"),
        RBP_LB_HASH: _into("load_balance", "arithmetic offset>mac_offset"),
        RBP_REMARK_MAC: _entries("remark_macs", "mac parity"),
        ET_PEER_ADDRESS: _into("", "source-ip>address peer-ip>peer vpn>vpn_instance"),
        ET_PEER_IPV6: _into("", "source-ipv6>address peer-ipv6>peer vpn>vpn_instance"),
        ET_BFD_ENABLE: _into("dynamic_bfd", "interface"),
        ET_BFD_PARA: _into("dynamic_bfd", "min-tx min-rx n>multiplier"),
        IF_E_TRUNK: _into("", "eth-trunk-id>remote"),
        IF_LACP_TIMEOUT: _into("", "timeout>lacp_timeout"),
        BFD_DISCR_REMOTE: _into("", "discr>remote_discriminator"),
        BFD_PIS: _into("process_interface_status", "sub-if>sub_interfaces reboot-no-impact"),
        MG_BIND: _entries("interfaces", "interface weight>down_weight"),
        MG_UP_DELAY: _into("", "seconds>up_delay"),
        RMG_TRACK: _entries("routes", "prefix vpn>vpn_instance weight>down_weight"),
        RMG_UP_DELAY: _into("", "seconds>up_delay"),
        VRRP_TRACK_MG: _entries("track.monitor_groups", "group percent>failure_ratio n>reduced link"),
        VRRP_TRACK_RMG: _entries("track.route_monitor_groups", "group percent>failure_ratio n>reduced link"),
        VRRP_TRACK_ROUTE: _entries("track.routes", "prefix vpn>vpn_instance n>reduced"),
        IF_MC_TRACK_ADMIN: _into("multicast_track.admin", "interface vrid"),
        IF_MC6_TRACK_ADMIN: _into("multicast_ipv6_track.admin", "interface vrid"),
        IF_TRACK_ADMIN: _into("track_admin_vrrp", "interface vrid"),
        IF_TRACK_MG: _into("track_monitor_group", "group weight>trigger_down_weight"),
        IF_IGMP_STATIC: _entries("igmp_static_groups", "group source"),
        **_TRACKS,
    }
)
SIMPLE: Mapping[OwnedLine, Value | Switch] = MappingProxyType(
    {
        one.row: one
        for table in (
            backup.SERVICE,
            backup.PROFILE,
            bfd.GLOBAL,
            bfd.SESSION,
            system.SYSTEM,
            system.INTERFACE,
            trunk.TRUNK,
            trunk.MEMBER,
            vrrp.FIELDS,
            vrrp.FIELDS6,
        )
        for one in table
    }
)
_MANY = frozenset({"services", "ip_pools", "ipv6_pools"})


def value(item: Statement, param: str) -> Any:
    """Return a parameter as YAML holds it: numbers as numbers, flags as true."""
    text = item.params[param]
    kind = item.row.kind(param)
    if kind is None:
        return True
    if kind.numeric:
        return int(text)
    return text.removeprefix('"').removesuffix('"')


def place(target: Fields, item: Statement, given: Mapping[str, Any]) -> None:
    """Put what a line says into the object that holds it; a line that no field can hold is passed over.

    Args:
        target: fields of the object.
        item: the line.
        given: its parameters as YAML holds them, after the line's own peculiarities.
    """
    simple = SIMPLE.get(item.row)
    if simple is not None:
        *above, last = simple.field.split(".")
        holder = descend(target, above)
        if isinstance(simple, Switch):
            holder[last] = simple.when
        elif last in _MANY:
            holder.setdefault(last, []).append(given[simple.param])
        else:
            holder[last] = given[simple.param]
        return
    shape = SHAPES.get(item.row)
    if shape is None:
        return
    fields = {name: given[param] for param, name in shape.params.items() if param in given}
    if shape.listed:
        *above, last = shape.at.split(".")
        descend(target, above).setdefault(last, []).append(fields)
    else:
        descend(target, shape.at.split(".") if shape.at else ()).update(fields)


def descend(target: Fields, path: list[str] | tuple[str, ...]) -> Fields:
    """Return the fields at a path, made when they are not there."""
    for name in path:
        target = target.setdefault(name, {})
    return target
