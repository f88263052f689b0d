"""Help of `?` and completion of Tab: what may come next in a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emulator.grammar.reader import PartialReading, Reading, keyword

END = "<cr>"
"""Stands for the end of the line in the help of a complete command."""

_WORDS = {
    "all": "All of them",
    "bas": "Specify the BAS interface view",
    "bfd": "Bidirectional Forwarding Detection",
    "commit": "Commit the candidate configuration",
    "display": "Display information",
    "e-trunk": "Enhanced trunk",
    "eth-trunk": "Ethernet trunk",
    "igmp": "Internet Group Management Protocol",
    "interface": "Specify the interface",
    "ip": "Internet Protocol",
    "ipv6": "Internet Protocol version 6",
    "lacp": "Link Aggregation Control Protocol",
    "mld": "Multicast Listener Discovery",
    "ospf": "Open Shortest Path First",
    "peer": "Specify the peer",
    "pim": "Protocol Independent Multicast",
    "ping": "Ping function",
    "quit": "Exit from current mode and enter prior mode",
    "reset": "Reset operation",
    "return": "Enter the privileged mode",
    "save": "Save file",
    "shutdown": "Shut down",
    "source": "Specify the source",
    "sysname": "Set the host name",
    "system-view": "Enter the system view",
    "undo": "Negate a command or set its defaults",
    "vrrp": "Virtual Router Redundancy Protocol",
    "vrrp6": "Virtual Router Redundancy Protocol for IPv6",
}


@dataclass(frozen=True, slots=True)
class Next:
    """What may come next.

    Args:
        words: keywords.
        ours: those among them that the grammar has commands for; the rest only stand in the vocabulary.
        values: descriptions of parameters, and their names.
        ends: the line may end here.
    """

    words: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    values: tuple[tuple[str, str], ...] = ()
    ends: bool = False

    def starting(self, prefix: str) -> list[str]:
        """Return the keywords that begin with what was typed, in order."""
        return sorted(word for word in self.words if word.lower().startswith(prefix.lower()))

    def completing(self, prefix: str) -> list[str]:
        """Return the keywords that begin with what was typed, those of the grammar first."""
        return sorted(self.starting(prefix), key=lambda word: word not in self.ours)

    def rows(self, prefix: str) -> list[tuple[str, str]]:
        """Return the help: keywords and parameters with their descriptions, then the end of the line."""
        rows = [(word, describe(word)) for word in self.starting(prefix)]
        if not prefix:
            rows = sorted({*rows, *self.values}) + ([(END, "")] if self.ends else [])
        return rows


def describe(word: str) -> str:
    """Return the description of a keyword."""
    return _WORDS.get(word.lower()) or _sentence(word)


_NAMES = {
    "e-trunk-id": "E-Trunk ID",
    "eth-trunk-id": "Eth-Trunk ID",
    "rbs-name": "Name of the remote backup service",
    "rbp-name": "Name of the remote backup profile",
    "vrid": "Virtual router ID",
    "vip": "Virtual IP address",
    "bfd-name": "Name of the BFD session",
    "discr": "Discriminator",
    "mac": "MAC address",
    "vpn": "Name of the VPN instance",
}
_CAPITALS = {
    "ip": "IP",
    "ipv4": "IPv4",
    "ipv6": "IPv6",
    "id": "ID",
    "vlan": "VLAN",
    "bfd": "BFD",
    "mac": "MAC",
    "arp": "ARP",
}


def _sentence(word: str) -> str:
    if word in _NAMES:
        return _NAMES[word]
    text = " ".join(_CAPITALS.get(part, part) for part in word.split("-"))
    return text[:1].upper() + text[1:]


def following(reading: Reading) -> Next:
    """Return what may follow the tokens of a reading; nothing after a fault."""
    if reading.fault is not None:
        return Next()
    ready = [partial for partial in reading.place.partials if not partial.skip]
    waiting = [partial for partial in ready if partial.pending]
    ready = [partial for partial in ready if not partial.pending]
    words = frozenset(word for partial in ready for word, _, _ in partial.state.words)
    return Next(
        words,
        words,
        (*_values(ready), *((("<interface-number>", "Interface number"),) if waiting else ())),
    )


def _values(partials: Iterable[PartialReading]) -> list[tuple[str, str]]:
    return [
        (partial.command.value(name).describe(), describe(name))
        for partial in partials
        for name, _ in partial.state.params
    ]


def seconds(heads: dict[str, set[str]], first: str) -> Next:
    """Return the second keywords that the vocabulary knows after a first one."""
    name, _ = keyword(first, set(heads))
    known = heads.get(name, set())
    return Next(frozenset(known - {""}))


def joined(parts: Iterable[Next], *, ends: bool) -> Next:
    """Put together what several sources know."""
    found = list(parts)
    return Next(
        frozenset(word for part in found for word in part.words),
        frozenset(word for part in found for word in part.ours),
        tuple(row for part in found for row in part.values),
        ends,
    )
