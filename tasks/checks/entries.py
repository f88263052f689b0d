"""Checks of the backed-up entries: the backup has what the master has, and nothing that the master lacks.

Timers and last reporters differ between members by nature; what counts is interface and group (and
source). Of users and leases a display tells how many there are; where it also tells for how many a member is
master itself, the other one must have as many copies. Without any entry on either member there is nothing to
compare, and the check is skipped. Where no display can show what is asked, the result says so: a drill
proves it after the switchover.

Source: manual pages of the displays that `KINDS` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from inventory.model import SIDES, BackupProfile, ETrunk, Pair, Side, Vrrp6Track, VrrpTrack, other
from inventory.quantities import quantity
from tasks.checks.check import Answers, Check, Need, NothingToCompareError, NotProvableError, shown
from tasks.checks.e_trunk import Leg, down_on_purpose, intended_master
from tasks.checks.interfaces import IPV6_BRIEF
from tasks.checks.ipsec import CHECKS as OF_IPSEC
from tasks.checks.ipsec import IKE, INSTANCES, origins_of_ike, require_own
from tasks.checks.model import Complaint
from tasks.checks.vrrp import master_of

SHOWN: Final = 5
"""Missing entries that a complaint names."""

Keys = Callable[[tuple[Any, ...], str], frozenset[str]]
"""Returns the keys of the entries at a place (an interface, or what the kind goes by), from records."""
Places = Callable[[BackupProfile], Iterator[tuple[str, str]]]
"""Returns where a profile has entries of a kind: the names of one place on both members."""
Origins = Callable[[tuple[Any, ...]], tuple[int, int]]
"""Returns for how many entries a member is master itself, and how many it has from the other one."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A backup profile with one place of its entries: an interface pair, unless the kind goes by another."""

    profile: BackupProfile
    interfaces: Mapping[Side, str]


