"""A device configuration as values: statements in a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from emulator.config.lines import Children


@dataclass(frozen=True, slots=True)
class Statement:
    """One configuration line as the device understood it.

    Args:
        command: id of the grammar's command, e.g. `rbs.peer`; `foreign` for a line outside the grammar.
        text: canonical text as `display current-configuration` prints it, without indentation.
        params: canonical values by parameter name of the grammar, e.g. `{"peer-ip": "192.0.2.2"}`.
            A choice without parameter name is stored under the name that the grammar gives to the choice.
        view: id of the view that the line opens, e.g. `rbs`; empty when it opens none.
        children: statements of that view, in the order in which they are printed.
    """

    command: str
    text: str
    params: Mapping[str, str] = field(default_factory=dict, compare=False)
    view: str = ""
    children: Children = ()

    def __eq__(self, other: object) -> bool:
        """Compare all but the parameters, which follow from the text; lengths first, since views are long."""
        if self is other:
            return True
        if not isinstance(other, Statement):
            return NotImplemented
        return (
            self.text == other.text
            and len(self.children) == len(other.children)
            and (self.command, self.view) == (other.command, other.view)
            and self.children == other.children
        )

    def __hash__(self) -> int:
        """Agree with equality; what stands below is left out, since views are long."""
        return hash((self.command, self.text, self.view))

    def holding(self, children: Children) -> Statement:
        """Return the statement with other lines in its view."""
        return Statement(self.command, self.text, self.params, self.view, children)

    @property
    def interface(self) -> str:
        """Name of the interface whose section the statement opens; empty for any other."""
        if not self.text.startswith("interface "):
            return ""
        return self.params.get("interface") or self.text.removeprefix("interface ")

    def all(self, command: str) -> Iterator[Statement]:
        """Return the direct children of one command."""
        return (child for child in self.children if child.command == command)

    def first(self, command: str) -> Statement | None:
        """Return the first direct child of one command, or nothing."""
        for child in self.children:  # asked dozens of times an interface: a loop is twice as fast as `all`
            if child.command == command:
                return child
        return None


@dataclass(frozen=True, slots=True)
class Configuration:
    """A whole configuration: the statements of the system view."""

    statements: Children = ()

    @property
    def size(self) -> int:
        """How many lines there are in all views."""
        return sum(map(_size, self.statements))

    def all(self, command: str) -> Iterator[Statement]:
        """Return the system-view statements of one command, e.g. every `rbs.create`."""
        return (line for line in self.statements if line.command == command)

    def first(self, command: str) -> Statement | None:
        """Return the first system-view statement of one command, or nothing."""
        return next(self.all(command), None)


def _size(statement: Statement) -> int:
    return 1 + sum(map(_size, statement.children))
