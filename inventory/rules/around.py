"""The lines around the pair's objects that are not ours: on the interfaces that carry them.

Users, groups and E-Trunks meet on interfaces whose VLANs, subnets, VPN instance and state the pair relies on.
What stands there on one member and not on the other, and no rule knows what it does, is told by `compare`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Interface, IPv4Network, ip_interface

from inventory.facts import ConfigLine, Fact
from inventory.rules.counterparts import View, views
from inventory.rules.finding import Breach, Severity
from inventory.rules.member import Member

_VLANS = r"vlan-type dot1q .+|user-vlan .+|(dot1q|qinq) termination .+|encapsulation .+"
_SWITCHED = r"portswitch|port (link-type|default vlan|trunk|hybrid) ?.*"


@dataclass(frozen=True)
class Beside:
    """A kind of foreign line that is equal on the interfaces of both members.

    Args:
        pattern: the lines of the kind.
        what: what to call them.
        verb: what to say of them.
        severity: how much a difference matters.
    """

    pattern: re.Pattern[str]
    what: str
    verb: str = "differ"
    severity: Severity = Severity.WARNING


EQUAL = (
    Beside(re.compile(_VLANS, re.IGNORECASE), "the VLANs"),
    Beside(re.compile(_SWITCHED, re.IGNORECASE), "the link type and VLANs of the port"),
    Beside(re.compile(r"shutdown", re.IGNORECASE), "the state", "differs"),
    Beside(re.compile(r"ipv6 enable", re.IGNORECASE), "IPv6", "differs"),
)
JUDGED = re.compile(r"ip address .+|ipv6 address .+|mac-address .+|ip binding vpn-instance .+", re.IGNORECASE)
"""Lines that rules of their own judge."""
SILENT = re.compile(r"undo shutdown|description .+", re.IGNORECASE)
"""Lines that each member has as it likes."""
_STATIC = re.compile(r"(arp|user-bind) static (?P<ip>\d+\.\d+\.\d+\.\d+)\b.*", re.IGNORECASE)


def differences(a: Member, b: Member) -> Iterator[Breach]:
    """P2: the interfaces that carry the pair have the same VLANs, subnets, state and static entries."""
    if a.underlay is None or b.underlay is None:
        return
    for view in interfaces(a, b):
        for kind in EQUAL:
            ours, theirs = _of_kind(a, view.a[0], kind), _of_kind(b, view.b[0], kind)
            if _texts(ours) != _texts(theirs):
                facts = (*_facts(ours, view.a), *_facts(theirs, view.b))
                found = {a.name: _said(ours), b.name: _said(theirs)}
                message = f"{kind.what} of {view.name} {kind.verb}"
                yield Breach(message, facts, "the same on both members", found, kind.severity)
        yield from _other_subnet(a, b, view)
    yield from _static_entries(a, b)


def interfaces(a: Member, b: Member) -> tuple[View, ...]:
    """Give the interfaces of the pair that both members have."""
    return tuple(view for view in views(a, b) if view.a and view.a[0].startswith("interface "))


def unjudged(a: Member, b: Member) -> Iterator[tuple[View, tuple[str, ...], tuple[str, ...]]]:
    """Give the foreign lines on interfaces of the pair that differ and that no rule judges.

    Yields:
        The interface, the lines that a has and b has not, and the other way round.
    """
    for view in interfaces(a, b):
        ours, theirs = (
            {text.casefold(): text for line in _beside(member, path[0]) if not is_known(text := line.text)}
            for member, path in ((a, view.a), (b, view.b))
        )
        only_a = tuple(text for key, text in ours.items() if key not in theirs)
        only_b = tuple(text for key, text in theirs.items() if key not in ours)
        if only_a or only_b:
            yield view, only_a, only_b


def is_known(text: str) -> bool:
    """Tell whether a rule judges a foreign line of an interface, or each member has it as it likes."""
    patterns = (*(kind.pattern for kind in EQUAL), JUDGED, SILENT)
    return any(pattern.fullmatch(text) for pattern in patterns)


def _beside(member: Member, header: str) -> tuple[ConfigLine, ...]:
    return member.underlay.beside.get(header.removeprefix("interface "), ()) if member.underlay else ()


def _of_kind(member: Member, header: str, kind: Beside) -> tuple[ConfigLine, ...]:
    return tuple(line for line in _beside(member, header) if kind.pattern.fullmatch(line.text))


def _texts(lines: tuple[ConfigLine, ...]) -> list[str]:
    return sorted(" ".join(line.text.casefold().split()) for line in lines)


def _facts(lines: tuple[ConfigLine, ...], path: tuple[str, ...]) -> Iterator[Fact]:
    yield from (Fact("foreign", path, line.text, place=line.place) for line in lines)


def _said(lines: tuple[ConfigLine, ...]) -> str:
    return "; ".join(line.text for line in lines) or "none"


def _other_subnet(a: Member, b: Member, view: View) -> Iterator[Breach]:
    """Find interfaces of a group whose addresses share no subnet: its members never hear of each other."""
    if not any(fact.id.startswith(("vrrp.", "vrrp6.")) for fact in a.view(view.a)):
        return
    ours, theirs = (_networks(member, path[0]) for member, path in ((a, view.a), (b, view.b)))
    if ours and theirs and not ours.keys() & theirs.keys():
        found = {a.name: ", ".join(map(str, ours.values())), b.name: ", ".join(map(str, theirs.values()))}
        facts = (a.view(view.a)[0], b.view(view.b)[0])
        message = f"the addresses of {view.name}, which has a VRRP group, are in no common subnet"
        yield Breach(message, facts, "addresses in one subnet", found)


def _networks(member: Member, header: str) -> Mapping[str, IPv4Interface]:
    known = member.underlay.addresses.get(header.removeprefix("interface "), ()) if member.underlay else ()
    return {str(one.network): one for one in known if isinstance(one, IPv4Interface)}


def _static_entries(a: Member, b: Member) -> Iterator[Breach]:
    """Find static entries of hosts behind the pair's interfaces that one member alone has."""
    for here, there in ((a, b), (b, a)):
        nets = [
            one.network
            for view in interfaces(here, there)
            for one in _networks(here, view.a[0]).values()
            if isinstance(one.network, IPv4Network)
        ]
        theirs = {host for host, _ in _statics(there)}
        for host, line in _statics(here):
            if host not in theirs and any(ip_interface(host).ip in net for net in nets):
                yield Breach(
                    f"the static entry of {host} is on {here.name} only",
                    tuple(_facts((line,), ())),
                    "the entry on both members",
                    {here.name: line.text, there.name: "none"},
                    Severity.ADVICE,
                )


def _statics(member: Member) -> Iterator[tuple[str, ConfigLine]]:
    for line in member.underlay.tree.lines if member.underlay else ():
        if found := _STATIC.fullmatch(line.text):
            yield found["ip"], line
