"""VRRP and VRRP6 groups as the rules see them: the lines of one VRID on one interface."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inventory.lines import OwnedLine, Statement
from inventory.lines.profile import DECIDING
from inventory.lines.vrrp import FAMILIES, Family
from inventory.rules.member import Member, Path


@dataclass(frozen=True)
class Group:
    """A group on an interface of a member."""

    family: str
    vrid: str
    interface: str
    lines: tuple[Statement, ...]

    @property
    def rows(self) -> Family:
        """Rows of its family."""
        return FAMILIES[self.family]

    @property
    def name(self) -> str:
        """What to call it."""
        return f"{self.family.upper()} group {self.vrid} on {self.interface}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Virtual addresses."""
        return tuple(line.params["vip"] for line in self.all(self.rows.create) if "vip" in line.params)

    def all(self, *rows: OwnedLine) -> tuple[Statement, ...]:
        """Return its lines of some rows of its family."""
        ids = {row.id for row in rows}
        return tuple(line for line in self.lines if line.id in ids)

    def value(self, row: OwnedLine, param: str, default: str) -> str:
        """Return a parameter of its first line of a row."""
        lines = self.all(row)
        return lines[0].params.get(param, default) if lines else default

    @property
    def priority(self) -> int:
        """Priority; 100 where none is configured."""
        return int(self.value(self.rows.priority, "priority", "100"))

    @property
    def interval(self) -> int:
        """Advertisement interval in milliseconds; 1000 where none is configured."""
        if self.all(self.rows.advertise_ms):
            return int(self.value(self.rows.advertise_ms, "milliseconds", "1000"))
        if self.family == "vrrp6":
            return int(self.value(self.rows.advertise, "centiseconds", "100")) * 10
        return int(self.value(self.rows.advertise, "seconds", "1")) * 1000

    @property
    def delay(self) -> int:
        """Preemption delay in seconds; 0 where none is configured."""
        return int(self.value(self.rows.preempt_delay, "seconds", "0"))


def groups(member: Member) -> tuple[Group, ...]:
    """Return the groups of a member."""
    found: dict[tuple[str, str, str], list[Statement]] = {}
    for fact in member.facts:
        if fact.row.family and fact.path:
            key = (fact.row.family, fact.params["vrid"], fact.path[0].removeprefix("interface "))
            found.setdefault(key, []).append(fact)
    return tuple(Group(*key, tuple(lines)) for key, lines in found.items())


def deciding(member: Member, profile: Path | None = None) -> frozenset[tuple[str, str, str]]:
    """Return the groups that decide the roles of profiles, by family, VRID and interface.

    Args:
        member: whose profiles.
        profile: view of the one profile that is meant; none for all.
    """
    return frozenset(
        (DECIDING[fact.row], fact.params["vrid"], fact.params["interface"])
        for fact in member.all(*DECIDING, path=profile)
    )


def counterparts(a: Member, b: Member) -> Iterator[tuple[Group, Group | None]]:
    """Pair a's groups with b's: same family and VRID, and a common virtual address or the same interface."""
    theirs = groups(b)
    for group in groups(a):
        alike = [one for one in theirs if (one.family, one.vrid) == (group.family, group.vrid)]
        sharing = [one for one in alike if set(one.addresses) & set(group.addresses)]
        same = [one for one in alike if one.interface == group.interface]
        yield group, next(iter(sharing or same), None)
