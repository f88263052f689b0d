"""From fields to lines: tables that say which line a field of the intent becomes.

A row is read as "field F of the object is parameter P of line L". Names of lines and parameters are those of
`inventory.lines`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from inventory.lines import OwnedLine, Statement, read, state
from inventory.lines.interface import IF_ENTER
from inventory.model import Side
from inventory.model.base import Each
from inventory.place import Place

YES = "yes"
"""Value of a flag that is present."""


def line(row: OwnedLine, view: Statement | None, params: Mapping[str, str], origin: str) -> Statement:
    """State a line that the intent asks for.

    Args:
        row: its row in the owned table.
        view: the line that opens the view it stands in; nothing for one of the system view.
        params: values by parameter name.
        origin: YAML path of what asks for it; the file and line are found when all lines are known.
    """
    return state(row, params, view, Place("", path=origin))


def opened(view: Statement, origin: str) -> Statement:
    """Return the line that makes an object and opens its view, as the intent asks for it."""
    return view.at(view.within, Place("", path=origin))


@lru_cache(maxsize=4096)
def interface_view(name: str) -> Statement:
    """Return the line that enters the view of an interface."""
    return state(IF_ENTER, {"interface": name})


def written_view(text: str) -> Statement:
    """Return the line that enters a view of others, which the intent has as the configuration shows it.

    Raises:
        LookupError: no such line is owned.
    """
    opening = read("system", text)
    if opening is None:
        raise LookupError(f"no owned line of the system view reads {text!r}")
    return opening


@dataclass(frozen=True, slots=True)
class Value:
    """A field whose value is a parameter of the line; unset, it gives no line, and a tuple gives many."""

    row: OwnedLine
    field: str
    param: str

    def params(self, value: object) -> Sequence[dict[str, str]]:
        """Return the parameters of each line."""
        if value is None:
            return ()
        return [{self.param: str(one)} for one in (value if isinstance(value, tuple) else (value,))]


@dataclass(frozen=True, slots=True)
class Switch:
    """A field that gives the line when it is on, or when it is off."""

    row: OwnedLine
    field: str
    when: bool = True

    def params(self, value: object) -> Sequence[dict[str, str]]:
        """Return the parameters of the line, of which there are none."""
        return ({},) if value is self.when else ()


@lru_cache(maxsize=4096)
def _getter(field: str) -> Callable[[object], Each[object]]:
    """Return what takes a field out of an object."""
    return attrgetter(field)


def lines(
    table: Sequence[Value | Switch],
    source: object,
    side: Side,
    view: Statement | None,
    origin: str,
    **shared: str,
) -> Iterator[Statement]:
    """Yield the lines of an object by its table.

    Args:
        table: rows that say which fields become which lines.
        source: the object of the intent.
        side: member whose values are taken.
        view: the line that opens the view they stand in.
        origin: YAML path of the object.
        shared: parameters that every line has, e.g. the VRID.
    """
    for one in table:
        for params in one.params(_getter(one.field)(source).of(side)):
            yield line(one.row, view, {**shared, **params}, f"{origin}.{one.field}")


def present(**params: object) -> dict[str, str]:
    """Return the parameters that have a value, named with hyphens; true is a flag that is present."""
    return {
        name.replace("_", "-"): YES if value is True else str(value)
        for name, value in params.items()
        if value is not None and value is not False
    }
