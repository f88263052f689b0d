"""`hotpair drill`: let the backup take over, and have it all back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hotpair.cli import completion
from hotpair.cli.asked import TicketOption
from hotpair.cli.asking import agreeing
from hotpair.cli.deploy_shown import announced, told_by_its_journal
from hotpair.cli.drill_view import drill_as_dict, drill_code, drill_lines, proposed_lines
from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    DriverOption,
    InventoryOption,
    PolicyOption,
    RunsOption,
    TrafficOption,
    intent_file,
    policy_file,
    policy_of,
)
from hotpair.cli.live import Live, live
from hotpair.cli.memory import Memory, remember
from hotpair.cli.output import Format, FormatOption, Side, err, out, side_of, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.ready import PairArgument
from hotpair.cli.reports import ReportOption, require_forms, write_after
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

if TYPE_CHECKING:
    from pathlib import Path

    from nornir.core import Nornir

    from inventory.model import Pair
    from runbooks.drill.model import Drilled, DrillOptions, Proposed
    from runbooks.site import Work


GivingOption = Annotated[
    str,
    typer.Option("--from", help="Member that gives up what it leads.", autocompletion=completion.members),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Go on though the standby is not ready; needs --why.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show readiness, lines and hypothesis only.")]
HistoryOption = Annotated[
    bool, typer.Option("--history", help="Show what the drills of the pair showed; no router is asked.")
]


class Trigger(StrEnum):
    """What makes the standby take over."""

    PRIORITY = "priority"
    FORCE_BACKUP = "force-backup"
    SHUTDOWN = "shutdown"


PortOption = Annotated[
    str, typer.Option("--port", help="What `--by shutdown` shuts, on the member that gives up.")
]


def drill(
    pair: PairArgument,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    giving: GivingOption = "a",
    by: Annotated[Trigger, typer.Option("--by", help="What makes the standby take over.")] = Trigger.PRIORITY,
    port: PortOption = "",
    policy: PolicyOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    why: Annotated[
        str | None, typer.Option("--why", help="Why it goes on all the same; kept with the run.")
    ] = None,
    ticket: TicketOption = "",
    traffic: TrafficOption = None,
    report: ReportOption = None,
    *,
    both: Annotated[bool, typer.Option("--both", help="One direction after the other.")] = False,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    history: HistoryOption = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Begin without asking.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Let the backup take over for the length of a trial, measure it, and have it all back.

    Priorities of the member that gives up are lowered, or its Eth-Trunks forced to be backup, or one port is
    shut, in a commit on trial that is never kept: the routers take it back by themselves even if this host
    dies. Refused (4) where the standby is not ready, the pair is not what its intent says, the release has no
    trial, or the port carries our own way or a channel. Ends with 0 as expected, 1 where entries were lost or
    times not held, 6 where the pair is not as it was. With --both each direction has a report of its own: the
    letter of its member is added to the name of the file.

    Examples:
      hotpair drill metro-1 --dry-run
      hotpair drill metro-1 --both --yes --ticket CHG-4711
      hotpair drill metro-1 --by shutdown --port GigabitEthernet0/1/2 --dry-run
    """
    if history:
        return _history(pair, place_of(archive, inventory), fmt)
    from runbooks.drill.model import Drilled, DrillOptions
    from runbooks.drill.trigger import By, leading
    from runbooks.hitless.sampler import Sampling
    from runbooks.inventory_pairs import pair_named
    from runbooks.site import beside, dialled, open_inventory

    _require_words(fmt, why, asked=not (yes or dry_run), force=force)
    _require_port(by, port, both=both)
    _require_reports(report, dry_run=dry_run)
    nornir = open_inventory(inventory, driver.value if driver else None)
    intent = pair_named(nornir, pair)
    memory = _memory(inventory, runs, archive, policy, ticket, dry_run=dry_run)
    first = DrillOptions(
        side_of(giving, "--from"),
        inventory / JOURNALS,
        policy_of(inventory, policy),
        forced=" ".join((why or "").split()),
        ticket=ticket,
        announce=partial(announced, fmt),
        sampling=Sampling(beside(nornir, intent)),
        traffic=traffic,
        by=By(by.value),
        port=port,
        dialled=dialled(nornir, intent),
    )
    told: list[dict[str, Any]] = []
    codes = [ExitCode.DONE]
    for side in leading(intent) if both else (first.side,):
        ended = _once(nornir, intent, replace(first, side=side), fmt, yes=yes, dry_run=dry_run)
        if isinstance(ended, Drilled):
            remember(ended.run, replace(memory, intent=intent_file(intent)))
            write_after(ended.run, _reports_of(report, side if both else None))
            codes.append(drill_code(ended))
        told.append(drill_as_dict(ended))
        _show(fmt, drill_lines(ended))
        if isinstance(ended, Drilled) and ended.problem is not None:
            _write(told, fmt)
            raise told_by_its_journal(ended.problem, ended.run.transaction)
    _write(told, fmt)
    return max(codes)


