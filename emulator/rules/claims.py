"""What an interface claims for itself alone: its addresses and their broadcast addresses, its VLAN.

A paste of ten thousand addresses asks as often whether one is free, so claims are counted in an index that
follows the configuration.
"""

from __future__ import annotations

import socket
from collections.abc import Hashable, Iterator
from functools import lru_cache
from operator import attrgetter

from emulator.config import tree
from emulator.config.following import Following, Step, is_long, step_to
from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement

Claim = tuple[str, Hashable]
_CREATE = "if.enter"
_ADDRESSES = frozenset({"address", "broadcast"})
_BINDING = "ip binding vpn-instance"


@lru_cache(maxsize=1024)
def span(ip: str, mask: str) -> tuple[int, int]:
    """Return an IPv4 address and the broadcast address of its subnet as numbers."""
    value = int.from_bytes(socket.inet_aton(ip), "big")
    return value, value | hosts(mask)


@lru_cache(maxsize=128)
def hosts(mask: str) -> int:
    """Return the bits of an IPv4 address that a mask leaves to hosts."""
    length = int.from_bytes(socket.inet_aton(mask), "big") if "." in mask else -1 << (32 - int(mask))
    return ~length & 0xFFFFFFFF


def of_line(interface: str, line: Statement) -> Iterator[Claim]:
    """Yield what a line claims for its interface."""
    if line.command == "if.ip":
        address, broadcast = span(line.params["ip"], line.params["mask"])
        yield "address", address
        yield "broadcast", broadcast
    elif line.command == "if.vlan-type":
        yield "vlan", (interface.partition(".")[0], line.params["vid"])


def in_vpn(lines: Children) -> bool:
    """Tell whether an interface is bound to a VPN instance, so that its addresses count apart."""
    return tree.holds(lines, _BINDING)


@lru_cache(maxsize=1024)
def _alone(interface: str) -> tuple[str, ...]:
    """Return the one holder of most claims; one value for all claims of an interface."""
    return (interface,)


class _Claims:
    """Claims of all interfaces of a configuration."""

    def __init__(self, sections: Children) -> None:
        self._by_claim: dict[Claim, tuple[str, ...]] = {}
        self._bound: set[str] = set()
        for section in sections:
            self._section(section, 1)

    def others(self, claim: Claim, own: str) -> bool:
        """Tell whether another interface claims the same."""
        holders = self._by_claim.get(claim, ())
        if not holders or holders == (own,):
            return False
        apart = self._bound if claim[0] in _ADDRESSES else ()
        return any(name != own and name not in apart for name in holders)

    def follow(self, step: Step) -> None:
        """Follow a change: of one line inside a section if that is all, of the whole section else."""
        out, into = step.out, step.into
        inner = step_to(into.children) if out is not None and into is not None else None
        if out is None or into is None or inner is None or inner.old is not out.children:
            for section, sign in ((out, -1), (into, 1)):
                if section is not None:
                    self._section(section, sign)
            return
        for line, sign in ((inner.out, -1), (inner.into, 1)):
            if line is not None and into.command == _CREATE:
                self._line(into.params["interface"], line, sign)

    def _section(self, section: Statement, sign: int) -> None:
        if section.command == _CREATE:
            for line in section.children:
                self._line(section.params["interface"], line, sign)

    def _line(self, interface: str, line: Statement, sign: int) -> None:
        if tree.kind(line) == _BINDING:
            (self._bound.add if sign > 0 else self._bound.discard)(interface)
        for claim in of_line(interface, line):
            holders = self._by_claim.get(claim, ())
            if sign > 0:
                self._by_claim[claim] = (*holders, interface) if holders else _alone(interface)
            elif holders == (interface,):
                del self._by_claim[claim]
            else:
                place = holders.index(interface)
                self._by_claim[claim] = holders[:place] + holders[place + 1 :]


_INDEX = Following(_Claims, _Claims.follow)
_CHILDREN = attrgetter("children")


def claimed_elsewhere(configuration: Configuration, own: str, *claims: Claim) -> bool:
    """Tell whether an interface other than `own` makes one of the claims; addresses in a VPN count apart."""
    sections = configuration.statements
    if is_long(sections) or any(map(is_long, map(_CHILDREN, sections))):
        index = _INDEX.of(sections)
        return any(index.others(claim, own) for claim in claims)
    return any(
        section.command == _CREATE
        and section.params["interface"] != own
        and not (claim[0] in _ADDRESSES and in_vpn(section.children))
        and any(claim in of_line(section.params["interface"], line) for line in section.children)
        for claim in claims
        for section in sections
    )
