"""`hotpair verify`: look at a pair and judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
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
    require_one,
)
from hotpair.cli.fleet import (
    HERE,
    DriverOption,
    InventoryOption,
    PolicyOption,
    RunsOption,
    TrafficOption,
    intent_file,
    policy_file,
    policy_of,
)
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, show_error, side_of, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.reports import ReportOption, require_forms, run_folder, write_reports
from hotpair.exit_codes import ExitCode
from inventory.errors import HotpairError, IntentError

if TYPE_CHECKING:
    from nornir.core import Nornir

    from hotpair.cli.live import Live
    from inventory.model import Pair
    from runbooks.fleet.each import Verifying
    from runbooks.report.run import Run
    from runbooks.site import Openers, Work
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
SaveOption = Annotated[str | None, typer.Option(help="Keep the run under this name.")]
WaitOption = Annotated[float, typer.Option(min=0, help="Seconds to wait until the pair holds; 0 looks once.")]
PairsArgument = Annotated[
    list[str] | None,
    typer.Argument(help="Pairs of the inventory.", autocompletion=completion.pairs),
]
ForOption = Annotated[
    str, typer.Option("--for", help="Go on looking for so long: is it hitless? e.g. 90s, 10m, 2h.")
]


def verify(
    pairs: PairsArgument = None,
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
    save: SaveOption = None,
    against: AgainstOption = None,
    for_: ForOption = "",
    traffic: TrafficOption = None,
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
    one could not tell. With --for one more session a member looks on until the time is over, and a signal
    that does not stay what it is, or an entry that is missed, is a failure.

    Examples:
      hotpair verify metro-1 --wait 60 --report verify.html --report verify.xml
      hotpair verify metro-1 --tag e-trunk --dry-run
      hotpair verify metro-1 --member b
      hotpair verify metro-1 --for 10m --traffic ping.log
      hotpair verify metro-1 --save before
      hotpair verify metro-1 --against before
      hotpair verify --site BER --wait 60
    """
    from hotpair.cli.verify_many import verify_many
    from runbooks.compare import compare_with_kept
    from runbooks.fleet.each import Verifying
    from runbooks.inventory_pairs import pair_named
    from runbooks.report.evidence import require_place
    from runbooks.site import on_pair, open_inventory
    from tasks.checks.catalog import checks_for

    require_forms(report)  # a slip of the pen is told before the devices are asked anything
    for_s = _duration(for_, traffic)
    meant = many(pairs, every=every, tags=pair_tag, sites=site, match=match, limit=limit, workers=workers)
    place, library = place_of(archive, inventory), driver.value if driver else None
    if meant.chosen:
        of_one = {"--save": save, "--against": against, "--dry-run": dry_run, "--report": report}
        require_one({**of_one, "--for": for_, "--traffic": traffic})
        rules = policy_of(inventory, policy)
        looks = Verifying(rules, selection(rules.selection, check, tag, member), wait)
        return verify_many(meant, looks, inventory, library, place, policy_file(inventory, policy), fmt)
    pair, kept_in = meant.choice.names[0], runs or inventory / "runs"
    before, rules = _earlier(against, save, kept_in), policy_of(inventory, policy)
    nornir = open_inventory(inventory, library, pair=pair)
    intent = pair_named(nornir, pair)
    asked = selection(rules.selection, check, tag, member)
    checks = checks_for(asked)
    if dry_run:
        return _list(intent, checks, fmt)
    require_place(kept_in)
    with live(f"verifying {intent.name}") as line:
        look = _told(Verifying(rules, asked, wait, line.sample))
        watched = partial(_watched, look, nornir, for_s, traffic, line)
        run = on_pair(nornir, intent, watched if for_s else look)
    kept, troubles = _keep(run, kept_in, save, place, intent_file(intent), policy_file(inventory, policy))
    changes = None if before is None else compare_with_kept(before, run)
    code = write_reports(run, report, fmt, changes)
    if fmt is Format.TABLE and kept is not None:
        out.print(f"kept in {kept}", markup=False)
    for one in troubles:
        show_error(one)
    return code or ExitCode.UNKNOWN if troubles else code


def _keep(
    run: Run, folder: Path, name: str | None, place: Path | str, intent: Path, policy: Path | None
) -> tuple[Path | None, list[HotpairError]]:
    """Keep the run in its folder and in the archive; what takes none is told, and takes no verdict away."""
    from runbooks.archive.keeping import ToKeep, keep_all
    from runbooks.report.evidence import save_run

    troubles: list[HotpairError] = []
    kept: Path | None = None
    try:
        kept = save_run(run, folder, intent=intent, policy=policy, name=name)
    except IntentError as error:
        troubles.append(error)
    trouble = keep_all(place, [ToKeep(run, intent)], policy)
    return kept, [*troubles, *([trouble] if trouble is not None else [])]


def _duration(for_: str, traffic: Path | None) -> float:
    """Read for how long is looked; 0 without it."""
    from runbooks.hitless.watching import read_duration

    if traffic is not None and not for_:
        raise IntentError("a witness of the traffic is joined by time", wanted="--traffic with --for")
    return read_duration(for_) if for_ else 0.0


def _told(looks: Verifying) -> Work[Run]:
    """Return the same, telling why a member gave no session."""

    def work(pair: Pair, openers: Openers) -> Run:
        verified = looks(pair, openers)
        for error in verified.missing:
            show_error(error)
        return verified.run

    return work


def _watched(
    look: Work[Run],
    nornir: Nornir,
    for_s: float,
    traffic: Path | None,
    line: Live,
    pair: Pair,
    openers: Openers,
) -> Run:
    """Judge a pair, and sample it for a while."""
    from runbooks.hitless.sampler import Sampling
    from runbooks.hitless.watching import Watching, watch_pair
    from runbooks.site import beside

    sampling = Sampling(beside(nornir, pair))

    def left(seconds: float) -> None:
        line.say(f"sampling {pair.name}: {seconds:.0f} s left")

    watching = Watching(sampling, for_s, traffic, left)
    return watch_pair(pair, openers, lambda ways: look(pair, ways), watching)


def _earlier(against: str | None, save: str | None, kept_in: Path) -> Path | None:
    """Return the folder of the run to compare with; refuse one that is none, and a name that is taken."""
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
    """Return the checks that were asked for; without a name or tag, those of the policy.

    Args:
        policy: what runs where nothing is asked for.
        names: of checks.
        tags: of checks.
        member: `a` or `b`, where only one is judged.

    Raises:
        IntentError: the member is neither.
    """
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
        out.print(f"\n[bold]{member}[/]" + ("" if commands else ": nothing is asked of it"))
        for command in commands:
            out.print(f"  {command}", markup=False)
    return ExitCode.DONE
