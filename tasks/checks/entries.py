"""Checks of the backed-up entries: the backup has what the master has, and nothing that the master lacks.

Timers and last reporters differ between members by nature; what counts is interface and group (and
source). Without any entry on either member there is nothing to compare, and the check is skipped. Where
no display can show what is asked, the result says so: a drill proves it after the switchover.

Source: manual pages display igmp group, display mld group, display igmp-snooping port-info, display arp,
display ipv6 neighbors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from inventory.model import SIDES, BackupProfile, Pair, Side, Vrrp6Track, VrrpTrack, other
from tasks.checks.check import Answers, Check, Need, NothingToCompareError, NotProvableError, shown
from tasks.checks.e_trunk import down_on_purpose, intended_master
from tasks.checks.interfaces import IPV6_BRIEF
from tasks.checks.model import Complaint
from tasks.checks.vrrp import master_of

SHOWN: Final = 5
"""Missing entries that a complaint names."""

Keys = Callable[[tuple[Any, ...], str], frozenset[str]]
"""Gives the keys of the entries on an interface, from the records of a display."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A backup profile with one interface pair that is bound to it."""

    profile: BackupProfile
    interfaces: Mapping[Side, str]


def _none(_records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entries.

    Args:
        services: service types that back it up.
        command: display for one interface; `{interface}` stands for its name where it is given.
        keys: entries on an interface in the records of that display, without what differs by nature.
        own: what a member has of itself; the other member learns it like any neighbour's.
        own_command: the display that tells it, where it is another one.
        only_up: the display leaves out ports that are down, so an empty backup proves nothing.
    """

    services: frozenset[str]
    command: str
    keys: Keys
    own: Keys = _none
    own_command: str = ""
    only_up: bool = False

    def display(self, interface: str) -> str:
        """Give the display for an interface."""
        return self.command.format(interface=interface)

    def entries(self, answers: Answers, side: Side, interfaces: Mapping[Side, str]) -> frozenset[str]:
        """Give what a member learned or was given, without what the other has of itself."""
        far = other(side)
        told = self.own_command or self.display(interfaces[far])
        own = self.own(answers.records(far, told), interfaces[far])
        found = self.keys(answers.records(side, self.display(interfaces[side])), interfaces[side])
        return found - own


def _group_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Give groups, with their sources where shown."""
    return frozenset(
        key
        for instance in records
        for interface in instance.interfaces
        for group in interface.groups
        for key in (group.group, *(f"({row.source}, {group.group})" for row in group.sources))
    )


def _snooping_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Give scopes, sources and groups."""
    return frozenset(
        f"{scope.vsi or f'VLAN {scope.vlan}'} ({entry.source}, {entry.group})"
        for scope in records
        for entry in scope.entries
    )


def _arp_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Give learned neighbours: dynamic ones, and those that came from the peer."""
    return frozenset(row.ip for row in records if row.type[:1] in {"D", "R"})


def _own_addresses(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Give the device's own addresses."""
    return frozenset(row.ip for row in records if row.type.startswith("I"))


def _nd_keys(records: tuple[Any, ...], interface: str) -> frozenset[str]:
    """Give learned neighbours; a link-local one may be the peer itself, which no display tells apart."""
    return frozenset(
        row.ip.lower()
        for row in records
        if row.interface == interface and row.state != "incmp" and not row.ip.lower().startswith("fe80:")
    )


def _own_ipv6(records: tuple[Any, ...], interface: str) -> frozenset[str]:
    """Give the device's own addresses on an interface."""
    return frozenset(
        text.partition("/")[0].lower() for row in records if row.name == interface for text in row.addresses
    )


IGMP: Final = Kind(frozenset({"igmp", "multicast"}), "display igmp group interface {interface}", _group_keys)
MLD: Final = Kind(frozenset({"mld"}), "display mld group interface {interface}", _group_keys)
SNOOPING: Final = Kind(
    frozenset({"igmp-snooping"}), "display igmp-snooping port-info", _snooping_keys, only_up=True
)
ARP: Final = Kind(frozenset({"arp"}), "display arp interface {interface}", _arp_keys, _own_addresses)
ND: Final = Kind(frozenset({"nd"}), "display ipv6 neighbors", _nd_keys, _own_ipv6, IPV6_BRIEF)
KINDS: Final = MappingProxyType(
    {
        "igmp": IGMP,
        "mld": MLD,
        "igmp-snooping": SNOOPING,
        "arp": ARP,
        "nd": ND,
    }
)
"""By the tag of their check."""
SEEN: Final = frozenset().union(*(kind.services for kind in KINDS.values()))
"""Services whose entries a display shows."""


def bound_to(kind: Kind, pair: Pair) -> Mapping[str, Bound]:
    """Give each bound interface of the profiles that back a kind up."""
    return {
        f"RBP {profile.name.a}: {left}": Bound(profile, {"a": left, "b": right})
        for profile in pair.backup_profiles
        if profile.only is None and kind.services & set(profile.services.a)
        for left, right in zip(profile.interfaces.a, profile.interfaces.b, strict=False)
    }


def needs_of(kind: Kind, _pair: Pair, bound: Bound) -> tuple[Need, ...]:
    """Need the entries on both members; none is an answer."""
    return tuple(
        Need(side, command, may_be_empty=True)
        for side in SIDES
        for command in (kind.display(bound.interfaces[side]), kind.own_command)
        if command
    )


def master_of_profile(pair: Pair, profile: BackupProfile) -> Side:
    """Give the member that is meant to learn the entries."""
    track = profile.track
    if track.e_trunk is not None:
        for e_trunk in pair.e_trunks:
            if e_trunk.id.a == track.e_trunk.e_trunk.a:
                return intended_master(e_trunk)
    groups: tuple[VrrpTrack | Vrrp6Track, ...] = (*track.vrrp, *track.vrrp6)
    masters = (master_of(pair, group.interface.a, group.vrid.a) for group in groups)
    return next((side for side in masters if side is not None), "a")


def _parity(kind: Kind, answers: Answers, bound: Bound) -> Iterator[Complaint]:
    """Find entries that only one member has."""
    master = master_of_profile(answers.pair, bound.profile)
    backup = other(master)
    have = {side: kind.entries(answers, side, bound.interfaces) for side in SIDES}
    if not have["a"] and not have["b"]:
        raise NothingToCompareError("no entry on either member")
    dark = down_on_purpose(answers.pair, backup, bound.interfaces[backup])
    if kind.only_up and dark and not have[backup]:
        raise NotProvableError("the backup lists no port that is down, so its list proves nothing")
    for holder, roles in ((master, ("master", "backup")), (backup, ("backup", "master"))):
        lacking = other(holder)
        command = kind.display(bound.interfaces[lacking])
        yield from _missing(answers, lacking, command, have, roles)


def _missing(
    answers: Answers,
    side: Side,
    command: str,
    have: Mapping[Side, frozenset[str]],
    roles: tuple[str, str],
) -> Iterator[Complaint]:
    """Say which entries of the other member are missing here, beyond the tolerance."""
    there = have[other(side)]
    missing = sorted(there - have[side])
    if len(missing) > answers.limits.missing_entries * len(there):
        holder, here = roles
        few = shown(missing[:SHOWN]) + (" ..." if len(missing) > SHOWN else "")
        yield answers.complaint(
            side,
            command,
            f"{len(missing)} of {len(there)} entries of the {holder} are missing on the {here}",
            f"entries as on {answers.device(other(side))}",
            f"missing {few}",
        )


def _unseen(pair: Pair) -> Mapping[str, BackupProfile]:
    """Give the profiles that back up what no display shows, by name and services."""
    return {
        f"RBP {profile.name.a}: {', '.join(hidden)}": profile
        for profile in pair.backup_profiles
        if profile.only is None and (hidden := sorted(set(profile.services.a) - SEEN))
    }


def _not_seen(_answers: Answers, _profile: BackupProfile) -> Iterator[Complaint]:
    """Say that nothing is seen of these entries."""
    raise NotProvableError("no display that Hotpair reads lists these entries; they are not seen")


CHECKS: Final = (
    *(
        Check(
            name,
            title,
            ("entries", tag),
            partial(bound_to, kind),
            partial(needs_of, kind),
            partial(_parity, kind),
        )
        for name, title, tag, kind in (
            ("igmp-entries", "The backup has the IGMP groups of the master, and no others", "igmp", IGMP),
            ("mld-entries", "The backup has the MLD groups of the master, and no others", "mld", MLD),
            (
                "igmp-snooping-entries",
                "The backup has the snooping entries of the master, and no others",
                "igmp-snooping",
                SNOOPING,
            ),
            ("arp-entries", "The backup has the ARP entries of the master, and no others", "arp", ARP),
            ("nd-entries", "The backup has the ND entries of the master, and no others", "nd", ND),
        )
    ),
    Check(
        "entries-seen",
        "A display shows the entries of every service that is backed up",
        ("entries",),
        _unseen,
        lambda _pair, profile: tuple(
            Need(side, f"display remote-backup-profile {profile.name.of(side)}") for side in SIDES
        ),
        _not_seen,
    ),
)
