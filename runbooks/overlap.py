"""Pairs that share a router must not share what they own on it: each would undo the other's lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from inventory.lines import Statement
from inventory.model import SIDES, Pair, Side
from inventory.place import Place
from inventory.problems import InvalidIntentError, Problem
from tasks.plan.items import Items, read_items
from tasks.render import facts

COMMON = frozenset({"bfd", "bfd-session", "monitor-group", "route-monitor-group", "ip-pool", "vlan", "vsi"})
"""Views of objects that several pairs may use, as long as they say the same of them."""


def overlapping(pairs: Iterable[Pair]) -> dict[str, InvalidIntentError]:
    """Find the pairs that own the same object of the same router.

    Lines of the whole device, BFD sessions, monitor groups and pools may stand in several intents, where they
    say the same.

    Args:
        pairs: of one inventory.

    Returns:
        What is wrong, by the names of the pairs: each names the other and its file.
    """
    problems: dict[str, list[Problem]] = {}
    for device, several in _sharing(pairs).items():
        owned = {pair.name: read_items(facts(pair, side)) for pair, side in several}
        for (one, _), (other, _) in combinations(several, 2):
            for item, theirs in _disputed(owned[one.name], owned[other.name]):
                problems.setdefault(one.name, []).append(_problem(device, item, one, other, theirs))
                problems.setdefault(other.name, []).append(_problem(device, theirs, other, one, item))
    return {name: InvalidIntentError(f"pair {name}", found) for name, found in problems.items()}


def _sharing(pairs: Iterable[Pair]) -> Mapping[str, list[tuple[Pair, Side]]]:
    """Return the pairs of each router that has several."""
    members: dict[str, list[tuple[Pair, Side]]] = {}
    for pair in pairs:
        for side in SIDES:
            members.setdefault(pair.members.of(side), []).append((pair, side))
    return {device: several for device, several in members.items() if len(several) > 1}


def _disputed(one: Items, other: Items) -> Iterator[tuple[Statement, Statement]]:
    """Yield what two intents own both, one line an object: what stands below it goes with it."""
    told: set[tuple[tuple[str, ...], ...]] = set()
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


def _problem(device: str, item: Statement, pair: Pair, other: Pair, theirs: Statement) -> Problem:
    """Say of one pair what it owns that is the other's too."""
    line = " / ".join((*item.path, item.text))
    elsewhere = theirs.place or other.place("pair")
    return Problem(
        item.place or Place(pair.place("pair").source),
        f"`{line}` of {device} is pair {other.name}'s too, {elsewhere}; one of them may own it",
    )
