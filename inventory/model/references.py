"""References inside a pair: what is named must be there, and what is there must be there once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from inventory.model.backup_profile import BackupProfile, Vrrp6Track, VrrpTrack
from inventory.model.backup_service import BackupService, RbsTrack, TrackedGroup
from inventory.model.base import SIDES, Side
from inventory.model.bfd import BfdSession
from inventory.model.interface import Interface
from inventory.model.monitor import MonitorGroup, RouteMonitorGroup
from inventory.model.pair import Pair
from inventory.model.vrrp import GroupTrack, Vrrp6Group, VrrpGroup, VrrpTracks

Broken: TypeAlias = tuple[str, str]
"""YAML path and message."""
Named: TypeAlias = BackupService | BackupProfile | BfdSession | MonitorGroup | RouteMonitorGroup | Interface
Group: TypeAlias = VrrpGroup | Vrrp6Group
Tracked: TypeAlias = TrackedGroup | GroupTrack


def broken_references(pair: Pair) -> tuple[Broken, ...]:
    """Find names that nothing bears, and objects that stand twice on a member.

    Args:
        pair: the intent.

    Returns:
        YAML path and message of each, without repetition.
    """
    found = [broken for side in SIDES for check in CHECKS for broken in check(pair, side)]
    return tuple(dict.fromkeys(found))


def _absent(path: str, what: str, name: object, known: Iterable[object]) -> Iterator[Broken]:
    names = [str(one) for one in known]
    if str(name) in names:
        return
    near = difflib.get_close_matches(str(name), names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there is {', '.join(names) or 'none'}"
    yield path, f"no {what} {name!r} in this pair; {hint}"


def _twice(entries: Iterable[tuple[str, str, object]]) -> Iterator[Broken]:
    """Find entries (path, what it is, identity) whose identity came before."""
    first: dict[tuple[str, object], str] = {}
    for path, what, identity in entries:
        earlier = first.setdefault((what, identity), path)
        if earlier != path:
            yield path, f"{what} {identity} stands at {earlier} already"


def _sessions(pair: Pair, side: Side) -> list[str]:
    return [session.name.of(side) for session in (pair.bfd.sessions if pair.bfd else ()) if session.on(side)]


def _nameless(pair: Pair, side: Side) -> set[str]:
    """Name the sessions without a local discriminator."""
    sessions = pair.bfd.sessions if pair.bfd else ()
    return {one.name.of(side) for one in sessions if one.on(side) and one.discriminator.of(side) is None}


def _objects(pair: Pair, side: Side) -> Iterator[tuple[str, str, object]]:
    named: tuple[tuple[str, str, Sequence[Named]], ...] = (
        ("backup_services", "backup service", pair.backup_services),
        ("backup_profiles", "backup profile", pair.backup_profiles),
        ("monitor_groups", "monitor group", pair.monitor_groups),
        ("route_monitor_groups", "route monitor group", pair.route_monitor_groups),
        ("bfd.sessions", "BFD session", pair.bfd.sessions if pair.bfd else ()),
        ("interfaces", "interface", pair.interfaces),
    )
    for key, what, objects in named:
        for index, one in enumerate(objects):
            if one.on(side):
                name = one.name.of(side)
                yield f"{key}[{index}].name", what, name if what.endswith("group") else name.casefold()
    for index, snooped in enumerate(pair.system.igmp_snooping_instances):
        if snooped.on(side):
            yield f"system.igmp_snooping_instances[{index}].instance", "snooping in", snooped.where(side)
    for index, profile in enumerate(pair.backup_profiles):
        if profile.on(side):
            for interface in profile.interfaces.of(side):
                yield f"backup_profiles[{index}].interfaces", "profile of interface", interface


def _trunk_objects(pair: Pair, side: Side) -> Iterator[tuple[str, str, object]]:
    for index, trunk in enumerate(pair.e_trunks):
        if not trunk.on(side):
            continue
        yield f"e_trunks[{index}].id", "E-Trunk", trunk.id.of(side)
        for number, member in enumerate(trunk.members):
            if not member.on(side):
                continue
            path = f"e_trunks[{index}].members[{number}]"
            yield f"{path}.eth_trunk", "Eth-Trunk", member.eth_trunk.of(side)
            for port in member.ports.of(side) + member.passive_ports.of(side):
                yield f"{path}.ports", "port", port


def _group_objects(pair: Pair, side: Side) -> Iterator[tuple[str, str, object]]:
    for index, interface in enumerate(pair.interfaces):
        kinds: tuple[tuple[str, Sequence[Group]], ...] = (
            ("vrrp", interface.vrrp),
            ("vrrp6", interface.vrrp6),
        )
        for kind, groups in kinds:
            for number, group in enumerate(groups):
                if interface.on(side) and group.on(side):
                    identity = f"{group.vrid.of(side)} on {interface.name.of(side)}"
                    yield f"interfaces[{index}].{kind}[{number}].vrid", f"{kind.upper()} group", identity


def _once(pair: Pair, side: Side) -> Iterator[Broken]:
    for entries in (_objects, _trunk_objects, _group_objects):
        yield from _twice(entries(pair, side))


def _profiles(pair: Pair, side: Side) -> Iterator[Broken]:
    services = [service.name.of(side) for service in pair.backup_services if service.on(side)]
    trunks = {
        (trunk.id.of(side), member.eth_trunk.of(side))
        for trunk in pair.e_trunks
        for member in trunk.members
        if trunk.on(side) and member.on(side)
    }
    groups = [str(identity) for _, _, identity in _group_objects(pair, side)]
    for index, profile in enumerate(pair.backup_profiles):
        if not profile.on(side):
            continue
        path = f"backup_profiles[{index}]"
        yield from _absent(f"{path}.service", "backup service", profile.service.of(side), services)
        chosen = profile.track.e_trunk
        if chosen and (chosen.e_trunk.of(side), chosen.eth_trunk.of(side)) not in trunks:
            yield (
                f"{path}.track.e_trunk",
                f"no Eth-Trunk {chosen.eth_trunk.of(side)} in E-Trunk {chosen.e_trunk.of(side)} of this pair",
            )
        kinds: tuple[tuple[str, Sequence[VrrpTrack | Vrrp6Track]], ...] = (
            ("vrrp", profile.track.vrrp),
            ("vrrp6", profile.track.vrrp6),
        )
        for kind, tracks in kinds:
            for number, track in enumerate(tracks):
                name = f"{track.vrid.of(side)} on {track.interface.of(side)}"
                if track.on(side):
                    yield from _absent(f"{path}.track.{kind}[{number}]", "VRRP group", name, groups)


def _trunks(pair: Pair, side: Side) -> Iterator[Broken]:
    for index, trunk in enumerate(pair.e_trunks):
        name = trunk.bfd.of(side)
        if trunk.on(side) and name is not None:
            yield from _absent(f"e_trunks[{index}].bfd", "BFD session", name, _sessions(pair, side))
        if trunk.on(side) and trunk.dynamic_bfd and pair.bfd is None:
            yield f"e_trunks[{index}].dynamic_bfd", "BFD is not enabled in this pair; add `bfd: {}`"


def _services(pair: Pair, side: Side) -> Iterator[Broken]:
    for index, service in enumerate(pair.backup_services):
        if not service.on(side):
            continue
        path = f"backup_services[{index}].track"
        session = service.track.bfd.of(side)
        if isinstance(session, str):
            yield from _absent(f"{path}.bfd", "BFD session", session, _sessions(pair, side))
            if session in _nameless(pair, side):
                yield f"{path}.bfd", f"BFD session {session!r} has no `discriminator` by which it is followed"
        yield from _groups(path, service.track, pair, side)


def _groups(path: str, track: RbsTrack | VrrpTracks, pair: Pair, side: Side) -> Iterator[Broken]:
    """Check the monitor groups that a channel or a VRRP group tracks."""
    kinds: tuple[tuple[str, str, Sequence[MonitorGroup | RouteMonitorGroup], Sequence[Tracked]], ...] = (
        ("monitor_groups", "monitor group", pair.monitor_groups, track.monitor_groups),
        (
            "route_monitor_groups",
            "route monitor group",
            pair.route_monitor_groups,
            track.route_monitor_groups,
        ),
    )
    for key, what, known, tracks in kinds:
        names = [group.name.of(side) for group in known if group.on(side)]
        for number, tracked in enumerate(tracks):
            if tracked.on(side):
                yield from _absent(f"{path}.{key}[{number}].group", what, tracked.group.of(side), names)


def _vrrp(pair: Pair, side: Side) -> Iterator[Broken]:
    for index, interface in enumerate(pair.interfaces):
        if not interface.on(side):
            continue
        kinds: tuple[tuple[str, Sequence[Group]], ...] = (
            ("vrrp", interface.vrrp),
            ("vrrp6", interface.vrrp6),
        )
        for kind, groups in kinds:
            for number, group in enumerate(groups):
                if group.on(side):
                    yield from _group_tracks(f"interfaces[{index}].{kind}[{number}].track", group, pair, side)


def _group_tracks(path: str, group: Group, pair: Pair, side: Side) -> Iterator[Broken]:
    for place, track in enumerate(group.track.bfd):
        session = track.session.of(side)
        if track.on(side) and isinstance(session, str):
            yield from _absent(f"{path}.bfd[{place}].session", "BFD session", session, _sessions(pair, side))
    if isinstance(group, VrrpGroup):
        yield from _groups(path, group.track, pair, side)


CHECKS: Sequence[Callable[[Pair, Side], Iterator[Broken]]] = (_once, _profiles, _trunks, _services, _vrrp)
