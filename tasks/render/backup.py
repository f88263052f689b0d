"""Lines of the backup platform: channels, profiles and address pools bound to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inventory.lines import OwnedLine, Statement, state
from inventory.lines.interface import IF_RBP
from inventory.lines.pool import POOL_RBP
from inventory.lines.profile import (
    RBP_ACCT_SESSION,
    RBP_BACKUP_ID,
    RBP_CREATE,
    RBP_E_TRUNK,
    RBP_FRAME_ROUTE,
    RBP_IGMP_COPY,
    RBP_IP_POOL,
    RBP_IP_POOL_INCLUDE,
    RBP_IPV6_POOL,
    RBP_LB_HASH,
    RBP_NAS,
    RBP_PEER_BACKUP,
    RBP_REMARK_MAC,
    RBP_RUI_SLAVE_NOFWD,
    RBP_SERVICE_TYPE,
    RBP_TRAFFIC_BACKUP,
    RBP_VRRP6_ID,
    RBP_VRRP_ID,
)
from inventory.lines.service import (
    RBS_BIND_SSL,
    RBS_CREATE,
    RBS_PEER,
    RBS_PEER_IPV6,
    RBS_PROTECT_LSP,
    RBS_PROTECT_REDIRECT,
    RBS_PROTECT_TNL_POLICY,
    RBS_PROTECT_VPN,
    RBS_SHUTDOWN,
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
    RBS_L2TP_PROTECT_OFF,
    RBS_L2TP_SOURCE,
    RBS_RADIUS_AUTH_SOURCE,
    RBS_STATIC_ROUTE,
    RBS_WEB_AUTH_SOURCE,
)
from inventory.model import BackupProfile, BackupService, Pair, Side
from inventory.model.backup_service import Protection, RadiusSource, RbsPool, RbsPool6, RbsTrack
from tasks.render.rows import Switch, Value, interface_view, line, lines, opened, present, written_view

SERVICE = (
    Value(RBS_BIND_SSL, "ssl_policy", "policy-name"),
    Value(RBS_PROTECT_LSP, "protect.lsp_peer", "ip"),
    Value(RBS_L2TP_SOURCE, "l2tp_source_loopback", "number"),
    Switch(RBS_L2TP_PROTECT_OFF, "l2tp_protect_tunnel", when=False),
    Switch(RBS_SHUTDOWN, "shutdown"),
)
PROFILE = (
    Value(RBP_SERVICE_TYPE, "services", "service"),
    Switch(RBP_RUI_SLAVE_NOFWD, "slave_forwarding", when=False),
    Value(RBP_PEER_BACKUP, "mode", "mode"),
    Switch(RBP_IGMP_COPY, "igmp_copy"),
    Value(RBP_IP_POOL, "ip_pools", "pool"),
    Value(RBP_IPV6_POOL, "ipv6_pools", "pool"),
    Value(RBP_ACCT_SESSION, "accounting_sysname", "name"),
    Value(RBP_FRAME_ROUTE, "frame_route_metric", "metric"),
)


def services(pair: Pair, side: Side) -> Iterator[Statement]:
    """Yield the lines of every channel of a member."""
    for index, service in enumerate(pair.backup_services):
        if service.on(side):
            origin = f"backup_services[{index}]"
            view = state(RBS_CREATE, {"rbs-name": service.name.of(side)})
            yield opened(view, origin)
            yield _channel(service, side, view, origin)
            yield from lines(SERVICE, service, side, view, origin)
            yield from _tracks(pair, service.track, side, view, f"{origin}.track")
            yield from _protection(service.protect, side, view, f"{origin}.protect")
            yield from _routes_and_pools(service, side, view, origin)
            yield from _sources(service, side, view, origin)


def _channel(service: BackupService, side: Side, view: Statement, origin: str) -> Statement:
    own, port = service.address.of(side), str(service.port.of(side))
    peer = service.peer_of(side)
    if ":" in own:
        params = {"peer-ipv6": peer, "source-ipv6": own, "port": port}
        return line(RBS_PEER_IPV6, view, params, f"{origin}.address")
    params = {"peer-ip": peer, "source-ip": own, "port": port}
    return line(RBS_PEER, view, params, f"{origin}.address")


def discriminator(pair: Pair, session: str | int, side: Side) -> str:
    """Return the local discriminator of a session that is named by name or by discriminator."""
    if isinstance(session, int):
        return str(session)
    known = pair.bfd.sessions if pair.bfd else ()
    found = next(one for one in known if one.on(side) and one.name.of(side) == session)
    return str(found.discriminator.of(side))


def _tracks(pair: Pair, track: RbsTrack, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    session = track.bfd.of(side)
    if session is not None:
        yield line(RBS_TRACK_BFD, view, {"discr": discriminator(pair, session, side)}, f"{origin}.bfd")
    for index, uplink in enumerate(track.interfaces):
        if uplink.on(side):
            params = present(interface=uplink.interface.of(side), weight=uplink.weight.of(side))
            yield line(RBS_TRACK_IF, view, params, f"{origin}.interfaces[{index}]")
    for row, key, groups in (
        (RBS_TRACK_MONITOR_GROUP, "monitor_groups", track.monitor_groups),
        (RBS_TRACK_ROUTE_MONITOR_GROUP, "route_monitor_groups", track.route_monitor_groups),
    ):
        for index, group in enumerate(groups):
            if group.on(side):
                params = present(group=group.group.of(side), percent=group.failure_ratio.of(side))
                yield line(row, view, params, f"{origin}.{key}[{index}]")
    uplinks = track.switchover_uplink
    params = present(ratio=uplinks.failure_ratio.of(side), minutes=uplinks.duration.of(side))
    if params:
        yield line(RBS_SWITCHOVER_UPLINK, view, params, f"{origin}.switchover_uplink")


def _protection(protect: Protection, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    redirect, tunnel = protect.redirect, protect.tunnel_policy
    if redirect:
        params = present(ip=redirect.next_hop.of(side), interface=redirect.interface.of(side))
        yield line(RBS_PROTECT_REDIRECT, view, params, f"{origin}.redirect")
    if tunnel:
        params = present(
            policy=tunnel.policy.of(side), ip=tunnel.peer.of(side), interface=tunnel.interface.of(side)
        )
        yield line(RBS_PROTECT_TNL_POLICY, view, params, f"{origin}.tunnel_policy")
    for index, vpn in enumerate(protect.vpn_instances):
        if vpn.on(side):
            params = present(
                vpn=vpn.vpn_instance.of(side), ip=vpn.peer.of(side), interface=vpn.interface.of(side)
            )
            yield line(RBS_PROTECT_VPN, view, params, f"{origin}.vpn_instances[{index}]")


def _routes_and_pools(
    service: BackupService, side: Side, view: Statement, origin: str
) -> Iterator[Statement]:
    kinds: tuple[tuple[OwnedLine, str, Sequence[RbsPool | RbsPool6]], ...] = (
        (RBS_IP_POOL, "ip_pools", service.ip_pools),
        (RBS_IPV6_POOL, "ipv6_pools", service.ipv6_pools),
    )
    for row, key, pools in kinds:
        for index, pool in enumerate(pools):
            if pool.on(side):
                params = present(pool=pool.name.of(side), metric=pool.metric.of(side))
                yield line(row, view, params, f"{origin}.{key}[{index}]")
    for index, route in enumerate(service.static_routes):
        if route.on(side):
            params = present(
                null_if=0,
                tag=route.tag.of(side),
                metric=route.metric.of(side),
                rui_slave=route.rui_slave.of(side),
            )
            yield line(RBS_STATIC_ROUTE, view, params, f"{origin}.static_routes[{index}]")


def _sources(service: BackupService, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    for index, daily in enumerate(service.batch_backup_daily):
        if daily.on(side):
            params = {"service": daily.service, "time": daily.time.of(side)}
            yield line(RBS_BATCH_DAILY, view, params, f"{origin}.batch_backup_daily[{index}]")
    for index, block in enumerate(service.backup_block):
        if block.on(side):
            params = present(direction=block.direction, service=block.service)
            yield line(RBS_BACKUP_BLOCK, view, params, f"{origin}.backup_block[{index}]")
    if service.radius_authorization:
        params = _source(service.radius_authorization, side)
        yield line(RBS_RADIUS_AUTH_SOURCE, view, params, f"{origin}.radius_authorization")
    server = service.dhcpv6_server
    if server:
        params = present(
            dst_ipv6=server.destination.of(side),
            src_ipv6=server.source.of(side),
            vpn=server.vpn_instance.of(side),
        )
        yield line(RBS_DHCPV6_SERVER, view, params, f"{origin}.dhcpv6_server")
    if service.web_auth_server:
        web = service.web_auth_server
        params = present(vpn=web.vpn_instance.of(side), ip=web.address.of(side))
        yield line(RBS_WEB_AUTH_SOURCE, view, params, f"{origin}.web_auth_server")


def _source(source: RadiusSource, side: Side) -> dict[str, str]:
    params = present(vpn=source.vpn_instance.of(side), ip=source.address.of(side))
    return params | ({"same-as nas-logic-ip": "yes"} if source.same_as_nas_logic_ip.of(side) else {})


def profiles(pair: Pair, side: Side) -> Iterator[Statement]:
    """Yield the lines of every profile of a member, with the interfaces and pools that it is bound to."""
    for index, profile in enumerate(pair.backup_profiles):
        if profile.on(side):
            origin = f"backup_profiles[{index}]"
            named = {"rbp-name": profile.name.of(side)}
            view = state(RBP_CREATE, named)
            yield opened(view, origin)
            params = present(backup_id=profile.backup_id.of(side), rbs_name=profile.service.of(side))
            yield line(RBP_BACKUP_ID, view, params, f"{origin}.backup_id")
            yield from lines(PROFILE, profile, side, view, origin)
            yield from _roles(profile, side, view, f"{origin}.track")
            yield from _users(profile, side, view, origin)
            for interface in profile.interfaces.of(side):
                yield line(IF_RBP, interface_view(interface), named, f"{origin}.interfaces")
            for number, pool in enumerate(profile.address_pools):
                if pool.on(side):
                    holder = written_view(f"ip pool {pool.name.of(side)} {pool.type.of(side)}")
                    yield line(POOL_RBP, holder, named, f"{origin}.address_pools[{number}]")


def _roles(profile: BackupProfile, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    trunk = profile.track.e_trunk
    if trunk:
        params = present(e_trunk_id=trunk.e_trunk.of(side), eth_trunk_id=trunk.eth_trunk.of(side))
        yield line(RBP_E_TRUNK, view, params, f"{origin}.e_trunk")
    for index, group in enumerate(profile.track.vrrp):
        if group.on(side):
            mac = group.mac.of(side)
            params = present(
                vrid=group.vrid.of(side), interface=group.interface.of(side), parity=mac and f"{mac}-mac"
            )
            yield line(RBP_VRRP_ID, view, params, f"{origin}.vrrp[{index}]")
    for index, group6 in enumerate(profile.track.vrrp6):
        if group6.on(side):
            params = present(vrid=group6.vrid.of(side), interface=group6.interface.of(side))
            yield line(RBP_VRRP6_ID, view, params, f"{origin}.vrrp6[{index}]")


def _users(profile: BackupProfile, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    port = profile.nas.logic_port.of(side)
    for attribute, key, value in (
        ("logic-ip", "logic_ip", profile.nas.logic_ip.of(side)),
        ("logic-port", "logic_port", f"{port.type} {port.number}" if port else None),
        ("logic-sysname", "logic_sysname", profile.nas.logic_sysname.of(side)),
    ):
        if value is not None:
            yield line(RBP_NAS, view, {"attribute": attribute, "value": value}, f"{origin}.nas.{key}")
    traffic = profile.traffic_backup
    params = present(minutes=traffic.interval.of(side), mb=traffic.threshold.of(side))
    if params:
        yield line(RBP_TRAFFIC_BACKUP, view, params, f"{origin}.traffic_backup")
    for index, pools in enumerate(profile.ip_pool_includes):
        if pools.on(side):
            params = present(source=pools.source, destination=pools.destination, node=pools.node.of(side))
            yield line(RBP_IP_POOL_INCLUDE, view, params, f"{origin}.ip_pool_includes[{index}]")
    spread = profile.load_balance
    if spread:
        params = present(arithmetic=spread.arithmetic.of(side), offset=spread.mac_offset.of(side))
        yield line(RBP_LB_HASH, view, params, f"{origin}.load_balance")
    for index, remark in enumerate(profile.remark_macs):
        if remark.on(side):
            params = present(mac=remark.mac.of(side), parity=f"{remark.parity}-mac")
            yield line(RBP_REMARK_MAC, view, params, f"{origin}.remark_macs[{index}]")
