"""Objects that a plan changes and that another pair of the same router uses: told, and no fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inventory.lines.statement import Key
from inventory.model import SIDES, Pair
from runbooks.overlap import COMMON
from tasks.plan.items import Items, items_of, read_items
from tasks.plan.model import MemberPlan, PairPlan
from tasks.plan.needs import met_by
from tasks.render import facts

_VIEWS = COMMON | {"e-trunk"}
"""Views of objects that others may use: E-Trunks by what follows them, the rest by saying the same."""


@dataclass(frozen=True, slots=True)
class Shared:
    """An object of a router that a plan changes, and another pair that uses it.

    Args:
        device: router.
        line: that opens the object, e.g. `e-trunk 1`.
        pair: name of the other pair.
    """

    device: str
    line: str
    pair: str

    def __str__(self) -> str:
        """Say it in a sentence."""
        return f"{self.line} of {self.device} is used by pair {self.pair} too"


def shared_with(plan: PairPlan, pairs: Iterable[Pair]) -> tuple[Shared, ...]:
    """Name the other pairs that use what a plan changes.

    Args:
        plan: of one pair.
        pairs: of the inventory; those of other routers do not matter.
    """
    others = [pair for pair in pairs if pair.name != plan.pair]
    return tuple(dict.fromkeys(one for member in plan.members for one in _shared(member, others)))


def _shared(member: MemberPlan, others: Iterable[Pair]) -> Iterator[Shared]:
    if not member.forward:
        return
    before, after = items_of(member.base), items_of(member.predicted)
    changed = {key[:1] for key in {*before, *after} if _said(before, key) != _said(after, key)}
    objects = {top: line for top in changed if (line := _opening(before, after, top))}
    for pair in others if objects else ():
        for side in SIDES:
            if pair.members.of(side) == member.member:
                used = _used(read_items(facts(pair, side)), after, before)
                shared = sorted(line for top, line in objects.items() if top in used)
                yield from (Shared(member.member, line, pair.name) for line in shared)


def _said(items: Items, key: Key) -> tuple[str, ...] | None:
    return items[key].value if key in items else None


def _opening(before: Items, after: Items, top: Key) -> str:
    """Return the line that opens an object that others may use; empty for any other."""
    item = after[top] if top in after else before.get(top)
    return item.text if item is not None and item.row.opens in _VIEWS else ""


def _used(theirs: Items, *there: Items) -> frozenset[Key]:
    """Return the objects that another pair's lines stand in or need."""
    used = {key[:1] for key in theirs}
    for item in theirs.values():
        for items in there:
            used |= {other.key[:1] for _, meeting in met_by(item, items) for other in meeting}
    return frozenset(used)
