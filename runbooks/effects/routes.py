"""How many routes a change may move: those of the interfaces that it touches, and what leads through them.

An interface brings its subnets, its own addresses and the virtual ones that it answers: direct routes here,
and what an IGP tells of them on the other member. Where an IGP speaks over a touched interface, all that it
learns may come and go. A static route moves with the interface that it leads out of. IPv4 and IPv6 are
counted apart; what may move in the public network may move in a VPN instance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Interface,
    IPv6Network,
    ip_address,
    ip_interface,
)
from typing import Final

from inventory.facts import ConfigLine, ConfigTree
from tasks.plan.model import PairPlan

ALL: Final = 1 << 62
"""More routes than any router has."""
_NETWORK = re.compile(r"network (?P<ip>[\d.]+) (?P<wildcard>[\d.]+)")
_IGP: Final = frozenset({"ospf", "is-is"})
_Interface = IPv4Interface | IPv6Interface
_Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class _Family:
    """How the lines of an IP version read.

    Args:
        address: of an interface.
        virtual: address that a group answers.
        speaks: an IGP speaks over the interface.
        static: a static route.
    """

    address: re.Pattern[str]
    virtual: re.Pattern[str]
    speaks: re.Pattern[str]
    static: re.Pattern[str]


_VPN = r"(?:vpn-instance \S+ )?"
_FAMILIES: Final[Mapping[int, _Family]] = {
    4: _Family(
        re.compile(r"ip address (?P<ip>[\d.]+) (?P<mask>\S+)"),
        re.compile(r"vrrp vrid \d+ virtual-ip "),
        re.compile(r"(?:ospf|isis) enable\b"),
        re.compile(rf"ip route-static {_VPN}[\d.]+ \S+ (?P<rest>.*)"),
    ),
    6: _Family(
        re.compile(r"(?i)ipv6 address (?P<ip>[\da-f:.]+)[/ ](?P<mask>\d+)"),
        re.compile(r"vrrp6 vrid \d+ virtual-ip (?!.*link-local)"),
        re.compile(r"(?:ospfv3 \d+ area|isis ipv6 enable)\b"),
        re.compile(rf"(?i)ipv6 route-static {_VPN}[\da-f:.]+ \d+ (?P<rest>.*)"),
    ),
}


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


def routes_of(plan: PairPlan, places: frozenset[str], *, users: bool, version: int = 4) -> Routes:
    """Derive how many routes a plan may move.

    Args:
        plan: of both members.
        places: names of the objects that it touches.
        users: it changes what subscribers are backed up by.
        version: 4 or 6, of the routes.
    """
    family = _FAMILIES[version]
    trees = [tree for member in plan.members for tree in (member.base, member.predicted)]
    touched = [line for tree in trees for line in tree.lines if _is_touched(line, places)]
    found = {subnet for line in touched for subnet in _subnets(line, family)}
    count = 2 * len(found) + len(set(_answered(touched, family)))
    spoken = any(_speaks(line, tree, family) for tree in trees for line in touched)
    names = {line.text.removeprefix("interface ") for line in touched}
    static = {
        line.text
        for tree in trees
        for line in tree.lines
        if _leads(family.static.match(line.text), {one.network for one in found}, names)
    }
    return Routes(count, ALL if spoken else count, len(static), ALL if users else 0)


def _is_touched(line: ConfigLine, places: frozenset[str]) -> bool:
    name = line.text.removeprefix("interface ")
    return name != line.text and is_touched(name, places)


def _subnets(line: ConfigLine, family: _Family) -> Iterator[_Interface]:
    for child in line.children:
        if found := family.address.match(child.text):
            yield ip_interface(f"{found['ip']}/{found['mask']}")


def _answered(touched: list[ConfigLine], family: _Family) -> Iterator[str]:
    """Yield the lines that give a group of a touched interface a virtual address."""
    yield from (child.text for line in touched for child in line.children if family.virtual.match(child.text))


def _speaks(line: ConfigLine, tree: ConfigTree, family: _Family) -> bool:
    """Tell whether an IGP speaks over an interface: by its own line, or by a network of the process."""
    if any(family.speaks.match(child.text) for child in line.children):
        return True
    told = [_NETWORK.match(child.text) for _, child in tree.walk()]
    subnets = tuple(_subnets(line, family))
    return any(
        isinstance(one, IPv4Interface) and _within(one.ip, found["ip"], found["wildcard"])
        for found in told
        if found
        for one in subnets
    )


def _within(address: IPv4Address, network: str, wildcard: str) -> bool:
    cared = ~int(IPv4Address(wildcard)) & 0xFFFFFFFF
    return int(address) & cared == int(IPv4Address(network)) & cared


def _leads(found: re.Match[str] | None, subnets: set[_Network], names: set[str]) -> bool:
    """Tell whether a line is a static route out of one of some interfaces."""
    words = found["rest"].split() if found else []
    return any(word in names or _is_in(word, subnets) for word in words)


def _is_in(word: str, subnets: set[_Network]) -> bool:
    try:
        address = ip_address(word)
    except ValueError:
        return False
    return any(address in subnet for subnet in subnets if subnet.version == address.version)
