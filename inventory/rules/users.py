"""Rules of the users behind a pair, and of what stands in their way: static entries, relays, blocks, URPF."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from inventory.lines import Statement
from inventory.lines.interface import IF_RBP
from inventory.lines.profile import RBP_CREATE, RBP_SERVICE_TYPE, RBP_VRRP6_ID, RBP_VRRP_ID
from inventory.lines.service import (
    RBS_BIND_SSL,
    RBS_CREATE,
    RBS_PEER,
    RBS_PEER_IPV6,
    RBS_PROTECT_REDIRECT,
    RBS_PROTECT_TNL_POLICY,
    RBS_PROTECT_VPN,
    RBS_TRACK_IF,
)
from inventory.lines.service_users import RBS_BACKUP_BLOCK
from inventory.lines.vrrp_tracks import VRRP_AUTH
from inventory.rules.equal import differ
from inventory.rules.finding import Breach
from inventory.rules.foreign import ARP_STATIC, IF_URPF, L2TP_BASE_ID, L2TP_HELLO, USER_STATIC
from inventory.rules.groups import groups
from inventory.rules.member import Member, Path, below
from inventory.rules.pairing import paired

_HELLO_S = "60"
_LEAVING = (RBS_TRACK_IF, RBS_PROTECT_REDIRECT, RBS_PROTECT_TNL_POLICY, RBS_PROTECT_VPN)
"""Lines that name an interface by which the channel or a protection tunnel leaves."""


def vip_of_a_static_entry(member: Member) -> Iterator[Breach]:
    """R96: a virtual address is not the address of a static ARP entry."""
    entries = {fact.params["ip"]: fact for fact in member.foreign(ARP_STATIC)}
    for group in groups(member):
        for line in group.all(group.rows.create):
            entry = entries.get(line.params.get("vip", ""))
            if entry and (group.interface.startswith("Vlanif") or "." in group.interface):
                yield Breach(
                    f"the virtual address of {group.name} is that of a static ARP entry",
                    (line, entry),
                    "an address of its own",
                    {member.name: entry.text},
                )


def static_users_with_mac(member: Member) -> Iterator[Breach]:
    """R104: where users are shared by odd and even MAC address, a static user without one may stay out."""
    shared = [fact for fact in member.all(RBP_VRRP_ID) if "parity" in fact.params]
    for user in member.foreign(USER_STATIC) if shared else ():
        if "mac-address" not in user.text:
            yield Breach(
                f"`{user.text}` has no MAC address: only users with an odd one go online",
                (user, shared[0]),
                "mac-address in the line",
                {member.name: user.text},
            )


def relay_under_one_interface(member: Member) -> Iterator[Breach]:
    """R110: the interface of a DHCPv6 relay and that of its VRRP6 group have one main interface."""
    for profile in _relays(member):
        mains = {_main(row.params["interface"]): row for row in member.all(RBP_VRRP6_ID, path=profile)}
        for bound in _bound(member, profile):
            if mains and _main(bound.path[0].removeprefix("interface ")) not in mains:
                yield Breach(
                    f"{bound.path[0]} relays DHCPv6 and is under another main interface than the VRRP6 group",
                    (bound, *mains.values()),
                    f"a sub-interface of {', '.join(mains)}",
                    {member.name: bound.path[0].removeprefix("interface ")},
                )


def same_relay_interfaces(a: Member, b: Member) -> Iterator[Breach]:
    """R110: the interfaces of a DHCPv6 relay are of the same type on both members."""
    for ours, theirs in paired(a, b, RBP_CREATE):
        lines = (_bound(a, below(ours)), _bound(b, below(theirs)))
        types = tuple(", ".join(sorted({_type(fact) for fact in side})) for side in lines)
        relays = below(ours) in _relays(a) or below(theirs) in _relays(b)
        if relays and all(lines) and types[0] != types[1]:
            yield differ(
                f"the interfaces of {ours.text}, which relays DHCPv6, are of different types",
                (a, lines[0][0]),
                (b, lines[1][0]),
                (types[0], types[1]),
                wanted="the same type",
            )


def different_tunnel_ids(a: Member, b: Member) -> Iterator[Breach]:
    """R113: the tunnel IDs of L2TP begin at different numbers on both members."""
    if not any(_with_service(member, "l2tp") for member in (a, b)) or None in (a.underlay, b.underlay):
        return
    ours, theirs = (next(iter(member.foreign(L2TP_BASE_ID)), None) for member in (a, b))
    values = tuple(fact.params["base"] if fact else "0" for fact in (ours, theirs))
    if values[0] == values[1]:
        lines = tuple(next(iter(member.all(RBP_SERVICE_TYPE)), None) for member in (a, b))
        yield differ(
            "the tunnel IDs of L2TP begin at the same number on both members",
            (a, ours or lines[0]),
            (b, theirs or lines[1]),
            (values[0], values[1]),
            wanted="set l2tp tunnel base-id with different values",
        )


def usual_hello(member: Member) -> Iterator[Breach]:
    """R113: the hello interval of L2TP stays at 60 seconds where L2TP is backed up."""
    for fact in member.foreign(L2TP_HELLO) if _with_service(member, "l2tp") else ():
        if fact.params["seconds"] != _HELLO_S:
            yield Breach(
                f"the hello interval of {fact.path[0]} is changed",
                (fact,),
                f"{_HELLO_S} seconds",
                {member.name: f"{fact.params['seconds']} seconds"},
            )


def weak_authentication(member: Member) -> Iterator[Breach]:
    """R144: simple and MD5 authentication of VRRP are weak."""
    for fact in member.all(VRRP_AUTH):
        interface = fact.path[0].removeprefix("interface ")
        yield Breach(
            f"VRRP group {fact.params['vrid']} on {interface} is authenticated weakly",
            (fact,),
            "none: newer releases refuse the line unless weak algorithms are allowed",
            {member.name: f"authentication-mode {fact.params['method']}"},
        )


def nothing_blocked(member: Member) -> Iterator[Breach]:
    """R147: a block of the backup is taken away before the master takes over again."""
    for fact in member.all(RBS_BACKUP_BLOCK):
        yield Breach(
            f"{fact.path[0]} blocks the backup: users drop when the roles change",
            (fact,),
            f"undo {fact.text}, then batch-backup",
            {member.name: fact.text},
        )


def no_urpf_on_uplinks(member: Member) -> Iterator[Breach]:
    """R152: URPF on an interface by which the channel or a protection tunnel leaves drops its packets."""
    leaving = {fact.params["interface"] for fact in member.all(*_LEAVING) if "interface" in fact.params}
    for fact in member.foreign(IF_URPF):
        interface = fact.path[0].removeprefix("interface ")
        if interface in leaving or _tells_the_way(member, interface):
            yield Breach(
                f"{interface} checks source addresses, which drops packets of the protection tunnel",
                (fact,),
                f"undo {fact.text}",
                {member.name: fact.text},
            )


def unencrypted(a: Member, b: Member) -> Iterator[Breach]:
    """R32: without an SSL policy users' data crosses the channel in clear."""
    for ours, theirs in paired(a, b, RBS_CREATE):
        if not a.one(RBS_BIND_SSL, path=below(ours)) and not b.one(RBS_BIND_SSL, path=below(theirs)):
            yield differ(
                f"{ours.text} sends users' data in clear",
                (a, ours),
                (b, theirs),
                ("no SSL policy", "no SSL policy"),
                wanted="bind ssl-policy on both members",
            )


def _tells_the_way(member: Member, interface: str) -> bool:
    """Tell whether the peer of a channel lies in a subnet of the interface: the channel leaves by it."""
    peers = member.values(RBS_PEER, "peer-ip") + member.values(RBS_PEER_IPV6, "peer-ipv6")
    known = member.underlay.addresses.get(interface, ()) if member.underlay else ()
    return any(ip_address(peer) in address.network for peer in peers for address in known)


def _relays(member: Member) -> list[Path]:
    """Return the profiles that back up a DHCPv6 relay."""
    lines = member.all(RBP_SERVICE_TYPE)
    return [fact.path for fact in lines if fact.params["service"] == "dhcpv6-relay"]


def _bound(member: Member, profile: Path) -> list[Statement]:
    name = profile[0].removeprefix("remote-backup-profile ").casefold()
    return [fact for fact in member.all(IF_RBP) if fact.params["rbp-name"].casefold() == name]


def _with_service(member: Member, service: str) -> bool:
    return service in member.values(RBP_SERVICE_TYPE, "service")


def _main(interface: str) -> str:
    return interface.partition(".")[0]


def _type(fact: Statement) -> str:
    name = fact.path[0].removeprefix("interface ")
    return name.rstrip("0123456789/.")
