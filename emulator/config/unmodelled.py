"""Which lines of a configuration the emulator keeps without playing what they do, and why.

A device keeps every line of its file, so a rehearsal on it must be told what it cannot show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from emulator.config import secrets
from emulator.grammar import FOREIGN, Match, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.config.lines import Children
    from emulator.config.statement import Configuration, Statement

Kind = Literal["inert", "foreign", "unknown", "unreadable"]
_FOREIGN = "known to the manual, outside what the emulator plays"
_UNKNOWN = "known to no page of the manual in this view"
_UNREADABLE = "a ciphertext of elsewhere: its key is taken as equal to the peer's"


@dataclass(frozen=True, slots=True)
class Unmodelled:
    """A line that is kept, without the effect that it has on a router.

    Args:
        kind: `inert`: its syntax is known and checked; `foreign`: its first words are known to the manual;
            `unknown`: they are not; `unreadable`: it holds a key that cannot be compared.
        path: the lines that open its view, from the system view on.
        line: the line.
        why: in words.
    """

    kind: Kind
    path: tuple[str, ...]
    line: str
    why: str


def unmodelled(configuration: Configuration) -> tuple[Unmodelled, ...]:
    """Return the lines that are kept without their effect, in the order of the configuration."""
    return tuple(_below((), "system", configuration.statements))


def _below(path: tuple[str, ...], view: str, lines: Children) -> Iterator[Unmodelled]:
    for line in lines:
        found = _judged(view, line)
        if found is not None:
            yield Unmodelled(found[0], path, line.text, found[1])
        yield from _below((*path, line.text), line.view, line.children)


def _judged(view: str, line: Statement) -> tuple[Kind, str] | None:
    grammar = load()
    if line.command == FOREIGN:
        if line.text == "#":
            return None
        known = isinstance(grammar.read(view, line.text), Match) or line.view
        return ("foreign", _FOREIGN) if known else ("unknown", _UNKNOWN)
    command = grammar.command(line.command)
    if command is not None and command.inert:
        return "inert", command.inert
    hidden = command is not None and any(
        kind.startswith("secret") and secrets.unreadable(line.params.get(name, ""))
        for name, kind in command.params.items()
    )
    return ("unreadable", _UNREADABLE) if hidden else None
