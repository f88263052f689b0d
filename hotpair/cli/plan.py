"""`hotpair plan`: what would be typed, and nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli.fleet import HERE, JOURNALS, DriverOption, InventoryOption, PairOrFile
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.exit_codes import ExitCode


def plan(
    pair: PairOrFile,
    inventory: InventoryOption = HERE,
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
    from runbooks.planning import plan_as_dict
    from runbooks.report.plan_view import plan_view
    from runbooks.site import find_pair
    from tasks.plan.pair import plan_pair

    if running is not None:
        from parsers.tree import read_tree
        from runbooks.lint import read_text

        a, b = (read_tree(read_text(file), str(file)) for file in running)
        made = plan_pair(find_pair(pair, inventory), {"a": a, "b": b}, remove=remove)
    else:
        from runbooks.change import running_of
        from runbooks.secret_marks import changed_secrets, has_marks
        from runbooks.site import logged_in, on_pair, open_inventory, pair_named, secrets_for

        nornir = open_inventory(inventory, driver.value if driver else None)
        intent = pair_named(nornir, pair)
        marks = inventory / JOURNALS
        secrets = secrets_for(nornir, intent, inventory) if has_marks(marks, intent.name) else {}
        with live(f"reading what runs on {intent.members.a} and {intent.members.b}"):
            trees = on_pair(nornir, intent, lambda pair, openers: running_of(pair, logged_in(pair, openers)))
        changed = changed_secrets(marks, intent.name, secrets)
        made = plan_pair(intent, trees, remove=remove, changed_secrets=changed)
    if fmt is Format.JSON:
        write_json(plan_as_dict(made))
    else:
        out.print(plan_view(made))
        if back and not made.empty:
            out.print("\n[bold]The way back[/]")
            out.print(plan_view(made, back=True))
    return ExitCode.DONE if made.empty else ExitCode.CHANGES
