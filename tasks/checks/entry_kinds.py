"""Kinds of backed-up entries: the services that back them up, and the display that lists them.

Source: manual pages of the displays that `KINDS` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from inventory.model import BackupProfile, Pair, Side, other
from tasks.checks.check import Answers
from tasks.checks.entry_keys import (
    addresses_in_use,
    arp_keys,
    associations,
    group_ages,
    group_keys,
    nd_keys,
    no_entries,
    origins_of_sessions,
    origins_of_users,
    own_addresses,
    own_ipv6,
    relayed,
    sessions,
    snooping_keys,
    users,
)
from tasks.checks.interfaces import IPV6_BRIEF
from tasks.checks.ipsec import IKE, INSTANCES, origins_of_ike, require_own

Keys = Callable[[tuple[Any, ...], str], frozenset[str]]
"""Returns the keys of the entries at a place (an interface, or what the kind goes by), from records."""
Places = Callable[[BackupProfile], Iterator[tuple[str, str]]]
"""Returns where a profile has entries of a kind: the names of one place on both members."""
Origins = Callable[[tuple[Any, ...]], tuple[int, int]]
"""Returns for how many entries a member is master itself, and how many it has from the other one."""

Ages = Callable[[tuple[Any, ...]], Mapping[str, float]]
"""Returns the seconds since an entry came up, by its key; one that does not tell is left out."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A backup profile with one place of its entries: an interface pair, unless the kind goes by another."""

    profile: BackupProfile
    interfaces: Mapping[Side, str]


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
        ages: for how many seconds the device has had each entry, where the display tells.
        beside: one more display, by which `require` tells whether the entries are the pair's alone.
        require: raises where they are not.
        in_part: the device has more of the kind that no display shows.
    """

    services: frozenset[str]
    command: str
    keys: Keys
    own: Keys = no_entries
    own_command: str = ""
    only_up: bool = False
    places: Places = _bound_interfaces
    counted: bool = False
    origins: Origins | None = None
    ages: Ages | None = None
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


def _profile_name(profile: BackupProfile) -> Iterator[tuple[str, str]]:
    yield profile.name.a, profile.name.b


def _pools(profile: BackupProfile) -> Iterator[tuple[str, str]]:
    for pool in profile.address_pools:
        if pool.only is None:
            yield pool.name.a, pool.name.b


IGMP: Final = Kind(
    frozenset({"igmp", "multicast"}), "display igmp group interface {interface}", group_keys, ages=group_ages
)
MLD: Final = Kind(frozenset({"mld"}), "display mld group interface {interface}", group_keys, ages=group_ages)
SNOOPING: Final = Kind(
    frozenset({"igmp-snooping"}), "display igmp-snooping port-info", snooping_keys, only_up=True
)
ARP: Final = Kind(frozenset({"arp"}), "display arp interface {interface}", arp_keys, own_addresses)
ND: Final = Kind(frozenset({"nd"}), "display ipv6 neighbors", nd_keys, own_ipv6, IPV6_BRIEF)
USERS: Final = Kind(
    frozenset({"bras"}),
    "display access-user interface {interface} summary",
    users,
    counted=True,
    origins=origins_of_users,
)
L2TP: Final = Kind(
    frozenset({"l2tp"}),
    "display l2tp session rui remote-backup-profile {interface}",
    sessions,
    places=_profile_name,
    origins=origins_of_sessions,
)
IPSEC: Final = Kind(
    frozenset({"ipsec"}),
    IKE,
    associations,
    places=_profile_name,
    counted=True,
    origins=origins_of_ike,
    beside=INSTANCES,
    require=require_own,
    in_part=True,
)
LEASES: Final = Kind(
    frozenset({"dhcp-server"}), "display ip pool", addresses_in_use, places=_pools, counted=True
)
DHCPV6: Final = Kind(
    frozenset({"dhcpv6-relay"}),
    "display dhcpv6 relay userinfo table interface {interface}",
    relayed,
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
