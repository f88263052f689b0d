"""`hotpair learn`: the intent of an existing pair, as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.choosing import (
    EveryOption,
    LimitOption,
    Many,
    MatchOption,
    PairTagOption,
    SiteOption,
    WorkersOption,
    many,
)
from hotpair.cli.fleet import HERE, DriverOption, InventoryOption
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, show_error, write_json
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError, IntentError

if TYPE_CHECKING:
    from inventory.model import Pair

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

    Of many pairs (--into) each goes into a file of its own, never over one that is there.

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
        return _learn_many(meant, inventory, driver.value if driver else None, into, fmt)
    source = source or []
    if len(source) == FILES:
        a, b = (read_configuration(Path(file)) for file in source)
    elif len(source) == 1:
        from runbooks.change import running_of
        from runbooks.site import logged_in, on_pair, open_inventory, pair_named

        nornir = open_inventory(inventory, driver.value if driver else None, pair=source[0])
        pair = pair_named(nornir, source[0])
        with live(f"reading what runs on {pair.members.a} and {pair.members.b}"):
            running = on_pair(nornir, pair, lambda pair, openers: running_of(pair, logged_in(pair, openers)))
        name, a, b = pair.name, running["a"], running["b"]
    else:
        raise IntentError("learn takes two files or one pair", found=f"{len(source)} arguments")
    learned = learn_trees(a, b, name, whole=whole)
    found = mistakes(a, b)
    if fmt is Format.JSON:
        write_json({"pair": name, "intent": learned, "findings": [one.as_dict() for one in found]})
    else:
        out.print(learned, end="", markup=False)
    return ExitCode.FINDINGS if found else ExitCode.DONE


def _learn_many(meant: Many, inventory: Path, driver: str | None, into: Path, fmt: Format) -> int:
    """Write a file a pair; one that is there already is left alone, and told."""
    from runbooks.change import running_of
    from runbooks.fleet.choice import chosen
    from runbooks.fleet.over import Ended, over_pairs
    from runbooks.site import Openers, logged_in, open_inventory, pairs_in
    from tasks.learn import learn as learn_trees

    if not into.is_dir():
        raise IntentError("there is no such folder", where=str(into))
    nornir = open_inventory(inventory, driver)
    asked = chosen(pairs_in(nornir), meant.choice)

    def work(pair: Pair, openers: Openers) -> str:
        running = running_of(pair, logged_in(pair, openers))
        return learn_trees(running["a"], running["b"], pair.name)

    def write(ended: Ended[str]) -> None:
        if ended.value is None:
            errors[ended.pair.name] = ended.error or IntentError("not begun", found=ended.pair.name)
            return
        try:
            with (into / f"{ended.pair.name}.yaml").open("x", encoding="utf-8") as file:
                file.write(ended.value)
        except OSError as error:
            errors[ended.pair.name] = IntentError(
                "the intent is not written", found=error.strerror, where=error.filename
            )
        else:
            written.append(ended.pair.name)

    errors: dict[str, HotpairError] = dict(asked.broken)
    written: list[str] = []
    pairs = tuple(asked.good.values())[: meant.limit]
    over_pairs(nornir, pairs, work, workers=meant.workers, tell=write)
    for error in errors.values():
        show_error(error)
    if fmt is Format.JSON:
        told = [{"pair": name, **error.as_dict()} for name, error in sorted(errors.items())]
        write_json({"written": sorted(written), "errors": told})
    else:
        out.print(f"{len(written)} written into {into}", markup=False)
    return max((exit_code_of(error) for error in errors.values()), default=ExitCode.DONE)
