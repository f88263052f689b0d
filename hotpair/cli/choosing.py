"""Options of the commands that work on many pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from inventory.errors import IntentError

if TYPE_CHECKING:
    from runbooks.fleet.choice import Choice

PairTagOption = Annotated[
    list[str] | None,
    typer.Option("--pair-tag", help="Pairs with this tag in their file; may be repeated."),
]
SiteOption = Annotated[list[str] | None, typer.Option("--site", help="Pairs of this site; may be repeated.")]
MatchOption = Annotated[str, typer.Option("--match", help="Pairs whose names fit, e.g. 'metro-*'.")]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, max=500, help="How many routers at a time; 20 without it.")
]
EveryOption = Annotated[bool, typer.Option("--all", help="All pairs of the inventory.")]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help="So many of the pairs at most, the first by name.")
]
PairsOrFile = Annotated[
    list[str] | None,
    typer.Argument(
        help="Names of pairs in the inventory, or one file; several, --all, --site and the like take many.",
        autocompletion=completion.pairs,
    ),
]


@dataclass(frozen=True, slots=True)
class Many:
    """Which of many pairs are meant.

    Args:
        choice: by name, tag, site, pattern.
        every: all of them.
        limit: so many at most.
        workers: how many pairs at a time.
    """

    choice: Choice
    every: bool
    limit: int | None
    workers: int

    @property
    def chosen(self) -> bool:
        """Tell whether more than one pair may be meant."""
        one = replace(self.choice, names=())
        return self.every or len(self.choice.names) > 1 or one != type(one)()


def many(
    names: list[str] | None,
    *,
    every: bool,
    tags: list[str] | None,
    sites: list[str] | None,
    match: str,
    limit: int | None,
    workers: int | None,
) -> Many:
    """Read which pairs are meant.

    Args:
        names: of pairs.
        every: all of them.
        tags: pairs with one of these tags.
        sites: pairs of one of these sites.
        match: pattern of names; empty for any.
        limit: so many at most, the first by name; nothing: all that are meant.
        workers: routers at a time; the default without it.

    Raises:
        IntentError: none is named, and not all of them are meant; or all and some are.
    """
    from tasks.runner import DEFAULT_WORKERS

    all_or_named(names, every=every)
    choice = choice_of(names, tags, sites, match)
    if not every and choice == type(choice)():
        raise IntentError("which pair?", wanted="names of pairs, --all, --pair-tag, --site or --match")
    return Many(choice, every, limit, workers or DEFAULT_WORKERS)


def require_one(asked: Mapping[str, object]) -> None:
    """Refuse of many pairs what is asked of one.

    Args:
        asked: what was given to each option.

    Raises:
        IntentError: something was given.
    """
    wrong = ", ".join(option for option, given in asked.items() if given)
    if wrong:
        raise IntentError("that is asked of one pair", wanted="one pair", found=f"many pairs with {wrong}")


def all_or_named(names: list[str] | None, *, every: bool) -> None:
    """Refuse names beside `--all`.

    Raises:
        IntentError: both were typed.
    """
    if every and names:
        raise IntentError("all pairs, or those that are named", found=f"--all and {', '.join(names)}")


def choice_of(names: list[str] | None, tags: list[str] | None, sites: list[str] | None, match: str) -> Choice:
    """Return what was asked for as a value."""
    from runbooks.fleet.choice import Choice

    return Choice(tuple(names or ()), tuple(tags or ()), tuple(sites or ()), match)
