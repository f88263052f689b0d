"""Lines of VRRP and VRRP6 groups on an interface."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from inventory.lines import Statement
from inventory.lines.vrrp import VRRP, VRRP6, Family
from inventory.lines.vrrp_tracks import (
    VRRP_AUTH,
    VRRP_FAST_RESUME,
    VRRP_TRACK_LINK_BFD,
    VRRP_TRACK_MG,
    VRRP_TRACK_RMG,
    VRRP_TRACK_ROUTE,
)
from inventory.model import Interface, Side, Vrrp6Group, VrrpGroup
from inventory.model.vrrp import GroupTrack
from tasks.render.rows import Switch, Value, line, lines, present


def _both(rows: Family) -> tuple[Value | Switch, ...]:
    """Return the fields that both families have."""
    return (
        Value(rows.priority, "priority", "priority"),
        Value(rows.preempt_delay, "preempt_delay", "seconds"),
        Switch(rows.preempt_off, "preempt", when=False),
        Value(rows.advertise_ms, "advertise_ms", "milliseconds"),
        Value(rows.hold, "holding_multiplier", "n"),
        Switch(rows.backup_forward, "backup_forward"),
        Value(rows.initial_hold, "init_hold", "seconds"),
    )


FIELDS = (
    *_both(VRRP),
    Value(VRRP.advertise, "advertise", "seconds"),
    Value(VRRP_TRACK_LINK_BFD, "track.link_bfd_down", "n"),
    Switch(VRRP_FAST_RESUME, "fast_resume"),
)
FIELDS6 = (*_both(VRRP6), Value(VRRP6.advertise, "advertise_cs", "centiseconds"))


def groups(interface: Interface, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    """Yield the lines of every group of an interface.

    Args:
        interface: of the intent.
        side: member whose values are taken.
        view: the line that enters the interface's view.
        origin: YAML path of the interface.
    """
    for index, group in enumerate(interface.vrrp):
        if group.on(side):
            yield from _group4(group, side, view, f"{origin}.vrrp[{index}]")
    for index, group6 in enumerate(interface.vrrp6):
        if group6.on(side):
            yield from _group6(group6, side, view, f"{origin}.vrrp6[{index}]")


def _group4(group: VrrpGroup, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    vrid = str(group.vrid.of(side))
    for vip in group.virtual_ips.of(side):
        yield line(VRRP.create, view, {"vrid": vrid, "vip": vip}, f"{origin}.virtual_ips")
    if not group.virtual_ips.of(side) and not group.admin.of(side):
        yield line(VRRP.create, view, {"vrid": vrid}, origin)
    yield from _common(VRRP, group, side, view, origin)
    yield from lines(FIELDS, group, side, view, origin, vrid=vrid)
    for row, key, tracks in (
        (VRRP_TRACK_MG, "monitor_groups", group.track.monitor_groups),
        (VRRP_TRACK_RMG, "route_monitor_groups", group.track.route_monitor_groups),
    ):
        for index, tracked in enumerate(tracks):
            if tracked.on(side):
                params = {"vrid": vrid, **_followed(tracked, side)}
                yield line(row, view, params, f"{origin}.track.{key}[{index}]")
    for index, route in enumerate(group.track.routes):
        if route.on(side):
            network = IPv4Network(route.prefix.of(side))
            params = present(
                vrid=vrid,
                ip=network.network_address,
                mask=network.netmask,
                vpn=route.vpn_instance.of(side),
                n=route.reduced.of(side),
            )
            yield line(VRRP_TRACK_ROUTE, view, params, f"{origin}.track.routes[{index}]")
    secret = group.authentication.of(side)
    if secret is not None:
        params = {"vrid": vrid, "method": secret.mode, "key": f"<secret:{secret.secret}>"}
        yield line(VRRP_AUTH, view, params, f"{origin}.authentication")


def _group6(group: Vrrp6Group, side: Side, view: Statement, origin: str) -> Iterator[Statement]:
    vrid = str(group.vrid.of(side))
    link_local = group.link_local.of(side)
    if link_local is not None:
        params = {"vrid": vrid, "vip": link_local, "link-local": "yes"}
        yield line(VRRP6.create, view, params, f"{origin}.link_local")
    for vip in group.virtual_ips.of(side):
        yield line(VRRP6.create, view, {"vrid": vrid, "vip": vip}, f"{origin}.virtual_ips")
    if link_local is None and not group.virtual_ips.of(side) and not group.admin.of(side):
        yield line(VRRP6.create, view, {"vrid": vrid}, origin)
    yield from _common(VRRP6, group, side, view, origin)
    yield from lines(FIELDS6, group, side, view, origin, vrid=vrid)


def _followed(tracked: GroupTrack, side: Side) -> dict[str, str]:
    return present(
        group=tracked.group.of(side),
        percent=tracked.failure_ratio.of(side),
        link=tracked.link.of(side),
        n=tracked.reduced.of(side),
    )


def _common(
    rows: Family, group: VrrpGroup | Vrrp6Group, side: Side, view: Statement, origin: str
) -> Iterator[Statement]:
    """Yield the management line and the tracks that both families have."""
    vrid = str(group.vrid.of(side))
    if group.admin.of(side):
        params = present(vrid=vrid, ignore_if_down=group.ignore_if_down.of(side))
        yield line(rows.admin, view, params, f"{origin}.admin")
    track, origin = group.track, f"{origin}.track"
    if track.admin:
        params = present(
            vrid=vrid,
            interface=track.admin.interface.of(side),
            admin_vrid=track.admin.vrid.of(side),
            unflowdown=not track.admin.flowdown.of(side),
        )
        yield line(rows.track_admin, view, params, f"{origin}.admin")
    for index, uplink in enumerate(track.interfaces):
        if uplink.on(side):
            params = present(
                vrid=vrid,
                interface=uplink.interface.of(side),
                **_change(uplink.reduced.of(side), uplink.increased.of(side)),
            )
            yield line(rows.track_interface, view, params, f"{origin}.interfaces[{index}]")
    for index, tracked in enumerate(track.bfd):
        if tracked.on(side):
            session = tracked.session.of(side)
            name = "bfd_name" if isinstance(session, str) else "discr"
            params = present(
                vrid=vrid,
                type=tracked.type.of(side),
                **{name: session},
                **_change(tracked.reduced.of(side), tracked.increased.of(side)),
            )
            yield line(rows.track_bfd, view, params, f"{origin}.bfd[{index}]")


def _change(reduced: int | None, increased: int | None) -> dict[str, object]:
    if reduced is not None:
        return {"change": "reduced", "n": reduced}
    return {"change": "increased", "n": increased} if increased is not None else {}
