"""From lines to fields: the tables of `tasks.render` read backwards, and the shapes of the other lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from tasks.plan.items import Item
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
    f"{family}.{row}": shape
    for family in ("vrrp", "vrrp6")
    for row, shape in {
        "track-if": _entries("track.interfaces", "interface reduced increased"),
        "track-bfd": _entries("track.bfd", "discr>session bfd-name>session type reduced increased"),
        "track-admin": _into("track.admin", "interface admin-vrid>vrid flowdown"),
    }.items()
}
SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "rbs.peer": _into("", "source-ip>address peer-ip>peer port"),
        "rbs.peer-ipv6": _into("", "source-ipv6>address peer-ipv6>peer port"),
        "rbs.track-bfd": _into("track", "discr>bfd"),
        "rbs.track-if": _entries("track.interfaces", "interface weight"),
        "rbs.track-monitor-group": _entries("track.monitor_groups", "group percent>failure_ratio"),
        "rbs.track-route-monitor-group": _entries(
            "track.route_monitor_groups", "group percent>failure_ratio"
        ),
        "rbs.switchover-uplink": _into("track.switchover_uplink", "ratio>failure_ratio minutes>duration"),
        "rbs.protect-redirect": _into("protect.redirect", "ip>next_hop interface"),
        "rbs.protect-tnl-policy": _into("protect.tunnel_policy", "policy ip>peer interface"),
        "rbs.protect-vpn": _entries("protect.vpn_instances", "vpn>vpn_instance ip>peer interface"),
        "rbs.ip-pool": _entries("ip_pools", "pool>name metric"),
        "rbs.ipv6-pool": _entries("ipv6_pools", "pool>name metric"),
        "rbs.static-route": _entries("static_routes", "tag metric rui-slave"),
        "rbs.batch-daily": _entries("batch_backup_daily", "service time"),
        "rbs.backup-block": _entries("backup_block", "direction service"),
        "rbs.radius-auth-source": _into(
            "radius_authorization",
            "ip>address vpn>vpn_instance same>same_as_nas_logic_ip",
        ),
        "rbs.web-auth-source": _into("web_auth_server", "ip>address vpn>vpn_instance"),
        "rbs.dhcpv6-server": _into("dhcpv6_server", "dst-ipv6>destination src-ipv6>source vpn>vpn_instance"),
        "rbp.backup-id": _into("", "backup-id rbs-name>service"),
        "rbp.e-trunk": _into("track.e_trunk", "e-trunk-id>e_trunk eth-trunk-id>eth_trunk"),
        "rbp.vrrp-id": _entries("track.vrrp", "vrid interface parity>mac"),
        "rbp.vrrp6-id": _entries("track.vrrp6", "vrid interface"),
        "rbp.traffic-backup": _into("traffic_backup", "minutes>interval mb>threshold"),
        "rbp.ip-pool-include": _entries("ip_pool_includes", "source destination node"),
        "rbp.lb-hash": _into("load_balance", "arithmetic offset>mac_offset"),
        "rbp.remark-mac": _entries("remark_macs", "mac parity"),
        "et.peer-address": _into("", "source-ip>address peer-ip>peer vpn>vpn_instance"),
        "et.peer-ipv6": _into("", "source-ipv6>address peer-ipv6>peer vpn>vpn_instance"),
        "et.bfd-enable": _into("dynamic_bfd", "interface"),
        "et.bfd-para": _into("dynamic_bfd", "min-tx min-rx n>multiplier"),
        "if.e-trunk": _into("", "eth-trunk-id>remote"),
        "if.lacp-timeout": _into("", "timeout>lacp_timeout"),
        "bfd.discr-remote": _into("", "discr>remote_discriminator"),
        "bfd.pis": _into("process_interface_status", "sub-if>sub_interfaces reboot-no-impact"),
        "mg.bind": _entries("interfaces", "interface weight>down_weight"),
        "mg.up-delay": _into("", "seconds>up_delay"),
        "rmg.track": _entries("routes", "prefix vpn>vpn_instance weight>down_weight"),
        "rmg.up-delay": _into("", "seconds>up_delay"),
        "vrrp.track-mg": _entries("track.monitor_groups", "group percent>failure_ratio n>reduced link"),
        "vrrp.track-rmg": _entries(
            "track.route_monitor_groups", "group percent>failure_ratio n>reduced link"
        ),
        "vrrp.track-route": _entries("track.routes", "prefix vpn>vpn_instance n>reduced"),
        "if.mc-track-admin": _into("multicast_track.admin", "interface vrid"),
        "if.mc6-track-admin": _into("multicast_ipv6_track.admin", "interface vrid"),
        "if.track-admin": _into("track_admin_vrrp", "interface vrid"),
        "if.track-mg": _into("track_monitor_group", "group weight>trigger_down_weight"),
        "if.igmp-static": _entries("igmp_static_groups", "group source"),
        **_TRACKS,
    }
)
SIMPLE: Mapping[str, Value | Switch] = MappingProxyType(
    {
        row.id: row
        for table in (
            backup.SERVICE,
            backup.PROFILE,
            bfd.GLOBAL,
            bfd.SESSION,
            system.SYSTEM,
            system.INTERFACE,
            trunk.TRUNK,
            trunk.MEMBER,
            vrrp.VRRP,
            vrrp.VRRP6,
        )
        for row in table
    }
)
_MANY = frozenset({"services", "ip_pools", "ipv6_pools"})


def value(item: Item, param: str) -> Any:
    """Give a parameter as YAML holds it: numbers as numbers, flags as true."""
    text = item.params[param]
    kind = item.row.kind(param)
    if kind is None:
        return True
    if kind.numeric:
        return int(text)
    return text.removeprefix('"').removesuffix('"')


def place(target: Fields, item: Item, given: Mapping[str, Any]) -> None:
    """Put what a line says into the object that holds it; a line that no field can hold is passed over.

    Args:
        target: fields of the object.
        item: the line.
        given: its parameters as YAML holds them, after the line's own peculiarities.
    """
    simple = SIMPLE.get(item.row.id)
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
    shape = SHAPES.get(item.row.id)
    if shape is None:
        return
    fields = {name: given[param] for param, name in shape.params.items() if param in given}
    if shape.listed:
        *above, last = shape.at.split(".")
        descend(target, above).setdefault(last, []).append(fields)
    else:
        descend(target, shape.at.split(".") if shape.at else ()).update(fields)


def descend(target: Fields, path: list[str] | tuple[str, ...]) -> Fields:
    """Give the fields at a path, made when they are not there."""
    for name in path:
        target = target.setdefault(name, {})
    return target
