"""The lines around the pair's objects that are not ours: on the interfaces that carry them.

Users, groups and E-Trunks meet on interfaces whose VLANs, subnets, VPN instance and state the pair relies on.
What stands there on one member and not on the other, and no rule knows what it does, is told by `compare`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Interface, IPv4Network, ip_interface

from inventory.facts import ConfigLine
from inventory.lines.eth_trunk import IF_E_TRUNK
from inventory.rules.bindings import unequal_bindings
from inventory.rules.counterparts import View, held_name, views
from inventory.rules.finding import Breach, Severity
from inventory.rules.foreign import ForeignStatement
from inventory.rules.member import Member, Path

_VLANS = r"vlan-type dot1q .+|user-vlan .+|(dot1q|qinq) termination .+|encapsulation .+"
_SWITCHED = r"portswitch|port (link-type|default vlan|trunk|hybrid) ?.*"


@dataclass(frozen=True)
class Beside:
    """A kind of foreign line that is equal on the interfaces of both members.

    Args:
        pattern: the lines of the kind.
        what: what to call them.
        verb: what to say of them.
        severity: how much a difference matters; nothing where a rule of its own says so.
    """

    pattern: re.Pattern[str]
    what: str
    verb: str = "differ"
    severity: Severity | None = Severity.WARNING


EQUAL = (
    Beside(re.compile(_VLANS, re.IGNORECASE), "the VLANs"),
    Beside(re.compile(_SWITCHED, re.IGNORECASE), "the link type and VLANs of the port"),
    Beside(re.compile(r"shutdown", re.IGNORECASE), "the state", "differs"),
    Beside(re.compile(r"ipv6 enable", re.IGNORECASE), "IPv6", "differs"),
    Beside(re.compile(r"ip binding vpn-instance .+", re.IGNORECASE), "the VPN instance", "differs"),
)
EQUAL_OF_A_TRUNK = (
    Beside(re.compile(r"ip(v6)? address .+", re.IGNORECASE), "the addresses", severity=None),
    Beside(re.compile(r"mac-address .+", re.IGNORECASE), "the MAC address", severity=None),
)
"""What is equal on the Eth-Trunks of an E-Trunk: R85 says so."""
JUDGED = re.compile(r"ip address .+|ipv6 address .+|mac-address .+|ip binding vpn-instance .+", re.IGNORECASE)
"""Lines that rules of their own judge."""
SILENT = re.compile(r"undo shutdown|description .+", re.IGNORECASE)
"""Lines that each member has as it likes."""
_STATIC = re.compile(r"(arp|user-bind) static (?P<ip>\d+\.\d+\.\d+\.\d+)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Sides:
    """The foreign lines of one kind on an interface of the pair.

    Args:
        kind: what they are.
        view: the interface.
        a: lines of the intended master.
        b: lines of the intended backup.
    """

    kind: Beside
    view: View
    a: tuple[ConfigLine, ...]
    b: tuple[ConfigLine, ...]

    @property
    def equal(self) -> bool:
        """Tell whether both members have the same, in any order and letter case."""
        return _texts(self.a) == _texts(self.b)

    @property
    def values(self) -> tuple[str, str]:
        """What to show of both."""
        return _said(self.a), _said(self.b)


def sides(a: Member, b: Member) -> Iterator[Sides]:
    """Yield the lines on interfaces of the pair by kind, where a member has any; none of an intent."""
    if a.underlay is None or b.underlay is None:
        return
    for view in interfaces(a, b):
        trunk = (*EQUAL, *EQUAL_OF_A_TRUNK) if _in_trunk(a, view.a) else EQUAL
        for kind in trunk:
            ours, theirs = _of_kind(a, view.a[0], kind), _of_kind(b, view.b[0], kind)
            if ours or theirs:
                yield Sides(kind, view, ours, theirs)


def _in_trunk(member: Member, path: Path) -> bool:
    return member.one(IF_E_TRUNK, path=path) is not None


def differences(a: Member, b: Member) -> Iterator[Breach]:
    """P2: the interfaces that carry the pair have the same VLANs, subnets, state and static entries."""
    for one in sides(a, b):
        if one.kind.severity and not one.equal:
            facts = (*_facts(one.a, one.view.a), *_facts(one.b, one.view.b))
            found = dict(zip((a.name, b.name), one.values, strict=True))
            message = f"{one.kind.what} of {one.view.name} {one.kind.verb}"
            yield Breach(message, facts, "the same on both members", found, one.kind.severity)
    yield from unmet(a, b)


def unmet(a: Member, b: Member) -> Iterator[Breach]:
    """Find bindings, addresses and static entries that the other member cannot meet."""
    yield from unequal_bindings(a, b)
    if a.underlay is not None and b.underlay is not None:
        yield from other_subnets(a, b)
        yield from static_entries(a, b)


def interfaces(a: Member, b: Member) -> tuple[View, ...]:
    """Return the interfaces of the pair that both members have."""
    return tuple(view for view in views(a, b) if view.a and view.a[0].startswith("interface "))


def unjudged(a: Member, b: Member) -> Iterator[tuple[View, tuple[str, ...], tuple[str, ...]]]:
    """Yield the foreign lines on interfaces, VLANs, VSIs and pools of the pair that differ unjudged.

    Yields:
        The object, the lines that a has and b has not, and the other way round.
    """
    for view in (view for view in views(a, b) if view.a and view.opened is None):
        ours, theirs = (
            {text.casefold(): text for text in _spelt(_foreign_in(member, path[0])) if not is_known(text)}
            for member, path in ((a, view.a), (b, view.b))
        )
        only_a = tuple(text for key, text in ours.items() if key not in theirs)
        only_b = tuple(text for key, text in theirs.items() if key not in ours)
        if only_a or only_b:
            yield view, only_a, only_b


def _foreign_in(member: Member, header: str) -> tuple[ConfigLine, ...]:
    """Return the foreign lines of a view that holds lines of ours."""
    if header.startswith("interface ") or member.underlay is None:
        return _beside(member, header)
    name = held_name((header,))
    sections = (line for line in member.underlay.tree.lines if held_name((line.text,)) == name)
    ours = {fact.place for fact in member.view((header,))}
    return tuple(line for section in sections for line in section.children if line.place not in ours)


def _spelt(lines: tuple[ConfigLine, ...]) -> Iterator[str]:
    """Spell lines and those below them, each with the views that it stands in."""
    for line in lines:
        yield line.text
        yield from (f"{line.text} / {below}" for below in _spelt(line.children))


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


def _facts(lines: tuple[ConfigLine, ...], path: tuple[str, ...]) -> Iterator[ForeignStatement]:
    yield from (ForeignStatement("", path, line.text, place=line.place) for line in lines)


def _said(lines: tuple[ConfigLine, ...]) -> str:
    return "; ".join(line.text for line in lines) or "none"


def other_subnets(a: Member, b: Member) -> Iterator[Breach]:
    """Find interfaces of a group whose addresses share no subnet: its members never hear of each other."""
    for view in interfaces(a, b):
        yield from _other_subnet(a, b, view)


def _other_subnet(a: Member, b: Member, view: View) -> Iterator[Breach]:
    if not any(fact.row.family for fact in a.view(view.a)):
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


def static_entries(a: Member, b: Member) -> Iterator[Breach]:
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
