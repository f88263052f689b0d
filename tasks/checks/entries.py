"""Checks of the backed-up entries: on the backup is what the master has.

Timers and last reporters differ between members by nature; what counts is interface and group (and
source). Without any entry on either member there is nothing to compare, and the check is skipped.

Source: manual pages display igmp group, display mld group, display igmp-snooping port-info, display arp.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from inventory.model import SIDES, BackupProfile, Pair, Side, Vrrp6Track, VrrpTrack, other
from tasks.checks.check import Answers, Check, Need, NothingToCompareError, shown
from tasks.checks.e_trunk import down_on_purpose, intended_master
from tasks.checks.model import Complaint
from tasks.checks.vrrp import master_of

SHOWN: Final = 5
"""Missing entries that a complaint names."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A backup profile with one interface pair that is bound to it."""

    profile: BackupProfile
    interfaces: Mapping[Side, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entries.

    Args:
        services: service types that back it up.
        command: display for one interface; `{interface}` stands for its name.
        keys: entries in the records of that display, without what differs between members by nature.
        own: entries that a member has of itself; the other member learns them like any neighbour's.
        only_up: the display leaves out ports that are down, so an empty backup proves nothing.
    """

    services: frozenset[str]
    command: str
    keys: Callable[[tuple[Any, ...]], frozenset[str]]
    own: Callable[[tuple[Any, ...]], frozenset[str]] = lambda _records: frozenset()
    only_up: bool = False


def _group_keys(records: tuple[Any, ...]) -> frozenset[str]:
    """Give groups, with their sources where shown."""
    return frozenset(
        key
        for instance in records
        for interface in instance.interfaces
        for group in interface.groups
        for key in (group.group, *(f"({row.source}, {group.group})" for row in group.sources))
    )


def _snooping_keys(records: tuple[Any, ...]) -> frozenset[str]:
    """Give scopes, sources and groups."""
    return frozenset(
        f"{scope.vsi or f'VLAN {scope.vlan}'} ({entry.source}, {entry.group})"
        for scope in records
        for entry in scope.entries
    )


def _arp_keys(records: tuple[Any, ...]) -> frozenset[str]:
    """Give learned neighbours: dynamic ones, and those that came from the peer."""
    return frozenset(row.ip for row in records if row.type[:1] in {"D", "R"})


def _own_addresses(records: tuple[Any, ...]) -> frozenset[str]:
    """Give the device's own addresses."""
    return frozenset(row.ip for row in records if row.type.startswith("I"))


IGMP: Final = Kind(frozenset({"igmp", "multicast"}), "display igmp group interface {interface}", _group_keys)
MLD: Final = Kind(frozenset({"mld"}), "display mld group interface {interface}", _group_keys)
SNOOPING: Final = Kind(
    frozenset({"igmp-snooping"}), "display igmp-snooping port-info", _snooping_keys, only_up=True
)
ARP: Final = Kind(frozenset({"arp"}), "display arp interface {interface}", _arp_keys, _own_addresses)


def _subjects(kind: Kind) -> Callable[[Pair], Mapping[str, Bound]]:
    """Find the interfaces whose entries of a kind are backed up."""

    def subjects(pair: Pair) -> Mapping[str, Bound]:
        """Give each bound interface of the profiles that back this kind up."""
        return {
            f"RBP {profile.name.a}: {left}": Bound(profile, {"a": left, "b": right})
            for profile in pair.backup_profiles
            if profile.only is None and kind.services & set(profile.services.a)
            for left, right in zip(profile.interfaces.a, profile.interfaces.b, strict=False)
        }

    return subjects


def _needs(kind: Kind) -> Callable[[Pair, Bound], tuple[Need, ...]]:
    """Need the entries on both members; none is an answer."""
    return lambda _pair, bound: tuple(
        Need(side, kind.command.format(interface=bound.interfaces[side]), may_be_empty=True) for side in SIDES
    )


def _master(pair: Pair, profile: BackupProfile) -> Side:
    """Give the member that is meant to learn the entries."""
    track = profile.track
    if track.e_trunk is not None:
        for e_trunk in pair.e_trunks:
            if e_trunk.id.a == track.e_trunk.e_trunk.a:
                return intended_master(e_trunk)
    groups: tuple[VrrpTrack | Vrrp6Track, ...] = (*track.vrrp, *track.vrrp6)
    masters = (master_of(pair, group.interface.a, group.vrid.a) for group in groups)
    return next((side for side in masters if side is not None), "a")


def _parity(kind: Kind) -> Callable[[Answers, Bound], Iterator[Complaint]]:
    """Compare the entries of both members."""

    def judge(answers: Answers, bound: Bound) -> Iterator[Complaint]:
        """Find entries of the master that the backup lacks."""
        master = _master(answers.pair, bound.profile)
        backup = other(master)
        commands = {side: kind.command.format(interface=bound.interfaces[side]) for side in SIDES}
        shows = {side: answers.records(side, commands[side]) for side in SIDES}
        have = {side: kind.keys(shows[side]) - kind.own(shows[other(side)]) for side in SIDES}
        if not have["a"] and not have["b"]:
            raise NothingToCompareError("no entry on either member")
        dark = down_on_purpose(answers.pair, backup, bound.interfaces[backup])
        if kind.only_up and dark and not have[backup]:
            raise NothingToCompareError("the backup lists no port that is down, so its list proves nothing")
        missing = sorted(have[master] - have[backup])
        if len(missing) > answers.limits.missing_entries * len(have[master]):
            few = shown(missing[:SHOWN]) + (" ..." if len(missing) > SHOWN else "")
            yield answers.complaint(
                backup,
                commands[backup],
                f"{len(missing)} of {len(have[master])} entries of the master are missing on the backup",
                f"entries as on {answers.device(master)}",
                f"missing {few}",
            )
        if not have[master]:
            yield answers.complaint(
                master, commands[master], "only the backup has entries", "entries on the master", "none"
            )

    return judge


CHECKS: Final = tuple(
    Check(name, title, ("entries", tag), _subjects(kind), _needs(kind), _parity(kind))
    for name, title, tag, kind in (
        ("igmp-entries", "The backup has the IGMP groups of the master", "igmp", IGMP),
        ("mld-entries", "The backup has the MLD groups of the master", "mld", MLD),
        (
            "igmp-snooping-entries",
            "The backup has the snooping entries of the master",
            "igmp-snooping",
            SNOOPING,
        ),
        ("arp-entries", "The backup has the ARP entries that the master learned", "arp", ARP),
    )
)
