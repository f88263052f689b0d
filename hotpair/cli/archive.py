"""`hotpair archive`: look after what is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.asking import ask
from hotpair.cli.fleet import HERE, JOURNALS, InventoryOption, intent_file
from hotpair.cli.output import Format, FormatOption, err, out, write_json
from hotpair.cli.over_time import ArchiveOption, archive_of
from hotpair.exit_codes import ExitCode
from inventory.quantities import quantity

archive = typer.Typer(name="archive", help="Look after the archive of runs.", rich_markup_mode=None)


def info(
    inventory: InventoryOption = HERE, place: ArchiveOption = None, fmt: FormatOption = Format.TABLE
) -> None:
    """Show where the archive is and how much it holds.

    Examples:
      hotpair archive info
    """
    from dataclasses import asdict

    from runbooks.archive.contents import contents

    with archive_of(place, inventory) as opened:
        held, where = contents(opened), opened.where
    if fmt is Format.JSON:
        write_json({"where": where, **asdict(held)})
        return
    out.print(where, markup=False)
    for name, value in asdict(held).items():
        out.print(f"  {name.replace('_', ' '):<16} {'-' if value is None else value}", markup=False)


def prune(
    inventory: InventoryOption = HERE,
    place: ArchiveOption = None,
    days: Annotated[int, typer.Option(min=1, help="Keep runs younger than this.")] = 400,
    runs_each: Annotated[int, typer.Option(min=1, help="Keep at most so many runs of a pair.")] = 20_000,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take away old runs; open findings and the newest run of each pair stay.

    Examples:
      hotpair archive prune --days 90
    """
    from dataclasses import asdict

    from runbooks.archive.retention import Retention
    from runbooks.archive.retention import prune as take_away

    with archive_of(place, inventory) as opened:
        gone = take_away(opened, datetime.now(UTC), Retention(days, runs_each))
    if fmt is Format.JSON:
        write_json(asdict(gone))
    else:
        counts = {"run": gone.runs, "finding": gone.findings, "text": gone.texts}
        out.print(f"taken away: {', '.join(quantity(number, what) for what, number in counts.items())}")


def forget_pair(
    pair: Annotated[str, typer.Argument(help="Pair; `hotpair status` marks those without a file.")],
    inventory: InventoryOption = HERE,
    place: ArchiveOption = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Forget it without asking.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take away all that is kept of a pair whose file is gone: runs, findings, ends of transactions.

    Until then it stays in status, history and figures as it was found last. Shows what goes and asks; no
    router is dialled. Refused with 4 while the pair is in the inventory, or has a transaction that is not
    finished.

    Examples:
      hotpair archive forget metro-1
    """
    from dataclasses import asdict

    from inventory.errors import RefusedError
    from runbooks.archive.forgetting import forget, kept_of

    with archive_of(place, inventory) as opened:
        kept = kept_of(opened, pair)
        _require_gone(pair, inventory)
        what = {"run": kept.runs, "finding": kept.findings, "transaction": kept.transactions}
        counts = ", ".join(quantity(number, word) for word, number in what.items())
        err.print(
            f"{pair}: {counts}, from {kept.oldest:%Y-%m-%d %H:%M} to {kept.newest:%Y-%m-%d %H:%M} UTC;"
            f" {quantity(kept.open_findings, 'finding is', 'findings are')} open",
            markup=False,
        )
        if not (yes or ask("Forget all of it?")):
            raise RefusedError("it was not agreed to; nothing was forgotten")
        texts = forget(opened, pair)
    if fmt is Format.JSON:
        moments = {"oldest": kept.oldest.isoformat(), "newest": kept.newest.isoformat()}
        write_json({"pair": pair, **asdict(kept), **moments, "texts": texts})
    else:
        out.print(f"{pair} is forgotten: {counts}, {quantity(texts, 'text')}", markup=False)


def _require_gone(pair: str, inventory: Path) -> None:
    """Refuse to forget a pair that is there, or that a transaction may be of.

    Raises:
        RefusedError: it is.
    """
    from inventory.errors import RefusedError
    from runbooks.inventory_pairs import pairs_in
    from runbooks.site import open_inventory
    from tasks.transaction.listing import list_journals

    pairs = pairs_in(open_inventory(inventory))
    if pair in pairs.good or pair in pairs.broken:
        error = pairs.broken.get(pair)
        raise RefusedError(
            "the pair is in the inventory; nothing was forgotten",
            wanted="no pair of that name",
            found=f"{pair}, which is broken" if error else pair,
            where=error.problems[0].place.source if error else str(intent_file(pairs.good[pair])),
            next_command=f"hotpair check {pair}",
        )
    for one in list_journals(inventory / JOURNALS, datetime.now(UTC)):
        if not one.finished and (one.opening is None or one.opening.pair == pair):
            raise RefusedError(
                "a transaction is not finished; nothing was forgotten",
                wanted=f"no unfinished transaction of {pair}",
                found=one.id if one.opening else f"{one.id}, whose journal cannot be read",
                where=str(one.path),
                next_command=one.next_command if one.opening else "hotpair txn list",
            )


def take_in(
    folder: Annotated[Path, typer.Argument(help="Folder of runs, as Hotpair 0.1 kept them.")],
    inventory: InventoryOption = HERE,
    place: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Take runs that lie in folders into the archive; ends with 1 when one was left out.

    Examples:
      hotpair archive import runs
    """
    from runbooks.archive.importing import import_runs

    with archive_of(place, inventory, make=True) as opened:
        done = import_runs(opened, folder)
    if fmt is Format.JSON:
        write_json({"taken": done.taken, "left": done.left})
    else:
        out.print(f"taken in: {quantity(len(done.taken), 'run')}")
        for name, why in done.left.items():
            err.print(f"left out: {name}: {why}", markup=False)
    return ExitCode.FINDINGS if done.left else ExitCode.DONE


def export(
    run: Annotated[
        str,
        typer.Argument(help="Id of a run; `hotpair runs` lists them.", autocompletion=completion.archived),
    ],
    folder: Annotated[Path, typer.Argument(help="Where its folder is written.")],
    inventory: InventoryOption = HERE,
    place: ArchiveOption = None,
) -> None:
    """Write a run with its evidence, its intent and its policy into a folder; `hotpair replay` judges it.

    Examples:
      hotpair archive export 20261121T040000000000Z-check-metro-1 runs
    """
    from runbooks.archive.exporting import export_run

    with archive_of(place, inventory) as opened:
        home = export_run(opened, run, folder)
    out.print(f"written to {home}", markup=False)
