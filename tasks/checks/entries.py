"""Checks of the backed-up entries: the backup has what the master has, and nothing that the master lacks.

Timers and last reporters differ between members by nature; what counts is interface and group (and
source). Of users and leases a display tells how many there are; where it also tells for how many a member is
master itself, the other one must have as many copies. Without any entry on either member there is nothing to
compare, and the check is skipped. Where no display can show what is asked, the result says so: a drill
proves it after the switchover.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from inventory.model import SIDES, BackupProfile, ETrunk, Pair, Side, Vrrp6Track, VrrpTrack, other
from inventory.quantities import quantity
from tasks.checks.check import Answers, Check, Need, NothingToCompareError, NotProvableError, shown
from tasks.checks.e_trunk import Leg, down_on_purpose, intended_master
from tasks.checks.entry_kinds import (
    ARP,
    DHCPV6,
    IGMP,
    IPSEC,
    KINDS,
    L2TP,
    LEASES,
    MLD,
    ND,
    SNOOPING,
    USERS,
    Bound,
    Kind,
    bound_to,
)
from tasks.checks.ipsec import CHECKS as OF_IPSEC
from tasks.checks.model import Complaint
from tasks.checks.vrrp import master_of

SHOWN: Final = 5
"""Missing entries that a complaint names."""


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
