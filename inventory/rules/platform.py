"""Pair rules of the backup platform: channels and profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inventory.facts import ConfigLine
from inventory.lines import Statement
from inventory.lines.pool import POOL_RBP
from inventory.lines.profile import (
    RBP_BACKUP_ID,
    RBP_CREATE,
    RBP_E_TRUNK,
    RBP_NAS,
    RBP_SERVICE_TYPE,
    RBP_VRRP6_ID,
    RBP_VRRP_ID,
)
from inventory.lines.service import RBS_BIND_SSL, RBS_CREATE, RBS_PEER_IPV6
from inventory.lines.service_users import RBS_BATCH_DAILY, RBS_RADIUS_AUTH_SOURCE, RBS_STATIC_ROUTE
from inventory.rules.equal import differ, views
from inventory.rules.finding import Breach
from inventory.rules.foreign import POOL_VPN, ForeignStatement
from inventory.rules.member import Member, alone, below, both
from inventory.rules.pairing import PEERS, elsewhere, renamed

ROLES = {RBP_E_TRUNK: "E-Trunk", RBP_VRRP_ID: "VRRP", RBP_VRRP6_ID: "VRRP6"}


def mirrored_channel(a: Member, b: Member) -> Iterator[Breach]:
    """R70: the peer address of one member is the source address of the other."""
    for here, there, name in views(a, b, RBS_CREATE):
        ours, theirs = a.one(*PEERS, path=here), b.one(*PEERS, path=there)
        if ours is None or theirs is None:
            if ours is not theirs:
                yield differ(
                    f"only one member has a peer{name}",
                    (a, ours),
                    (b, theirs),
                    (ours.text if ours else "none", theirs.text if theirs else "none"),
                    wanted="a peer on both",
                )
            continue
        if ours.id != theirs.id:
            yield differ(
                f"the address families{name} differ",
                (a, ours),
                (b, theirs),
                (ours.text, theirs.text),
                wanted="one family",
            )
            continue
        six = "ipv6" if ours.row is RBS_PEER_IPV6 else "ip"
        mine = (ours.params[f"peer-{six}"], ours.params[f"source-{six}"])
        yours = (theirs.params[f"source-{six}"], theirs.params[f"peer-{six}"])
        if mine != yours:
            yield differ(
                f"the addresses{name} do not mirror",
                (a, ours),
                (b, theirs),
                (ours.text, theirs.text),
                wanted="peer of one = source of the other",
            )


def same_backup_id(a: Member, b: Member) -> Iterator[Breach]:
    """R71: a profile has the same backup ID on both."""
    for here, there, name in views(a, b, RBP_CREATE):
        ours, theirs = a.one(RBP_BACKUP_ID, path=here), b.one(RBP_BACKUP_ID, path=there)
        values = (a.value(RBP_BACKUP_ID, "backup-id", here), b.value(RBP_BACKUP_ID, "backup-id", there))
        if values[0] != values[1]:
            yield differ(
                f"the backup ID{name} differs", (a, ours), (b, theirs), values, wanted="one backup ID"
            )


def backup_id_of_one_profile(member: Member) -> Iterator[Breach]:
    """R71: a backup ID is used by one profile of an RBS only."""
    seen: dict[str, Statement] = {}
    for fact in member.all(RBP_BACKUP_ID):
        number = fact.params["backup-id"]
        earlier = seen.setdefault(number, fact)
        if earlier.path != fact.path:
            yield Breach(
                f"backup ID {number} is used by {earlier.path[0]} and {fact.path[0]}",
                (earlier, fact),
                "one profile for a backup ID",
                {member.name: number},
            )


def on_both(a: Member, b: Member) -> Iterator[Breach]:
    """R72: services and profiles have the same names on both."""
    for row in (RBS_CREATE, RBP_CREATE):
        others = tuple(renamed(a, b, row))
        for ours, theirs in others:
            yield differ(
                f"{ours.text} has another name on {b.name}",
                (a, ours),
                (b, theirs),
                (ours.text, theirs.text),
                wanted="one name on both",
            )
        known = {id(fact) for pair in others for fact in pair}
        for here, there in ((a, b), (b, a)):
            for fact in alone(here.all(row), there.all(row), *row.key):
                if id(fact) not in known and not elsewhere(here, there, fact.text):
                    yield Breach(
                        f"{fact.text} is on {here.name} only",
                        (fact,),
                        f"{fact.text} on both",
                        {here.name: fact.text, there.name: "none"},
                    )


def same_services(a: Member, b: Member) -> Iterator[Breach]:
    """R73: a profile backs up the same services by the same protocol on both."""
    for here, there, name in views(a, b, RBP_CREATE):
        services = (_joined(a, here), _joined(b, there))
        if services[0] != services[1]:
            facts = ((a, a.one(RBP_SERVICE_TYPE, path=here)), (b, b.one(RBP_SERVICE_TYPE, path=there)))
            yield differ(f"the services{name} differ", *facts, services, wanted="the same services")
        roles = (_roles(a, here), _roles(b, there))
        if roles[0] != roles[1]:
            facts = ((a, a.one(*ROLES, path=here)), (b, b.one(*ROLES, path=there)))
            yield differ(f"the track protocol{name} differs", *facts, roles, wanted="one protocol")


def _joined(member: Member, path: tuple[str, ...]) -> str:
    return ", ".join(sorted(member.values(RBP_SERVICE_TYPE, "service", path))) or "none"


def _roles(member: Member, path: tuple[str, ...]) -> str:
    return ", ".join(name for row, name in ROLES.items() if member.one(row, path=path)) or "none"


def ssl_on_both(a: Member, b: Member) -> Iterator[Breach]:
    """R32: an SSL policy is bound on both ends of a channel or on none."""
    for here, there, name in views(a, b, RBS_CREATE):
        ours, theirs = a.one(RBS_BIND_SSL, path=here), b.one(RBS_BIND_SSL, path=there)
        if (ours is None) != (theirs is None):
            values = (ours.text if ours else "none", theirs.text if theirs else "none")
            yield differ(
                f"only one end{name} has an SSL policy",
                (a, ours),
                (b, theirs),
                values,
                wanted="a policy on both or none",
            )


def daily_on_both(a: Member, b: Member) -> Iterator[Breach]:
    """R105: a daily batch backup is one-way, so both members need it."""
    for here, there, name in views(a, b, RBS_CREATE):
        for left, right, path, far in ((a, b, here, there), (b, a, there, here)):
            mine = left.all(RBS_BATCH_DAILY, path=path)
            for fact in alone(mine, right.all(RBS_BATCH_DAILY, path=far), "service"):
                yield Breach(
                    f"the daily batch backup of {fact.params['service']}{name} runs on {left.name} only",
                    (fact,),
                    "the line on both: it is one-way",
                    {left.name: fact.text, right.name: "none"},
                )


def parity(a: Member, b: Member) -> Iterator[Breach]:
    """R103: a group serves users of the same parity on both."""
    for here, there, name in views(a, b, RBP_CREATE):
        groups = both(a.all(RBP_VRRP_ID, path=here), b.all(RBP_VRRP_ID, path=there), "vrid")
        for ours, theirs in groups:
            values = (ours.params.get("parity", "all users"), theirs.params.get("parity", "all users"))
            if values[0] != values[1]:
                yield differ(
                    f"VRID {ours.params['vrid']}{name} serves different users",
                    (a, ours),
                    (b, theirs),
                    values,
                    wanted="one parity for a VRID",
                )


def two_parities(member: Member) -> Iterator[Breach]:
    """R103: a profile has one group without parity, or one odd and one even."""
    for profile in member.all(RBP_CREATE):
        groups = member.all(RBP_VRRP_ID, path=below(profile))
        parities = sorted(group.params.get("parity", "all users") for group in groups)
        if (len(parities) > 1 and parities != ["even-mac", "odd-mac"]) or parities in (
            ["odd-mac"],
            ["even-mac"],
        ):
            yield Breach(
                f"{profile.text} shares users wrongly among its VRRP groups",
                groups,
                "one group, or one odd-mac and one even-mac",
                {member.name: ", ".join(parities)},
            )


def static_route_roles(a: Member, b: Member) -> Iterator[Breach]:
    """R108: the master's route is cheaper; `rui-slave` stands on one member at most."""
    for here, there, name in views(a, b, RBS_CREATE):
        routes = both(a.all(RBS_STATIC_ROUTE, path=here), b.all(RBS_STATIC_ROUTE, path=there), "tag")
        for ours, theirs in routes:
            slaves = [fact for fact in (ours, theirs) if "rui-slave" in fact.params]
            costs = (_cost(ours.params), _cost(theirs.params))
            if len(slaves) > 1 or costs[0] == costs[1]:
                yield differ(
                    f"the static routes{name} with tag {ours.params['tag']} do not tell the roles apart",
                    (a, ours),
                    (b, theirs),
                    (ours.text, theirs.text),
                    wanted="a lower metric on the master, rui-slave on the backup only",
                )


