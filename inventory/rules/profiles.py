"""Rules of backup profiles over one member: their roles, services, interfaces and pools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.eth_trunk import IF_E_TRUNK, IF_ETH_TRUNK_JOIN
from inventory.lines.interface import IF_RBP
from inventory.lines.line import OwnedLine
from inventory.lines.pool import POOL_RBP
from inventory.lines.profile import (
    RBP_ACCT_SESSION,
    RBP_CREATE,
    RBP_E_TRUNK,
    RBP_FRAME_ROUTE,
    RBP_IP_POOL,
    RBP_IPV6_POOL,
    RBP_NAS,
    RBP_PEER_BACKUP,
    RBP_RUI_SLAVE_NOFWD,
    RBP_SERVICE_TYPE,
    RBP_TRAFFIC_BACKUP,
    RBP_VRRP6_ID,
    RBP_VRRP_ID,
)
from inventory.lines.service_users import RBS_IP_POOL, RBS_IPV6_POOL
from inventory.rules.finding import Breach
from inventory.rules.member import Member, below

BRAS_ROWS = (
    RBP_NAS,
    RBP_ACCT_SESSION,
    RBP_TRAFFIC_BACKUP,
    RBP_FRAME_ROUTE,
    RBP_IP_POOL,
    RBP_IPV6_POOL,
)


def trunk_is_ready(member: Member) -> Iterator[Breach]:
    """R9: the Eth-Trunk of a profile is in that E-Trunk and has a port."""
    joined = {
        (fact.params["e-trunk-id"], fact.path[0].removeprefix("interface Eth-Trunk"))
        for fact in member.all(IF_E_TRUNK)
    }
    ports = set(member.values(IF_ETH_TRUNK_JOIN, "trunk-id"))
    for fact in member.all(RBP_E_TRUNK):
        trunk, number = fact.params["e-trunk-id"], fact.params["eth-trunk-id"]
        if (trunk, number) not in joined:
            message = f"Eth-Trunk{number} is not in E-Trunk {trunk}"
        elif number not in ports:
            message = f"Eth-Trunk{number} has no port"
        else:
            continue
        yield Breach(message, (fact,), "an Eth-Trunk with a port, in the E-Trunk", {member.name: fact.text})


def profile_has_roles(member: Member) -> Iterator[Breach]:
    """R7, R8: a profile that is bound to an interface tracks an E-Trunk or a VRRP group."""
    profiles = {fact.params["rbp-name"].casefold(): fact for fact in member.all(RBP_CREATE)}
    for fact in member.all(IF_RBP, POOL_RBP):
        profile = profiles.get(fact.params["rbp-name"].casefold())
        if profile and not member.one(RBP_E_TRUNK, RBP_VRRP_ID, RBP_VRRP6_ID, path=below(profile)):
            yield Breach(
                f"{profile.text} is bound but follows no E-Trunk and no VRRP group",
                (fact, profile),
                "a track protocol before the binding",
                {member.name: fact.text},
            )


def one_main_interface(member: Member) -> Iterator[Breach]:
    """R114: a profile sits on one main interface, or on sub-interfaces of one."""
    bound: dict[str, list[Statement]] = {}
    for fact in member.all(IF_RBP):
        bound.setdefault(fact.params["rbp-name"].casefold(), []).append(fact)
    for facts in bound.values():
        names = list(dict.fromkeys(fact.path[0].removeprefix("interface ") for fact in facts))
        mains = {name.split(".", maxsplit=1)[0] for name in names}
        if len(mains) > 1 or (len(names) > 1 and any("." not in name for name in names)):
            yield Breach(
                f"profile {facts[0].params['rbp-name']} is bound to interfaces that do not go together",
                tuple(facts),
                "one main interface, or sub-interfaces of one",
                {member.name: ", ".join(names)},
            )


def sub_interface_of_trunk(member: Member) -> Iterator[Breach]:
    """R116: an E-Trunk does not switch over when a sub-interface fails."""
    trunked = {fact.path[0] for fact in member.all(RBP_E_TRUNK)}
    for fact in member.all(IF_RBP):
        profile = f"remote-backup-profile {fact.params['rbp-name']}"
        services = set(member.values(RBP_SERVICE_TYPE, "service", (profile,)))
        if profile in trunked and "." in fact.path[0] and services & {"arp", "igmp", "mld", "ipsec"}:
            yield Breach(
                f"a fault of {fact.path[0].removeprefix('interface ')} alone causes no switchover",
                (fact,),
                "the profile on the main Eth-Trunk",
                {member.name: fact.path[0]},
            )


def _profiles_with(member: Member, row: OwnedLine) -> Iterator[tuple[Statement, set[str]]]:
    for fact in member.all(row):
        yield fact, set(member.values(RBP_SERVICE_TYPE, "service", fact.path))


def dhcp_by_vrrp(member: Member) -> Iterator[Breach]:
    """R117: DHCP server and DHCPv6 relay follow VRRP or VRRP6, not an E-Trunk."""
    for fact, services in _profiles_with(member, RBP_E_TRUNK):
        for service in sorted(services & {"dhcp-server", "dhcpv6-relay"}):
            yield Breach(
                f"{fact.path[0]} backs up {service} by an E-Trunk",
                (fact,),
                "vrrp-id or vrrp6-id",
                {member.name: fact.text},
            )


def bras_lines(member: Member) -> Iterator[Breach]:
    """R34: lines for users need `service-type bras` in their profile."""
    for row in BRAS_ROWS:
        for fact, services in _profiles_with(member, row):
            if "bras" not in services:
                yield Breach(
                    f"`{fact.text}` in {fact.path[0]} needs service-type bras",
                    (fact,),
                    "service-type bras",
                    {member.name: ", ".join(sorted(services)) or "no service"},
                )


def backup_mode(member: Member) -> Iterator[Breach]:
    """R119: `virtual` is for BRAS alone and not with a silent backup; `warm` works for no service."""
    for fact, services in _profiles_with(member, RBP_PEER_BACKUP):
        silent = member.one(RBP_RUI_SLAVE_NOFWD, path=fact.path)
        mode = fact.params["mode"]
        if mode == "warm" or (mode == "virtual" and (services - {"bras"} or silent)):
            yield Breach(
                f"peer-backup {mode} does not fit {fact.path[0]}",
                (fact, silent),
                "peer-backup hot",
                {member.name: fact.text},
            )


def pool_bound_once(member: Member) -> Iterator[Breach]:
    """R125: a pool belongs to one channel or to one profile."""
    seen: dict[tuple[str, str], Statement] = {}
    for family, rows in {
        "ip-pool": (RBS_IP_POOL, RBP_IP_POOL),
        "ipv6-pool": (RBS_IPV6_POOL, RBP_IPV6_POOL),
    }.items():
        for fact in member.all(*rows):
            earlier = seen.setdefault((family, fact.params["pool"].casefold()), fact)
            if earlier is not fact:
                yield Breach(
                    f"pool {fact.params['pool']} is bound to {earlier.path[0]} and {fact.path[0]}",
                    (earlier, fact),
                    "one owner",
                    {member.name: fact.params["pool"]},
                )


def pool_by_vrrp(member: Member) -> Iterator[Breach]:
    """R36: a pool is bound to a profile that follows a VRRP group."""
    followed = {fact.path[0].casefold() for fact in member.all(RBP_VRRP_ID, RBP_VRRP6_ID)}
    for fact in member.all(POOL_RBP):
        if f"remote-backup-profile {fact.params['rbp-name']}".casefold() not in followed:
            yield Breach(
                f"{fact.path[0]} is bound to profile {fact.params['rbp-name']}, which follows no VRRP group",
                (fact,),
                "vrrp-id in the profile first",
                {member.name: fact.text},
            )


def several_trunks_for_mld(member: Member) -> Iterator[Breach]:
    """R154: with several Eth-Trunks in one E-Trunk, MLD may be slow to switch over."""
    counts = Counter(member.values(IF_E_TRUNK, "e-trunk-id"))
    for fact, services in _profiles_with(member, RBP_E_TRUNK):
        if "mld" in services and counts[fact.params["e-trunk-id"]] > 1:
            yield Breach(
                f"{fact.path[0]} backs up MLD over an E-Trunk of several Eth-Trunks",
                (fact,),
                "one Eth-Trunk in the E-Trunk",
                {member.name: f"{counts[fact.params['e-trunk-id']]} Eth-Trunks"},
            )
