"""How many routes a change may move: those of the interfaces that it touches, and what leads through them.

An interface brings its subnets, its own addresses and the virtual ones that it answers: direct routes here,
and what an IGP tells of them on the other member. Where an IGP speaks over a touched interface, all that it
learns may come and go. A static route moves with the interface that it leads out of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, ip_address
from typing import Final

from inventory.facts import ConfigLine, ConfigTree
from tasks.plan.model import PairPlan

ALL: Final = 1 << 62
"""More routes than any router has."""
_ADDRESS = re.compile(r"ip address (?P<ip>[\d.]+) (?P<mask>\S+)")
_VIRTUAL = re.compile(r"vrrp vrid \d+ virtual-ip ")
_SPEAKS = re.compile(r"(?:ospf|isis) enable\b")
_NETWORK = re.compile(r"network (?P<ip>[\d.]+) (?P<wildcard>[\d.]+)")
_STATIC = re.compile(r"ip route-static (?:[\d.]+ \S+ )(?P<rest>.*)")
_IGP: Final = frozenset({"ospf", "is-is"})


@dataclass(frozen=True, slots=True)
class Routes:
    """How many routes may come or go on a member.

    Args:
        direct: of its own interfaces.
        learned: from an IGP.
        static: that lead out of a touched interface.
        users: of subscribers and pools.
    """

    direct: int = 0
    learned: int = 0
    static: int = 0
    users: int = 0

    def of(self, protocol: str) -> int:
        """Return how many routes of a protocol may come or go."""
        if protocol in _IGP:
            return self.learned
        return {"direct": self.direct, "static": self.static, "unr": self.users}.get(protocol, 0)


NO_ROUTES: Final = Routes()


def is_touched(place: str, places: frozenset[str]) -> bool:
    """Tell whether an object, or the one that it is a part of, is among those that a change touches."""
    return place in places or place.partition(".")[0] in places


def routes_of(plan: PairPlan, places: frozenset[str], *, users: bool) -> Routes:
    """Derive how many routes a plan may move.

    Args:
        plan: of both members.
        places: names of the objects that it touches.
        users: it changes what subscribers are backed up by.
    """
    trees = [tree for member in plan.members for tree in (member.base, member.predicted)]
    touched = [line for tree in trees for line in tree.lines if _is_touched(line, places)]
    found = {subnet for line in touched for subnet in _subnets(line)}
    virtual = {child.text for line in touched for child in line.children if _VIRTUAL.match(child.text)}
    count = 2 * len(found) + len(virtual)
    spoken = any(_speaks(line, tree) for tree in trees for line in touched)
    names = {line.text.removeprefix("interface ") for line in touched}
    static = {
        line.text
        for tree in trees
        for line in tree.lines
        if _leads(line.text, {one.network for one in found}, names)
    }
    return Routes(count, ALL if spoken else count, len(static), ALL if users else 0)


def _is_touched(line: ConfigLine, places: frozenset[str]) -> bool:
    name = line.text.removeprefix("interface ")
    return name != line.text and is_touched(name, places)


def _subnets(line: ConfigLine) -> Iterator[IPv4Interface]:
    for child in line.children:
        if found := _ADDRESS.match(child.text):
            yield IPv4Interface(f"{found['ip']}/{found['mask']}")


def _speaks(line: ConfigLine, tree: ConfigTree) -> bool:
    """Tell whether an IGP speaks over an interface: by its own line, or by a network of the process."""
    if any(_SPEAKS.match(child.text) for child in line.children):
        return True
    told = [_NETWORK.match(child.text) for _, child in tree.walk()]
    return any(
        _within(one.ip, found["ip"], found["wildcard"]) for found in told if found for one in _subnets(line)
    )


def _within(address: IPv4Address, network: str, wildcard: str) -> bool:
    cared = ~int(IPv4Address(wildcard)) & 0xFFFFFFFF
    return int(address) & cared == int(IPv4Address(network)) & cared


def _leads(text: str, subnets: set[IPv4Network], names: set[str]) -> bool:
    """Tell whether a line is a static route out of one of some interfaces."""
    found = _STATIC.match(text)
    words = found["rest"].split() if found else []
    return any(word in names or _is_in(word, subnets) for word in words)


def _is_in(word: str, subnets: set[IPv4Network]) -> bool:
    try:
        address = ip_address(word)
    except ValueError:
        return False
    return any(address in subnet for subnet in subnets)