def _cost(params: Mapping[str, str]) -> int:
    return int(params.get("metric", "20" if "rui-slave" in params else "10"))


def same_pools(a: Member, b: Member) -> Iterator[Breach]:
    """R109: a DHCP server pool is bound to a profile on both."""
    for here, there in ((a, b), (b, a)):
        known = {fact.path[0].split()[2].casefold() for fact in there.all(POOL_RBP)}
        for fact in here.all(POOL_RBP):
            if fact.path[0].split()[2].casefold() not in known:
                yield Breach(
                    f"{fact.path[0]} is bound to a profile on {here.name} only",
                    (fact,),
                    "the same pool on both",
                    {here.name: fact.text, there.name: "none"},
                )


def identical_pools(a: Member, b: Member) -> Iterator[Breach]:
    """R109: a DHCP server pool has the same gateway, sections and other lines on both."""
    ours, theirs = _server_pools(a), _server_pools(b)
    for name in (one for one in ours if one in theirs):
        mine, yours = ours[name], theirs[name]
        only = (
            tuple(line for line in mine if line not in yours),
            tuple(one for one in yours if one not in mine),
        )
        if any(only):
            facts = tuple(
                ForeignStatement("", (), line.text, place=line.place) for lines in only for line in lines
            )
            texts = ["; ".join(line.text for line in lines) or "none" for lines in only]
            found = dict(zip((a.name, b.name), texts, strict=True))
            yield Breach(f"ip pool {name} differs", facts, "identical pools", found)


