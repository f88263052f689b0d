"""The order in which lines are printed.

Sections of the system view and lines inside a view have ranks (`rank` in the grammar's data, from the
section and line order of sample configurations). Foreign lines stay where they stand, but for the sections
ranked here.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

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
    """Give the place of a statement in its view; nothing for a line that stays where it stands."""
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


def inserted(children: tuple[Statement, ...], statement: Statement, view: str) -> tuple[Statement, ...]:
    """Add a statement at its place: after everything that does not come later than it."""
    own = key(statement, view)
    if own is None:
        return (*children, statement)
    place = len(children)
    for index in range(len(children) - 1, -1, -1):
        other = key(children[index], view)
        if other is not None:
            if other <= own:
                break
            place = index
    return (*children[:place], statement, *children[place:])


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
