"""The commonest rule: a value is the same on both members."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inventory.lines import Statement
from inventory.lines.line import OwnedLine
from inventory.rules.finding import Breach
from inventory.rules.foreign import Line
from inventory.rules.member import Member, Path, below
from inventory.rules.pairing import paired

Check = Callable[[Member, Member], Iterator[Breach]]


def views(a: Member, b: Member, opener: OwnedLine | None) -> Iterator[tuple[Path, Path, str]]:
    """Yield the paths of the views that both members have, and what to call each."""
    if opener is None:
        yield (), (), ""
        return
    for ours, theirs in paired(a, b, opener):
        yield below(ours), below(theirs), f" of {ours.text}"


def equal(opener: OwnedLine | None, row: OwnedLine, param: str, what: str, default: str = "not set") -> Check:
    """Make the rule that a parameter is the same on both.

    Args:
        opener: row that opens the view, or nothing for the system view.
        row: row that holds the parameter.
        param: its name; a flag without parameters is compared by its presence.
        what: name of the value for the operator.
        default: value that counts when the line is absent.
    """

    def check(a: Member, b: Member) -> Iterator[Breach]:
        for here, there, name in views(a, b, opener):
            ours, theirs = a.one(row, path=here), b.one(row, path=there)
            values = (_value(ours, param, default), _value(theirs, param, default))
            if values[0].casefold() != values[1].casefold():
                yield differ(f"{what}{name} differs", (a, ours), (b, theirs), values, wanted="equal values")

    check.__doc__ = f"{what} is the same on both members."
    return check


def _value(fact: Statement | None, param: str, default: str) -> str:
    if fact is None:
        return default
    return fact.params.get(param, default) if param else "on"


def differ(
    message: str,
    ours: tuple[Member, Line | None],
    theirs: tuple[Member, Line | None],
    values: tuple[str, str],
    *,
    wanted: str,
) -> Breach:
    """Say that both members have values that do not go together."""
    found = {ours[0].name: values[0], theirs[0].name: values[1]}
    return Breach(message, (ours[1], theirs[1]), wanted, found)
