"""Rules of VLANs on sub-interfaces of one member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inventory.lines.interface import IF_RBP
from inventory.lines.profile import RBP_SERVICE_TYPE
from inventory.rules.finding import Breach
from inventory.rules.foreign import IF_DOT1Q_TERM, IF_USER_VLAN, IF_VLAN_TYPE, ForeignStatement
from inventory.rules.member import Member

ROWS = (IF_VLAN_TYPE, IF_USER_VLAN, IF_DOT1Q_TERM)


@dataclass(frozen=True)
class _Vlans:
    """VLANs of a line of a sub-interface: those of users, and the outer ones where there are two tags."""

    fact: ForeignStatement
    inner: range
    outer: range

    def shares(self, other: _Vlans) -> bool:
        """Tell whether a frame may belong to both."""
        return _overlap(self.inner, other.inner) and _overlap(self.outer, other.outer)


def _overlap(one: range, other: range) -> bool:
    return max(one.start, other.start) < min(one.stop, other.stop)


def _vlans(fact: ForeignStatement) -> _Vlans:
    low, outer = fact.params["low"], fact.params.get("outer", "0")
    inner = range(int(low), int(fact.params.get("high", low)) + 1)
    return _Vlans(fact, inner, range(int(outer), int(fact.params.get("outer_high", outer)) + 1))


def _main(fact: ForeignStatement) -> str:
    return fact.path[0].removeprefix("interface ").split(".", maxsplit=1)[0]


def _breach(member: Member, one: ForeignStatement, other: ForeignStatement, message: str) -> Breach:
    names = [fact.path[0].removeprefix("interface ") for fact in (one, other)]
    found = f"{names[0]} {one.text}; {names[1]} {other.text}"
    return Breach(message, (one, other), "a VLAN for each sub-interface", {member.name: found})


def one_dot1q_vlan(member: Member) -> Iterator[Breach]:
    """R130: two sub-interfaces of one main interface have different dot1q VLANs."""
    seen: dict[tuple[str, int], ForeignStatement] = {}
    for fact in member.foreign(IF_VLAN_TYPE):
        vlan = int(fact.params["low"])
        earlier = seen.setdefault((_main(fact), vlan), fact)
        if earlier.path != fact.path:
            message = f"two sub-interfaces of {_main(fact)} have dot1q VLAN {vlan}"
            yield _breach(member, earlier, fact, message)


def own_vlan_in_profile(member: Member) -> Iterator[Breach]:
    """R115: sub-interfaces that are bound to one profile for ARP share no VLAN."""
    lines = [_vlans(fact) for fact in member.foreign(*ROWS)]
    for profile, paths in _bound(member).items():
        for one, other in _sharing([line for line in lines if line.fact.path in paths]):
            message = f"two sub-interfaces of profile {profile} share a VLAN"
            yield _breach(member, one.fact, other.fact, message)


def _sharing(lines: list[_Vlans]) -> Iterator[tuple[_Vlans, _Vlans]]:
    """Find lines of two sub-interfaces that share a VLAN: a sweep over the VLANs in rising order."""
    still: list[_Vlans] = []
    for line in sorted(lines, key=lambda one: one.inner.start):
        still = [one for one in still if one.inner.stop > line.inner.start]
        yield from ((one, line) for one in still if one.fact.path != line.fact.path and one.shares(line))
        still.append(line)


def _bound(member: Member) -> dict[str, set[tuple[str, ...]]]:
    """Return the interfaces of each profile that backs up ARP."""
    arp = {
        fact.path[0].casefold()
        for fact in member.all(RBP_SERVICE_TYPE)
        if fact.params.get("service") == "arp"
    }
    bound: dict[str, set[tuple[str, ...]]] = {}
    for fact in member.all(IF_RBP):
        if f"remote-backup-profile {fact.params['rbp-name']}".casefold() in arp:
            bound.setdefault(fact.params["rbp-name"].casefold(), set()).add(fact.path)
    return bound
