"""`hotpair ready`: would the backup hold what it needs?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, DriverOption, InventoryOption, PolicyOption, policy_of
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.exit_codes import ExitCode
from inventory.quantities import quantity

if TYPE_CHECKING:
    from runbooks.readiness import Entries, Lag, Readiness

PairArgument = Annotated[
    str, typer.Argument(help="Name of a pair in the inventory.", autocompletion=completion.pairs)
]


def ready(
    pair: PairArgument,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Tell whether the backup of a pair would hold what it needs in the next second.

    Says it in numbers: entries here and there and which are missing, the lag (how many, and for how long the
    master has had the oldest of them), how long the channel is up, what is left of a delay, by how much the
    clocks differ; and why not. Ends with 0 ready, 1 not ready, 3 could not tell. Nothing is changed.

    Examples:
      hotpair ready metro-1
      hotpair ready metro-1 --format json
    """
    from runbooks.inventory_pairs import pair_named
    from runbooks.ready import look_ready
    from runbooks.site import logged_in, on_pair, open_inventory
    from tasks.checks.model import Outcome

    rules = policy_of(inventory, policy)
    nornir = open_inventory(inventory, driver.value if driver else None)
    intent = pair_named(nornir, pair)
    with live(f"looking at {intent.members.a} and {intent.members.b}"):
        found = on_pair(nornir, intent, lambda one, ways: look_ready(one, logged_in(one, ways), rules))
    if fmt is Format.JSON:
        write_json(found.as_dict())
    else:
        for line in ready_lines(found):
            out.print(line, soft_wrap=True)
    codes = {Outcome.SUCCESS: ExitCode.DONE, Outcome.FAILURE: ExitCode.FINDINGS}
    return codes.get(found.outcome, ExitCode.UNKNOWN)


def _entries(one: Entries, *, hidden: bool) -> str:
    """Say how many entries of the master the backup has, and which it lacks."""
    where = f"{one.kind} on {one.interface}"
    if hidden:
        return (
            f"{where}: {quantity(one.on_master, 'entry', 'entries')} of {one.master}; the backup shows none"
        )
    owner = quantity(
        one.on_master,
        f"entry of {one.master} is on the backup",
        f"entries of {one.master} are on the backup",
    )
    missing = f"; missing {', '.join(one.missing[:5])}" if one.missing else ""
    return f"{where}: {one.on_backup} of {owner}{missing}"


def _lag(lag: Lag) -> str:
    """Say how far the backup is behind."""
    behind = f"lag: {lag.entries} of {quantity(lag.of, 'entry', 'entries')}"
    if not lag.entries:
        return behind
    return f"{behind}, {'since when is not shown' if lag.seconds is None else f'{lag.seconds:.0f} s'}"


def ready_lines(found: Readiness) -> Iterator[str]:
    """Write what was found, the verdict last."""
    yield from (escape(_entries(one, hidden=found.hides(one))) for one in found.entries)
    if found.lag is not None:
        yield escape(_lag(found.lag))
    for name, age in found.channels_up_s.items():
        yield escape(f"channel {name}: {'since when is not shown' if age is None else f'up for {age:.0f} s'}")
    yield from (f"channel {escape(name)}: not connected" for name in found.channels_down)
    yield from (
        f"{escape(name)}: takes over again in {left:.0f} s" for name, left in found.delays_left_s.items()
    )
    if found.skew_s is not None:
        yield f"clocks: {found.skew_s:g} s apart"
    yield from (f"[dim]not provable: {escape(text)}[/]" for text in found.unproven)
    yield from (f"[bold yellow]not told: {escape(text)}[/]" for text in found.untold)
    for reason in found.reasons:
        kind = "not ready, fatal" if reason.fatal else "not ready"
        yield f"[bold red]{kind}: {escape(reason.text)}[/]"
    words = {"success": "ready", "failure": "not ready"}
    yield f"[bold]{found.pair}: {words.get(found.outcome.value, 'could not tell')}[/]"
