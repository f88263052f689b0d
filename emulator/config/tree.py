"""Walking and rebuilding the tree of a configuration.

A path names a view from the system view down, by the canonical lines that open it:
`("ospf 1", "area 0.0.0.0")`. The system view is the empty path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from emulator.config.statement import Configuration, Statement
from emulator.grammar import load
from emulator.grammar.commands import Command

Path = tuple[str, ...]
Children = tuple[Statement, ...]


def walk(configuration: Configuration, path: Path) -> list[Statement] | None:
    """Give the statements that open each view of a path, outermost first; nothing when one does not exist."""
    found: list[Statement] = []
    children = configuration.statements
    for line in path:
        statement = next((child for child in children if child.text == line), None)
        if statement is None:
            return None
        found.append(statement)
        children = statement.children
    return found


def children_at(configuration: Configuration, path: Path) -> Children | None:
    """Give the lines of a view, or nothing when it does not exist."""
    found = walk(configuration, path)
    if found is None:
        return None
    return found[-1].children if found else configuration.statements


def with_children(configuration: Configuration, path: Path, children: Children) -> Configuration:
    """Give the configuration with other lines in the view of a path that exists."""
    return Configuration(_rebuilt(configuration.statements, path, children))


def _rebuilt(level: Children, path: Path, children: Children) -> Children:
    if not path:
        return children
    return tuple(
        replace(line, children=_rebuilt(line.children, path[1:], children)) if line.text == path[0] else line
        for line in level
    )


def everything(level: Children) -> Iterator[Statement]:
    """Give every statement of a level and below."""
    for statement in level:
        yield statement
        yield from everything(statement.children)


def sections(configuration: Configuration) -> Iterator[tuple[Statement | None, Children]]:
    """Give every view with its lines: the system view first, with no opening statement."""
    yield None, configuration.statements
    for statement in everything(configuration.statements):
        if statement.view:
            yield statement, statement.children


def identity(command: Command, params: dict[str, str] | None) -> tuple[str, ...]:
    """Tell instances of a command apart: two lines of one slot and one identity replace each other."""
    known = params or {}
    values: list[str] = []
    for name in command.key:
        base, _, condition = name.partition("?")
        value = known.get(base, "") if not condition or condition in known else ""
        folded = base in command.params and command.value(base).fold
        values.append(value.casefold() if folded else value)
    return tuple(values)


def instance(statement: Statement) -> tuple[str, ...]:
    """Give slot and identity of a statement; the text of a foreign one."""
    command = load().command(statement.command)
    if command is None:
        return ("foreign", statement.text)
    return (command.slot, *identity(command, dict(statement.params)))


def find(children: Children, wanted: tuple[str, ...]) -> Statement | None:
    """Give the line of a view that is of an instance (`instance`), or nothing.

    What tells instances apart stands in their text, so a search in it rules most lines out.
    """
    probe = max(wanted[1:], key=len, default="").casefold()
    for child in children:
        if probe in child.text.casefold() and instance(child) == wanted:
            return child
    return None
