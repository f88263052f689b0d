"""One member as the rules see it: its owned lines, and the addresses of its interfaces where known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Interface, IPv6Interface, ip_interface

from inventory.facts import ConfigLine, ConfigTree
from inventory.lines import OwnedLine, Statement
from inventory.names import canonical_address, canonical_interface, canonical_mac
from inventory.rules.foreign import ForeignLine, ForeignStatement, foreign_facts

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
    lines: tuple[ForeignStatement, ...] = ()
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
        beside[name] = tuple(line for line in section.children if not line.owned)
        for line in section.children:
            match = _IPV4.fullmatch(line.text) or _IPV6.fullmatch(line.text)
            address = _address(f"{match['ip']}/{match['mask']}") if match else None
            if address is not None:
                addresses[name] = (*addresses.get(name, ()), address)
            mac = _MAC.fullmatch(line.text)
            if mac:
                macs[name] = _as_printed(mac["mac"])
    return Underlay(addresses, macs, tuple(foreign_facts(tree)), beside, tree)


def _interface(text: str) -> str | None:
    try:
        return canonical_interface(text)
    except ValueError:
        return None


def _as_printed(mac: str) -> str:
    """Return a MAC address in the device's spelling; what is none stays as it is."""
    try:
        return canonical_mac(mac)
    except ValueError:
        return mac


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
    facts: tuple[Statement, ...]
    underlay: Underlay | None = None

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Statement, ...]]:
        rows: dict[str, tuple[Statement, ...]] = {}
        for fact in self.facts:
            rows[fact.id] = (*rows.get(fact.id, ()), fact)
        return rows

    @cached_property
    def is_whole(self) -> bool:
        """Tell whether a whole configuration was read: a part of one does not show what is not there."""
        lines = self.underlay.tree.lines if self.underlay else ()
        return any(line.text.startswith("sysname ") for line in lines)

    def all(self, *rows: OwnedLine, path: Path | None = None) -> tuple[Statement, ...]:
        """Return the lines of some rows, in one view or in all."""
        lines = (fact for row in rows for fact in self._by_id.get(row.id, ()))
        return tuple(fact for fact in lines if path is None or fact.path == path)

    def foreign(self, *kinds: ForeignLine) -> tuple[ForeignStatement, ...]:
        """Return the foreign lines of some kinds; none where only the intent is known."""
        ids = {kind.id for kind in kinds}
        return tuple(fact for fact in self.underlay.lines if fact.id in ids) if self.underlay else ()

    def one(self, *rows: OwnedLine, path: Path | None = None) -> Statement | None:
        """Return the first line of some rows, in one view or in all."""
        return next(iter(self.all(*rows, path=path)), None)

    def value(self, row: OwnedLine, param: str, path: Path | None = None, default: str = "") -> str:
        """Return a parameter of the first line of a row, or its default."""
        fact = self.one(row, path=path)
        return fact.params.get(param, default) if fact else default

    def values(self, row: OwnedLine, param: str, path: Path | None = None) -> tuple[str, ...]:
        """Return a parameter of every line of a row."""
        return tuple(fact.params[param] for fact in self.all(row, path=path) if param in fact.params)

    @cached_property
    def views(self) -> Mapping[Path, tuple[Statement, ...]]:
        """The lines of each view, by its path."""
        below: dict[Path, tuple[Statement, ...]] = {}
        for fact in self.facts:
            below[fact.path] = (*below.get(fact.path, ()), fact)
        return below

    def view(self, path: Path) -> tuple[Statement, ...]:
        """Return the lines of one view."""
        return self.views.get(path, ())


def both(a: Iterable[Statement], b: Iterable[Statement], *keys: str) -> Iterator[tuple[Statement, Statement]]:
    """Pair lines of two members whose key parameters are equal but for letter case."""
    there = {tuple(fact.params.get(key, "").casefold() for key in keys): fact for fact in b}
    for fact in a:
        match = there.get(tuple(fact.params.get(key, "").casefold() for key in keys))
        if match:
            yield fact, match


def alone(a: Iterable[Statement], b: Iterable[Statement], *keys: str) -> Iterator[Statement]:
    """Return lines of one member that the other has no counterpart of."""
    there = {tuple(fact.params.get(key, "").casefold() for key in keys) for fact in b}
    return (fact for fact in a if tuple(fact.params.get(k, "").casefold() for k in keys) not in there)


def below(fact: Statement) -> Path:
    """Return the path of the view that a line opens."""
    return (*fact.path, fact.text)
