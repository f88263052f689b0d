"""Lines of the system view, of monitor groups, of snooping instances and of interfaces."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from inventory.model import Interface, Pair, Side
from inventory.model.interface import MulticastTrack
from inventory.model.system import SnoopingInstance
from tasks.render.rows import Line, Switch, Value, lines, present
from tasks.render.vrrp import groups

SYSTEM = (
    Value("vrrp.recover-delay", "vrrp_recover_delay", "seconds"),
    Switch("mc.enable", "multicast"),
    Switch("mc6.enable", "multicast_ipv6"),
    Switch("igs.enable", "igmp_snooping"),
    Value("lacp.prio", "lacp.priority", "priority"),
    Value("lacp.et-sysid", "lacp.e_trunk_system_id", "mac"),
    Value("lacp.et-prio", "lacp.e_trunk_priority", "priority"),
    Value("et.udp-port", "e_trunk_port", "port"),
    Value("et.udp6-port", "e_trunk_ipv6_port", "port"),
    Value("pb.vrrp-table", "peer_backup.download_vrrp_table_delay", "seconds"),
    Switch("pb.batch-access", "peer_backup.batch_access"),
    Value("pb.trigger-speed", "peer_backup.trigger_speed", "rate"),
    Value("pb.ttl", "peer_backup.ttl", "ttl"),
)
SNOOPING = (
    Switch("{}.inst", "enable"),
    Value("{}.version", "version", "n"),
    Switch("{}.proxy", "proxy"),
    Switch("{}.querier", "querier"),
)
INTERFACE = (
    Switch("if.pim-sm", "pim_sm"),
    Switch("if.pim6-sm", "pim_ipv6_sm"),
    Value("if.pim-dr", "pim_dr_priority", "n"),
    Switch("if.pim-ignore-dr", "pim_ignore_dr_state"),
    Switch("if.pim-ignore-assert", "pim_ignore_assert_state"),
    Switch("if.igmp", "igmp"),
    Value("if.igmp-version", "igmp_version", "version"),
    Switch("if.mld", "mld"),
    Value("if.mld-version", "mld_version", "version"),
    Switch("if.igs-backup-report", "igmp_snooping_backup_report"),
    Value("if.igs-router-port", "igmp_snooping_router_port_vlans", "vid"),
    Value("vrrp.interface-recover-delay", "vrrp_recover_delay", "seconds"),
    Value("vrrp6.recover-delay", "vrrp6_recover_delay", "seconds"),
    Value("if.mc-track-vrrp", "multicast_track.vrid", "vrid"),
    Value("if.mc6-track-vrrp", "multicast_ipv6_track.vrid", "vrid"),
)


def system(pair: Pair, side: Side) -> Iterator[Line]:
    """Give the lines of the system view and of snooping instances."""
    yield from lines(SYSTEM, pair.system, side, (), "system")
    cost = pair.system.peer_backup.route_cost.of(side)
    if cost is not None:
        params = {"exclude loopback": "yes"} if cost == "exclude loopback" else {}
        yield Line("pb.route-cost", (), params, "system.peer_backup.route_cost")
    for index, instance in enumerate(pair.system.igmp_snooping_instances):
        if instance.on(side):
            yield from _snooping(instance, side, f"system.igmp_snooping_instances[{index}]")


def _snooping(instance: SnoopingInstance, side: Side, origin: str) -> Iterator[Line]:
    header = instance.instance.of(side)
    prefix = "vsi.igs" if header.startswith("vsi ") else "igs"
    table = tuple(
        Value(row.id.format(prefix), row.field, row.param)
        if isinstance(row, Value)
        else Switch(row.id.format(prefix), row.field, row.when)
        for row in SNOOPING
    )
    yield from lines(table, instance, side, (header,), origin)
    for key, value in (("backup_report", instance.backup_report), ("backup_query", instance.backup_query)):
        how = value.of(side)
        if how is not None:
            params = present(direction=key.replace("_", "-"), source_mac_replace=how == "source-mac-replace")
            yield Line("vsi.l2mc-backup", (header,), params, f"{origin}.{key}")


def monitor_groups(pair: Pair, side: Side) -> Iterator[Line]:
    """Give the lines of interface and route monitor groups."""
    for index, group in enumerate(pair.monitor_groups):
        if group.on(side):
            origin, name = f"monitor_groups[{index}]", group.name.of(side)
            view = (f"monitor-group {name}",)
            yield Line("mg.create", (), {"name": name}, origin)
            table = (Switch("mg.enable", "enable"), Value("mg.up-delay", "up_delay", "seconds"))
            yield from lines(table, group, side, view, origin)
            for number, bound in enumerate(group.interfaces):
                if bound.on(side):
                    params = present(interface=bound.interface.of(side), weight=bound.down_weight.of(side))
                    yield Line("mg.bind", view, params, f"{origin}.interfaces[{number}]")
    for index, routes in enumerate(pair.route_monitor_groups):
        if routes.on(side):
            origin, name = f"route_monitor_groups[{index}]", routes.name.of(side)
            view = (f"ip route-monitor-group {name}",)
            yield Line("rmg.create", (), {"name": name}, origin)
            table = (Switch("rmg.enable", "enable"), Value("rmg.up-delay", "up_delay", "seconds"))
            yield from lines(table, routes, side, view, origin)
            for number, route in enumerate(routes.routes):
                if route.on(side):
                    network = IPv4Network(route.prefix.of(side))
                    params = present(
                        vpn=route.vpn_instance.of(side),
                        ip=network.network_address,
                        mask=network.netmask,
                        weight=route.down_weight.of(side),
                    )
                    yield Line("rmg.track", view, params, f"{origin}.routes[{number}]")


def interfaces(pair: Pair, side: Side) -> Iterator[Line]:
    """Give the multicast, snooping and VRRP lines of every interface."""
    for index, interface in enumerate(pair.interfaces):
        if interface.on(side):
            origin = f"interfaces[{index}]"
            view = (f"interface {interface.name.of(side)}",)
            yield from lines(INTERFACE, interface, side, view, origin)
            yield from groups(interface, side, view, origin)
            yield from _multicast(interface, side, view, origin)
            yield from _followers(interface, side, view, origin)


def _multicast(interface: Interface, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    for state, value in (
        ("dr-state", interface.pim_ipv6_ignore_dr_state),
        ("assert-state", interface.pim_ipv6_ignore_assert_state),
    ):
        if value.of(side):
            where = f"{origin}.pim_ipv6_ignore_{state.replace('-', '_')}"
            yield Line("if.pim6-ignore", view, {"state": state}, where)
    for index, group in enumerate(interface.igmp_static_groups):
        if group.on(side):
            params = present(group=group.group.of(side), source=group.source.of(side))
            yield Line("if.igmp-static", view, params, f"{origin}.igmp_static_groups[{index}]")
    yield from _admin("if.mc-track-admin", interface.multicast_track, side, view, f"{origin}.multicast_track")
    where = f"{origin}.multicast_ipv6_track"
    yield from _admin("if.mc6-track-admin", interface.multicast_ipv6_track, side, view, where)


def _admin(row: str, track: MulticastTrack, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    if track.admin:
        params = present(interface=track.admin.interface.of(side), vrid=track.admin.vrid.of(side))
        yield Line(row, view, params, f"{origin}.admin")


def _followers(interface: Interface, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    admin, group = interface.track_admin_vrrp, interface.track_monitor_group
    if admin:
        params = present(interface=admin.interface.of(side), vrid=admin.vrid.of(side))
        yield Line("if.track-admin", view, params, f"{origin}.track_admin_vrrp")
    if group:
        params = present(group=group.group.of(side), weight=group.trigger_down_weight.of(side))
        yield Line("if.track-mg", view, params, f"{origin}.track_monitor_group")
