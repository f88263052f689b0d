"""One member as the rules see it: its owned lines, and the addresses of its interfaces where known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Interface, IPv6Interface, ip_interface

from inventory.facts import ConfigLine, ConfigTree, Fact
from inventory.lines import read_line
from inventory.names import canonical_address, canonical_interface, canonical_mac
from inventory.rules.foreign import foreign_facts

Path = tuple[str, ...]

_IPV4 = re.compile(r"ip address (?P<ip>\S+) (?P<mask>\S+)(?: sub)?", re.IGNORECASE)
_IPV6 = re.compile(r"ipv6 address (?P<ip>[^\s/]+)(?:/|\s+)(?P<mask>\d+)", re.IGNORECASE)
_MAC = re.compile(r"mac-address (?P<mac>\S+)", re.IGNORECASE)
_HEADER = re.compile(r"interface (?P<name>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Underlay:
    """What stands in a configuration beside the owned lines.

    Args:
        addresses: address with prefix length by canonical interface name.
        macs: MAC address by canonical interface name, where one is configured.
        lines: other foreign lines that rules look at, see `inventory.rules.foreign`.
        beside: all lines on interfaces that are not owned, by canonical interface name.
        tree: the whole configuration.
    """

    addresses: Mapping[str, tuple[IPv4Interface | IPv6Interface, ...]] = field(default_factory=dict)
    macs: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Fact, ...] = ()
    beside: Mapping[str, tuple[ConfigLine, ...]] = field(default_factory=dict)
    tree: ConfigTree = field(default_factory=ConfigTree)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """All own addresses, canonical."""
        every = (address.ip for addresses in self.addresses.values() for address in addresses)
        return frozenset(canonical_address(str(ip)) for ip in every)


def underlay(tree: ConfigTree) -> Underlay:
    """Read the foreign lines of a configuration; what is no address is passed over."""
    addresses: dict[str, tuple[IPv4Interface | IPv6Interface, ...]] = {}
    macs: dict[str, str] = {}
    beside: dict[str, tuple[ConfigLine, ...]] = {}
    for section in tree.lines:
        header = _HEADER.fullmatch(section.text)
        name = _interface(header["name"]) if header else None
        if name is None:
            continue
        beside[name] = tuple(line for line in section.children if read_line("interface", line.text) is None)
        for line in section.children:
            match = _IPV4.fullmatch(line.text) or _IPV6.fullmatch(line.text)
            address = _address(f"{match['ip']}/{match['mask']}") if match else None
            if address is not None:
                addresses[name] = (*addresses.get(name, ()), address)
            mac = _MAC.fullmatch(line.text)
            if mac:
                macs[name] = canonical_mac(mac["mac"])
    return Underlay(addresses, macs, tuple(foreign_facts(tree)), beside, tree)


def _interface(text: str) -> str | None:
    try:
        return canonical_interface(text)
    except ValueError:
        return None


def _address(text: str) -> IPv4Interface | IPv6Interface | None:
    try:
        return ip_interface(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Member:
    """One member as the rules see it.

    Args:
        name: name of the device.
        facts: its owned lines.
        underlay: addresses of its interfaces; nothing where only the intent is known.
    """

    name: str
    facts: tuple[Fact, ...]
    underlay: Underlay | None = None

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Fact, ...]]:
        rows: dict[str, tuple[Fact, ...]] = {}
        for fact in self.facts:
            rows[fact.id] = (*rows.get(fact.id, ()), fact)
        return rows

    def all(self, *ids: str, path: Path | None = None) -> tuple[Fact, ...]:
        """Give the lines of some rows, in one view or in all."""
        rows = (fact for row in ids for fact in self._by_id.get(row, ()))
        return tuple(fact for fact in rows if path is None or fact.path == path)

    def foreign(self, *ids: str) -> tuple[Fact, ...]:
        """Give the foreign lines of some kinds; none where only the intent is known."""
        return tuple(fact for fact in self.underlay.lines if fact.id in ids) if self.underlay else ()

    def one(self, *ids: str, path: Path | None = None) -> Fact | None:
        """Give the first line of some rows, in one view or in all."""
        return next(iter(self.all(*ids, path=path)), None)

    def value(self, row: str, param: str, path: Path | None = None, default: str = "") -> str:
        """Give a parameter of the first line of a row, or its default."""
        fact = self.one(row, path=path)
        return fact.params.get(param, default) if fact else default

    def values(self, row: str, param: str, path: Path | None = None) -> tuple[str, ...]:
        """Give a parameter of every line of a row."""
        return tuple(fact.params[param] for fact in self.all(row, path=path) if param in fact.params)

    @cached_property
    def views(self) -> Mapping[Path, tuple[Fact, ...]]:
        """The lines of each view, by its path."""
        below: dict[Path, tuple[Fact, ...]] = {}
        for fact in self.facts:
            below[fact.path] = (*below.get(fact.path, ()), fact)
        return below

    def view(self, path: Path) -> tuple[Fact, ...]:
        """Give the lines of one view."""
        return self.views.get(path, ())


def both(a: Iterable[Fact], b: Iterable[Fact], *keys: str) -> Iterator[tuple[Fact, Fact]]:
    """Pair lines of two members whose key parameters are equal but for letter case."""
    there = {tuple(fact.params.get(key, "").casefold() for key in keys): fact for fact in b}
    for fact in a:
        match = there.get(tuple(fact.params.get(key, "").casefold() for key in keys))
        if match:
            yield fact, match


def alone(a: Iterable[Fact], b: Iterable[Fact], *keys: str) -> Iterator[Fact]:
    """Give lines of one member that the other has no counterpart of."""
    there = {tuple(fact.params.get(key, "").casefold() for key in keys) for fact in b}
    return (fact for fact in a if tuple(fact.params.get(k, "").casefold() for k in keys) not in there)


def below(fact: Fact) -> Path:
    """Give the path of the view that a line opens."""
    return (*fact.path, fact.text)