def _server_pools(member: Member) -> Mapping[str, tuple[ConfigLine, ...]]:
    """Return the lines of each pool that is bound to a profile, without the binding and the VPN instance."""
    bound = {fact.path[0].casefold() for fact in member.all(POOL_RBP)}
    ours = {fact.place for fact in member.all(POOL_RBP)} | {fact.place for fact in member.foreign(POOL_VPN)}
    sections = member.underlay.tree.lines if member.underlay else ()
    return {
        section.text.split()[2]: tuple(line for line in section.children if line.place not in ours)
        for section in sections
        if section.text.casefold() in bound
    }


def same_nas(a: Member, b: Member) -> Iterator[Breach]:
    """R112: both members report the same NAS parameters; the logic IP differs where it sources RADIUS."""
    for here, there, name in views(a, b, RBP_CREATE):
        for ours, theirs in both(a.all(RBP_NAS, path=here), b.all(RBP_NAS, path=there), "attribute"):
            sourced = any("same-as nas-logic-ip" in fact.params for fact in a.all(RBS_RADIUS_AUTH_SOURCE))
            differs = ours.params["value"].casefold() != theirs.params["value"].casefold()
            must = sourced and ours.params["attribute"] == "logic-ip"
            if differs != must:
                yield differ(
                    f"nas {ours.params['attribute']}{name} {'is equal' if must else 'differs'}",
                    (a, ours),
                    (b, theirs),
                    (ours.params["value"], theirs.params["value"]),
                    wanted="different values" if must else "equal values",
                )
