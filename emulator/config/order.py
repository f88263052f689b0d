"""The order in which lines are printed.

Sections of the system view and lines inside a view have ranks (`rank` in the grammar's data, from the
section and line order of sample configurations). Foreign lines stay where they stand, but for the sections
ranked here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise, takewhile

from emulator.config.following import Following, Step, is_long, spliced
from emulator.config.lines import Children
from emulator.config.statement import Statement
from emulator.grammar import load
from emulator.grammar.commands import Command
from emulator.grammar.interfaces import sort_key

Key = tuple[int, tuple[int, ...], int]

FOREIGN_RANKS: tuple[tuple[str, int], ...] = (
    ("mpls", 2850),
    ("ip vpn-instance", 2750),
    ("radius-server group", 4150),
    ("bgp", 5750),
)
"""Leading words of foreign sections of the system view, and their places between the ranks of the grammar."""


def key(statement: Statement, view: str) -> Key | None:
    """Return the place of a statement in its view; nothing for a line that stays where it stands."""
    command = load().command(statement.command)
    if command is None:
        return _foreign(statement.text) if view == "system" else None
    rank = command.ranks.get(view, command.rank)
    return rank - rank % 100, _numbers(command, statement), rank % 100


def _foreign(text: str) -> Key | None:
    return next(((rank, (), 0) for head, rank in FOREIGN_RANKS if f"{text} ".startswith(f"{head} ")), None)


def _numbers(command: Command, statement: Statement) -> tuple[int, ...]:
    if not command.sort:
        return ()
    value = statement.params.get(command.sort, "")
    if command.sort == "interface":
        place, sub, numbers = sort_key(value)
        return (place, sub, *numbers)
    return (int(value),) if value.isdigit() else (int(bool(value)),)


def inserted(children: Children, statement: Statement, view: str) -> Children:
    """Add a statement at its place: after everything that does not come later than it."""
    if is_long(children):
        place = _keys(view).of(children).place_for(statement)
        if place is not None:
            return spliced(children, place, None, statement)
    own = key(statement, view)
    if own is None:
        return spliced(children, len(children), None, statement)
    place = len(children)
    for index in range(len(children) - 1, -1, -1):
        other = key(children[index], view)
        if other is not None:
            if other <= own:
                break
            place = index
    return spliced(children, place, None, statement)


class _Keys:
    """Places of the lines of a view in their order; a line that stays where it stands has that before it."""

    def __init__(self, children: Children, view: str) -> None:
        self._view = view
        self._placed: tuple[Statement | None, Key | None] = (None, None)
        self.keys: list[Key] = []
        last = _FIRST
        for child in children:
            last = key(child, view) or last
            self.keys.append(last)
        self.ascending = all(one <= other for one, other in pairwise(self.keys))

    def place_for(self, statement: Statement) -> int | None:
        """Return the position behind all that does not come later; nothing where the order is broken."""
        keys, own = self.keys, key(statement, self._view)
        self._placed = statement, own
        if own is None or not keys or (self.ascending and keys[-1] <= own):
            return len(keys)  # most lines are typed in their order
        return bisect_right(keys, own) if self.ascending else None

    def follow(self, step: Step) -> None:
        """Follow a change."""
        before = self.keys[step.place - 1] if step.place else _FIRST
        if step.out is None and step.into is not None and step.place == len(self.keys):
            placed, own = self._placed
            self.keys.append((own if placed is step.into else key(step.into, self._view)) or before)
            self.ascending = self.ascending and before <= self.keys[-1]
            return
        kept = [] if step.into is None else [key(step.into, self._view) or before]
        self.keys[step.place : step.place + (step.out is not None)] = kept
        around = self.keys[max(step.place - 1, 0) : step.place + 2]
        self.ascending = self.ascending and all(one <= other for one, other in pairwise(around))


_FIRST: Key = (-1, (), 0)


@lru_cache(maxsize=64)
def _keys(view: str) -> Following[_Keys]:
    return Following(lambda children: _Keys(children, view), _Keys.follow)


def ordered(statements: Iterable[Statement], view: str) -> tuple[Statement, ...]:
    """Bring statements in order; a line without a rank follows the line that it followed."""
    keyed: list[tuple[Key, int, Statement]] = []
    last: Key = (0, (), 0)
    for index, statement in enumerate(statements):
        last = key(statement, view) or last
        keyed.append((last, index, statement))
    return tuple(statement for _, _, statement in sorted(keyed, key=lambda item: item[:2]))


def depth(line: str) -> int:
    """Count the leading spaces of a line."""
    return sum(1 for _ in takewhile(str.isspace, line))
