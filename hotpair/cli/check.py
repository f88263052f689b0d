"""`hotpair check`: drift and verification in one exit code, for cron."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.fleet import (
    HERE,
    DriverOption,
    InventoryOption,
    PolicyOption,
    RunsOption,
    intent_file,
    policy_file,
    policy_of,
)
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, err, out, show_error, write_json
from hotpair.cli.reports import exit_code
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError

if TYPE_CHECKING:
    from nornir.core import Nornir

# Which of two ends is said, when pairs end differently: what is known to be wrong comes first.
WORST = (ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.UNKNOWN, ExitCode.REFUSED, ExitCode.DONE)


def check(
    pairs: Annotated[list[str] | None, typer.Argument(help="Pairs to check; all without it.")] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    runs: RunsOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Check compliance: no drift from the intent, and every check holds. Made for cron.

    Looks once and changes nothing. Ends with 0 when all is well, 1 on drift or a failed check, 2 when a pair
    file is wrong, 3 when it could not tell; the other pairs are checked all the same.

    Examples:
      hotpair check
      hotpair check metro-1 metro-2 --format json
    """
    from runbooks.check import check_pair
    from runbooks.report.as_json import run_as_dict
    from runbooks.report.evidence import require_place, save_run
    from runbooks.report.terminal import run_view
    from runbooks.site import on_pair, open_inventory, pair_named

    rules = policy_of(inventory, policy)
    nornir = open_inventory(inventory, driver.value if driver else None)
    kept_in = runs or inventory / "runs"
    require_place(kept_in)
    ends: list[ExitCode] = []
    shown: list[object] = []
    errors: list[object] = []
    for name in _asked(nornir, pairs):
        try:
            intent = pair_named(nornir, name)
            with live(f"checking {name}"):
                run = on_pair(nornir, intent, lambda pair, openers: check_pair(pair, openers, rules))
        except HotpairError as error:
            show_error(error)
            ends.append(exit_code_of(error))
            errors.append({"pair": name, **error.as_dict()})
            continue
        save_run(
            run,
            kept_in,
            intent=intent_file(intent),
            policy=policy_file(inventory, policy),
        )
        ends.append(exit_code(run))
        shown.append(run_as_dict(run))
        if fmt is Format.TABLE:
            out.print(run_view(run))
    if fmt is Format.JSON:
        write_json({"runs": shown, "errors": errors})
    if not ends:
        err.print("No pair in the inventory: nothing was checked.")
        return ExitCode.UNKNOWN
    return next(code for code in WORST if code in ends)


def _asked(nornir: Nornir, pairs: list[str] | None) -> list[str]:
    """Give the pairs that were asked for, or all; a name that is none is told before anybody is dialled."""
    from runbooks.site import pair_names, require_pairs

    if not pairs:
        return pair_names(nornir)
    require_pairs(nornir, pairs)
    return pairs
