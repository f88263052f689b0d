"""Lines of the backup platform: channels, profiles and address pools bound to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inventory.model import BackupProfile, BackupService, Pair, Side
from inventory.model.backup_profile import AddressPool
from inventory.model.backup_service import Protection, RadiusSource, RbsPool, RbsPool6, RbsTrack
from tasks.render.rows import Line, Switch, Value, lines, present

SERVICE = (
    Value("rbs.bind-ssl", "ssl_policy", "policy-name"),
    Value("rbs.protect-lsp", "protect.lsp_peer", "ip"),
    Value("rbs.l2tp-source", "l2tp_source_loopback", "number"),
    Switch("rbs.l2tp-protect-off", "l2tp_protect_tunnel", when=False),
    Switch("rbs.shutdown", "shutdown"),
)
PROFILE = (
    Value("rbp.service-type", "services", "service"),
    Switch("rbp.rui-slave-nofwd", "slave_forwarding", when=False),
    Value("rbp.peer-backup", "mode", "mode"),
    Switch("rbp.igmp-copy", "igmp_copy"),
    Value("rbp.ip-pool", "ip_pools", "pool"),
    Value("rbp.ipv6-pool", "ipv6_pools", "pool"),
    Value("rbp.acct-session", "accounting_sysname", "name"),
    Value("rbp.frame-route", "frame_route_metric", "metric"),
)


def services(pair: Pair, side: Side) -> Iterator[Line]:
    """Give the lines of every channel of a member."""
    for index, service in enumerate(pair.backup_services):
        if service.on(side):
            origin = f"backup_services[{index}]"
            name = service.name.of(side)
            view = (f"remote-backup-service {name}",)
            yield Line("rbs.create", (), {"rbs-name": name}, origin)
            yield _channel(service, side, view, origin)
            yield from lines(SERVICE, service, side, view, origin)
            yield from _tracks(pair, service.track, side, view, f"{origin}.track")
            yield from _protection(service.protect, side, view, f"{origin}.protect")
            yield from _routes_and_pools(service, side, view, origin)
            yield from _sources(service, side, view, origin)


def _channel(service: BackupService, side: Side, view: tuple[str, ...], origin: str) -> Line:
    own, port = service.address.of(side), str(service.port.of(side))
    peer = service.peer_of(side)
    if ":" in own:
        params = {"peer-ipv6": peer, "source-ipv6": own, "port": port}
        return Line("rbs.peer-ipv6", view, params, f"{origin}.address")
    params = {"peer-ip": peer, "source-ip": own, "port": port}
    return Line("rbs.peer", view, params, f"{origin}.address")


def discriminator(pair: Pair, session: str | int, side: Side) -> str:
    """Give the local discriminator of a session that is named by name or by discriminator."""
    if isinstance(session, int):
        return str(session)
    known = pair.bfd.sessions if pair.bfd else ()
    found = next(one for one in known if one.on(side) and one.name.of(side) == session)
    return str(found.discriminator.of(side))


def _tracks(pair: Pair, track: RbsTrack, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    session = track.bfd.of(side)
    if session is not None:
        yield Line("rbs.track-bfd", view, {"discr": discriminator(pair, session, side)}, f"{origin}.bfd")
    for index, uplink in enumerate(track.interfaces):
        if uplink.on(side):
            params = present(interface=uplink.interface.of(side), weight=uplink.weight.of(side))
            yield Line("rbs.track-if", view, params, f"{origin}.interfaces[{index}]")
    for row, key, groups in (
        ("rbs.track-monitor-group", "monitor_groups", track.monitor_groups),
        ("rbs.track-route-monitor-group", "route_monitor_groups", track.route_monitor_groups),
    ):
        for index, group in enumerate(groups):
            if group.on(side):
                params = present(group=group.group.of(side), percent=group.failure_ratio.of(side))
                yield Line(row, view, params, f"{origin}.{key}[{index}]")
    uplinks = track.switchover_uplink
    params = present(ratio=uplinks.failure_ratio.of(side), minutes=uplinks.duration.of(side))
    if params:
        yield Line("rbs.switchover-uplink", view, params, f"{origin}.switchover_uplink")


def _protection(protect: Protection, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    redirect, tunnel = protect.redirect, protect.tunnel_policy
    if redirect:
        params = present(ip=redirect.next_hop.of(side), interface=redirect.interface.of(side))
        yield Line("rbs.protect-redirect", view, params, f"{origin}.redirect")
    if tunnel:
        params = present(
            policy=tunnel.policy.of(side), ip=tunnel.peer.of(side), interface=tunnel.interface.of(side)
        )
        yield Line("rbs.protect-tnl-policy", view, params, f"{origin}.tunnel_policy")
    for index, vpn in enumerate(protect.vpn_instances):
        if vpn.on(side):
            params = present(
                vpn=vpn.vpn_instance.of(side), ip=vpn.peer.of(side), interface=vpn.interface.of(side)
            )
            yield Line("rbs.protect-vpn", view, params, f"{origin}.vpn_instances[{index}]")


def _routes_and_pools(
    service: BackupService, side: Side, view: tuple[str, ...], origin: str
) -> Iterator[Line]:
    kinds: tuple[tuple[str, str, Sequence[RbsPool | RbsPool6]], ...] = (
        ("rbs.ip-pool", "ip_pools", service.ip_pools),
        ("rbs.ipv6-pool", "ipv6_pools", service.ipv6_pools),
    )
    for row, key, pools in kinds:
        for index, pool in enumerate(pools):
            if pool.on(side):
                params = present(pool=pool.name.of(side), metric=pool.metric.of(side))
                yield Line(row, view, params, f"{origin}.{key}[{index}]")
    for index, route in enumerate(service.static_routes):
        if route.on(side):
            params = present(
                null_if=0,
                tag=route.tag.of(side),
                metric=route.metric.of(side),
                rui_slave=route.rui_slave.of(side),
            )
            yield Line("rbs.static-route", view, params, f"{origin}.static_routes[{index}]")


def _sources(service: BackupService, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    for index, daily in enumerate(service.batch_backup_daily):
        if daily.on(side):
            params = {"service": daily.service, "time": daily.time.of(side)}
            yield Line("rbs.batch-daily", view, params, f"{origin}.batch_backup_daily[{index}]")
    for index, block in enumerate(service.backup_block):
        if block.on(side):
            params = present(direction=block.direction, service=block.service)
            yield Line("rbs.backup-block", view, params, f"{origin}.backup_block[{index}]")
    if service.radius_authorization:
        params = _source(service.radius_authorization, side)
        yield Line("rbs.radius-auth-source", view, params, f"{origin}.radius_authorization")
    server = service.dhcpv6_server
    if server:
        params = present(
            dst_ipv6=server.destination.of(side),
            src_ipv6=server.source.of(side),
            vpn=server.vpn_instance.of(side),
        )
        yield Line("rbs.dhcpv6-server", view, params, f"{origin}.dhcpv6_server")
    if service.web_auth_server:
        web = service.web_auth_server
        params = present(vpn=web.vpn_instance.of(side), ip=web.address.of(side))
        yield Line("rbs.web-auth-source", view, params, f"{origin}.web_auth_server")


def _source(source: RadiusSource, side: Side) -> dict[str, str]:
    params = present(vpn=source.vpn_instance.of(side), ip=source.address.of(side))
    return params | ({"same-as nas-logic-ip": "yes"} if source.same_as_nas_logic_ip.of(side) else {})


def profiles(pair: Pair, side: Side) -> Iterator[Line]:
    """Give the lines of every profile of a member, with the interfaces and pools that it is bound to."""
    for index, profile in enumerate(pair.backup_profiles):
        if profile.on(side):
            origin = f"backup_profiles[{index}]"
            name = profile.name.of(side)
            view = (f"remote-backup-profile {name}",)
            yield Line("rbp.create", (), {"rbp-name": name}, origin)
            params = present(backup_id=profile.backup_id.of(side), rbs_name=profile.service.of(side))
            yield Line("rbp.backup-id", view, params, f"{origin}.backup_id")
            yield from lines(PROFILE, profile, side, view, origin)
            yield from _roles(profile, side, view, f"{origin}.track")
            yield from _users(profile, side, view, origin)
            for interface in profile.interfaces.of(side):
                yield Line("if.rbp", (f"interface {interface}",), {"rbp-name": name}, f"{origin}.interfaces")
            for number, pool in enumerate(profile.address_pools):
                if pool.on(side):
                    where = f"{origin}.address_pools[{number}]"
                    yield Line("pool.rbp", (_pool_view(pool, side),), {"rbp-name": name}, where)


def _pool_view(pool: AddressPool, side: Side) -> str:
    return f"ip pool {pool.name.of(side)} {pool.type.of(side)}"


def _roles(profile: BackupProfile, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    trunk = profile.track.e_trunk
    if trunk:
        params = present(e_trunk_id=trunk.e_trunk.of(side), eth_trunk_id=trunk.eth_trunk.of(side))
        yield Line("rbp.e-trunk", view, params, f"{origin}.e_trunk")
    for index, group in enumerate(profile.track.vrrp):
        if group.on(side):
            mac = group.mac.of(side)
            params = present(
                vrid=group.vrid.of(side), interface=group.interface.of(side), parity=mac and f"{mac}-mac"
            )
            yield Line("rbp.vrrp-id", view, params, f"{origin}.vrrp[{index}]")
    for index, group6 in enumerate(profile.track.vrrp6):
        if group6.on(side):
            params = present(vrid=group6.vrid.of(side), interface=group6.interface.of(side))
            yield Line("rbp.vrrp6-id", view, params, f"{origin}.vrrp6[{index}]")


def _users(profile: BackupProfile, side: Side, view: tuple[str, ...], origin: str) -> Iterator[Line]:
    port = profile.nas.logic_port.of(side)
    for attribute, key, value in (
        ("logic-ip", "logic_ip", profile.nas.logic_ip.of(side)),
        ("logic-port", "logic_port", f"{port.type} {port.number}" if port else None),
        ("logic-sysname", "logic_sysname", profile.nas.logic_sysname.of(side)),
    ):
        if value is not None:
            yield Line("rbp.nas", view, {"attribute": attribute, "value": value}, f"{origin}.nas.{key}")
    traffic = profile.traffic_backup
    params = present(minutes=traffic.interval.of(side), mb=traffic.threshold.of(side))
    if params:
        yield Line("rbp.traffic-backup", view, params, f"{origin}.traffic_backup")
    for index, pools in enumerate(profile.ip_pool_includes):
        if pools.on(side):
            params = present(source=pools.source, destination=pools.destination, node=pools.node.of(side))
            yield Line("rbp.ip-pool-include", view, params, f"{origin}.ip_pool_includes[{index}]")
    spread = profile.load_balance
    if spread:
        params = present(arithmetic=spread.arithmetic.of(side), offset=spread.mac_offset.of(side))
        yield Line("rbp.lb-hash", view, params, f"{origin}.load_balance")
    for index, remark in enumerate(profile.remark_macs):
        if remark.on(side):
            params = present(mac=remark.mac.of(side), parity=f"{remark.parity}-mac")
            yield Line("rbp.remark-mac", view, params, f"{origin}.remark_macs[{index}]")
