"""How much of a configuration the rules understood: what they did not read, they cannot judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass

from inventory.facts import ConfigLine
from inventory.place import Place
from inventory.quantities import quantity
from inventory.rules.around import is_known
from inventory.rules.foreign import foreign_facts
from inventory.rules.member import Member


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lines of one member.

    Args:
        member: its name.
        lines: all that were read.
        owned: lines that an intent can express, and the openings of their views.
        known: other lines that a rule looks at.
    """

    member: str
    lines: int
    owned: int
    known: int

    @property
    def unknown(self) -> int:
        """Lines that no rule looks at."""
        return self.lines - self.owned - self.known

    def __str__(self) -> str:
        """Show on one line."""
        return (
            f"{self.member}: {quantity(self.lines, 'line')} read, {self.owned} owned,"
            f" {self.known} foreign and known, {self.unknown} unknown"
        )

    def as_dict(self) -> dict[str, str | int]:
        """Return plain values."""
        return {
            "member": self.member,
            "lines": self.lines,
            "owned": self.owned,
            "known": self.known,
            "unknown": self.unknown,
        }


def coverage(member: Member) -> Coverage:
    """Count the lines of a member; an intent holds owned lines alone."""
    if member.underlay is None:
        return Coverage(member.name, len(member.facts), len(member.facts), 0)
    tree = member.underlay.tree
    places = {fact.place for fact in foreign_facts(tree)}
    kinds = Counter(_kinds(tree.lines, "", places))
    return Coverage(member.name, kinds.total(), kinds["owned"], kinds["known"])


def _kinds(lines: tuple[ConfigLine, ...], header: str, looked_at: Container[Place | None]) -> Iterator[str]:
    """Tell of each line whether it is owned, known, or neither."""
    for line in lines:
        beside = header.startswith("interface ") and is_known(line.text)
        if line.owned:
            yield "owned"
        else:
            yield "known" if beside or line.place in looked_at else "unknown"
        yield from _kinds(line.children, line.text, looked_at)
