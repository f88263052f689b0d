"""Options of the commands that work on many pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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


def choice_of(names: list[str] | None, tags: list[str] | None, sites: list[str] | None, match: str) -> Choice:
    """Give what was asked for as a value."""
    from runbooks.fleet.choice import Choice

    return Choice(tuple(names or ()), tuple(tags or ()), tuple(sites or ()), match)
