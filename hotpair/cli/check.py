"""`hotpair check`: drift and verification in one exit code, for cron."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.fleet import (
    HERE,
    DriverOption,
    InventoryOption,
    PolicyOption,
    intent_file,
    policy_file,
    policy_of,
)
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, err, out, show_error, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.reports import exit_code
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError

if TYPE_CHECKING:
    from nornir.core import Nornir

    from runbooks.report.run import Run

# Which of two ends is said, when pairs end differently: what is known to be wrong comes first.
WORST = (ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.UNKNOWN, ExitCode.REFUSED, ExitCode.DONE)


def check(
    pairs: Annotated[list[str] | None, typer.Argument(help="Pairs to check; all without it.")] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Check compliance: no drift from the intent, and every check holds. Made for cron.

    Looks once, changes nothing, and keeps what it saw in the archive: `hotpair status` and `history` tell it
    over time. A member that is away is told, and the other one judged. Ends with 0 when all is well, 1 on
    drift or a failed check, 2 when a pair file is wrong, 3 when it could not tell; the other pairs are
    checked all the same.

    Examples:
      hotpair check
      hotpair check metro-1 metro-2 --format json
    """
    from runbooks.archive.keeping import keep_all
    from runbooks.check import check_pair
    from runbooks.report.as_json import run_as_dict
    from runbooks.report.terminal import run_view
    from runbooks.site import on_pair, open_inventory, pair_named

    rules = policy_of(inventory, policy)
    nornir = open_inventory(inventory, driver.value if driver else None)
    place = place_of(archive, inventory)
    kept: list[tuple[Run, Path]] = []
    ends: list[ExitCode] = []
    shown: list[object] = []
    errors: list[object] = []
    for name in _asked(nornir, pairs):
        try:
            intent = pair_named(nornir, name)
            with live(f"checking {name}"):
                run = on_pair(nornir, intent, partial(check_pair, policy=rules, tell=show_error))
        except HotpairError as error:
            show_error(error)
            ends.append(exit_code_of(error))
            errors.append({"pair": name, **error.as_dict()})
            continue
        kept.append((run, intent_file(intent)))
        ends.append(exit_code(run))
        shown.append(run_as_dict(run))
        if fmt is Format.TABLE:
            out.print(run_view(run))
    trouble = keep_all(place, kept, policy_file(inventory, policy)) if kept else None
    if trouble is not None:
        show_error(trouble)
        ends.append(exit_code_of(trouble))
        errors.append(trouble.as_dict())
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
