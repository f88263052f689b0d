"""VRRP groups as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.facts import primary, usable
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.settings.vrrp import GroupKey, GroupSettings
from emulator.protocols.states import VrrpKind, VrrpState, VrrpTrackView, VrrpView
from emulator.protocols.vrrp_tracks import well

if TYPE_CHECKING:
    from collections.abc import Iterator


def view(net: Network, node: Node, settings: GroupSettings) -> VrrpView:
    """Show one group."""
    key, group = settings.key, node.groups[settings.key]
    local = settings.source or primary(node, key.interface, ipv6=key.ipv6)
    is_master = group.state is VrrpState.MASTER
    heard = group.heard if group.state is VrrpState.BACKUP and settings.kind is not VrrpKind.MEMBER else None
    family = 2 if key.ipv6 else 1
    return VrrpView(
        interface=key.interface,
        vrid=key.vrid,
        ipv6=key.ipv6,
        state=group.state,
        kind=settings.kind,
        virtual=settings.virtual,
        master=local if is_master else heard.text if heard else "",
        local=local,
        priority=settings.priority,
        run_priority=group.run_priority,
        master_priority=group.run_priority if is_master else heard.priority if heard else 0,
        preempt=settings.preempt,
        preempt_delay=settings.delay,
        remain=group.preempt_at - net.now if group.preempt_at is not None else None,
        hold_multiplier=settings.hold,
        advertise_ms=settings.advertise_ms,
        run_advertise_ms=settings.advertise_ms,
        auth=settings.auth[0],
        mac=f"0000-5e00-{family:02x}{key.vrid:02x}",
        backup_forward=settings.backup_forward,
        admin=settings.admin[:2] if settings.admin is not None else None,
        unflowdown=settings.unflowdown,
        members=tuple(_members(node, key)),
        member_interfaces=tuple(_member_interfaces(node, key)),
        tracks=tuple(
            VrrpTrackView(
                track.kind, track.object, well(net, node, track), track.effect, track.value, track.ratio
            )
            for track in settings.tracks
        ),
        created=group.created,
        last_change=group.changes[0].time if group.changes else None,
        changes=group.changes,
    )


def _members(node: Node, leader: GroupKey) -> Iterator[tuple[str, int, VrrpState]]:
    for key, settings in node.settings.vrrp.groups.items():
        if settings.admin == leader:
            yield key.interface, key.vrid, node.groups[key].state


def _member_interfaces(node: Node, leader: GroupKey) -> Iterator[tuple[str, bool]]:
    for name, settings in node.settings.interfaces.items():
        if settings.track_admin is not None and GroupKey(*settings.track_admin, ipv6=False) == leader:
            yield name, usable(node, name)
