"""From fields to lines: tables that say which line a field of the intent becomes.

A row is read as "field F of the object is parameter P of line L". Names of lines and parameters are those of
`inventory.lines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from inventory.facts import Fact, Place
from inventory.lines import OWNED
from inventory.model import Side

YES = "yes"
"""Value of a flag that is present."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line before it is text: its row, view and parameters, and where the intent asks for it."""

    id: str
    view: tuple[str, ...]
    params: Mapping[str, str]
    origin: str

    def fact(self, place: Place) -> Fact:
        """Spell the line as the device prints it."""
        return Fact(self.id, self.view, OWNED[self.id].text(**self.params), dict(self.params), place)


@dataclass(frozen=True, slots=True)
class Value:
    """A field whose value is a parameter of the line; unset, it gives no line, and a tuple gives many."""

    id: str
    field: str
    param: str

    def params(self, value: object) -> Iterator[dict[str, str]]:
        """Give the parameters of each line."""
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None:
                yield {self.param: str(one)}


@dataclass(frozen=True, slots=True)
class Switch:
    """A field that gives the line when it is on, or when it is off."""

    id: str
    field: str
    when: bool = True

    def params(self, value: object) -> Iterator[dict[str, str]]:
        """Give the parameters of the line, of which there are none."""
        if value is self.when:
            yield {}


def lines(
    table: Sequence[Value | Switch],
    source: object,
    side: Side,
    view: tuple[str, ...],
    origin: str,
    **shared: str,
) -> Iterator[Line]:
    """Give the lines of an object by its table.

    Args:
        table: rows that say which fields become which lines.
        source: the object of the intent.
        side: member whose values are taken.
        view: view lines above.
        origin: YAML path of the object.
        shared: parameters that every line has, e.g. the VRID.
    """
    for row in table:
        value = attrgetter(row.field)(source).of(side)
        for params in row.params(value):
            yield Line(row.id, view, {**shared, **params}, f"{origin}.{row.field}")


def present(**params: object) -> dict[str, str]:
    """Give the parameters that have a value, named with hyphens; true is a flag that is present."""
    return {
        name.replace("_", "-"): YES if value is True else str(value)
        for name, value in params.items()
        if value is not None and value is not False
    }
