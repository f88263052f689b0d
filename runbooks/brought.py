"""What the transactions of this host brought to a pair's members, as their journals tell it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tasks.plan.model import MemberPlan
from tasks.transaction.ends import End
from tasks.transaction.listing import Listed, list_journals
from tasks.transaction.owned import lines_of
from tasks.transaction.records import MemberRecord


@dataclass(frozen=True, slots=True)
class Strange:
    """Lines that a removal takes away and that no transaction of this host brought.

    Args:
        member: device name.
        lines: as `block / line`.
        recorded: whether this host has a record of the member at all; without one they are all of the lines.
    """

    member: str
    lines: tuple[str, ...]
    recorded: bool

    def __str__(self) -> str:
        """Show as one sentence before the lines."""
        if self.recorded:
            return f"{self.member}: no transaction from here brought these lines, and they go too:"
        return f"{self.member}: nothing was deployed from here, so that all of the lines that go are others':"


def done(journals: Path, pairs: Collection[str]) -> dict[str, tuple[Listed, ...]]:
    """Return the transactions of pairs that were done from here, the oldest first."""
    rows = list_journals(journals, datetime.now(UTC))
    own = [one for one in rows if one.end is End.DONE and one.opening and one.opening.pair in pairs]
    found: dict[str, tuple[Listed, ...]] = dict.fromkeys(pairs, ())
    for one in sorted(own, key=lambda one: (one.last_at, one.id)):
        if one.opening is not None:
            found[one.opening.pair] += (one,)
    return found


def strange_lines(plan: MemberPlan, ended: Iterable[Listed]) -> Strange | None:
    """Name the lines that a plan takes away and no transaction of this host brought; nothing without any.

    Args:
        plan: of one member.
        ended: transactions of the pair that were done from here, the oldest first.
    """
    if not plan.forward:
        return None
    records = [one for each in ended for one in _of(each, plan.member)]
    ours: set[str] = set()
    for record in records:
        ours = (ours | ({*record.new} - {*record.base})) - ({*record.base} - {*record.new})
    going = lines_of(plan.base).places.keys() - lines_of(plan.forward[-1].predicted).places.keys()
    strange = tuple(sorted(going - ours))
    return Strange(plan.member, strange, bool(records)) if strange else None


def _of(one: Listed, member: str) -> Iterator[MemberRecord]:
    if one.opening is not None:
        yield from (record for record in (one.opening.a, one.opening.b) if record.member == member)
