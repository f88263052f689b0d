"""VRRP and VRRP6 groups as the rules see them: the lines of one VRID on one interface."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inventory.facts import Fact
from inventory.rules.member import Member


@dataclass(frozen=True)
class Group:
    """A group on an interface of a member."""

    family: str
    vrid: str
    interface: str
    lines: tuple[Fact, ...]

    @property
    def name(self) -> str:
        """What to call it."""
        return f"{self.family.upper()} group {self.vrid} on {self.interface}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Virtual addresses."""
        return tuple(line.params["vip"] for line in self.all("create") if "vip" in line.params)

    def all(self, kind: str) -> tuple[Fact, ...]:
        """Give its lines of one kind, e.g. `priority`."""
        return tuple(line for line in self.lines if line.id == f"{self.family}.{kind}")

    def value(self, kind: str, param: str, default: str) -> str:
        """Give a parameter of its first line of one kind."""
        lines = self.all(kind)
        return lines[0].params.get(param, default) if lines else default

    @property
    def priority(self) -> int:
        """Priority; 100 where none is configured."""
        return int(self.value("priority", "priority", "100"))

    @property
    def interval(self) -> int:
        """Advertisement interval in milliseconds; 1000 where none is configured."""
        if self.all("adv-ms"):
            return int(self.value("adv-ms", "milliseconds", "1000"))
        if self.family == "vrrp6":
            return int(self.value("adv", "centiseconds", "100")) * 10
        return int(self.value("adv", "seconds", "1")) * 1000

    @property
    def delay(self) -> int:
        """Preemption delay in seconds; 0 where none is configured."""
        return int(self.value("preempt-delay", "seconds", "0"))


def groups(member: Member) -> tuple[Group, ...]:
    """Give the groups of a member."""
    found: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in member.facts:
        family = fact.id.split(".", maxsplit=1)[0]
        if family in {"vrrp", "vrrp6"} and "vrid" in fact.params and fact.path:
            key = (family, fact.params["vrid"], fact.path[0].removeprefix("interface "))
            found.setdefault(key, []).append(fact)
    return tuple(Group(*key, tuple(lines)) for key, lines in found.items())


def counterparts(a: Member, b: Member) -> Iterator[tuple[Group, Group | None]]:
    """Pair a's groups with b's: same family and VRID, and a common virtual address or the same interface."""
    theirs = groups(b)
    for group in groups(a):
        alike = [one for one in theirs if (one.family, one.vrid) == (group.family, group.vrid)]
        sharing = [one for one in alike if set(one.addresses) & set(group.addresses)]
        same = [one for one in alike if one.interface == group.interface]
        yield group, next(iter(sharing or same), None)
