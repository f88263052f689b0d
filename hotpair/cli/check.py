"""`hotpair check`: drift and verification in one exit code, for cron."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.choosing import (
    EveryOption,
    LimitOption,
    MatchOption,
    PairTagOption,
    SiteOption,
    WorkersOption,
    all_or_named,
    choice_of,
)
from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    DriverOption,
    InventoryOption,
    PolicyOption,
    intent_file,
    policy_file,
    policy_of,
    show_broken,
)
from hotpair.cli.live import live, watching
from hotpair.cli.output import Format, FormatOption, err, here, out, show_error, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.remedy import Remedy, remedy
from hotpair.cli.reports import ReportOption, exit_code, require_forms, show_next_of, write_each
from hotpair.exit_codes import OF_LOOKS, ExitCode, exit_code_of, worst
from inventory.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from nornir.core import Nornir

    from inventory.errors import HotpairError
    from inventory.model import Pair
    from runbooks.gates import Permission
    from runbooks.report.fleet import Fleet
    from runbooks.report.run import Run
    from tasks.checks.policy import Policy


class Ending(StrEnum):
    """How a pair may end."""

    SUCCESS = "success"
    FAILURE = "failure"
    ERROR = "error"


PairsArgument = Annotated[
    list[str] | None,
    typer.Argument(help="Pairs to check; all without it.", autocompletion=completion.pairs),
]
ConfigOption = Annotated[
    bool,
    typer.Option(
        "--config",
        help="Configurations alone; a device whose newest commit is that of the last good look is asked "
        "for nothing else.",
    ),
]
HideOption = Annotated[
    list[Ending] | None,
    typer.Option(help="Only count pairs that ended so, e.g. success; may be repeated."),
]
RemedyOption = Annotated[
    bool,
    typer.Option(
        "--remedy",
        help="Bring back pairs that drifted, pair by pair, by transactions; policy.yaml must allow it.",
    ),
]


def check(
    pairs: PairsArgument = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    policy: PolicyOption = None,
    archive: ArchiveOption = None,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    limit: LimitOption = None,
    workers: WorkersOption = None,
    report: ReportOption = None,
    *,
    every: EveryOption = False,
    config: ConfigOption = False,
    hide: HideOption = None,
    with_remedy: RemedyOption = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Check compliance: no drift from the intent, and every check holds. Made for cron.

    Looks at many pairs at once, changes nothing, and keeps what it saw in the archive: `hotpair status` and
    `history` tell it over time. A member that is away is told, and the other one judged; a router in several
    pairs is dialled once. Ends with 0 when all is well, 1 on drift or a failed check, 2 when a pair file is
    wrong, 3 when it could not tell; the other pairs are checked all the same.

    With --config only drift is judged: a device is asked for its newest commit, and for its configuration
    where that is not the one of the last good look, or the intent, the policy or Hotpair changed since.

    With --remedy pairs that drifted are deployed, one after the other, where `remedy` in policy.yaml allows
    the impact; without it nothing is looked at (4). A pair that was brought back counts as well; else the
    check ends with 4 when that was refused, 5 when it was rolled back, 6 when the pair is split.

    Examples:
      hotpair check
      hotpair check metro-1 metro-2 --format json
      hotpair check --site BER --pair-tag gold --workers 50
      hotpair check --config
    """
    from runbooks.fleet.choice import chosen
    from runbooks.inventory_pairs import pairs_in
    from runbooks.report.fleet import Fleet
    from runbooks.site import open_inventory
    from tasks.checks.model import Outcome

    require_forms(report)
    all_or_named(pairs, every=every)
    rules = policy_of(inventory, policy)
    permission = _permission(rules) if with_remedy else None
    nornir = open_inventory(inventory, driver.value if driver else None)
    asked = chosen(pairs_in(nornir), choice_of(pairs, pair_tag, site, match))
    intents = tuple(asked.good.values())[:limit]
    place = place_of(archive, inventory)
    if not intents and not asked.broken:
        err.print("No pair in the inventory: nothing was checked.")
        return ExitCode.UNKNOWN
    show_broken(asked)
    runs = _looked(nornir, intents, rules, place, config=config, workers=workers)
    looked = _told_if_absent(runs, asked.good, inventory / JOURNALS)
    seen = _drilled(place, tuple(zip(intents, looked, strict=True)), rules)
    file = policy_file(inventory, policy)
    trouble = _kept(seen, rules, place, file)
    told = tuple(run for _, run in seen)
    fleet = Fleet(told, asked.broken, frozenset(Outcome(one.value) for one in hide or ()))
    _show(fleet, [] if trouble is None else [trouble.as_dict()], fmt)
    troubles = [*([] if trouble is None else [trouble]), *write_each(fleet, report or ())]
    spared = _in_grace(place, told, rules) if trouble is None else {}
    for name, until in spared.items():
        err.print(f"{name}: its failures count from {until:%Y-%m-%d %H:%M} UTC on", markup=False)
    ended = dict.fromkeys(spared, ExitCode.DONE)
    if permission is not None:
        wish = Remedy(nornir, inventory, permission, place, file)
        ended |= remedy(wish, [(pair, run) for pair, run in seen if run.pair not in spared])
    return _code(fleet, ended, troubles)


