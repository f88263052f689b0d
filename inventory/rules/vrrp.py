"""Rules of VRRP and VRRP6 groups: over the pair, and over one member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from inventory.lines.line import OwnedLine
from inventory.lines.profile import RBP_CREATE, RBP_SERVICE_TYPE
from inventory.names import canonical_address
from inventory.quantities import quantity
from inventory.rules.equal import differ
from inventory.rules.finding import Breach
from inventory.rules.groups import Group, counterparts, deciding, groups
from inventory.rules.member import Member, below
from inventory.rules.pairing import paired

MOST_ADDRESSES = 16
DELAYS = {
    "arp": 600,
    "dhcp-server": 601,
    "dhcpv6-relay": 1800,
    "l2tp": 1800,
    "bras": 600,
    "nd": 600,
    "igmp": 600,
    "mld": 600,
    "igmp-snooping": 600,
    "ipsec": 600,
    "multicast": 600,
}
"""Least preemption delay of the master in seconds (R99)."""
IDLE_BACKUP = frozenset({"dhcp-server", "nd", "dhcpv6-relay"})
"""Services whose backup has no preemption delay (R100)."""


def _differ(
    members: tuple[Member, Member],
    pair: tuple[Group, Group],
    row: OwnedLine,
    values: tuple[str, str],
    **say: str,
) -> Breach:
    ours, theirs = pair
    facts = ((ours.all(row) or ours.lines)[0], (theirs.all(row) or theirs.lines)[0])
    left, right = (members[0], facts[0]), (members[1], facts[1])
    return differ(f"{say['what']} of {ours.name}", left, right, values, wanted=say["wanted"])


def same_group(a: Member, b: Member) -> Iterator[Breach]:
    """R95: a group stands on both with the same virtual addresses."""
    for here, there in ((a, b), (b, a)):
        for ours, theirs in counterparts(here, there):
            if theirs is None:
                found = {here.name: ours.lines[0].text, there.name: "none"}
                yield Breach(
                    f"{ours.name} is on {here.name} only", ours.lines[:1], "the group on both", found
                )
            elif here is a and set(ours.addresses) != set(theirs.addresses):
                values = (
                    ", ".join(sorted(ours.addresses)) or "none",
                    ", ".join(sorted(theirs.addresses)) or "none",
                )
                say = {"what": "the virtual addresses differ", "wanted": "the same addresses"}
                yield _differ((a, b), (ours, theirs), ours.rows.create, values, **say)


def different_priorities(a: Member, b: Member) -> Iterator[Breach]:
    """R95: the priorities of a group differ; the larger one is master."""
    for ours, theirs in counterparts(a, b):
        follows = ours.all(ours.rows.track_admin) or (theirs and theirs.all(theirs.rows.track_admin))
        if theirs and not follows and ours.priority == theirs.priority:
            values = (str(ours.priority), str(theirs.priority))
            wanted = "different priorities; the larger one is master"
            say = {"what": "the priorities are equal", "wanted": wanted}
            yield _differ((a, b), (ours, theirs), ours.rows.priority, values, **say)


def same_interval(a: Member, b: Member) -> Iterator[Breach]:
    """R98: the advertisement interval of a group is the same on both."""
    for ours, theirs in counterparts(a, b):
        if theirs and ours.interval != theirs.interval:
            row = ours.rows.advertise_ms if ours.all(ours.rows.advertise_ms) else ours.rows.advertise
            values = (f"{ours.interval} ms", f"{theirs.interval} ms")
            say = {"what": "the advertisement interval differs", "wanted": "equal intervals"}
            yield _differ((a, b), (ours, theirs), row, values, **say)


def _backed_up(a: Member, b: Member) -> Iterator[tuple[str, Group, Group]]:
    """Yield the groups that decide a profile's roles, master first, with each of the profile's services."""
    pairs = [(ours, theirs) for ours, theirs in counterparts(a, b) if theirs]
    for profile, other in paired(a, b, RBP_CREATE):
        services = dict.fromkeys(
            (
                *a.values(RBP_SERVICE_TYPE, "service", below(profile)),
                *b.values(RBP_SERVICE_TYPE, "service", below(other)),
            )
        )
        tracked = deciding(a, below(profile))
        for ours, theirs in pairs:
            if (ours.family, ours.vrid, ours.interface) in tracked:
                first, second = (ours, theirs) if ours.priority >= theirs.priority else (theirs, ours)
                yield from ((service, first, second) for service in services)


def enough_delay(a: Member, b: Member) -> Iterator[Breach]:
    """R99: the master takes over again only after the backup had time to send it everything."""
    seen = set()
    for service, master, _ in _backed_up(a, b):
        least = DELAYS.get(service, 0)
        if (
            master.delay < least
            and (master.name, service) not in seen
            and not master.all(master.rows.preempt_off)
        ):
            seen.add((master.name, service))
            owner = a if master in groups(a) else b
            yield Breach(
                f"the preemption delay of {master.name} is short for {service}",
                (master.all(master.rows.preempt_delay) or master.lines)[:1],
                f"{least} seconds or more on the master",
                {owner.name: f"{master.delay} seconds"},
            )


def idle_backup(a: Member, b: Member) -> Iterator[Breach]:
    """R100: for DHCP and ND, the backup has no preemption delay."""
    seen = set()
    for service, _, backup in _backed_up(a, b):
        if service in IDLE_BACKUP and backup.delay and backup.name not in seen:
            seen.add(backup.name)
            owner = a if backup in groups(a) else b
            yield Breach(
                f"the backup of {backup.name} has a preemption delay",
                backup.all(backup.rows.preempt_delay),
                f"0 seconds on the backup for {service}",
                {owner.name: f"{backup.delay} seconds"},
            )


def in_subnet(member: Member) -> Iterator[Breach]:
    """R96: virtual addresses lie in a subnet of their interface, 16 at most."""
    for group in groups(member):
        if len(group.addresses) > MOST_ADDRESSES:
            found = {member.name: f"{quantity(len(group.addresses), 'address', 'addresses')}"}
            yield Breach(f"{group.name} has too many virtual addresses", group.lines[:1], "16 at most", found)
        yield from _outside_subnets(member, group)


def _outside_subnets(member: Member, group: Group) -> Iterator[Breach]:
    """Find virtual addresses that no subnet of the interface holds; one without an address holds none."""
    known = member.underlay.addresses.get(group.interface, ()) if member.underlay else ()
    lines = member.underlay.beside.get(group.interface, ()) if member.underlay else ()
    unread = any(" address " in line.text for line in lines) and not known  # borrowed, or by DHCP
    for line in group.all(group.rows.create):
        vip = _address(line.params.get("vip", ""))
        if vip is None or vip.is_link_local or unread or not (known or member.is_whole):
            continue
        subnets = [address.network for address in known if address.version == vip.version]
        if not any(vip in subnet for subnet in subnets):
            yield Breach(
                f"the virtual address of {group.name} is in no subnet of the interface",
                (line,),
                f"an address in {', '.join(map(str, subnets))}"
                if subnets
                else f"an address on {group.interface}",
                {member.name: str(vip)},
            )


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def no_owner(member: Member) -> Iterator[Breach]:
    """R97: a virtual address is no address of the interface itself."""
    for group in groups(member):
        known = member.underlay.addresses.get(group.interface, ()) if member.underlay else ()
        own = {canonical_address(str(address.ip)) for address in known}
        for line in group.all(group.rows.create):
            if line.params.get("vip") in own:
                yield Breach(
                    f"{group.name} owns its virtual address, so delay and tracking have no effect",
                    (line,),
                    "a virtual address of its own",
                    {member.name: line.params["vip"]},
                )


def link_local_first(member: Member) -> Iterator[Breach]:
    """R22: a VRRP6 group has a link-local virtual address."""
    for group in groups(member):
        if (
            group.family == "vrrp6"
            and group.addresses
            and not any("link-local" in x.params for x in group.lines)
        ):
            yield Breach(
                f"{group.name} has no link-local virtual address",
                group.lines[:1],
                "virtual-ip FE80::... link-local first",
                {member.name: ", ".join(group.addresses)},
            )


def peer_bfd_for_mld(a: Member, b: Member) -> Iterator[Breach]:
    """R123: for MLD over VRRP6, the backup follows a `peer` BFD session."""
    for service, _, backup in _backed_up(a, b):
        if service == "mld" and backup.family == "vrrp6":
            tracks = backup.all(backup.rows.track_bfd)
            if not any(track.params.get("type") == "peer" for track in tracks):
                owner = a if backup in groups(a) else b
                yield Breach(
                    f"the backup of {backup.name} follows no peer BFD session",
                    backup.lines[:1],
                    "track bfd-session ... peer on the backup",
                    {owner.name: tracks[0].text if tracks else "none"},
                )


def known_group(row: OwnedLine, family: str) -> Callable[[Member], Iterator[Breach]]:
    """Make rules R5, R6: a group that decides a profile's roles exists on its interface."""

    def check(member: Member) -> Iterator[Breach]:
        known = {(group.vrid, group.interface) for group in groups(member) if group.family == family}
        for fact in member.all(row):
            if (fact.params["vrid"], fact.params["interface"]) not in known:
                yield Breach(
                    f"no {family.upper()} group {fact.params['vrid']} on {fact.params['interface']}",
                    (fact,),
                    "the group first",
                    {member.name: fact.text},
                )

    check.__doc__ = f"{row.id}: the {family.upper()} group exists on its interface."
    return check
