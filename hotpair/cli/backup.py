"""`hotpair backup now`: send all entries to the backup again, and follow it to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from hotpair.cli import completion
from hotpair.cli.asking import ask
from hotpair.cli.fleet import HERE, DriverOption, InventoryOption, PolicyOption, policy_of
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError, RefusedError

if TYPE_CHECKING:
    from runbooks.backup import Backed

backup = typer.Typer(
    name="backup", help="Send what the master holds to the backup again.", rich_markup_mode=None
)


def now(
    pair: Annotated[
        str, typer.Argument(help="Name of a pair in the inventory.", autocompletion=completion.pairs)
    ],
    types: Annotated[
        list[str] | None,
        typer.Argument(help="Service types, e.g. multicast arp; all that is backed up without any."),
    ] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    wait: Annotated[float, typer.Option(min=0, help="Seconds until the entries must be equal.")] = 60.0,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be typed only.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Begin without asking.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Start batch backups on both members, and look until the backup has every entry.

    Refused (4) where the channel is not connected or the roles are not clear. Ends with 0 when the entries
    are equal and stay so, 1 when some are still missing, 3 when no display shows them.

    Examples:
      hotpair backup now metro-1
      hotpair backup now metro-1 multicast arp --yes
    """
    from runbooks.backup import backup_now, plan_backup
    from runbooks.inventory_pairs import pair_named
    from runbooks.site import on_pair, open_inventory
    from tasks.checks.model import Outcome
    from tasks.checks.waiting import Patience

    if fmt is Format.JSON and not (yes or dry_run):
        raise IntentError("a program cannot be asked", wanted="--yes with --format json")
    rules = policy_of(inventory, policy)
    nornir = open_inventory(inventory, driver.value if driver else None)
    intent = pair_named(nornir, pair)
    planned = plan_backup(intent, types or ())
    lines = {member: [one.text for one in typed] for member, typed in planned.items()}
    if fmt is Format.TABLE:
        for member, typed in lines.items():
            for line in typed:
                out.print(f"  {member}: {line}", markup=False)
    if dry_run:
        if fmt is Format.JSON:
            write_json({"lines": lines})
        return ExitCode.DONE
    if not (yes or ask("Start these batch backups now?")):
        raise RefusedError("the batch backup was not agreed to; nothing was sent")
    with live(f"looking at {intent.members.a} and {intent.members.b}") as moving:
        done = on_pair(
            nornir,
            intent,
            lambda one, openers: backup_now(
                one,
                openers,
                types or (),
                policy=rules,
                patience=Patience(budget_s=wait),
                progress=moving.sample,
            ),
        )
    _show(done, fmt)
    codes = {Outcome.SUCCESS: ExitCode.DONE, Outcome.FAILURE: ExitCode.FINDINGS}
    return codes.get(done.outcome, ExitCode.UNKNOWN)


def _show(done: Backed, fmt: Format) -> None:
    """Show the entries before and after, and what is not told."""
    if fmt is Format.JSON:
        write_json(_as_dict(done))
        return
    before = {(one.kind, one.subject): one for one in done.before}
    for one in done.after:
        first = before.get((one.kind, one.subject))
        had = first.on_backup if first else 0
        missing = f"; missing {', '.join(one.missing[:5])}" if one.missing else ""
        out.print(
            f"{one.kind} on {one.interface}: {had} before, {one.on_backup} of {one.on_master} now{missing}",
            markup=False,
        )
    for result in done.results:
        if result.unproven:
            out.print(f"[dim]{result.check} of {escape(result.subject)}: {escape(result.note)}[/]")
    words = {
        "success": f"the backup has every entry, after {done.took_s:.1f} s",
        "failure": "entries are missing",
    }
    verdict = words.get(done.outcome.value, "no display shows the end of it")
    out.print(f"[bold]{escape(done.pair)}: {verdict}[/]")


def _as_dict(done: Backed) -> dict[str, Any]:
    """Return plain values for programs."""
    before = {(one.kind, one.subject): one.on_backup for one in done.before}
    return {
        "pair": done.pair,
        "lines": {member: list(typed) for member, typed in done.typed.items()},
        "outcome": done.outcome.value,
        "took_s": done.took_s,
        "entries": [
            {
                "kind": one.kind,
                "subject": one.subject,
                "on_master": one.on_master,
                "on_backup_before": before.get((one.kind, one.subject)),
                "on_backup": one.on_backup,
                "missing": list(one.missing),
            }
            for one in done.after
        ],
    }
