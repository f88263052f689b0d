"""Order of the commands: what needs a line comes after it and goes before it, one view at a time.

All that goes, goes before anything comes, so that no two objects ever hold the same address, port or id.
Lines that need a committed line (R35) come in a stage of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import TypeAlias

from inventory.lines import Statement
from inventory.lines.evidence import Evidence
from inventory.lines.impact import HITLESS, Impact, counted
from inventory.lines.order import UNKNOWN, rank
from inventory.lines.statement import Key
from inventory.lines.vrrp import FAMILIES
from tasks.plan.diff import Changes
from tasks.plan.items import Items
from tasks.plan.model import Command
from tasks.plan.needs import met_by

Lines: TypeAlias = Mapping[Key, Statement]
_GROUPS = frozenset(rows.create for rows in FAMILIES.values())


def stages(plan: Changes, want: Items, running: Items, release: str) -> list[list[Command]]:
    """Return the commands of each commit.

    Args:
        plan: what goes and what comes.
        want: lines that shall be there.
        running: owned lines that are there.
        release: of the member's software; empty where it is not known.
    """
    both = {**running, **want}
    after = Items({key: item for key, item in both.items() if key in plan.come or key not in plan.go})
    level = _levels(plan.come, after)
    typed: list[list[Command]] = []
    for number in range(max(level.values(), default=0) + 1):
        typist = _Typist(plan, running, release)
        if number == 0:
            alone = _undone_alone(plan.go, running)
            for item in _in_order(alone, _undone_before(plan.go, alone, running), last_first=True):
                typist.take_away(item)
        coming = {key: item for key, item in plan.come.items() if level[key] == number}
        for item in _in_order(coming, _entered_before(coming, after), last_first=False):
            typist.enter(item)
        if number == max(level.values(), default=0):
            for item in plan.go_late.values():
                typist.take_away(item)
        typed.append(typist.finished())
    return [commands for commands in typed if commands]


def _undone_alone(go: Lines, running: Items) -> Lines:
    """Return the lines that must be undone by themselves; the others go with their view or group.

    In a view that goes, a line that refers to another thing that goes is undone by itself (R66).
    """
    return {
        key: item
        for key, item in go.items()
        if not (item.view in go and not item.row.undone_apart and not _refers(item, go, running))
        and not _goes_with_group(item, go, running)
        and (item.row.undo or item.row.default)
    }


def _refers(item: Statement, go: Lines, running: Items) -> bool:
    """Tell whether a line firmly needs something outside its view that goes too."""
    return any(
        need.firm and other.key in go and item.view not in (other.view, other.key)
        for need, by in met_by(item, running)
        for other in by
    )


def _goes_with_group(item: Statement, go: Lines, running: Items) -> bool:
    """Tell whether a VRRP line goes because the last virtual IP of its group goes (R60)."""
    row = item.row
    if not row.family or row in _GROUPS or row.apart_from_group:
        return False
    group = {name: item.around[name] for name in ("@interface", "vrid")}
    addresses = running.where(FAMILIES[row.family].create.id, group)
    return bool(addresses) and all(other.key in go for other in addresses)


def _levels(come: Lines, after: Items) -> Mapping[Key, int]:
    """Return the commit that each coming line belongs to: 0 for the first."""
    level: dict[Key, int] = {}

    def of(item: Statement) -> int:
        if item.key not in level:
            level[item.key] = 0
            level[item.key] = max(
                (
                    of(other) + (1 if need.committed else 0)
                    for need, by in met_by(item, after)
                    for other in by
                    if other.key in come
                ),
                default=0,
            )
        return level[item.key]

    for item in come.values():
        of(item)
    return level


def _entered_before(come: Lines, after: Items) -> Mapping[Key, frozenset[Key]]:
    """Return the lines that come before each coming line."""
    return {
        key: frozenset(other.key for _, by in met_by(item, after) for other in by if other.key in come)
        for key, item in come.items()
    }


def _undone_before(go: Lines, alone: Lines, running: Items) -> Mapping[Key, frozenset[Key]]:
    """Return the lines that go before each going line.

    What goes with its view or group passes its own needers on to it.
    """
    before: dict[Key, set[Key]] = {key: set() for key in go}
    for key, item in go.items():
        for _, by in met_by(item, running):
            for other in by:
                if other.key in before:
                    before[other.key].add(key)

    def undone(keys: set[Key]) -> Iterator[Key]:
        for key in keys:
            if key in alone:
                yield key
            else:
                yield from undone(before[key])

    return {key: frozenset(undone(before[key])) for key in alone}


def _in_order(items: Lines, before: Mapping[Key, frozenset[Key]], *, last_first: bool) -> Iterator[Statement]:
    """Yield lines so that none precedes what is before it; the same view first, then printing order."""
    queue = _Queue(items, before, last_first=last_first)
    view: Key | None = None
    for _ in range(len(items)):
        item = queue.pop(view)
        view = item.key if item.row.opens and not last_first else item.view or None
        yield item


class _Queue:
    """Lines that wait for those before them; the ready ones in printing order, of all views and of each."""

    def __init__(self, items: Lines, before: Mapping[Key, frozenset[Key]], *, last_first: bool) -> None:
        written = sorted(enumerate(items.values()), key=_place, reverse=last_first)
        self._items = [item for _, item in written]
        self._number = {item.key: number for number, item in enumerate(self._items)}
        self._after: dict[Key, list[Key]] = {}
        self._waits: dict[Key, int] = {}
        self._ready: dict[Key | None, list[int]] = {None: []}
        for key in items:
            needed = [other for other in before[key] if other in items]
            self._waits[key] = len(needed)
            for other in needed:
                self._after.setdefault(other, []).append(key)
            if not needed:
                self._push(key)

    def pop(self, view: Key | None) -> Statement:
        """Take the first ready line of a view; of all, when none of it is ready."""
        number = self._first(view)
        if number is None:
            number = self._first(None)
        if number is None:  # two lines that need each other: no such pair is in the table
            raise RuntimeError("the dependency table has a circle")
        item = self._items[number]
        del self._number[item.key]
        for key in self._after.get(item.key, ()):
            self._waits[key] -= 1
            if not self._waits[key]:
                self._push(key)
        return item

    def _push(self, key: Key) -> None:
        number = self._number[key]
        for heap in (None, key[:-1], key):  # its view, and the view that it opens itself
            heappush(self._ready.setdefault(heap, []), number)

    def _first(self, view: Key | None) -> int | None:
        """Take the first line of a heap; those that were taken from another one are passed over."""
        heap = self._ready.get(view, [])
        while heap:
            number = heappop(heap)
            if self._items[number].key in self._number:
                return number
        return None


def _place(numbered: tuple[int, Statement]) -> tuple[bool, tuple[int, int], str, tuple[int, int], int]:
    """Order lines as they are printed; a view of others is only entered when nothing else is left to do.

    Lines of one rank keep the order in which they are written: the first virtual IP of a group is the one
    that the operator named first.
    """
    number, item = numbered
    top = item
    while top.within:
        top = top.within
    own = rank(item.row.view, item) if item.within else UNKNOWN
    return item.row.holder, rank("system", top), top.text, own, number


class _Typist:
    """Types lines from the system view, entering and leaving views as needed."""

    def __init__(self, plan: Changes, running: Items, release: str) -> None:
        self._plan = plan
        self._release = release
        self._running = running
        self._commands: list[Command] = []
        self._opening: Statement | None = None
        self._suffix = ""

    def enter(self, item: Statement) -> None:
        """Type a line that comes."""
        if item.row.opens:
            self._leave()
            self._suffix = item.row.prompt(item.params)
            self._opening = item
        else:
            self._go_to(item.within)
        new_here = item.view in self._plan.come and item.view not in self._running
        impact = HITLESS if new_here else counted(item.row.impact[0])
        self._type(item, item.text, impact, self._entered(item))

    def take_away(self, item: Statement) -> None:
        """Type the undo of a line that goes; what has no undo form gets its default again (R68)."""
        self._go_to(item.within)
        text = item.row.undo_text(item.params) or item.row.text(**(item.row.default or {}))
        evidence = item.row.evidence.on(self._release)
        self._type(item, text, counted(item.row.impact[1]), evidence, item.row.questions)

    def finished(self) -> list[Command]:
        """Return what was typed, back in the system view."""
        self._leave()
        return self._commands

    def _entered(self, item: Statement) -> Evidence:
        """Tell how well a line is known that is entered, over another value where one stands."""
        sources, over = item.row.evidence, item.key in self._running and item.key not in self._plan.go
        return sources.replaced_on(self._release) if over else sources.on(self._release)

    def _reason(self, item: Statement) -> str:
        return self._plan.rules.get(item.key) or (item.place.path if item.place and item.place.path else "")

    def _go_to(self, opening: Statement | None) -> None:
        if opening == self._opening:
            return
        self._leave()
        if opening is None:
            return
        self._opening, self._suffix = opening, opening.row.prompt(opening.params)
        self._move(opening.row.enter_text(opening.params))

    def _leave(self) -> None:
        if self._opening:
            self._opening, self._suffix = None, ""
            self._move("quit")

    def _move(self, text: str) -> None:
        self._commands.append(Command(text, self._suffix, moves=True))

    def _type(
        self,
        item: Statement,
        text: str,
        impact: Impact,
        evidence: Evidence,
        answers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        reason = self._reason(item)
        self._commands.append(Command(text, self._suffix, impact, reason, answers, evidence=evidence))
