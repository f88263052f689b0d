"""`hotpair check`: drift and verification in one exit code, for cron."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.choosing import MatchOption, PairTagOption, SiteOption, WorkersOption, choice_of
from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    DriverOption,
    InventoryOption,
    PolicyOption,
    intent_file,
    policy_file,
    policy_of,
)
from hotpair.cli.live import watching
from hotpair.cli.output import Format, FormatOption, err, out, show_error, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.reports import ReportOption, exit_code, require_forms, show_next_of, write_fleet
from hotpair.exit_codes import ExitCode, exit_code_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from runbooks.report.fleet import Fleet
    from runbooks.report.run import Run
    from tasks.checks.policy import Policy


class Ending(StrEnum):
    """How a pair may end."""

    SUCCESS = "success"
    FAILURE = "failure"
    ERROR = "error"


# Which of two ends is said, when pairs end differently: what is known to be wrong comes first.
WORST = (ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.UNKNOWN, ExitCode.REFUSED, ExitCode.DONE)


def check(
    pairs: Annotated[
        list[str] | None,
        typer.Argument(help="Pairs to check; all without it.", autocompletion=completion.pairs),
    ] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    archive: ArchiveOption = None,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    workers: WorkersOption = None,
    report: ReportOption = None,
    hide: Annotated[
        list[Ending] | None,
        typer.Option(help="Only count pairs that ended so, e.g. success; may be repeated."),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Check compliance: no drift from the intent, and every check holds. Made for cron.

    Looks at many pairs at once, changes nothing, and keeps what it saw in the archive: `hotpair status` and
    `history` tell it over time. A member that is away is told, and the other one judged; a router in several
    pairs is dialled once. Ends with 0 when all is well, 1 on drift or a failed check, 2 when a pair file is
    wrong, 3 when it could not tell; the other pairs are checked all the same.

    Examples:
      hotpair check
      hotpair check metro-1 metro-2 --format json
      hotpair check --site BER --pair-tag gold --workers 50
    """
    from runbooks.archive.keeping import keep_all
    from runbooks.check import check_pairs
    from runbooks.fleet.choice import chosen
    from runbooks.not_deployed import told_as_removed
    from runbooks.report.fleet import Fleet
    from runbooks.site import open_inventory, pairs_in
    from tasks.checks.model import Outcome
    from tasks.runner import DEFAULT_WORKERS

    require_forms(report)
    rules = policy_of(inventory, policy)
    nornir = open_inventory(inventory, driver.value if driver else None)
    asked = chosen(pairs_in(nornir), choice_of(pairs, pair_tag, site, match))
    place = place_of(archive, inventory)
    if not asked.good and not asked.broken:
        err.print("No pair in the inventory: nothing was checked.")
        return ExitCode.UNKNOWN
    for error in asked.broken.values():
        show_error(error)
    intents = tuple(asked.good.values())
    members = {member for pair in intents for member in (pair.members.a, pair.members.b)}
    with watching("checking", len(members), told=len(intents) > 1) as tell:
        seen = check_pairs(nornir, intents, rules, workers=workers or DEFAULT_WORKERS, tell=tell)
    home = inventory / JOURNALS
    runs = tuple(told_as_removed(run, pair, home) for run, pair in zip(seen, intents, strict=True))
    kept = [(run, intent_file(pair)) for run, pair in zip(runs, intents, strict=True)]
    trouble = keep_all(place, kept, policy_file(inventory, policy)) if kept else None
    if trouble is not None:
        show_error(trouble)
    fleet = Fleet(runs, asked.broken, frozenset(Outcome(one.value) for one in hide or ()))
    for file in report or ():
        write_fleet(fleet, file)
    _show(fleet, [] if trouble is None else [trouble.as_dict()], fmt)
    spared = _in_grace(place, runs, rules) if trouble is None else {}
    for name, until in spared.items():
        err.print(f"{name}: its failures count from {until:%Y-%m-%d %H:%M} UTC on", markup=False)
    ends = [ExitCode.DONE if run.pair in spared else exit_code(run) for run in runs]
    ends += [exit_code_of(error) for error in asked.broken.values()]
    return next(code for code in WORST if code in (*ends, *([exit_code_of(trouble)] if trouble else [])))


def _in_grace(place: Path | str, runs: tuple[Run, ...], rules: Policy) -> dict[str, datetime]:
    """Give the pairs whose failures are all too young to count, each with the moment from which one does."""
    from runbooks.archive.opening import open_archive
    from runbooks.archive.queries import findings_of
    from runbooks.grace import grace_until

    failed = [run for run in runs if exit_code(run) is ExitCode.FINDINGS] if rules.grace else []
    if not failed:
        return {}
    with open_archive(place) as archive:
        ends = {
            run.pair: grace_until(findings_of(archive, pair=run.pair, limit=None), rules, run.started_at)
            for run in failed
        }
    return {name: until for name, until in ends.items() if until is not None}


def _show(fleet: Fleet, more: list[dict[str, str]], fmt: Format) -> None:
    """Show what was found: one pair in full, of many the worst first."""
    from runbooks.report.fleet import fleet_as_dict, fleet_view
    from runbooks.report.terminal import run_view

    if fmt is Format.JSON:
        values = fleet_as_dict(fleet)
        write_json({**values, "errors": [*values["errors"], *more]})
    elif len(fleet.runs) == 1 and not fleet.hidden:
        out.print(run_view(fleet.runs[0]))
        show_next_of(fleet.runs[0])
    else:
        out.print(fleet_view(fleet))
