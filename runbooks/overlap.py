"""Pairs that share a router must not share what they own on it: each would undo the other's lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations, product

from inventory.lines import Statement
from inventory.lines.statement import Key
from inventory.model import SIDES, Pair, Side
from inventory.place import Place
from inventory.problems import InvalidIntentError, Problem
from inventory.rules import DEVICE_RULES, Member
from tasks.plan.items import Items, read_items
from tasks.plan.ownership import removable
from tasks.render import facts

COMMON = frozenset({"bfd", "bfd-session", "monitor-group", "route-monitor-group", "ip-pool", "vlan", "vsi"})
"""Views of objects that several pairs may use, as long as they say the same of them."""
_ONCE = tuple(rule for rule in DEVICE_RULES if rule.once)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A router that several pairs have, and what each of them owns on it."""

    device: str
    pairs: Mapping[str, Pair]
    owned: Mapping[str, Items]

    def place(self, pair: str, item: Statement) -> Place:
        """Tell where a pair's file asks for a line; where it does not, its file."""
        own = self.owned[pair].get(item.key) or self.owned[pair].get(item.key[:1])
        return (own.place if own else None) or Place(self.pairs[pair].place("pair").source)

    def line(self, item: Statement) -> str:
        """Write a line of this router with the views above it."""
        return f"`{' / '.join((*item.path, item.text))}` of {self.device}"


_Told = tuple[str, str, Problem]
"""A pair, the other one, and what is wrong in the file of the first."""


def overlapping(pairs: Iterable[Pair]) -> dict[str, InvalidIntentError]:
    """Find the pairs that own the same object of the same router.

    Lines of the whole device, BFD sessions, monitor groups and pools may stand in several intents, where they
    say the same and no line more. A line that a plan of another pair would undo is owned by both, and so is a
    number that a router has once.

    Args:
        pairs: of one inventory.

    Returns:
        What is wrong, by the names of the pairs: each names the other and its file.
    """
    problems: dict[str, list[Problem]] = {}
    for shared in _sharing(pairs):
        both = tuple(_both_own(shared))
        apart = {frozenset(told[:2]) for told in both}
        further = (told for told in (*_undone(shared), *_once(shared)) if frozenset(told[:2]) not in apart)
        for pair, _, problem in (*both, *further):
            problems.setdefault(pair, []).append(problem)
    return {name: InvalidIntentError(f"pair {name}", found) for name, found in problems.items()}


def _sharing(pairs: Iterable[Pair]) -> Iterator[_Shared]:
    """Yield each router that several pairs have."""
    members: dict[str, list[tuple[Pair, Side]]] = {}
    for pair in pairs:
        for side in SIDES:
            members.setdefault(pair.members.of(side), []).append((pair, side))
    for device, several in members.items():
        if len(several) > 1:
            owned = {pair.name: read_items(facts(pair, side)) for pair, side in several}
            yield _Shared(device, {pair.name: pair for pair, _ in several}, owned)


# ---- what both intents have --------------------------------------------------------------------------------


def _both_own(shared: _Shared) -> Iterator[_Told]:
    for one, other in combinations(shared.owned, 2):
        for item, theirs in _disputed(shared.owned[one], shared.owned[other]):
            yield one, other, _problem(shared, item, one, other, theirs)
            yield other, one, _problem(shared, theirs, other, one, item)


def _disputed(one: Items, other: Items) -> Iterator[tuple[Statement, Statement]]:
    """Yield what two intents own both, one line an object: what stands below it goes with it."""
    told: set[Key] = set()
    for key, item in one.items():
        theirs, top = other.get(key), key[:1]
        if theirs is None or item.row.holder or top in told:
            continue
        if not _is_common(item) or item.value != theirs.value:
            told.add(top)
            yield one[top], other[top]


def _is_common(item: Statement) -> bool:
    """Tell whether a line may stand in several intents."""
    of_device = item.row.view == "system" and not item.row.opens
    return of_device or not COMMON.isdisjoint({item.row.view, item.row.opens})


def _problem(shared: _Shared, item: Statement, pair: str, other: str, theirs: Statement) -> Problem:
    """Say of one pair what it owns that is the other's too."""
    elsewhere = theirs.place or shared.pairs[other].place("pair")
    return Problem(
        shared.place(pair, item),
        f"{shared.line(item)} is pair {other}'s too, {elsewhere}; one of them may own it",
    )


# ---- what one intent has and the other would take away -----------------------------------------------------


def _undone(shared: _Shared) -> Iterator[_Told]:
    """Say which lines of a pair a plan of another one would undo, one line an object."""
    there = Items({key: item for items in shared.owned.values() for key, item in items.items()})
    for one, mine in shared.owned.items():
        told: set[tuple[str, Key]] = set()
        for key in there.in_order(removable(mine, there, ()) - mine.keys()):
            owners = (name for name, items in shared.owned.items() if key in items)
            for other in owners:
                if (other, key[:1]) not in told:
                    told.add((other, key[:1]))
                    yield from _undoes(shared, one, other, there[key])


def _undoes(shared: _Shared, one: str, other: str, item: Statement) -> Iterator[_Told]:
    line, here, elsewhere = shared.line(item), shared.place(one, item), shared.place(other, item)
    yield (
        one,
        other,
        Problem(here, f"{line} is pair {other}'s, {elsewhere}; a plan of this pair would undo it"),
    )
    yield other, one, Problem(elsewhere, f"{line} would be undone by a plan of pair {one}, {here}")


# ---- what a router has once --------------------------------------------------------------------------------


def _once(shared: _Shared) -> Iterator[_Told]:
    """Say which pairs ask for what a router has once."""
    asking: dict[Key, list[str]] = {}
    there: dict[Key, Statement] = {}
    for pair, items in shared.owned.items():
        for key, item in items.items():
            asking.setdefault(key, []).append(pair)
            there[key] = item
    member = Member(shared.device, tuple(there.values()))
    for rule in _ONCE:
        for breach in rule.check(member):
            lines = [line for line in breach.facts if isinstance(line, Statement)]
            for item, theirs in permutations(lines, 2):
                words = f"{breach.message} on {shared.device}, by pair {{}} too, {{}} ({rule.id})"
                yield from _asked(shared, (item, asking[item.key]), (theirs, asking[theirs.key]), words)


def _asked(
    shared: _Shared, one: tuple[Statement, list[str]], other: tuple[Statement, list[str]], words: str
) -> Iterator[_Told]:
    """Tell each pair that asks for the first line alone of those that ask for the second alone."""
    (item, askers), (theirs, others) = one, other
    for pair, beside in product(askers, others):
        if pair not in others and beside not in askers:
            told = words.format(beside, shared.place(beside, theirs))
            yield pair, beside, Problem(shared.place(pair, item), told)