def _once(
    nornir: Nornir, intent: Pair, options: DrillOptions, fmt: Format, *, yes: bool, dry_run: bool
) -> Proposed | Drilled:
    """Do one direction, or only plan it, with a line that tells how far it is."""
    from runbooks.site import on_pair

    with live(f"looking at {intent.members.a} and {intent.members.b}") as line:
        agree = _agreeing(line, fmt, yes=yes)
        options = replace(options, agree=agree, notify=line.step, progress=line.sample)
        return on_pair(nornir, intent, _planning(options) if dry_run else _drilling(options))


def _write(told: list[dict[str, Any]], fmt: Format) -> None:
    """Write all drills of the command as one document, where that is asked for."""
    if fmt is Format.JSON:
        write_json({"drills": told})


def _history(pair: str, place: Path | str, fmt: Format) -> int:
    """Show what the drills of a pair showed, the newest first."""
    from runbooks.archive.opening import open_archive
    from runbooks.drill.due import past_drills

    with open_archive(place) as archive:
        found = past_drills(archive, pair)
    if fmt is Format.JSON:
        write_json({"pair": pair, "drills": [one.as_dict() for one in found]})
    for one in found if fmt is Format.TABLE else ():
        said = f"roles {one.roles}; entries {one.entries}; return {one.back}"
        out.print(f"{one.at:%Y-%m-%d %H:%M} UTC  {one.verdict.value}: {said}", markup=False, soft_wrap=True)
    if not found:
        err.print(f"No drill of {pair} is kept.", markup=False)
    return ExitCode.DONE


def _planning(options: DrillOptions) -> Work[Proposed | Drilled]:
    """Only look at readiness, and plan."""
    from runbooks.drill.proposing import propose_drill
    from runbooks.site import logged_in

    return lambda pair, openers: propose_drill(pair, logged_in(pair, openers), options)


def _drilling(options: DrillOptions) -> Work[Proposed | Drilled]:
    """Do the drill."""
    from runbooks.drill.drilling import drill_pair

    return lambda pair, openers: drill_pair(pair, openers, options)


def _require_words(fmt: Format, why: str | None, *, asked: bool, force: bool) -> None:
    """Refuse what cannot be asked, and what is forced without a reason."""
    if fmt is Format.JSON and asked:
        raise IntentError("a program cannot be asked", wanted="--yes with --format json")
    if force != bool(why and why.strip()):
        raise IntentError("what is forced has a reason", wanted="--force --why TEXT")


def _require_port(by: Trigger, port: str, *, both: bool) -> None:
    """Refuse a port without `shutdown`, and the other way round; a port is on one member."""
    if (by is Trigger.SHUTDOWN) != bool(port.strip()):
        raise IntentError(
            "a drill shuts a port that is named",
            wanted="--by shutdown --port PORT",
            found=f"--by {by.value}" + (f" --port {port}" if port else ""),
        )
    if port and both:
        raise IntentError("a port is on one member", wanted="--port without --both")


def _require_reports(report: list[Path] | None, *, dry_run: bool) -> None:
    """Refuse reports that cannot be written, or of nothing."""
    require_forms(report)
    if dry_run and report:
        raise IntentError("a drill that is only shown has no report", wanted="--report without --dry-run")


def _reports_of(report: list[Path] | None, side: Side | None) -> tuple[Path, ...]:
    """Return the report files of one direction; of two, each has the letter of its member in its name."""
    named = "" if side is None else f"-{side}"
    return tuple(file.with_stem(f"{file.stem}{named}") for file in report or ())


def _memory(
    inventory: Path,
    runs: Path | None,
    archive: str | None,
    policy: Path | None,
    ticket: str,
    *,
    dry_run: bool,
) -> Memory:
    """Tell where runs will be kept; a wrong place is told before a device is asked anything."""
    from runbooks.report.evidence import require_place

    folder = runs or inventory / "runs"
    if not dry_run:
        require_place(folder)
    return Memory(
        folder,
        place_of(archive, inventory),
        inventory,
        policy_file(inventory, policy),
        ticket,
        inventory / JOURNALS,
    )


def _agreeing(line: Live, fmt: Format, *, yes: bool) -> Callable[[Proposed], bool]:
    """Return the question that is asked with what will be typed and expected, which is shown first."""
    return agreeing(
        line, lambda proposed: _show(fmt, proposed_lines(proposed)), "Let the backup take over now?", yes=yes
    )


def _show(fmt: Format, lines: Iterable[str]) -> None:
    if fmt is Format.TABLE:
        for line in lines:
            out.print(line, soft_wrap=True)
