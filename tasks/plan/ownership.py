"""Which running lines belong to the pair and may be taken away. docs/ownership.md tells it in words.

A line that the intent wants is the pair's by that alone. This file is about lines that are there and not (or
no longer) wanted: they are taken away only when the intent names their object, or when a chain of references
leads from the intent's objects to theirs and nobody else refers to it. In doubt a line is foreign.

Whose a line is, and what it leads to, stands in its row (`belongs`, `leads`, `watches`, `shared`, `serves`);
here the objects of the pair are found by walking along them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from inventory.facts import ConfigLine
from inventory.lines import OWNED, Statement
from inventory.lines.bfd import BFD_DISCR_LOCAL
from inventory.lines.needs import BOUND, Lead, Owner, grouped
from inventory.lines.statement import Key
from tasks.plan.items import Items

Object: TypeAlias = tuple[str, ...]
"""Kind and name of an object, the name in lower case unless letter case tells it from others."""
Objects: TypeAlias = frozenset[Object]

_MADE = frozenset(
    {owner.kind for row in OWNED.values() if row.opens for owner in row.owners}
    | {row.makes for row in OWNED.values() if row.makes}
    | {BOUND.kind, grouped("vrrp").kind, grouped("vrrp6").kind}
)
"""Kinds of objects that a line of their own makes: one that opens them, binds a profile, makes a group."""
_WATCHED = frozenset({"bfd-session", "monitor"})
"""Kinds of objects that others may follow by name."""


def removable(
    named: Items, running: Items, foreign: Iterable[ConfigLine], wanted: Items | None = None
) -> frozenset[Key]:
    """Return the keys of the running lines that belong to the pair.

    Args:
        named: lines of the intent; their objects are the pair's.
        running: owned lines of the device.
        foreign: lines of the device that are in no row of the owned table.
        wanted: lines that shall be there, where a pair is taken away: a session or group that goes with it
            stays when somebody else follows it.
    """
    reached = _reached(named, running)
    ours = _with_watched(reached, named, running, tuple(foreign), named if wanted is None else wanted)
    return frozenset(key for key, line in running.items() if _belongs(line, named, running, ours))


def _belongs(line: Statement, named: Items, running: Items, ours: Objects) -> bool:
    """Tell whether a running line is the pair's own to take away."""
    row = line.row
    if row.shared or row.holder:
        return False
    if row.serves:
        return _only_user(row.serves, running, named, ours)
    return not ours.isdisjoint(_objects(row.owners, line, running))


def _only_user(kind: str, running: Items, named: Items, ours: Objects) -> bool:
    """Tell whether every object that a device-wide line serves is the pair's."""
    row = OWNED[kind]
    mine, there = (
        {one for line in items.where(kind, {}) for one in _objects(row.owners, line, items)}
        for items in (named, running)
    )
    return bool(mine) and there <= ours


def _objects(owners: Iterable[Owner], line: Statement, items: Items) -> Iterator[Object]:
    """Name the objects that a line says; those that a line beside it would have to say, where it stands."""
    for owner in owners:
        by = items.get((*line.view, (owner.via,))) if owner.via else line
        if by is not None:
            names = (by.around.get(param, "") for param in owner.params)
            yield (owner.kind, *(name if owner.exact else name.casefold() for name in names))


@dataclass(frozen=True, slots=True)
class _Step:
    """A lead of a line: who has what it is of has what it leads to.

    Args:
        to: the object that it leads to.
        own: objects of the line, one of which is enough.
        of: objects that must all be had; then those of the line do not count.
        alone: it counts when no other line leads there.
    """

    to: Object
    own: Objects
    of: Objects
    alone: bool

    def holds(self, ours: Objects) -> bool:
        """Tell whether the pair has what it is of."""
        return self.of <= ours if self.of else not self.own.isdisjoint(ours)


def _reached(named: Items, running: Items) -> Objects:
    """Walk from the objects of the intent along what lines lead to, until nothing new is found."""
    steps = [*_steps(named, standing=False), *_steps(running, standing=True)]
    ours = frozenset(one for line in named.values() for one in _named(line, named))
    while new := (_led(steps, ours) or _led_alone(steps, ours)) - ours:
        ours |= new
    return ours


def _named(line: Statement, named: Items) -> Iterator[Object]:
    """Name the objects that a line of the intent makes the pair's; to speak of one is not to make it."""
    row = line.row
    made = (one for one in row.owners if row.opens or one.kind == row.makes or one.kind not in _MADE)
    return _objects(made, line, named)


def _steps(items: Items, *, standing: bool) -> Iterator[_Step]:
    for line in items.values():
        for lead in line.row.leads:
            if (standing or lead.wanted) and _counts(lead, line):
                (to,) = _objects((lead.to,), line, items)
                own = frozenset(_objects(line.row.owners, line, items))
                yield _Step(to, own, frozenset(_objects(lead.of, line, items)), lead.alone)


def _counts(lead: Lead, line: Statement) -> bool:
    return all(line.params.get(param) in values for param, values in lead.only.items())


def _led(steps: Sequence[_Step], ours: Objects) -> Objects:
    """Return what is new of the objects that the pair's lines lead to."""
    return frozenset(step.to for step in steps if not step.alone and step.holds(ours)) - ours


def _led_alone(steps: Sequence[_Step], ours: Objects) -> Objects:
    """Return the objects that lines of the pair lead to and no line of anybody else does."""
    mine = {step.to for step in steps if step.alone and step.holds(ours)}
    return frozenset(mine - {step.to for step in steps if step.alone and not step.holds(ours)})


def _with_watched(
    reached: Objects,
    named: Items,
    running: Items,
    foreign: tuple[ConfigLine, ...],
    wanted: Items,
) -> Objects:
    """Add the BFD sessions and monitor groups that the pair's objects watch and nobody else mentions.

    One that the intent names is the pair's; where it leaves with the pair, only if nobody else mentions it.
    """
    made, leaving = _made(running), _made(named) - _made(wanted)
    if not made and not leaving:
        return reached
    discriminators = local_discriminators(running)
    mine: set[str] = set()
    others = {word for found in foreign for word in mentioned(found)}
    for line in running.values():
        if followed := watched(line, discriminators):
            (mine if _belongs(line, named, running, reached) else others).update(followed)
    kept = {one for one in leaving if one[1] in others}
    return (reached - kept) | {one for one in made if one[1] in mine - others}


def _made(items: Items) -> Objects:
    """Return the BFD sessions and monitor groups that lines make."""
    opening = (line for line in items.values() if line.row.opens)
    made = (one for line in opening for one in _objects(line.row.owners, line, items))
    return frozenset(one for one in made if one[0] in _WATCHED)


def local_discriminators(running: Items) -> Mapping[str, str]:
    """Return the name of each BFD session by its local discriminator, in lower case."""
    return {
        item.around["discr"]: item.around["@name"].casefold()
        for item in running.values()
        if item.row is BFD_DISCR_LOCAL
    }


def watched(item: Statement, discriminators: Mapping[str, str]) -> set[str]:
    """Name the BFD sessions and monitor groups that a line follows, in lower case."""
    said = {name: item.params[name] for name in item.row.watches if name in item.params}
    number = said.pop("discr", "")
    names = {name.casefold() for name in said.values()}
    return names | {discriminators[number]} if number in discriminators else names


def mentioned(found: ConfigLine) -> set[str]:
    """Return the words of a foreign line and of all below it, in lower case; a description has none."""
    own = () if found.text.casefold().startswith("description") else found.text.casefold().split()
    return {*own, *(word for child in found.children for word in mentioned(child))}
