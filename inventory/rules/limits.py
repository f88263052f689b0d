"""Limits of one device: how many lines of a kind it takes, and which port numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inventory.lines import Statement
from inventory.lines.eth_trunk import IF_ETH_TRUNK_JOIN
from inventory.lines.line import OwnedLine
from inventory.lines.service import RBS_PEER, RBS_PEER_IPV6
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import VRRP_TRACK_MG
from inventory.quantities import quantity
from inventory.rules.finding import Breach
from inventory.rules.foreign import SSL_POLICY
from inventory.rules.member import Member

MOST_TRACKERS = 256
MOST_PORTS = 64
MOST_PARTNERS = 4
MOST_POLICIES = 4
MOST_POOLS = 4096


@dataclass(frozen=True)
class Limit:
    """A kind of line that may stand a number of times in one view."""

    row: OwnedLine
    most: int
    what: str

    def __call__(self, member: Member) -> Iterator[Breach]:
        """Find views with more lines than the device takes."""
        counts = Counter(fact.path for fact in member.all(self.row))
        for path, count in counts.items():
            if count > self.most:
                where = path[0] if path else "the device"
                found = {member.name: str(count)}
                facts = member.all(self.row, path=path)[-1:]
                yield Breach(f"{where} has too many {self.what}", facts, f"{self.most} at most", found)


def port_range(row: OwnedLine, low: int, high: int, what: str) -> Callable[[Member], Iterator[Breach]]:
    """Make the rule that a port lies in the range of its command.

    Args:
        row: line with a parameter `port`.
        low: smallest port that the device takes.
        high: largest one.
        what: what the port is of, for the message.
    """

    def check(member: Member) -> Iterator[Breach]:
        for fact in member.all(row):
            if not low <= int(fact.params["port"]) <= high:
                found = {member.name: fact.params["port"]}
                yield Breach(f"the {what} port is out of range", (fact,), f"{low} to {high}", found)

    check.__doc__ = f"The {what} port is {low} to {high}."
    return check


def tracks_of_a_group(member: Member) -> Iterator[Breach]:
    """R133: a VRRP group follows 16 interfaces and 3 monitor groups at most: 2 normal ones and 1 of links."""
    normal = tuple(fact for fact in member.all(VRRP_TRACK_MG) if "link" not in fact.params)
    links = tuple(fact for fact in member.all(VRRP_TRACK_MG) if "link" in fact.params)
    for facts, most, what in (
        (member.all(VRRP.track_interface), 16, "interfaces"),
        (member.all(VRRP6.track_interface), 16, "interfaces"),
        (normal, 2, "normal monitor groups"),
        (links, 1, "monitor groups of links"),
    ):
        counts = Counter((fact.path[0], fact.params["vrid"]) for fact in facts)
        for (interface, vrid), count in counts.items():
            if count > most:
                yield Breach(
                    f"VRRP group {vrid} on {interface.removeprefix('interface ')} follows too many {what}",
                    _of_group(facts, interface, vrid)[-1:],
                    f"{most} at most",
                    {member.name: str(count)},
                )


def _of_group(facts: tuple[Statement, ...], interface: str, vrid: str) -> tuple[Statement, ...]:
    return tuple(fact for fact in facts if fact.path == (interface,) and fact.params["vrid"] == vrid)


def trackers(rows: tuple[OwnedLine, ...], what: str) -> Callable[[Member], Iterator[Breach]]:
    """Make rule R133: a group is followed 256 times at most."""

    def check(member: Member) -> Iterator[Breach]:
        facts = member.all(*rows)
        for name, count in Counter(fact.params["group"] for fact in facts).items():
            if count > MOST_TRACKERS:
                last = [fact for fact in facts if fact.params["group"] == name][-1:]
                found = {member.name: str(count)}
                yield Breach(
                    f"{what} {name} has too many followers", tuple(last), f"{MOST_TRACKERS} at most", found
                )

    check.__doc__ = f"A {what} is followed {MOST_TRACKERS} times at most."
    return check


def ports_of_a_trunk(member: Member) -> Iterator[Breach]:
    """R132: an Eth-Trunk has 64 ports at most."""
    facts = member.all(IF_ETH_TRUNK_JOIN)
    for number, count in Counter(fact.params["trunk-id"] for fact in facts).items():
        if count > MOST_PORTS:
            last = [fact for fact in facts if fact.params["trunk-id"] == number][-1:]
            found = {member.name: str(count)}
            yield Breach(f"Eth-Trunk{number} has too many ports", tuple(last), f"{MOST_PORTS} at most", found)


def partners(member: Member) -> Iterator[Breach]:
    """R131: a device has 4 backup partners at most; more peer addresses may be those of fewer devices."""
    facts = {
        fact.params.get("peer-ip") or fact.params.get("peer-ipv6"): fact
        for fact in member.all(RBS_PEER, RBS_PEER_IPV6)
    }
    if len(facts) > MOST_PARTNERS:
        found = {member.name: f"{quantity(len(facts), 'peer address', 'peer addresses')}"}
        yield Breach("too many backup partners", tuple(facts.values()), f"{MOST_PARTNERS} at most", found)


def ssl_policies(member: Member) -> Iterator[Breach]:
    """R134: a device has 4 SSL policies at most."""
    facts = member.foreign(SSL_POLICY)
    if len(facts) > MOST_POLICIES:
        found = {member.name: str(len(facts))}
        yield Breach("the device has too many SSL policies", facts[-1:], f"{MOST_POLICIES} at most", found)