def _none(_records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    return frozenset()


def _bound_interfaces(profile: BackupProfile) -> Iterator[tuple[str, str]]:
    yield from zip(profile.interfaces.a, profile.interfaces.b, strict=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entries.

    Args:
        services: service types that back it up.
        command: display for one place; `{interface}` stands for its name where it is given.
        keys: entries at a place in the records of that display, without what differs by nature.
        own: what a member has of itself; the other member learns it like any neighbour's.
        own_command: the display that tells it, where it is another one.
        only_up: the display leaves out ports that are down, so an empty backup proves nothing.
        places: where a profile has its entries; its interfaces.
        counted: the display tells how many there are, and not which.
        origins: how many are a member's own, where the display tells.
        beside: one more display, by which `require` tells whether the entries are the pair's alone.
        require: raises where they are not.
        in_part: the device has more of the kind that no display shows.
    """

    services: frozenset[str]
    command: str
    keys: Keys
    own: Keys = _none
    own_command: str = ""
    only_up: bool = False
    places: Places = _bound_interfaces
    counted: bool = False
    origins: Origins | None = None
    beside: str = ""
    require: Callable[[Answers], None] | None = None
    in_part: bool = False

    def display(self, interface: str) -> str:
        """Return the display for a place."""
        return self.command.format(interface=interface)

    def entries(self, answers: Answers, side: Side, interfaces: Mapping[Side, str]) -> frozenset[str]:
        """Return what a member learned or was given, without what the other has of itself.

        Raises:
            NotProvableError: what is shown is not the pair's alone.
        """
        if self.require is not None:
            self.require(answers)
        far = other(side)
        told = self.own_command or self.display(interfaces[far])
        own = self.own(answers.records(far, told), interfaces[far])
        found = self.keys(answers.records(side, self.display(interfaces[side])), interfaces[side])
        return found - own


def _group_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return groups, with their sources where shown."""
    return frozenset(
        key
        for instance in records
        for interface in instance.interfaces
        for group in interface.groups
        for key in (group.group, *(f"({row.source}, {group.group})" for row in group.sources))
    )


def _snooping_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return scopes, sources and groups."""
    return frozenset(
        f"{scope.vsi or f'VLAN {scope.vlan}'} ({entry.source}, {entry.group})"
        for scope in records
        for entry in scope.entries
    )


def _arp_keys(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return learned neighbours: dynamic ones, and those that came from the peer."""
    return frozenset(row.ip for row in records if row.type[:1] in {"D", "R"})


def _own_addresses(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return the device's own addresses."""
    return frozenset(row.ip for row in records if row.type.startswith("I"))


def _nd_keys(records: tuple[Any, ...], interface: str) -> frozenset[str]:
    """Return learned neighbours; a link-local one may be the peer itself, which no display tells apart."""
    return frozenset(
        row.ip.lower()
        for row in records
        if row.interface == interface and row.state != "incmp" and not row.ip.lower().startswith("fe80:")
    )


def _own_ipv6(records: tuple[Any, ...], interface: str) -> frozenset[str]:
    """Return the device's own addresses on an interface."""
    return frozenset(
        text.partition("/")[0].lower() for row in records if row.name == interface for text in row.addresses
    )


def _numbered(count: int) -> frozenset[str]:
    """Return keys of entries that a display only counts: as many, whichever they are."""
    return frozenset(f"entry {number} of those counted" for number in range(1, count + 1))


def _users(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return the subscribers that are backed up, those of the peer among them."""
    return _numbered(sum(_origins_of_users(records)))


def _origins_of_users(records: tuple[Any, ...]) -> tuple[int, int]:
    return (
        sum(row.rui_local_users or 0 for row in records),
        sum(row.rui_remote_users or 0 for row in records),
    )


def _sessions(records: tuple[Any, ...], _profile: str) -> frozenset[str]:
    """Return L2TP sessions by tunnel and session, which both members number alike."""
    return frozenset(f"session {row.local_session} of tunnel {row.local_tunnel}" for row in records)


def _origins_of_sessions(records: tuple[Any, ...]) -> tuple[int, int]:
    copied = sum(row.registered == "R" for row in records)
    return len(records) - copied, copied


def _associations(records: tuple[Any, ...], _profile: str) -> frozenset[str]:
    """Return the IKE security associations that are backed up, those of the peer among them."""
    return _numbered(sum(origins_of_ike(records)))


def _profile_name(profile: BackupProfile) -> Iterator[tuple[str, str]]:
    yield profile.name.a, profile.name.b


def _leases(records: tuple[Any, ...], pool: str) -> frozenset[str]:
    """Return the addresses in use of a pool."""
    used = (block.used or 0 for row in records if row.name == pool for block in row.addresses)
    return _numbered(sum(used))


def _pools(profile: BackupProfile) -> Iterator[tuple[str, str]]:
    for pool in profile.address_pools:
        if pool.only is None:
            yield pool.name.a, pool.name.b


def _relayed(records: tuple[Any, ...], _interface: str) -> frozenset[str]:
    """Return DHCPv6 bindings by client, association and what they were given."""
    return frozenset(
        f"{row.duid} {row.ia_type} {row.ia_id} {row.ip or row.prefix or ''}".strip() for row in records
    )


IGMP: Final = Kind(frozenset({"igmp", "multicast"}), "display igmp group interface {interface}", _group_keys)
MLD: Final = Kind(frozenset({"mld"}), "display mld group interface {interface}", _group_keys)
SNOOPING: Final = Kind(
    frozenset({"igmp-snooping"}), "display igmp-snooping port-info", _snooping_keys, only_up=True
)
ARP: Final = Kind(frozenset({"arp"}), "display arp interface {interface}", _arp_keys, _own_addresses)
ND: Final = Kind(frozenset({"nd"}), "display ipv6 neighbors", _nd_keys, _own_ipv6, IPV6_BRIEF)
USERS: Final = Kind(
    frozenset({"bras"}),
    "display access-user interface {interface} summary",
    _users,
    counted=True,
    origins=_origins_of_users,
)
L2TP: Final = Kind(
    frozenset({"l2tp"}),
    "display l2tp session rui remote-backup-profile {interface}",
    _sessions,
    places=_profile_name,
    origins=_origins_of_sessions,
)
IPSEC: Final = Kind(
    frozenset({"ipsec"}),
    IKE,
    _associations,
    places=_profile_name,
    counted=True,
    origins=origins_of_ike,
    beside=INSTANCES,
    require=require_own,
    in_part=True,
)
LEASES: Final = Kind(frozenset({"dhcp-server"}), "display ip pool", _leases, places=_pools, counted=True)
DHCPV6: Final = Kind(
    frozenset({"dhcpv6-relay"}), "display dhcpv6 relay userinfo table interface {interface}", _relayed
)
KINDS: Final = MappingProxyType(
    {
        "igmp": IGMP,
        "mld": MLD,
        "igmp-snooping": SNOOPING,
        "arp": ARP,
        "nd": ND,
        "bras": USERS,
        "l2tp": L2TP,
        "ipsec": IPSEC,
        "dhcp-server": LEASES,
        "dhcpv6-relay": DHCPV6,
    }
)
"""By the tag of their check."""


def bound_to(kind: Kind, pair: Pair) -> Mapping[str, Bound]:
    """Return each place of the profiles that back a kind up."""
    return {
        f"RBP {profile.name.a}: {left}": Bound(profile, {"a": left, "b": right})
        for profile in pair.backup_profiles
        if profile.only is None and kind.services & set(profile.services.a)
        for left, right in kind.places(profile)
    }


def needs_of(kind: Kind, _pair: Pair, bound: Bound) -> tuple[Need, ...]:
    """Need the entries on both members; none is an answer."""
    return tuple(
        Need(side, command, may_be_empty=True)
        for side in SIDES
        for command in (kind.display(bound.interfaces[side]), kind.own_command, kind.beside)
        if command
    )


def master_of_profile(pair: Pair, profile: BackupProfile) -> Side:
    """Return the member that is meant to learn the entries."""
    track = profile.track
    if track.e_trunk is not None:
        for e_trunk in pair.e_trunks:
            if e_trunk.id.a == track.e_trunk.e_trunk.a:
                return _master_of_trunk(e_trunk, track.e_trunk.eth_trunk.a)
    groups: tuple[VrrpTrack | Vrrp6Track, ...] = (*track.vrrp, *track.vrrp6)
    masters = (master_of(pair, group.interface.a, group.vrid.a) for group in groups)
    return next((side for side in masters if side is not None), "a")


def _master_of_trunk(e_trunk: ETrunk, eth_trunk: int | None) -> Side:
    """Return the member that carries an Eth-Trunk: forced, or by the election; the latter where both do."""
    for trunk in e_trunk.members:
        led = [side for side in SIDES if Leg(e_trunk, trunk).master(side)]
        if trunk.eth_trunk.a == eth_trunk and len(led) == 1:
            return led[0]
    return intended_master(e_trunk)


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
    missing = [
        complaint
        for holder, roles in ((master, ("master", "backup")), (backup, ("backup", "master")))
        for complaint in _missing(kind, answers, bound, have, other(holder), roles)
    ]
    yield from missing or _uncopied(kind, answers, bound)


def _missing(  # noqa: PLR0917 - what is compared, where, and how both are called
    kind: Kind,
    answers: Answers,
    bound: Bound,
    have: Mapping[Side, frozenset[str]],
    side: Side,
    roles: tuple[str, str],
) -> Iterator[Complaint]:
    """Say which entries of the other member are missing here, beyond the tolerance."""
    there = have[other(side)]
    missing = sorted(there - have[side])
    if len(missing) > answers.limits.missing_entries * len(there):
        holder, here = roles
        few = shown(missing[:SHOWN]) + (" ..." if len(missing) > SHOWN else "")
        far = answers.device(other(side))
        yield answers.complaint(
            side,
            kind.display(bound.interfaces[side]),
            f"{len(missing)} of "
            + quantity(
                len(there),
                f"entry of the {holder} is missing on the {here}",
                f"entries of the {holder} are missing on the {here}",
            ),
            f"{len(there)} as on {far}" if kind.counted else f"entries as on {far}",
            str(len(have[side])) if kind.counted else f"missing {few}",
        )


def _uncopied(kind: Kind, answers: Answers, bound: Bound) -> Iterator[Complaint]:
    """Find entries that a member is master for, and the other one has no copies of, beyond the tolerance."""
    if kind.origins is None:
        return
    told = {side: kind.origins(answers.records(side, kind.display(bound.interfaces[side]))) for side in SIDES}
    for side in SIDES:
        own, copied = told[side][0], told[other(side)][1]
        if abs(own - copied) > answers.limits.missing_entries * max(own, copied):
            yield answers.complaint(
                other(side),
                kind.display(bound.interfaces[other(side)]),
                "copies of the other member's entries",
                f"{own} for which {answers.device(side)} is master",
                copied,
            )


def _unseen(pair: Pair) -> Mapping[str, BackupProfile]:
    """Return the profiles that back up what no display shows, by name and services."""
    return {
        f"RBP {profile.name.a}: {', '.join(hidden)}": profile
        for profile in pair.backup_profiles
        if profile.only is None and (hidden := sorted(set(profile.services.a) - _seen(profile)))
    }


def _seen(profile: BackupProfile) -> frozenset[str]:
    """Return the services whose entries a display shows: of a profile that has a place for them."""
    whole = (kind for kind in KINDS.values() if not kind.in_part)
    kinds = (kind for kind in whole if any(True for _ in kind.places(profile)))
    return frozenset().union(*(kind.services for kind in kinds))


def _not_seen(_answers: Answers, _profile: BackupProfile) -> Iterator[Complaint]:
    """Say that nothing is seen of these entries."""
    raise NotProvableError("no display that Hotpair reads lists these entries; they are not seen")


CHECKS: Final = (
    *OF_IPSEC,
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
            ("user-entries", "The backup has as many subscribers as the master has", "bras", USERS),
            ("l2tp-entries", "The backup has the L2TP sessions of the master, and no others", "l2tp", L2TP),
            ("ipsec-entries", "The backup has as many IKE associations as the master has", "ipsec", IPSEC),
            ("lease-entries", "Both members have as many addresses in use of a pool", "dhcp-server", LEASES),
            (
                "dhcpv6-entries",
                "The backup has the DHCPv6 bindings of the master, and no others",
                "dhcpv6-relay",
                DHCPV6,
            ),
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
