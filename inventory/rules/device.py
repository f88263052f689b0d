"""Rules over one member: what must be there before a line, what excludes it, and limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from inventory.facts import ConfigTree, Fact
from inventory.lines import OWNED
from inventory.lines.presence import Sections, around
from inventory.rules.finding import Breach
from inventory.rules.member import Member, below

Check = Callable[[Member], Iterator[Breach]]
BRAS_ROWS = (
    "rbp.nas",
    "rbp.acct-session",
    "rbp.traffic-backup",
    "rbp.frame-route",
    "rbp.ip-pool",
    "rbp.ipv6-pool",
)


def named(rows: tuple[str, ...], param: str, opener: str, key: str, what: str) -> Check:
    """Make the rule that what a line names exists on the device.

    Args:
        rows: rows of lines that name it.
        param: parameter that holds the name.
        opener: row of the line that creates it.
        key: parameter that holds its name there.
        what: what to call it.
    """

    def check(member: Member) -> Iterator[Breach]:
        known = {name.casefold() for name in member.values(opener, key)}
        for fact in member.all(*rows):
            if param in fact.params and fact.params[param].casefold() not in known:
                yield Breach(
                    f"no {what} {fact.params[param]}", (fact,), f"the {what} first", {member.name: fact.text}
                )

    check.__doc__ = f"{', '.join(rows)}: the {what} that is named exists."
    return check


def needs(rows: tuple[str, ...], wanted: str, text: str, *, same_view: bool = False) -> Check:
    """Make the rule that a line needs another one, in the system view or in its own.

    Args:
        rows: rows of lines that need it.
        wanted: row of the line that is needed.
        text: how that line is written.
        same_view: whether it stands in the same view.
    """

    def check(member: Member) -> Iterator[Breach]:
        for fact in member.all(*rows):
            if not member.one(wanted, path=fact.path if same_view else ()):
                where = f" in {fact.path[0]}" if fact.path else ""
                yield Breach(
                    f"`{fact.text}`{where} needs `{text}`", (fact,), text, {member.name: f"no {text}"}
                )
                if not same_view:
                    return

    check.__doc__ = f"{', '.join(rows)}: `{text}` stands before it."
    return check


def excludes(first: tuple[str, ...], second: tuple[str, ...], why: str) -> Check:
    """Make the rule that two kinds of lines do not stand in one view."""

    def check(member: Member) -> Iterator[Breach]:
        for path in member.views:
            one, other = member.one(*first, path=path), member.one(*second, path=path)
            if one and other and one is not other:
                where = path[0] if path else "the system view"
                yield Breach(
                    f"{why} in {where}",
                    (one, other),
                    "one of them",
                    {member.name: f"{one.text}; {other.text}"},
                )

    check.__doc__ = f"Never together: {why}."
    return check


def relied(rule: str) -> Check:
    """Make the rule that a whole configuration holds the foreign lines that a line relies on.

    Args:
        rule: rule of the relied lines in the rows.
    """

    def check(member: Member) -> Iterator[Breach]:
        tree = member.underlay.tree if member.underlay else ConfigTree()
        if not any(line.text.startswith("sysname ") for line in tree.lines):
            return  # a part of a configuration does not show what is not there
        sections = Sections(tree.lines)
        for fact in member.facts:
            for presence in OWNED[fact.id].relies:
                text = presence.missing(around(fact), sections) if presence.rule == rule else ""
                if text:
                    where = f" of {fact.path[0]}" if fact.path else ""
                    message = f"`{fact.text}`{where} relies on what is not there"
                    yield Breach(message, (fact,), text, {member.name: "none"})

    check.__doc__ = "Foreign lines that a line relies on stand in a whole configuration."
    return check


def trunk_is_ready(member: Member) -> Iterator[Breach]:
    """R9: the Eth-Trunk of a profile is in that E-Trunk and has a port."""
    joined = {
        (fact.params["e-trunk-id"], fact.path[0].removeprefix("interface Eth-Trunk"))
        for fact in member.all("if.e-trunk")
    }
    ports = set(member.values("if.eth-trunk-join", "trunk-id"))
    for fact in member.all("rbp.e-trunk"):
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
    profiles = {fact.params["rbp-name"].casefold(): fact for fact in member.all("rbp.create")}
    for fact in member.all("if.rbp", "pool.rbp"):
        profile = profiles.get(fact.params["rbp-name"].casefold())
        if profile and not member.one("rbp.e-trunk", "rbp.vrrp-id", "rbp.vrrp6-id", path=below(profile)):
            yield Breach(
                f"{profile.text} is bound but follows no E-Trunk and no VRRP group",
                (fact, profile),
                "a track protocol before the binding",
                {member.name: fact.text},
            )


def one_main_interface(member: Member) -> Iterator[Breach]:
    """R114: a profile sits on one main interface, or on sub-interfaces of one."""
    bound: dict[str, list[Fact]] = {}
    for fact in member.all("if.rbp"):
        bound.setdefault(fact.params["rbp-name"].casefold(), []).append(fact)
    for facts in bound.values():
        names = [fact.path[0].removeprefix("interface ") for fact in facts]
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
    trunked = {fact.path[0] for fact in member.all("rbp.e-trunk")}
    for fact in member.all("if.rbp"):
        profile = f"remote-backup-profile {fact.params['rbp-name']}"
        services = set(member.values("rbp.service-type", "service", (profile,)))
        if profile in trunked and "." in fact.path[0] and services & {"arp", "igmp", "mld", "ipsec"}:
            yield Breach(
                f"a fault of {fact.path[0].removeprefix('interface ')} alone causes no switchover",
                (fact,),
                "the profile on the main Eth-Trunk",
                {member.name: fact.path[0]},
            )


def _profiles_with(member: Member, row: str) -> Iterator[tuple[Fact, set[str]]]:
    for fact in member.all(row):
        yield fact, set(member.values("rbp.service-type", "service", fact.path))


def dhcp_by_vrrp(member: Member) -> Iterator[Breach]:
    """R117: DHCP server and DHCPv6 relay follow VRRP or VRRP6, not an E-Trunk."""
    for fact, services in _profiles_with(member, "rbp.e-trunk"):
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
    for fact, services in _profiles_with(member, "rbp.peer-backup"):
        silent = member.one("rbp.rui-slave-nofwd", path=fact.path)
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
    seen: dict[tuple[str, str], Fact] = {}
    for family in ("ip-pool", "ipv6-pool"):
        for fact in member.all(f"rbs.{family}", f"rbp.{family}"):
            earlier = seen.setdefault((family, fact.params["pool"].casefold()), fact)
            if earlier is not fact:
                yield Breach(
                    f"pool {fact.params['pool']} is bound to {earlier.path[0]} and {fact.path[0]}",
                    (earlier, fact),
                    "one owner",
                    {member.name: fact.params["pool"]},
                )


def source_is_own(member: Member) -> Iterator[Breach]:
    """R3: the source address of a channel or E-Trunk stands on an interface of the device."""
    if member.underlay is None:
        return
    for fact in member.all("rbs.peer", "rbs.peer-ipv6", "et.peer-address", "et.peer-ipv6"):
        source = fact.params.get("source-ip") or fact.params.get("source-ipv6", "")
        if source not in member.underlay.hosts:
            yield Breach(
                f"source address {source} of {fact.path[0]} is on no interface",
                (fact,),
                "an own address",
                {member.name: source},
            )


def bare_port(member: Member) -> Iterator[Breach]:
    """R11: a port of an Eth-Trunk carries no address of its own."""
    known = member.underlay.addresses if member.underlay else {}
    for fact in member.all("if.eth-trunk-join"):
        name = fact.path[0].removeprefix("interface ")
        if name in known:
            yield Breach(
                f"{name} is a port of Eth-Trunk{fact.params['trunk-id']} and has an address",
                (fact,),
                "no address on the port",
                {member.name: ", ".join(map(str, known[name]))},
            )


def pool_by_vrrp(member: Member) -> Iterator[Breach]:
    """R36: a pool is bound to a profile that follows a VRRP group."""
    followed = {fact.path[0].casefold() for fact in member.all("rbp.vrrp-id", "rbp.vrrp6-id")}
    for fact in member.all("pool.rbp"):
        if f"remote-backup-profile {fact.params['rbp-name']}".casefold() not in followed:
            yield Breach(
                f"{fact.path[0]} is bound to profile {fact.params['rbp-name']}, which follows no VRRP group",
                (fact,),
                "vrrp-id in the profile first",
                {member.name: fact.text},
            )


def one_session_per_interface(member: Member) -> Iterator[Breach]:
    """R126: one session on the multicast address may take an interface down."""
    seen: dict[str, Fact] = {}
    for session in member.all("bfd.bind-default"):
        if member.one("bfd.pis", path=below(session)):
            earlier = seen.setdefault(session.params["interface"], session)
            if earlier is not session:
                yield Breach(
                    f"two BFD sessions take {session.params['interface']} down",
                    (earlier, session),
                    "process-interface-status in one of them",
                    {member.name: f"{earlier.params['name']}, {session.params['name']}"},
                )


def several_trunks_for_mld(member: Member) -> Iterator[Breach]:
    """R154: with several Eth-Trunks in one E-Trunk, MLD may be slow to switch over."""
    counts = Counter(member.values("if.e-trunk", "e-trunk-id"))
    for fact, services in _profiles_with(member, "rbp.e-trunk"):
        if "mld" in services and counts[fact.params["e-trunk-id"]] > 1:
            yield Breach(
                f"{fact.path[0]} backs up MLD over an E-Trunk of several Eth-Trunks",
                (fact,),
                "one Eth-Trunk in the E-Trunk",
                {member.name: f"{counts[fact.params['e-trunk-id']]} Eth-Trunks"},
            )
