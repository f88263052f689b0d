"""Lines of the system view, of monitor groups, of snooping instances and of interfaces."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from inventory.lines import OwnedLine, Statement, state
from inventory.lines.e_trunk import ET_UDP6_PORT, ET_UDP_PORT, LACP_ET_PRIO, LACP_ET_SYSID, LACP_PRIO
from inventory.lines.monitor import (
    MG_BIND,
    MG_CREATE,
    MG_ENABLE,
    MG_UP_DELAY,
    RMG_CREATE,
    RMG_ENABLE,
    RMG_TRACK,
    RMG_UP_DELAY,
)
from inventory.lines.multicast import (
    IF_IGMP,
    IF_IGMP_STATIC,
    IF_IGMP_VERSION,
    IF_MC6_TRACK_ADMIN,
    IF_MC6_TRACK_VRRP,
    IF_MC_TRACK_ADMIN,
    IF_MC_TRACK_VRRP,
    IF_MLD,
    IF_MLD_VERSION,
    IF_PIM6_IGNORE,
    IF_PIM6_SM,
    IF_PIM_DR,
    IF_PIM_IGNORE_ASSERT,
    IF_PIM_IGNORE_DR,
    IF_PIM_SM,
    IGS_ENABLE,
    MC6_ENABLE,
    MC_ENABLE,
)
from inventory.lines.snooping import (
    IF_IGS_BACKUP_REPORT,
    IF_IGS_ROUTER_PORT,
    IGS,
    VSI_ENTER,
    VSI_IGS,
    VSI_L2MC_BACKUP,
)
from inventory.lines.system import PB_BATCH_ACCESS, PB_ROUTE_COST, PB_TRIGGER_SPEED, PB_TTL, PB_VRRP_TABLE
from inventory.lines.vrrp import VRRP, VRRP6, VRRP_RECOVER_DELAY
from inventory.lines.vrrp_tracks import IF_TRACK_ADMIN, IF_TRACK_MG
from inventory.model import Interface, Pair, Side
from inventory.model.interface import MulticastTrack
from inventory.model.system import SnoopingInstance
from tasks.render.rows import Switch, Value, interface_view, line, lines, opened, present, written_view
from tasks.render.vrrp import groups

SYSTEM = (
    Value(VRRP_RECOVER_DELAY, "vrrp_recover_delay", "seconds"),
    Switch(MC_ENABLE, "multicast"),
    Switch(MC6_ENABLE, "multicast_ipv6"),
    Switch(IGS_ENABLE, "igmp_snooping"),
    Value(LACP_PRIO, "lacp.priority", "priority"),
    Value(LACP_ET_SYSID, "lacp.e_trunk_system_id", "mac"),
    Value(LACP_ET_PRIO, "lacp.e_trunk_priority", "priority"),
    Value(ET_UDP_PORT, "e_trunk_port", "port"),
    Value(ET_UDP6_PORT, "e_trunk_ipv6_port", "port"),
    Value(PB_VRRP_TABLE, "peer_backup.download_vrrp_table_delay", "seconds"),
    Switch(PB_BATCH_ACCESS, "peer_backup.batch_access"),
    Value(PB_TRIGGER_SPEED, "peer_backup.trigger_speed", "rate"),
    Value(PB_TTL, "peer_backup.ttl", "ttl"),
)
INTERFACE = (
    Switch(IF_PIM_SM, "pim_sm"),
    Switch(IF_PIM6_SM, "pim_ipv6_sm"),
    Value(IF_PIM_DR, "pim_dr_priority", "n"),
    Switch(IF_PIM_IGNORE_DR, "pim_ignore_dr_state"),
    Switch(IF_PIM_IGNORE_ASSERT, "pim_ignore_assert_state"),
    Switch(IF_IGMP, "igmp"),
    Value(IF_IGMP_VERSION, "igmp_version", "version"),
    Switch(IF_MLD, "mld"),
    Value(IF_MLD_VERSION, "mld_version", "version"),
    Switch(IF_IGS_BACKUP_REPORT, "igmp_snooping_backup_report"),
    Value(IF_IGS_ROUTER_PORT, "igmp_snooping_router_port_vlans", "vid"),
    Value(VRRP.recover_delay, "vrrp_recover_delay", "seconds"),
    Value(VRRP6.recover_delay, "vrrp6_recover_delay", "seconds"),
    Value(IF_MC_TRACK_VRRP, "multicast_track.vrid", "vrid"),
    Value(IF_MC6_TRACK_VRRP, "multicast_ipv6_track.vrid", "vrid"),
)


def system(pair: Pair, side: Side) -> Iterator[Statement]:
    """Yield the lines of the system view and of snooping instances."""
    yield from lines(SYSTEM, pair.system, side, None, "system")
    cost = pair.system.peer_backup.route_cost.of(side)
    if cost is not None:
        params = {"exclude loopback": "yes"} if cost == "exclude loopback" else {}
        yield line(PB_ROUTE_COST, None, params, "system.peer_backup.route_cost")
    for index, instance in enumerate(pair.system.igmp_snooping_instances):
        if instance.on(side):
            yield from _snooping(instance, side, f"system.igmp_snooping_instances[{index}]")


def _snooping(instance: SnoopingInstance, side: Side, origin: str) -> Iterator[Statement]:
    view = written_view(instance.instance.of(side))
    rows = VSI_IGS if view.row is VSI_ENTER else IGS
    table = (
        Switch(rows.instance, "enable"),
        Value(rows.version, "version", "n"),
        Switch(rows.proxy, "proxy"),
        Switch(rows.querier, "querier"),
    )
    yield from lines(table, instance, side, view, origin)
    for key, value in (("backup_report", instance.backup_report), ("backup_query", instance.backup_query)):
        how = value.of(side)
        if how is not None:
            params = present(direction=key.replace("_", "-"), source_mac_replace=how == "source-mac-replace")
            yield line(VSI_L2MC_BACKUP, view, params, f"{origin}.{key}")


def monitor_groups(pair: Pair, side: Side) -> Iterator[Statement]:
    """Yield the lines of interface and route monitor groups."""
    for index, group in enumerate(pair.monitor_groups):
        if group.on(side):
            origin = f"monitor_groups[{index}]"
            view = state(MG_CREATE, {"name": group.name.of(side)})
            yield opened(view, origin)
            table = (Switch(MG_ENABLE, "enable"), Value(MG_UP_DELAY, "up_delay", "seconds"))
            yield from lines(table, group, side, view, origin)
            for number, bound in enumerate(group.interfaces):
                if bound.on(side):
                    params = present(interface=bound.interface.of(side), weight=bound.down_weight.of(side))
                    yield line(MG_BIND, view, params, f"{origin}.interfaces[{number}]")
    for index, routes in enumerate(pair.route_monitor_groups):
        if routes.on(side):
            origin = f"route_monitor_groups[{index}]"
            view = state(RMG_CREATE, {"name": routes.name.of(side)})
            yield opened(view, origin)
            table = (Switch(RMG_ENABLE, "enable"), Value(RMG_UP_DELAY, "up_delay", "seconds"))
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
                    yield line(RMG_TRACK, view, params, f"{origin}.routes[{number}]")


def interfaces(pair: Pair, side: Side) -> Iterator[Statement]:
    """Yield the multicast, snooping and VRRP lines of every interface."""
    for index, interface in enumerate(pair.interfaces):
        if interface.on(side):
            origin = f"interfaces[{index}]"
            view = interface_view(interface.name.of(side))
            yield from lines(INTERFACE, interface, side, view, origin)
            yield from groups(interface, side, view, origin)
            yield from _multicast(interface, side, view, origin)
            yield from _followers(interface, side, view, origin)


def _multicast(interface: Interface, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    for ignored, value in (
        ("dr-state", interface.pim_ipv6_ignore_dr_state),
        ("assert-state", interface.pim_ipv6_ignore_assert_state),
    ):
        if value.of(side):
            where = f"{origin}.pim_ipv6_ignore_{ignored.replace('-', '_')}"
            yield line(IF_PIM6_IGNORE, view, {"state": ignored}, where)
    for index, group in enumerate(interface.igmp_static_groups):
        if group.on(side):
            params = present(group=group.group.of(side), source=group.source.of(side))
            yield line(IF_IGMP_STATIC, view, params, f"{origin}.igmp_static_groups[{index}]")
    yield from _admin(IF_MC_TRACK_ADMIN, interface.multicast_track, side, view, f"{origin}.multicast_track")
    where = f"{origin}.multicast_ipv6_track"
    yield from _admin(IF_MC6_TRACK_ADMIN, interface.multicast_ipv6_track, side, view, where)


def _admin(
    row: OwnedLine, track: MulticastTrack, side: Side, view: Statement, origin: str
) -> Iterator[Statement]:
    if track.admin:
        params = present(interface=track.admin.interface.of(side), vrid=track.admin.vrid.of(side))
        yield line(row, view, params, f"{origin}.admin")


def _followers(interface: Interface, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    admin, group = interface.track_admin_vrrp, interface.track_monitor_group
    if admin:
        params = present(interface=admin.interface.of(side), vrid=admin.vrid.of(side))
        yield line(IF_TRACK_ADMIN, view, params, f"{origin}.track_admin_vrrp")
    if group:
        params = present(group=group.group.of(side), weight=group.trigger_down_weight.of(side))
        yield line(IF_TRACK_MG, view, params, f"{origin}.track_monitor_group")
