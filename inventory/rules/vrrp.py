"""Rules of VRRP and VRRP6 groups: over the pair, and over one member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_address

from inventory.names import canonical_address
from inventory.rules.equal import differ
from inventory.rules.finding import Breach
from inventory.rules.groups import Group, counterparts, groups
from inventory.rules.member import Member, below, both

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
    members: tuple[Member, Member], pair: tuple[Group, Group], kind: str, values: tuple[str, str], **say: str
) -> Breach:
    ours, theirs = pair
    facts = ((ours.all(kind) or ours.lines)[0], (theirs.all(kind) or theirs.lines)[0])
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
                yield _differ((a, b), (ours, theirs), "create", values, **say)


def different_priorities(a: Member, b: Member) -> Iterator[Breach]:
    """R95: the priorities of a group differ; the larger one is master."""
    for ours, theirs in counterparts(a, b):
        follows = ours.all("track-admin") or (theirs and theirs.all("track-admin"))
        if theirs and not follows and ours.priority == theirs.priority:
            values = (str(ours.priority), str(theirs.priority))
            wanted = "different priorities; the larger one is master"
            say = {"what": "the priorities are equal", "wanted": wanted}
            yield _differ((a, b), (ours, theirs), "priority", values, **say)


def same_interval(a: Member, b: Member) -> Iterator[Breach]:
    """R98: the advertisement interval of a group is the same on both."""
    for ours, theirs in counterparts(a, b):
        if theirs and ours.interval != theirs.interval:
            kind = "adv-ms" if ours.all("adv-ms") else "adv"
            values = (f"{ours.interval} ms", f"{theirs.interval} ms")
            say = {"what": "the advertisement interval differs", "wanted": "equal intervals"}
            yield _differ((a, b), (ours, theirs), kind, values, **say)


def _backed_up(a: Member, b: Member) -> Iterator[tuple[str, Group, Group]]:
    """Give the groups that decide a profile's roles, master first, with each of the profile's services."""
    pairs = [(ours, theirs) for ours, theirs in counterparts(a, b) if theirs]
    for profile, other in both(a.all("rbp.create"), b.all("rbp.create"), "rbp-name"):
        services = dict.fromkeys(
            (
                *a.values("rbp.service-type", "service", below(profile)),
                *b.values("rbp.service-type", "service", below(other)),
            )
        )
        tracked = {
            (row.id.removeprefix("rbp.").removesuffix("-id"), row.params["vrid"], row.params["interface"])
            for row in a.all("rbp.vrrp-id", "rbp.vrrp6-id", path=below(profile))
        }
        for ours, theirs in pairs:
            if (ours.family, ours.vrid, ours.interface) in tracked:
                first, second = (ours, theirs) if ours.priority >= theirs.priority else (theirs, ours)
                yield from ((service, first, second) for service in services)


def enough_delay(a: Member, b: Member) -> Iterator[Breach]:
    """R99: the master takes over again only after the backup had time to send it everything."""
    seen = set()
    for service, master, _ in _backed_up(a, b):
        least = DELAYS.get(service, 0)
        if master.delay < least and (master.name, service) not in seen and not master.all("preempt-off"):
            seen.add((master.name, service))
            owner = a if master in groups(a) else b
            yield Breach(
                f"the preemption delay of {master.name} is short for {service}",
                (master.all("preempt-delay") or master.lines)[:1],
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
                backup.all("preempt-delay"),
                f"0 seconds on the backup for {service}",
                {owner.name: f"{backup.delay} seconds"},
            )


def in_subnet(member: Member) -> Iterator[Breach]:
    """R96: virtual addresses lie in a subnet of their interface, 16 at most."""
    for group in groups(member):
        if len(group.addresses) > MOST_ADDRESSES:
            found = {member.name: f"{len(group.addresses)} addresses"}
            yield Breach(f"{group.name} has too many virtual addresses", group.lines[:1], "16 at most", found)
        known = member.underlay.addresses.get(group.interface, ()) if member.underlay else ()
        for line in group.all("create"):
            vip = line.params.get("vip")
            if vip and known and not ip_address(vip).is_link_local:
                subnets = [address.network for address in known]
                if not any(ip_address(vip) in subnet for subnet in subnets):
                    yield Breach(
                        f"the virtual address of {group.name} is in no subnet of the interface",
                        (line,),
                        f"an address in {', '.join(map(str, subnets))}",
                        {member.name: vip},
                    )


def no_owner(member: Member) -> Iterator[Breach]:
    """R97: a virtual address is no address of the interface itself."""
    for group in groups(member):
        known = member.underlay.addresses.get(group.interface, ()) if member.underlay else ()
        own = {canonical_address(str(address.ip)) for address in known}
        for line in group.all("create"):
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


def management_elsewhere(member: Member) -> Iterator[Breach]:
    """R23, R24: a service group or interface follows a management group on another interface."""
    rows = ("vrrp6.track-admin", "if.track-admin", "if.mc-track-admin", "if.mc6-track-admin")
    for fact in member.all(*rows):
        if fact.path == (f"interface {fact.params['interface']}",):
            yield Breach(
                f"{fact.path[0]} follows a management group on itself",
                (fact,),
                "a management group on another interface",
                {member.name: fact.text},
            )


def management_exists(member: Member) -> Iterator[Breach]:
    """R21: a management group that is followed exists where its interface is ours."""
    managed = {
        (fact.id.split(".", maxsplit=1)[0], fact.path[0].removeprefix("interface "), fact.params["vrid"])
        for fact in member.all("vrrp.admin", "vrrp6.admin")
    }
    mine = {group.interface for group in groups(member)}
    for fact in member.all(
        "vrrp.track-admin", "vrrp6.track-admin", "if.track-admin", "if.mc-track-admin", "if.mc6-track-admin"
    ):
        family = "vrrp6" if "6" in fact.id else "vrrp"
        interface, vrid = fact.params["interface"], fact.params.get("admin-vrid", fact.params["vrid"])
        if interface in mine and (family, interface, vrid) not in managed:
            yield Breach(
                f"no management group {vrid} on {interface}",
                (fact,),
                f"admin-{family} vrid {vrid} on {interface}",
                {member.name: fact.text},
            )


def management_follows_nobody(member: Member) -> Iterator[Breach]:
    """R21: a management group decides by itself; only a service group follows another."""
    for family in ("vrrp", "vrrp6"):
        managed = {(fact.path, fact.params["vrid"]): fact for fact in member.all(f"{family}.admin")}
        for fact in member.all(f"{family}.track-admin"):
            management = managed.get((fact.path, fact.params["vrid"]))
            if management is not None:
                interface = fact.path[0].removeprefix("interface ")
                yield Breach(
                    f"management group {fact.params['vrid']} on {interface} follows another",
                    (fact, management),
                    "one of them",
                    {member.name: f"{management.text}; {fact.text}"},
                )


def both_unflowdown(member: Member) -> Iterator[Breach]:
    """R121: where service groups of both families share an interface, both are bound with `unflowdown`."""
    for path in member.views:
        bound = member.all("vrrp.track-admin", "vrrp6.track-admin", path=path)
        if len({fact.id for fact in bound}) > 1:
            for fact in bound:
                if "unflowdown" not in fact.params:
                    yield Breach(
                        f"{path[0]} has service groups of both families and one in flowdown mode",
                        (fact,),
                        "unflowdown on both",
                        {member.name: fact.text},
                    )


def peer_bfd_for_mld(a: Member, b: Member) -> Iterator[Breach]:
    """R123: for MLD over VRRP6, the backup follows a `peer` BFD session."""
    for service, _, backup in _backed_up(a, b):
        if service == "mld" and backup.family == "vrrp6":
            tracks = backup.all("track-bfd")
            if not any(track.params.get("type") == "peer" for track in tracks):
                owner = a if backup in groups(a) else b
                yield Breach(
                    f"the backup of {backup.name} follows no peer BFD session",
                    backup.lines[:1],
                    "track bfd-session ... peer on the backup",
                    {owner.name: tracks[0].text if tracks else "none"},
                )


def known_group(row: str, family: str) -> Callable[[Member], Iterator[Breach]]:
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

    check.__doc__ = f"{row}: the {family.upper()} group exists on its interface."
    return check
