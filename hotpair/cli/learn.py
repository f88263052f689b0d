"""`hotpair learn`: the intent of an existing pair, as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.choosing import (
    EveryOption,
    LimitOption,
    MatchOption,
    PairTagOption,
    SiteOption,
    WorkersOption,
    many,
)
from hotpair.cli.fleet import HERE, DriverOption, InventoryOption
from hotpair.cli.learn_many import learn_many
from hotpair.cli.output import Format, FormatOption, out, was_typed, write_json
from hotpair.cli.sources import Named, TwoFiles, misunderstood, read_source, running_on
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

LEARNED = "learned"
"""Name of a pair of which nothing but two files is known."""


def learn(
    source: Annotated[
        list[str] | None,
        typer.Argument(
            help="Two configuration files, or the name of a pair in the inventory.",
            autocompletion=completion.pairs,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="Name of the pair in the intent; without it its own, or `learned` of two files."),
    ] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    into: Annotated[
        Path | None, typer.Option(help="Folder that takes a file a pair, for many pairs of the inventory.")
    ] = None,
    *,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="Take all that an intent can hold, not only what channels and E-Trunks lead to."
        ),
    ] = False,
    every: EveryOption = False,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    workers: WorkersOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Print the intent of an existing pair; what Hotpair does not own is named and left alone.

    Mistakes of the pair stand below the intent as findings, and end with 1. Snooping of VLANs, BFD sessions
    on ports and groups that nobody follows are read with --whole.

    Of many pairs (--into) each goes into a file of its own, never over one that is there; those with
    mistakes are named.

    Examples:
      hotpair learn DeviceA.cfg DeviceB.cfg --name metro-1 > pairs/metro-1.yaml
      hotpair learn metro-1
      hotpair learn A.cfg B.cfg --whole
      hotpair learn --all --into learned
    """
    from runbooks.configuration_file import read_both
    from tasks.learn import learn as learn_trees
    from tasks.learn import mistakes

    library = driver.value if driver else None
    if into is not None:
        if name is not None:
            raise IntentError("each of many pairs has its own name", wanted="--into without --name")
        meant = many(
            source, every=every, tags=pair_tag, sites=site, match=match, limit=limit, workers=workers
        )
        return learn_many(meant, inventory, library, into, fmt, whole=whole)
    of_many = {"--all": every, "--pair-tag": pair_tag, "--site": site, "--match": match, "--limit": limit}
    _require_into({**of_many, "--workers": was_typed("--workers")})  # settings set it for every command
    match read_source(source or []):
        case TwoFiles(one, other):
            a, b = read_both(one, other)
            name, known = name or LEARNED, None
        case Named(named):
            pair, running = running_on(named, inventory, library)
            a, b, name, known = running["a"], running["b"], name or pair.name, pair
        case _:
            raise misunderstood("learn", source or [], "the name of one pair")
    learned = learn_trees(a, b, name, whole=whole, known=known)
    found = mistakes(a, b)
    if fmt is Format.JSON:
        write_json({"pair": name, "intent": learned, "findings": [one.as_dict() for one in found]})
    else:
        out.print(learned, end="", markup=False)
    return ExitCode.FINDINGS if found else ExitCode.DONE


def _require_into(of_many: Mapping[str, object]) -> None:
    """Refuse what is asked of many pairs where one is learned."""
    typed = ", ".join(option for option, given in of_many.items() if given)
    if typed:
        raise IntentError(
            "many pairs are learned into a folder", wanted=f"--into FOLDER with {typed}", found="no --into"
        )
