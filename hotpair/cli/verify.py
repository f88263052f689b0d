"""`hotpair verify`: look at a pair and judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
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
    many,
)
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
from hotpair.cli.output import Format, FormatOption, out, show_error, side_of, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.reports import ReportOption, require_forms, run_folder, write_reports
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

if TYPE_CHECKING:
    from inventory.model import Pair
    from tasks.checks.catalog import Selection
    from tasks.checks.check import Check

CheckOption = Annotated[
    list[str] | None,
    typer.Option("--check", help="Run this check; may be repeated.", autocompletion=completion.checks),
]
TagOption = Annotated[
    list[str] | None,
    typer.Option("--tag", help="Run checks with this tag; may be repeated.", autocompletion=completion.tags),
]
MemberOption = Annotated[
    str | None,
    typer.Option(
        "--member",
        "-m",
        help="Judge only what this member alone can answer for: a or b.",
        autocompletion=completion.members,
    ),
]
AgainstOption = Annotated[
    str | None,
    typer.Option(
        help="Name or folder of an earlier run: list what changed since.", autocompletion=completion.runs
    ),
]
WaitOption = Annotated[float, typer.Option(min=0, help="Seconds to wait until the pair holds; 0 looks once.")]


def verify(
    pairs: Annotated[
        list[str] | None,
        typer.Argument(help="Pairs of the inventory.", autocompletion=completion.pairs),
    ] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    wait: WaitOption = 0.0,
    check: CheckOption = None,
    tag: TagOption = None,
    member: MemberOption = None,
    report: ReportOption = None,
    policy: PolicyOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    save: Annotated[str | None, typer.Option(help="Keep the run under this name.")] = None,
    against: AgainstOption = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List checks and displays only.")] = False,
    every: EveryOption = False,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    workers: WorkersOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Verify a pair: every check says what was wanted, what was found, where, and by which display.

    The run and its raw evidence are kept in the runs folder. Ends with 1 when a check failed and 3 when
    one could not tell.

    Examples:
      hotpair verify metro-1 --wait 60 --report verify.html --report verify.xml
      hotpair verify metro-1 --tag e-trunk --dry-run
      hotpair verify metro-1 --member b
      hotpair verify metro-1 --save before
      hotpair verify metro-1 --against before
      hotpair verify --site BER --wait 60
    """
    from hotpair.cli.verify_many import Looks, verify_many
    from runbooks.archive.keeping import keep_all
    from runbooks.compare import compare_with_kept
    from runbooks.report.evidence import require_place, save_run
    from runbooks.site import on_pair, open_inventory, pair_named
    from tasks.checks.catalog import checks_for

    # A slip of the pen is told before the devices are asked anything.
    require_forms(report)
    meant = many(pairs, every=every, tags=pair_tag, sites=site, match=match, limit=limit, workers=workers)
    if meant.chosen:
        _require_one(save, against, report, dry_run=dry_run)
        looks = Looks(policy_of(inventory, policy), check, tag, member, wait)
        place, library = place_of(archive, inventory), driver.value if driver else None
        return verify_many(meant, looks, inventory, library, place, policy_file(inventory, policy), fmt)
    pair, place = meant.choice.names[0], place_of(archive, inventory)
    kept_in = runs or inventory / "runs"
    before = _earlier(against, save, kept_in)
    rules = policy_of(inventory, policy)
    nornir = open_inventory(inventory, driver.value if driver else None, pair=pair)
    intent = pair_named(nornir, pair)
    checks = checks_for(selection(rules.selection, check, tag, member))
    if dry_run:
        return _list(intent, checks, fmt)
    require_place(kept_in)
    with live(f"verifying {intent.name}") as line:
        run = on_pair(nornir, intent, Looks(rules, check, tag, member, wait, line.sample))
    file, rules_file = intent_file(intent), policy_file(inventory, policy)
    kept = save_run(run, kept_in, intent=file, policy=rules_file, name=save)
    trouble = keep_all(place, [(run, file)], rules_file)
    changes = None if before is None else compare_with_kept(before, run)
    code = write_reports(run, report, fmt, changes)
    if fmt is Format.TABLE:
        out.print(f"kept in {kept}")
    if trouble is not None:
        show_error(trouble)
    return code if trouble is None else code or ExitCode.UNKNOWN


def _require_one(save: str | None, against: str | None, report: list[Path] | None, *, dry_run: bool) -> None:
    """Refuse of many pairs what is asked of one."""
    asked = {"--save": save, "--against": against, "--dry-run": dry_run, "--report": report}
    wrong = ", ".join(option for option, given in asked.items() if given)
    if wrong:
        raise IntentError("that is asked of one pair", wanted="one pair", found=f"many pairs with {wrong}")


def _earlier(against: str | None, save: str | None, kept_in: Path) -> Path | None:
    """Give the folder of the run to compare with; refuse one that is none, and a name that is taken."""
    from runbooks.report.evidence import kept_run, require_free, run_home

    before = None if against is None else run_folder(against, kept_in)
    if before is not None:
        kept_run(before)
    if save is not None:
        require_free(run_home(kept_in, save))
    return before


def selection(
    policy: Selection, names: list[str] | None, tags: list[str] | None, member: str | None
) -> Selection:
    """Give the checks that were asked for; without a name or tag, those of the policy."""
    side = None if member is None else side_of(member)
    if not names and not tags:
        return replace(policy, side=side)
    return replace(policy, names=tuple(names or ()), tags=tuple(tags or ()), side=side)


def _list(pair: Pair, checks: Sequence[Check], fmt: Format) -> int:
    """List what would run and what would be sent."""
    from inventory.model import SIDES
    from tasks.checks.catalog import displays_for

    sent = {pair.members.of(side): list(displays_for(checks, pair, side)) for side in SIDES}
    if fmt is Format.JSON:
        write_json({"checks": [check.name for check in checks], "displays": sent})
        return ExitCode.DONE
    for each in checks:
        out.print(f"{each.name:<22} {each.title}")
    for member, commands in sent.items():
        out.print(f"\n[bold]{member}[/]")
        for command in commands:
            out.print(f"  {command}", markup=False)
    return ExitCode.DONE
