"""Walking and rebuilding the tree of a configuration.

A path names a view from the system view down, by the canonical lines that open it:
`("ospf 1", "area 0.0.0.0")`. The system view is the empty path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from operator import attrgetter
from typing import TypeVar

from emulator.config.following import Following, Step, is_long, spliced
from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement
from emulator.grammar import FOREIGN, load
from emulator.grammar.commands import Command

Path = tuple[str, ...]
Name = TypeVar("Name", bound=Hashable)


class _Walked:
    """The last way that was walked: while a line is entered, the same one is asked for half a dozen times."""

    def __init__(self) -> None:
        self.statements: Children = ()
        self.path: Path = ()
        self.found: tuple[Statement, ...] | None = ()


_walked = _Walked()


def walk(configuration: Configuration, path: Path) -> tuple[Statement, ...] | None:
    """Return the statements that open each view of a path, outermost first; nothing when one is not there."""
    if configuration.statements is not _walked.statements or path != _walked.path:
        _walked.statements, _walked.path = configuration.statements, path
        _walked.found = _walk(configuration, path)
    return _walked.found


def _walk(configuration: Configuration, path: Path) -> tuple[Statement, ...] | None:
    found: list[Statement] = []
    children = configuration.statements
    for text in path:
        statement = line(children, text)
        if statement is None:
            return None
        found.append(statement)
        children = statement.children
    return tuple(found)


def children_at(configuration: Configuration, path: Path) -> Children | None:
    """Return the lines of a view, or nothing when it does not exist."""
    found = walk(configuration, path)
    if found is None:
        return None
    return found[-1].children if found else configuration.statements


def with_children(configuration: Configuration, path: Path, children: Children) -> Configuration:
    """Return the configuration with other lines in the view of a path, the same where it is not there."""
    opened = walk(configuration, path)
    if opened is None:
        return configuration
    made: tuple[Statement, ...] = ()
    for depth in range(len(opened) - 1, -1, -1):
        old = opened[depth]
        new = old.holding(children)
        made = (new, *made)
        children = replaced(opened[depth - 1].children if depth else configuration.statements, old, new)
    _walked.statements, _walked.path, _walked.found = children, path, made
    return Configuration(children)


def line(children: Children, text: str) -> Statement | None:
    """Return the line of a view with this text."""
    if is_long(children):
        return next(iter(_TEXTS.of(children).get(text, ())), None)
    return next((child for child in children if child.text == text), None)


def holds(children: Children, *kinds: str) -> bool:
    """Tell whether a view has a line of any of these kinds (`kind`)."""
    if is_long(children):
        counted = _KINDS.of(children)
        return any(map(counted.get, kinds))
    return any(kind(child) in kinds for child in children)


def kind(line: Statement) -> str:
    """Return the command of a line; for a foreign one its first three words."""
    return line.command if line.command != FOREIGN else " ".join(line.text.split(maxsplit=3)[:3])


def _counted(kinds: Counter[str], step: Step) -> None:
    if step.out is not None:
        kinds[kind(step.out)] -= 1
    if step.into is not None:
        kinds[kind(step.into)] += 1


_KINDS = Following(lambda children: Counter(map(kind, children)), _counted)


def replaced(children: Children, old: Statement, new: Statement) -> Children:
    """Return the lines of a view with one line in place of another that stands there."""
    return spliced(children, place_of(children, old), old, new)


def place_of(children: Children, line: Statement) -> int:
    """Return the position of a line that stands in a view."""
    if not is_long(children):
        for place, child in enumerate(children):
            if child is line:
                return place
    return _PLACES.of(children).find(line)


class _Places:
    """Positions of lines by identity; most questions are about the line that changed last."""

    def __init__(self, children: Children) -> None:
        self._ids = [id(child) for child in children]
        self._last = 0

    def find(self, line: Statement) -> int:
        """Return the position of a line."""
        wanted = id(line)
        if self._last >= len(self._ids) or self._ids[self._last] != wanted:
            self._last = self._ids.index(wanted)
        return self._last

    def follow(self, step: Step) -> None:
        """Follow a change."""
        kept = () if step.into is None else (id(step.into),)
        self._ids[step.place : step.place + (step.out is not None)] = kept
        self._last = step.place


_PLACES = Following(_Places, _Places.follow)


class _Grouped(dict[Name, list[Statement]]):
    """Lines by what names them."""

    def __init__(self, children: Children, name: Callable[[Statement], Name]) -> None:
        super().__init__()
        self._name = name
        for child in children:
            self.setdefault(name(child), []).append(child)

    def follow(self, step: Step) -> None:
        """Follow a change."""
        if step.out is not None:
            name = self._name(step.out)
            left = [line for line in self[name] if line is not step.out]
            if left:
                self[name] = left
            else:
                del self[name]
        if step.into is not None:
            self.setdefault(self._name(step.into), []).append(step.into)


_TEXTS = Following(lambda children: _Grouped(children, attrgetter("text")), _Grouped[str].follow)


def everything(level: Children) -> Iterator[Statement]:
    """Yield every statement of a level and below."""
    for statement in level:
        yield statement
        yield from everything(statement.children)


def sections(configuration: Configuration) -> Iterator[tuple[Statement | None, Children]]:
    """Yield every view with its lines: the system view first, with no opening statement."""
    yield None, configuration.statements
    for statement in everything(configuration.statements):
        if statement.view:
            yield statement, statement.children


def identity(command: Command, params: Mapping[str, str]) -> tuple[str, ...]:
    """Tell instances of a command apart: two lines of one slot and one identity replace each other."""
    return tuple(
        [
            (params.get(one.name, "").casefold() if one.fold else params.get(one.name, ""))
            if not one.condition or one.condition in params
            else ""
            for one in command.key_parameters
        ]
    )


class _Told:
    """The last instance that was told: a line is looked for, and then put into an index, by the same."""

    def __init__(self) -> None:
        self.statement: Statement | None = None
        self.instance: tuple[str, ...] = ()


_told = _Told()


def instance(statement: Statement) -> tuple[str, ...]:
    """Return slot and identity of a statement; the text of a foreign one."""
    if statement is not _told.statement:
        command = load().command(statement.command)
        named = (
            (command.slot, *identity(command, statement.params)) if command else ("foreign", statement.text)
        )
        _told.statement, _told.instance = statement, named
    return _told.instance


_INSTANCES = Following(lambda children: _Grouped(children, instance), _Grouped[tuple[str, ...]].follow)


def alike(children: Children, statement: Statement) -> Statement | None:
    """Return the line of a view whose place a statement takes: the one of its instance, or nothing."""
    if not is_long(children):
        return find(children, instance(statement))
    known = _INSTANCES.of(children)  # first, for it follows the line before, whose instance was told last
    return next(iter(known.get(instance(statement), ())), None)


def find(children: Children, wanted: tuple[str, ...]) -> Statement | None:
    """Return the line of a view that is of an instance (`instance`), or nothing.

    What tells instances apart stands in their text, so a search in it rules most lines out.
    """
    if is_long(children):
        return next(iter(_INSTANCES.of(children).get(wanted, ())), None)
    probe = max(wanted[1:], key=len, default="").casefold()
    for child in children:
        if probe in child.text.casefold() and instance(child) == wanted:
            return child
    return None
