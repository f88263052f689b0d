"""`hotpair plan`: what would be typed, and nothing more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    AcceptOption,
    AllowOption,
    Driver,
    DriverOption,
    InventoryOption,
    PairOrFile,
    PolicyOption,
    RetypeOption,
    WhyOption,
    permission_of,
)
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, show_error, write_json
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runbooks.gates import Accepted, Objection
    from tasks.plan.model import PairPlan

    Kept = tuple[Accepted, ...] | None
    """Breaches that are accepted where the pair is built; nothing where it is taken away."""


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
    retype_keys: RetypeOption = False,
    accept: AcceptOption = None,
    why: WhyOption = None,
    allow: AllowOption = None,
    policy: PolicyOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Show what would be typed on both members to reach the intent; change nothing.

    Ends with 10 when there is something to do, 0 when both members hold the intent, 4 when the intent breaks
    a rule whose breach is an error. Says what would keep it from being deployed now.

    Examples:
      hotpair plan metro-1
      hotpair plan pairs/metro-1.yaml --running a.cfg b.cfg --back
      hotpair plan metro-1 --remove
    """
    from runbooks.gates import objections
    from runbooks.planning import plan_as_dict

    permission = permission_of(inventory, policy, accept, why, allow)
    keep = None if remove else permission.accepted
    if running is None:
        made = _of_devices(pair, inventory, driver, keep, retype_keys=retype_keys)
    else:
        made = _of_files(pair, inventory, running, keep, retype_keys=retype_keys)
    against = objections(made, permission, datetime.now(UTC))
    if fmt is Format.JSON:
        write_json({**plan_as_dict(made), "objections": [asdict(one) for one in against]})
    else:
        _show(made, against, back=back)
    return ExitCode.DONE if made.empty else ExitCode.CHANGES


def _show(made: PairPlan, against: Sequence[Objection], *, back: bool) -> None:
    """Show a plan, and what would keep it from being deployed."""
    from runbooks.report.plan_view import plan_view

    out.print(plan_view(made))
    if back and not made.empty:
        out.print("\n[bold]The way back[/]")
        out.print(plan_view(made, back=True))
    for objection in against:
        show_error(objection.error())


def _of_files(
    pair: str, inventory: Path, files: tuple[Path, Path], keep: Kept, *, retype_keys: bool
) -> PairPlan:
    """Plan from two configuration files; the values of secrets are not looked up."""
    from runbooks.configuration_file import read_configuration
    from runbooks.gates import pass_lint
    from runbooks.site import find_pair
    from tasks.plan.pair import plan_pair

    if retype_keys:
        raise IntentError("keys are typed on devices", wanted="--retype-keys without --running")
    intent = find_pair(pair, inventory)
    if keep is not None:
        pass_lint(intent, keep)
    a, b = (read_configuration(file) for file in files)
    return plan_pair(intent, {"a": a, "b": b}, remove=keep is None)


def _of_devices(
    pair: str, inventory: Path, driver: Driver | None, keep: Kept, *, retype_keys: bool
) -> PairPlan:
    """Plan from what runs on the devices."""
    from runbooks.change import running_of
    from runbooks.gates import pass_lint
    from runbooks.keys import Keys, keys_are_read, plan_with_keys
    from runbooks.site import logged_in, on_pair, open_inventory, pair_named, secrets_for

    nornir = open_inventory(inventory, driver.value if driver else None)
    intent = pair_named(nornir, pair)
    if keep is not None:
        pass_lint(intent, keep)
    marks = inventory / JOURNALS
    needed = keys_are_read(intent, marks, retype=retype_keys)
    secrets = secrets_for(nornir, intent, inventory) if needed else {}
    with live(f"reading what runs on {intent.members.a} and {intent.members.b}"):
        trees = on_pair(nornir, intent, lambda pair, openers: running_of(pair, logged_in(pair, openers)))
    return plan_with_keys(intent, trees, Keys(secrets, marks, retype_keys), remove=keep is None)