def _kept(
    seen: Sequence[tuple[Pair, Run]], rules: Policy, place: Path | str, policy: Path | None
) -> ArchiveError | None:
    """Keep what was seen, and wait for another writer; give the error that was told when it was not kept."""
    from runbooks.archive.keeping import ToKeep, keep_all
    from runbooks.fleet.known import judged_by

    if not seen:
        return None
    with live("keeping what was seen"):
        kept = [ToKeep(run, intent_file(pair), judged_by(pair, rules)) for pair, run in seen]
        trouble = keep_all(place, kept, policy)
    if trouble is not None:
        show_error(trouble)
    return trouble


def _told_if_absent(runs: tuple[Run, ...], pairs: Mapping[str, Pair], journals: Path) -> tuple[Run, ...]:
    """Say of pairs of which nothing is there that they are not deployed; without drift there is none."""
    from runbooks.drift_asked import has_drifted

    if not any(has_drifted(run.results) for run in runs):
        return runs
    from runbooks.not_deployed import told_if_absent

    return told_if_absent(runs, pairs, journals)


def _permission(rules: Policy) -> Permission:
    """Return what the policy lets a remedy do; what deploys is loaded only where something may be."""
    from runbooks.fleet.remedy import allowed

    return allowed(rules)


def _code(fleet: Fleet, ended: Mapping[str, ExitCode], troubles: Sequence[HotpairError]) -> int:
    """Return the exit code of the whole look: of the pair, file or report that needs a hand most.

    Where it could not be kept that is said at least: whoever asks the archive later would not know of it.
    """
    ends = [ended.get(run.pair, exit_code(run)) for run in fleet.runs]
    ends += [exit_code_of(error) for error in (*fleet.errors.values(), *troubles)]
    code = worst(ends, (ExitCode.SPLIT, ExitCode.ROLLED_BACK, *OF_LOOKS))  # the first two: of a remedy
    return max(code, ExitCode.UNKNOWN) if any(isinstance(one, ArchiveError) for one in troubles) else code


def _looked(
    nornir: Nornir,
    intents: Sequence[Pair],
    rules: Policy,
    place: Path | str,
    *,
    config: bool,
    workers: int | None,
) -> tuple[Run, ...]:
    """Look at all pairs, and show how it goes."""
    from runbooks.archive.judgements import judged_before
    from runbooks.archive.known import memory_of
    from runbooks.check import check_pairs
    from runbooks.fleet.probing import check_configurations
    from tasks.runner import DEFAULT_WORKERS

    many = workers or DEFAULT_WORKERS
    members = {member for pair in intents for member in (pair.members.a, pair.members.b)}
    with watching("checking", len(members), told=len(intents) > 1) as watch:
        if config:
            known = memory_of(place, intents)
            return check_configurations(
                nornir, intents, known, rules, workers=many, tell=watch.end, begin=watch.begin
            )
        before = judged_before(place, intents, rules)
        return check_pairs(
            nornir, intents, rules, workers=many, before=before, tell=watch.end, begin=watch.begin
        )


def _drilled(
    place: Path | str, seen: tuple[tuple[Pair, Run], ...], rules: Policy
) -> tuple[tuple[Pair, Run], ...]:
    """Add whether a drill is overdue, where the policy asks for drills."""
    if rules.drill_every is None:
        return seen
    from runbooks.archive.opening import open_archive
    from runbooks.drill.due import with_drills, without_drills

    try:
        with open_archive(place) as archive:
            return with_drills(archive, seen, rules)
    except ArchiveError as error:
        return without_drills(seen, error.message)


def _in_grace(place: Path | str, runs: tuple[Run, ...], rules: Policy) -> dict[str, datetime]:
    """Return the pairs whose failures are all too young to count, each with the moment when one does."""
    if not rules.grace:
        return {}
    from runbooks.archive.opening import open_archive
    from runbooks.grace import spared

    with open_archive(place) as archive:
        return spared(archive, runs, rules)


def _show(fleet: Fleet, more: list[dict[str, str]], fmt: Format) -> None:
    """Show what was found: one pair in full, of many the worst first."""
    from runbooks.report.fleet import fleet_as_dict, fleet_view
    from runbooks.report.terminal import run_view

    if fmt is Format.JSON:
        values = fleet_as_dict(fleet)
        write_json({**values, "errors": [*values["errors"], *more]})
    elif len(fleet.runs) == 1 and not fleet.hidden:
        out.print(run_view(fleet.runs[0], here))
        show_next_of(fleet.runs[0])
    else:
        out.print(fleet_view(fleet, here))
