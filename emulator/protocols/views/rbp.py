"""Backup profiles as shown."""

from __future__ import annotations

import re
from dataclasses import replace

from emulator.protocols.node import Node
from emulator.protocols.settings.backup import RbpSettings
from emulator.protocols.states import RbpTrack, RbpView, Role

_PLACE = re.compile(r"(\d+)/(\d+)/(\d+)(?:\.\d+)?$")


def view(node: Node, settings: RbpSettings) -> RbpView:
    """Show one profile."""
    profile = node.profiles[settings.name]
    tracks = tuple(
        RbpTrack(track.vrid, track.interface, track.ipv6, track.parity) for track in settings.tracks
    )
    if len(tracks) == len(profile.own):
        pairs = zip(tracks, profile.own, profile.peer, strict=True)
        tracks = tuple(replace(track, role=own.role, peer=peer.role) for track, own, peer in pairs)
    return RbpView(
        name=settings.name,
        index=settings.index,
        services=settings.services,
        rbs=settings.rbs,
        backup_id=settings.backup_id,
        tracks=tracks,
        e_trunk=settings.e_trunk,
        role=profile.role,
        peer=profile.peer[0].role if profile.peer else Role.UNKNOWN,
        interfaces=tuple(
            name for name, interface in node.settings.interfaces.items() if interface.rbp == settings.name
        ),
        mode=settings.mode,
        forwarding=settings.forwarding,
        slot=_slot(settings),
    )


def _slot(settings: RbpSettings) -> tuple[int, int, int] | None:
    """Return slot, card and port of the tracked interface, if it is a physical port."""
    if not settings.tracks:
        return None
    place = _PLACE.search(settings.tracks[0].interface)
    return (int(place[1]), int(place[2]), int(place[3])) if place else None
