"""Limits of one device: how many lines of a kind it takes, and which port numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inventory.rules.finding import Breach
from inventory.rules.member import Member


@dataclass(frozen=True)
class Limit:
    """A kind of line that may stand a number of times in one view."""

    row: str
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


def port_range(row: str, low: int, high: int, what: str) -> Callable[[Member], Iterator[Breach]]:
    """Make the rule that a port lies in the range of its command."""

    def check(member: Member) -> Iterator[Breach]:
        for fact in member.all(row):
            if not low <= int(fact.params["port"]) <= high:
                found = {member.name: fact.params["port"]}
                yield Breach(f"the {what} port is out of range", (fact,), f"{low} to {high}", found)

    return check


def tracks_of_a_group(member: Member) -> Iterator[Breach]:
    """R133: a VRRP group follows 16 interfaces and 3 monitor groups at most."""
    for rows, most, what in (
        (("vrrp.track-if",), 16, "interfaces"),
        (("vrrp6.track-if",), 16, "interfaces"),
        (("vrrp.track-mg",), 3, "monitor groups"),
    ):
        counts = Counter((fact.path[0], fact.params["vrid"]) for fact in member.all(*rows))
        for (interface, vrid), count in counts.items():
            if count > most:
                yield Breach(
                    f"VRRP group {vrid} on {interface.removeprefix('interface ')} follows too many {what}",
                    member.all(*rows, path=(interface,))[-1:],
                    f"{most} at most",
                    {member.name: str(count)},
                )
