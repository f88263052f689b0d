"""Pair rules of the Eth-Trunks in an E-Trunk: their IDs, addresses and roles."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.e_trunk import (
    ET_CREATE,
)
from inventory.lines.eth_trunk import (
    IF_E_TRUNK,
    IF_E_TRUNK_MODE,
)
from inventory.rules.equal import differ, views
from inventory.rules.finding import Breach
from inventory.rules.member import Member


def trunks_of(member: Member, number: str) -> dict[str, Statement]:
    """Return the Eth-Trunks of an E-Trunk by their number."""
    return {
        fact.path[0].removeprefix("interface Eth-Trunk"): fact
        for fact in member.all(IF_E_TRUNK)
        if fact.params["e-trunk-id"] == number
    }


def trunk_pairs(a: Member, b: Member) -> Iterator[tuple[str, str, Statement, Statement]]:
    """Yield the Eth-Trunks that stand on both members: words for the E-Trunk, number, line on either."""
    for here, there, name in views(a, b, ET_CREATE):
        ours, theirs = trunks_of(a, here[0].split()[1]), trunks_of(b, there[0].split()[1])
        for number, fact in ours.items():
            other = theirs.get(fact.params.get("eth-trunk-id", number))
            if other is not None:
                yield name, number, fact, other


def told_of_the_other(a: Member, b: Member) -> Iterator[Breach]:
    """R80: Eth-Trunks with different IDs name each other."""
    for here, there, name in views(a, b, ET_CREATE):
        ours, theirs = trunks_of(a, here[0].split()[1]), trunks_of(b, there[0].split()[1])
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


def same_layer3(a: Member, b: Member) -> Iterator[Breach]:
    """R85: an Eth-Trunk that carries Layer 3 has the same IP and MAC address on both."""
    if a.underlay is None or b.underlay is None:
        return
    for _, _, fact, other in trunk_pairs(a, b):
        names = (interface_of(fact), interface_of(other))
        values = (_layer3(a, names[0]), _layer3(b, names[1]))
        if "no address" not in values and values[0] != values[1]:
            yield differ(
                f"{names[0]} has not the same IP and MAC address on both",
                (a, fact),
                (b, other),
                values,
                wanted="identical addresses",
            )


def interface_of(fact: Statement) -> str:
    """Name the interface in whose view a line stands."""
    return fact.path[0].removeprefix("interface ")


def _layer3(member: Member, interface: str) -> str:
    known = member.underlay
    if known is None or interface not in known.addresses:
        return "no address"
    addresses = ", ".join(str(address) for address in known.addresses[interface])
    mac = known.macs.get(interface)
    return f"{addresses}, MAC {mac}" if mac else addresses


def master_on_both(a: Member, b: Member) -> Iterator[Breach]:
    """R87: active-active needs `force-master` on both."""
    for name, number, fact, other in trunk_pairs(a, b):
        modes = (
            a.value(IF_E_TRUNK_MODE, "mode", fact.path, "auto"),
            b.value(IF_E_TRUNK_MODE, "mode", other.path, "auto"),
        )
        if modes[0] != modes[1] and "force-master" in modes and "force-backup" not in modes:
            yield differ(
                f"Eth-Trunk{number}{name} is forced to be master on one member only",
                (a, a.one(IF_E_TRUNK_MODE, path=fact.path)),
                (b, b.one(IF_E_TRUNK_MODE, path=other.path)),
                modes,
                wanted="force-master on both (active-active), or on none",
            )


def some_master(a: Member, b: Member) -> Iterator[Breach]:
    """R87: where both members are forced to be backup, nobody forwards."""
    for name, number, fact, other in trunk_pairs(a, b):
        forced = (
            a.one(IF_E_TRUNK_MODE, path=fact.path),
            b.one(IF_E_TRUNK_MODE, path=other.path),
        )
        if all(one is not None and one.params["mode"] == "force-backup" for one in forced):
            yield differ(
                f"Eth-Trunk{number}{name} is forced to be backup on both members, so nobody is master",
                (a, forced[0]),
                (b, forced[1]),
                ("force-backup", "force-backup"),
                wanted="auto, or force-master on one member at least",
            )
