"""Backed-up entries of a device, and the hosts that make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from emulator.protocols.states import Origin
from emulator.protocols.wires import End


class Kind(StrEnum):
    """What an entry is; the value is the service type that backs it up."""

    IGMP = "igmp"
    MLD = "mld"
    SNOOPING = "igmp-snooping"
    ARP = "arp"
    ND = "nd"
    USER = "bras"


AGING = frozenset({Kind.ARP, Kind.ND, Kind.USER})
"""Entries of a host itself."""


class Key(NamedTuple):
    """An entry's identity: a group or address on an interface; source only for source-specific joins."""

    kind: Kind
    interface: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """Something that a host behind an interface answers for.

    Args:
        end: an interface behind which it lives.
        group: True for a multicast group that it joined, False for its own address.
        value: group or address.
        detail: the host's address for a group, its MAC address otherwise.
    """

    end: End
    group: bool
    value: str
    source: str = ""
    detail: str = ""


@dataclass(slots=True)
class Entry:
    """A learned or copied entry; `expires` is set once nobody confirms it."""

    origin: Origin
    since: float
    detail: str
    expires: float | None = None


@dataclass(slots=True)
class Entries:
    """All entries of a device, since when each interface hears hosts, and how many joined and left it."""

    table: dict[Key, Entry] = field(default_factory=dict)
    hearing: dict[tuple[str, Kind], float] = field(default_factory=dict)
    activity: dict[tuple[str, Kind], tuple[int, int]] = field(default_factory=dict)

    def count(self, key: Key, *, joins: int = 0, leaves: int = 0) -> None:
        """Count hosts that joined or left a group."""
        before = self.activity.get((key.interface, key.kind), (0, 0))
        self.activity[key.interface, key.kind] = before[0] + joins, before[1] + leaves

    def answers(self, address: str) -> bool:
        """Tell whether a host with that address has been heard."""
        return any(
            key.value == address and key.kind in AGING and entry.origin is Origin.LOCAL
            for key, entry in self.table.items()
        )
