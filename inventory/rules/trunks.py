"""Pair rules of E-Trunks and their Eth-Trunks."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.facts import Fact
from inventory.names import canonical_mac
from inventory.rules.equal import differ, views
from inventory.rules.finding import Breach
from inventory.rules.member import Member, alone

ENDS = ("et.peer-address", "et.peer-ipv6")


def mirrored_trunk(a: Member, b: Member) -> Iterator[Breach]:
    """R74: an E-Trunk has the same ID on both, and its addresses mirror."""
    for here, there in ((a, b), (b, a)):
        for fact in alone(here.all("et.create"), there.all("et.create"), "e-trunk-id"):
            yield Breach(
                f"{fact.text} is on {here.name} only",
                (fact,),
                "the same E-Trunk ID on both",
                {here.name: fact.text, there.name: "none"},
            )
    for here_path, there_path, name in views(a, b, "et.create"):
        ours, theirs = a.one(*ENDS, path=here_path), b.one(*ENDS, path=there_path)
        if _ends(ours) != tuple(reversed(_ends(theirs))):
            yield differ(
                f"the addresses{name} do not mirror",
                (a, ours),
                (b, theirs),
                (ours.text if ours else "none", theirs.text if theirs else "none"),
                wanted="peer of one = source of the other",
            )


def _ends(fact: Fact | None) -> tuple[str, str]:
    if fact is None:
        return "", ""
    six = "ipv6" if fact.id == "et.peer-ipv6" else "ip"
    return fact.params[f"peer-{six}"], fact.params[f"source-{six}"]


def same_key(a: Member, b: Member) -> Iterator[Breach]:
    """R75: the key is set on both and the same. Ciphertexts say nothing about that and are not compared."""
    for here, there, name in views(a, b, "et.create"):
        ours, theirs = a.one("et.security-key", path=here), b.one("et.security-key", path=there)
        if ours is None or theirs is None:
            values = ("set" if ours else "not set", "set" if theirs else "not set")
            yield differ(
                f"the security key{name} is not set on both",
                (a, ours or _opener(a, here)),
                (b, theirs or _opener(b, there)),
                values,
                wanted="security-key on both: negotiation fails without it",
            )
        elif _comparable(ours) and _comparable(theirs) and _key(ours) != _key(theirs):
            yield differ(
                f"the security key{name} differs",
                (a, ours),
                (b, theirs),
                (_shown(ours), _shown(theirs)),
                wanted="one key",
            )


def _key(fact: Fact) -> str:
    return fact.params.get("cipher-key", fact.params.get("simple-key", ""))


def _comparable(fact: Fact) -> bool:
    return "simple-key" in fact.params or _key(fact).startswith("<secret:")


def _shown(fact: Fact) -> str:
    return _key(fact) if _key(fact).startswith("<secret:") else "a key of its own"


def different_priorities(a: Member, b: Member) -> Iterator[Breach]:
    """R79: equal priorities leave the election to the system IDs."""
    for here, there, name in views(a, b, "et.create"):
        values = (
            a.value("et.priority", "priority", here, "100"),
            b.value("et.priority", "priority", there, "100"),
        )
        if values[0] == values[1]:
            facts = (
                (a, a.one("et.priority", "et.create", path=here) or _opener(a, here)),
                (b, b.one("et.priority", "et.create", path=there) or _opener(b, there)),
            )
            yield differ(
                f"the priorities{name} are equal, so the smaller system ID decides who is master",
                *facts,
                values,
                wanted="different priorities; the smaller one is master",
            )


def _opener(member: Member, path: tuple[str, ...]) -> Fact | None:
    return next((fact for fact in member.all("et.create") if fact.text == path[0]), None)


def _trunks(member: Member, number: str) -> dict[str, Fact]:
    """Give the Eth-Trunks of an E-Trunk by their number."""
    return {
        fact.path[0].removeprefix("interface Eth-Trunk"): fact
        for fact in member.all("if.e-trunk")
        if fact.params["e-trunk-id"] == number
    }


def told_of_the_other(a: Member, b: Member) -> Iterator[Breach]:
    """R80: Eth-Trunks with different IDs name each other."""
    for here, there, name in views(a, b, "et.create"):
        ours, theirs = _trunks(a, here[0].split()[1]), _trunks(b, there[0].split()[1])
        for left, mine, right, yours in ((a, ours, b, theirs), (b, theirs, a, ours)):
            for number, fact in mine.items():
                named = fact.params.get("eth-trunk-id", number)
                if named not in yours:
                    yield Breach(
                        f"Eth-Trunk{number}{name} on {left.name} looks for Eth-Trunk{named} on {right.name}",
                        (fact, *yours.values()),
                        "the same ID on both, or remote-eth-trunk on both",
                        {left.name: fact.text, right.name: ", ".join(sorted(yours)) or "none"},
                    )


def same_system_id(a: Member, b: Member) -> Iterator[Breach]:
    """R81: LACP shows one system ID on both, or the customer edge sees two partners."""
    row = "lacp.et-sysid"
    values = (a.value(row, "mac", default="own bridge MAC"), b.value(row, "mac", default="own bridge MAC"))
    if values[0] != values[1]:
        yield differ(
            "the LACP system IDs of the E-Trunk differ",
            (a, a.one(row)),
            (b, b.one(row)),
            values,
            wanted="one lacp e-trunk system-id on both",
        )


def same_layer3(a: Member, b: Member) -> Iterator[Breach]:
    """R85: an Eth-Trunk that carries Layer 3 has the same IP and MAC address on both."""
    if a.underlay is None or b.underlay is None:
        return
    for here, there, _ in views(a, b, "et.create"):
        ours, theirs = _trunks(a, here[0].split()[1]), _trunks(b, there[0].split()[1])
        for number, fact in ours.items():
            other = theirs.get(fact.params.get("eth-trunk-id", number))
            if other is None:
                continue
            names = (_name(fact), _name(other))
            values = (_layer3(a, names[0]), _layer3(b, names[1]))
            if "no address" not in values and values[0] != values[1]:
                yield differ(
                    f"{names[0]} has not the same IP and MAC address on both",
                    (a, fact),
                    (b, other),
                    values,
                    wanted="identical addresses",
                )


def _name(fact: Fact) -> str:
    return fact.path[0].removeprefix("interface ")


def _layer3(member: Member, interface: str) -> str:
    known = member.underlay
    if known is None or interface not in known.addresses:
        return "no address"
    addresses = ", ".join(str(address) for address in known.addresses[interface])
    mac = known.macs.get(interface)
    return f"{addresses}, MAC {canonical_mac(mac)}" if mac else addresses


def master_on_both(a: Member, b: Member) -> Iterator[Breach]:
    """R87: active-active needs `force-master` on both."""
    for here, there, name in views(a, b, "et.create"):
        ours, theirs = _trunks(a, here[0].split()[1]), _trunks(b, there[0].split()[1])
        for number, fact in ours.items():
            other = theirs.get(fact.params.get("eth-trunk-id", number))
            if other is None:
                continue
            modes = (
                a.value("if.e-trunk-mode", "mode", fact.path, "auto"),
                b.value("if.e-trunk-mode", "mode", other.path, "auto"),
            )
            if modes[0] != modes[1] and "force-master" in modes and "force-backup" not in modes:
                yield differ(
                    f"Eth-Trunk{number}{name} is forced to be master on one member only",
                    (a, a.one("if.e-trunk-mode", path=fact.path)),
                    (b, b.one("if.e-trunk-mode", path=other.path)),
                    modes,
                    wanted="force-master on both (active-active), or on none",
                )


def some_master(a: Member, b: Member) -> Iterator[Breach]:
    """R87: where both members are forced to be backup, nobody forwards."""
    for here, there, name in views(a, b, "et.create"):
        ours, theirs = _trunks(a, here[0].split()[1]), _trunks(b, there[0].split()[1])
        for number, fact in ours.items():
            other = theirs.get(fact.params.get("eth-trunk-id", number))
            forced = (
                a.one("if.e-trunk-mode", path=fact.path),
                b.one("if.e-trunk-mode", path=other.path) if other else None,
            )
            if all(one is not None and one.params["mode"] == "force-backup" for one in forced):
                yield differ(
                    f"Eth-Trunk{number}{name} is forced to be backup on both members, so nobody is master",
                    (a, forced[0]),
                    (b, forced[1]),
                    ("force-backup", "force-backup"),
                    wanted="auto, or force-master on one member at least",
                )


def no_link_limit(member: Member) -> Iterator[Breach]:
    """R88: no `max active-linknumber` on a LACP Eth-Trunk of an E-Trunk."""
    for fact in member.all("if.e-trunk"):
        limit = member.one("if.max-active", path=fact.path)
        if limit and member.value("if.mode", "mode", fact.path) == "lacp-static":
            yield Breach(
                f"{_name(fact)} in an E-Trunk limits its links",
                (limit,),
                "no max active-linknumber",
                {member.name: limit.text},
            )


def lacp_mode(a: Member, b: Member) -> Iterator[Breach]:
    """R89: both ends of every link run LACP; the Eth-Trunks of a pair have one mode."""
    for here, there, name in views(a, b, "et.create"):
        ours, theirs = _trunks(a, here[0].split()[1]), _trunks(b, there[0].split()[1])
        for number, fact in ours.items():
            other = theirs.get(fact.params.get("eth-trunk-id", number))
            if other is None:
                continue
            modes = tuple(
                member.value("if.mode", "mode", one.path, "manual load-balance")
                for member, one in ((a, fact), (b, other))
            )
            if modes[0] != modes[1]:
                yield differ(
                    f"the mode of Eth-Trunk{number}{name} differs",
                    (a, a.one("if.mode", path=fact.path) or fact),
                    (b, b.one("if.mode", path=other.path) or other),
                    (modes[0], modes[1]),
                    wanted="mode lacp-static on both",
                )


_LACP = ("if.lacp-et-prio", "if.lacp-prio", "if.lacp-timeout", "if.lacp-preempt", "if.lacp-preempt-delay")


def lacp_lines(member: Member) -> Iterator[Breach]:
    """R37: LACP lines stand on an Eth-Trunk in static LACP mode, and passive ports are in such a one."""
    modes = {fact.path: fact.params["mode"] for fact in member.all("if.mode")}
    passive = (fact for fact in member.all("if.eth-trunk-join") if fact.params.get("mode") == "passive")
    lines = [
        (fact.path, fact) for fact in member.all(*_LACP) if fact.path[0].startswith("interface Eth-Trunk")
    ]
    lines += [((f"interface Eth-Trunk{fact.params['trunk-id']}",), fact) for fact in passive]
    for path, fact in lines:
        mode = modes.get(path, "manual load-balance")
        if mode != "lacp-static":
            yield Breach(
                f"`{fact.text}` needs static LACP mode, and {path[0].removeprefix('interface ')} has it not",
                (fact,),
                "mode lacp-static",
                {member.name: f"mode {mode}"},
            )


def layer_two_mode(member: Member) -> Iterator[Breach]:
    """R40: `mode manual backup` is one of Layer 2 Eth-Trunks, and an E-Trunk has Layer 3 ones."""
    joined = {fact.path: fact for fact in member.all("if.e-trunk")}
    for fact in member.all("if.mode"):
        if fact.params["mode"] == "manual backup" and fact.path in joined:
            trunk = fact.path[0].removeprefix("interface ")
            yield Breach(
                f"{trunk} is in an E-Trunk and cannot be in manual backup mode",
                (fact, joined[fact.path]),
                "mode lacp-static or manual load-balance",
                {member.name: fact.text},
            )


def idle_lacp_priority(member: Member) -> Iterator[Breach]:
    """R83, R157: `lacp priority` does nothing for Eth-Trunks of an E-Trunk."""
    fact = member.one("lacp.prio")
    if fact and member.one("if.e-trunk") and not member.one("lacp.et-prio"):
        yield Breach(
            "lacp priority has no effect on Eth-Trunks of an E-Trunk",
            (fact,),
            "lacp e-trunk priority",
            {member.name: fact.text},
        )


def weak_key(member: Member) -> Iterator[Breach]:
    """R144: a key in clear text is weak."""
    for fact in member.all("et.security-key"):
        if "simple-key" in fact.params:
            yield Breach(
                f"the security key of {fact.path[0]} is kept in clear text",
                (fact,),
                "security-key cipher",
                {member.name: "security-key simple"},
            )
