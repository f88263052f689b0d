"""What a change shall do, by its lines: the objects that it opens, and all that hangs on them.

An object hangs on another where a line of its configuration, before or afterwards, names it: a port joins
an Eth-Trunk, an Eth-Trunk an E-Trunk, a group tracks a session. A line of the system view may move objects of
the kinds that its first word names, and stop none of them. What a change touches on one member it touches on
both: roles are theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from inventory.facts import ConfigTree
from inventory.lines import Statement
from inventory.model import SIDES, Pair
from runbooks.effects.around import Object
from runbooks.effects.changed import changed_items, twin_names
from runbooks.effects.routes import NO_ROUTES, Routes, is_touched, routes_of
from tasks.checks.e_trunk import DEFAULT_PRIORITY as E_TRUNK_PRIORITY
from tasks.plan.model import MemberPlan, PairPlan

_INTERFACE = r"[A-Za-z][A-Za-z-]*\d+(?:/\d+)*(?:\.\d+)?"
_NAMED = re.compile(
    rf"(?P<trunk>(?<![\w-])e-trunk \d+)|(?<![\w-])eth-trunk (?P<eth>\d+)|discriminator local (?P<local>\d+)"
    rf"|bfd-session (?:session-name )?(?P<session>\S+)|monitor-group (?P<watch>\S+)"
    rf"|(?:interface|out-interface|binding) (?P<interface>{_INTERFACE})"
)
_OPENS = re.compile(
    rf"(?i)(?:interface (?P<interface>{_INTERFACE})|(?P<trunk>e-trunk \d+)|bfd (?P<session>\S+) bind\b.*"
    rf"|monitor-group (?P<watch>\S+))"
)
_FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {"eth": "Eth-Trunk{}", "session": "bfd {}", "local": "discriminator {}", "watch": "monitor {}"}
)
"""How an object is named by what was read of it; any other by its own words."""
_OF_USERS: Final = ("remote-backup-service ", "remote-backup-profile ")
_BOTH_WAYS: Final = frozenset({"trunk", "eth", "local"})
_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "lacp": frozenset({"Eth-Trunk"}),
        "e-trunk": frozenset({"E-Trunk", "Eth-Trunk"}),
    }
)
"""Kinds of objects that a line of the system view acts on, by its first word."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a change touches.

    Args:
        places: names of objects.
        kinds: kinds of which any object may change as long as it does its work.
        routes: how many routes of IPv4 may come or go in a table.
        routes6: of IPv6.
    """

    places: frozenset[str]
    kinds: frozenset[str]
    routes: Routes = NO_ROUTES
    routes6: Routes = NO_ROUTES

    def covers(self, one: Object) -> bool:
        """Tell whether an object is touched: it, or what it stands on."""
        return any(self._touched(place) for place in one.places)

    def _touched(self, place: str) -> bool:
        return is_touched(place, self.places)


def expected_of(pair: Pair, plan: PairPlan) -> Expected:
    """Derive what a plan shall change.

    Args:
        pair: intent.
        plan: of both members.
    """
    lines = [item for member in plan.members for item, _ in changed_items(member)]
    touched = {name for item in lines for name in _of(item)}
    trees = [tree for member in plan.members for tree in (member.base, member.predicted)]
    links = {link for tree in trees for link in _links(tree)}
    links |= {(one, other) for names in _twins(pair) for one in names for other in names}
    kinds = frozenset().union(*(_WORDS.get(_first(item), frozenset()) for item in lines))
    places = _closed(touched, links)
    users = any(text.startswith(_OF_USERS) for item in lines for text in (*item.path, item.text))
    routes, routes6 = (routes_of(plan, places, users=users, version=version) for version in (4, 6))
    return Expected(places, kinds, routes, routes6)


def _first(item: Statement) -> str:
    """Return the first word of a line of the system view that opens nothing; empty for any other."""
    return "" if item.row.opens or item.path else item.text.partition(" ")[0]


def _twins(pair: Pair) -> Iterator[frozenset[str]]:
    yield from twin_names(pair)
    for session in () if pair.bfd is None else pair.bfd.sessions:
        yield frozenset(f"bfd {session.name.of(side)}" for side in SIDES)


def _of(item: Statement) -> Iterator[str]:
    """Name the objects that a line stands in or opens."""
    for text in (*item.path, item.text):
        yield from _opened(text)


def _opened(text: str) -> Iterator[str]:
    if found := _OPENS.fullmatch(text):
        yield from _names(found)


def _names(found: re.Match[str]) -> Iterator[str]:
    words = {name: value for name, value in found.groupdict().items() if value}
    for name, value in words.items():
        yield _FORMS.get(name, "{}").format(value)


def _links(tree: ConfigTree) -> Iterator[tuple[str, str]]:
    """Yield what hangs on what: the object that a line names, and the object of its section.

    Members of a trunk hang on it and it on them, and a session is what its discriminator is.
    """
    for top in tree.lines:
        for mine in _opened(top.text):
            for text in (top.text, *(line.text for _, line in ConfigTree((top,)).walk())):
                for found in _NAMED.finditer(text):
                    for theirs in _names(found):
                        yield theirs, mine
                        if found.lastgroup in _BOTH_WAYS:
                            yield mine, theirs


def _closed(touched: set[str], links: set[tuple[str, str]]) -> frozenset[str]:
    """Return all that hangs on what is touched."""
    found, fresh = set(touched), set(touched)
    while fresh:
        fresh = {theirs for mine, theirs in links if mine in fresh} - found
        found |= fresh
    return frozenset(found)


# ---- in words ----------------------------------------------------------------------------------------------


def effects_in_words(plan: PairPlan) -> tuple[str, ...]:
    """Say what shall differ afterwards: what appears, goes and changes, each object once, and nothing else.

    Args:
        plan: of both members.
    """
    told: dict[str, list[str]] = {}
    for member in plan.members:
        for what, where in _says(member, plan):
            told.setdefault(what, []).append(where)
    return tuple(f"{what}: {', '.join(where)}" for what, where in told.items())


def _says(member: MemberPlan, plan: PairPlan) -> Iterator[tuple[str, str]]:
    """Yield what differs and where."""
    changed = tuple(changed_items(member))
    opened = {item.text: stands for item, stands in changed if item.row.opens and not item.path}
    for text, stands in opened.items():
        role = _role(text, member, plan) if stands else ""
        yield f"{text} {'appears' if stands else 'goes'}", f"{member.member}{role}"
    inside = {item.path[0] for item, _ in changed if item.path} - opened.keys()
    yield from ((f"{text} changes", member.member) for text in sorted(inside))
    for item, stands in changed:
        if item.path and item.text.startswith("remote-backup-profile "):
            word = "are backed up from now on" if stands else "are backed up no more"
            yield f"entries of {item.path[0].removeprefix('interface ')} {word}", member.member


def _role(text: str, member: MemberPlan, plan: PairPlan) -> str:
    """Say which member leads an E-Trunk: the smaller priority; nothing where they are equal."""
    mine, theirs = _priority(text, member), min(_priority(text, one) for one in plan.members)
    same = len({_priority(text, one) for one in plan.members}) == 1
    return "" if same or not text.startswith("e-trunk ") else " as master" if mine == theirs else " as backup"


def _priority(text: str, member: MemberPlan) -> int:
    found = (line.text for top in member.predicted.lines if top.text == text for line in top.children)
    return next((int(one.split()[1]) for one in found if one.startswith("priority ")), E_TRUNK_PRIORITY)
