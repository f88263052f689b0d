"""`hotpair plan`: what would be typed, and nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli.fleet import DriverOption, InventoryOption, PairArgument, opened_pair
from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.exit_codes import ExitCode


def plan(
    pair: PairArgument,
    inventory: InventoryOption = None,
    driver: DriverOption = None,
    running: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="Configuration files of a and b to plan from, instead of the live devices."),
    ] = None,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Plan to take the pair away.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Show the way back too.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Show what would be typed on both members to reach the intent; change nothing.

    Ends with 10 when there is something to do, 0 when both members hold the intent.

    Examples:
      hotpair plan metro-1
      hotpair plan pairs/metro-1.yaml --running a.cfg b.cfg --back
      hotpair plan metro-1 --remove
    """
    from runbooks.planning import plan_as_dict, plan_files, plan_pair, running_of
    from runbooks.report.plan_view import plan_view

    if running is not None:
        made = plan_files(pair, running, remove=remove)
    else:
        with opened_pair(pair, inventory, driver) as site:
            made = plan_pair(site.pair, running_of(site.sessions), remove=remove)
    if fmt is Format.JSON:
        write_json(plan_as_dict(made))
    else:
        out.print(plan_view(made))
        if back and not made.empty:
            out.rule("the way back")
            out.print(plan_view(made, back=True))
    return ExitCode.DONE if made.empty else ExitCode.CHANGES
