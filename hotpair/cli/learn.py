"""`hotpair learn`: the intent of an existing pair, as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from hotpair.cli.fleet import HERE, Driver, DriverOption, InventoryOption
from hotpair.cli.learn_many import learn_many
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

if TYPE_CHECKING:
    from inventory.facts import ConfigTree

FILES = 2


def learn(
    source: Annotated[
        list[str] | None,
        typer.Argument(
            help="Two configuration files, or the name of a pair in the inventory.",
            autocompletion=completion.pairs,
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the pair in the intent.")] = "learned",
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
    from runbooks.configuration_file import read_configuration
    from tasks.learn import learn as learn_trees
    from tasks.learn import mistakes

    if into is not None:
        meant = many(
            source, every=every, tags=pair_tag, sites=site, match=match, limit=limit, workers=workers
        )
        return learn_many(meant, inventory, driver.value if driver else None, into, fmt, whole=whole)
    if every or pair_tag or site or match or limit:
        raise IntentError(
            "many pairs are learned into a folder", wanted="--into FOLDER with --all and its like"
        )
    source = source or []
    if len(source) == FILES:
        a, b = (read_configuration(Path(file)) for file in source)
    elif len(source) == 1 and not _is_file(source[0]):
        name, a, b = _running(source[0], inventory, driver)
    else:
        raise IntentError(
            "learn takes two configuration files, one of each member, or the name of one pair",
            found=" ".join(source) or "neither",
        )
    learned = learn_trees(a, b, name, whole=whole)
    found = mistakes(a, b)
    if fmt is Format.JSON:
        write_json({"pair": name, "intent": learned, "findings": [one.as_dict() for one in found]})
    else:
        out.print(learned, end="", markup=False)
    return ExitCode.FINDINGS if found else ExitCode.DONE


def _running(name: str, inventory: Path, driver: Driver | None) -> tuple[str, ConfigTree, ConfigTree]:
    """Return the name of a pair, and what runs on its members."""
    from runbooks.change import running_of
    from runbooks.site import logged_in, on_pair, open_inventory, pair_named

    nornir = open_inventory(inventory, driver.value if driver else None, pair=name)
    pair = pair_named(nornir, name)
    with live(f"reading what runs on {pair.members.a} and {pair.members.b}"):
        running = on_pair(nornir, pair, lambda pair, openers: running_of(pair, logged_in(pair, openers)))
    return pair.name, running["a"], running["b"]


def _is_file(word: str) -> bool:
    """Tell whether a word means a file rather than a pair."""
    return Path(word).is_file() or Path(word).suffix in {".cfg", ".txt"}
