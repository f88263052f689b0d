"""`hotpair archive`: look after what is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, InventoryOption
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
