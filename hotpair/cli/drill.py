"""`hotpair ready` and `hotpair drill`: would the backup work, and does it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from hotpair.cli import completion
from hotpair.cli.asked import TicketOption
from hotpair.cli.deploy import announced, ask, told_by_its_journal
from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    DriverOption,
    InventoryOption,
    PolicyOption,
    RunsOption,
    intent_file,
    policy_file,
    policy_of,
)
from hotpair.cli.live import Live, live
from hotpair.cli.memory import Memory, remember
from hotpair.cli.output import Format, FormatOption, out, side_of, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

if TYPE_CHECKING:
    from pathlib import Path

    from runbooks.drill import Drilled, DrillWishes, Proposed
    from runbooks.ready import Readiness
    from runbooks.site import Work


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

    Says it in numbers: entries here and there and which are missing, how long the channel is up, by how much
    the clocks differ; and why not. Ends with 0 ready, 1 not ready, 3 could not tell. Nothing is changed.

    Examples:
      hotpair ready metro-1
      hotpair ready metro-1 --format json
    """
    from runbooks.ready import look_ready
    from runbooks.site import logged_in, on_pair, open_inventory, pair_named
    from tasks.checks.model import Outcome

    rules = policy_of(inventory, policy)
    nornir = open_inventory(inventory, driver.value if driver else None)
    intent = pair_named(nornir, pair)
    with live(f"looking at {intent.members.a} and {intent.members.b}"):
        found = on_pair(nornir, intent, lambda one, ways: look_ready(one, logged_in(one, ways), rules))
    if fmt is Format.JSON:
        write_json(found.as_dict())
    else:
        for line in _ready_lines(found):
            out.print(line, soft_wrap=True)
    codes = {Outcome.SUCCESS: ExitCode.DONE, Outcome.FAILURE: ExitCode.FINDINGS}
    return codes.get(found.outcome, ExitCode.UNKNOWN)


def _ready_lines(found: Readiness) -> Iterator[str]:
    """Write what was found, the verdict last."""
    for one in found.entries:
        said = f"{one.on_backup} of {one.on_master} entries of {one.master} are on the backup"
        missing = f"; missing {', '.join(one.missing[:5])}" if one.missing else ""
        yield escape(f"{one.kind} on {one.interface}: {said}{missing}")
    for name, age in found.channels_up_s.items():
        yield escape(f"channel {name}: {'since when is not shown' if age is None else f'up for {age:.0f} s'}")
    if found.skew_s is not None:
        yield f"clocks: {found.skew_s:g} s apart"
    yield from (f"[dim]not provable: {escape(text)}[/]" for text in found.unproven)
    yield from (f"[bold yellow]not told: {escape(text)}[/]" for text in found.untold)
    for reason in found.reasons:
        kind = "not ready, fatal" if reason.fatal else "not ready"
        yield f"[bold red]{kind}: {escape(reason.text)}[/]"
    words = {"success": "ready", "failure": "not ready"}
    yield f"[bold]{found.pair}: {words.get(found.outcome.value, 'could not tell')}[/]"


def drill(
    pair: PairArgument,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    giving: Annotated[
        str,
        typer.Option("--from", help="Member that gives up what it leads.", autocompletion=completion.members),
    ] = "a",
    policy: PolicyOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    why: Annotated[
        str | None, typer.Option("--why", help="Why it goes on all the same; kept with the run.")
    ] = None,
    ticket: TicketOption = "",
    *,
    both: Annotated[bool, typer.Option("--both", help="One direction after the other.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Go on though the standby is not ready; needs --why.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show readiness, lines and hypothesis only.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Begin without asking.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Let the backup take over for the length of a trial, measure it, and have it all back.

    Priorities of the member that gives up are lowered in a commit on trial that is never kept: the routers
    take it back by themselves even if this host dies. Refused (4) where the standby is not ready, the pair
    is not what its intent says, or the release has no trial. Ends with 0 as expected, 1 where entries were
    lost or times not held, 6 where the pair is not as it was.

    Examples:
      hotpair drill metro-1 --dry-run
      hotpair drill metro-1 --both --yes --ticket CHG-4711
    """
    from runbooks.drill import Drilled, DrillWishes
    from runbooks.drill_trigger import leading
    from runbooks.report.evidence import require_place
    from runbooks.site import on_pair, open_inventory, pair_named

    _require_words(fmt, why, asked=not (yes or dry_run), force=force)
    memory = _memory(inventory, runs, archive, policy, ticket)
    nornir = open_inventory(inventory, driver.value if driver else None)
    intent = pair_named(nornir, pair)
    if not dry_run:
        require_place(memory.folder)
    first = DrillWishes(
        side_of(giving),
        inventory / JOURNALS,
        policy_of(inventory, policy),
        forced=" ".join((why or "").split()),
        ticket=ticket,
        announce=partial(announced, fmt),
    )
    told: list[dict[str, Any]] = []
    codes = [ExitCode.DONE]
    for side in leading(intent) if both else (first.side,):
        with live(f"looking at {intent.members.a} and {intent.members.b}") as line:
            agree = _agreeing(line, fmt, yes=yes)
            wishes = replace(first, side=side, agree=agree, notify=line.step, progress=line.sample)
            ended = on_pair(nornir, intent, _planning(wishes) if dry_run else _drilling(wishes))
        if isinstance(ended, Drilled):
            remember(ended.run, replace(memory, intent=intent_file(intent)))
            codes.append(_code(ended))
        told.append(_as_dict(ended))
        _show(fmt, _lines(ended))
        if isinstance(ended, Drilled) and ended.problem is not None:
            if fmt is Format.JSON:
                write_json({"drills": told})
            raise told_by_its_journal(ended.problem, ended.run.transaction)
    if fmt is Format.JSON:
        write_json({"drills": told})
    return max(codes)


def _planning(wishes: DrillWishes) -> Work[Proposed | Drilled]:
    """Only look at readiness, and plan."""
    from runbooks.drill import propose_drill
    from runbooks.site import logged_in

    return lambda pair, openers: propose_drill(pair, logged_in(pair, openers), wishes)


def _drilling(wishes: DrillWishes) -> Work[Proposed | Drilled]:
    """Do the drill."""
    from runbooks.drill import drill_pair

    return lambda pair, openers: drill_pair(pair, openers, wishes)


def _lines(ended: Proposed | Drilled) -> Iterator[str]:
    """Write a drill, or what it would be."""
    from runbooks.drill import Drilled

    return _drilled_lines(ended) if isinstance(ended, Drilled) else _proposed_lines(ended)


def _as_dict(ended: Proposed | Drilled) -> dict[str, Any]:
    """Give a drill, or what it would be, as plain values."""
    from runbooks.drill import Drilled

    return _drilled_as_dict(ended) if isinstance(ended, Drilled) else _proposed_as_dict(ended)


def _require_words(fmt: Format, why: str | None, *, asked: bool, force: bool) -> None:
    """Refuse what cannot be asked, and what is forced without a reason."""
    if fmt is Format.JSON and asked:
        raise IntentError("a program cannot be asked", wanted="--yes with --format json")
    if force != bool(why and why.strip()):
        raise IntentError("what is forced has a reason", wanted="--force --why TEXT")


def _memory(
    inventory: Path, runs: Path | None, archive: str | None, policy: Path | None, ticket: str
) -> Memory:
    """Tell where runs will be kept; a wrong place is told before a device is asked anything."""
    return Memory(
        runs or inventory / "runs",
        place_of(archive, inventory),
        inventory,
        policy_file(inventory, policy),
        ticket,
    )


def _agreeing(line: Live, fmt: Format, *, yes: bool) -> Callable[[Proposed], bool]:
    """Give the question that is asked with what will be typed and expected, which is shown first."""

    def agree(proposed: Proposed) -> bool:
        _show(fmt, _proposed_lines(proposed))
        if yes:
            return True
        line.progress.stop()
        agreed = ask("Let the backup take over now?")
        line.progress.start()
        return agreed

    return agree


def _show(fmt: Format, lines: Iterable[str]) -> None:
    if fmt is Format.TABLE:
        for line in lines:
            out.print(line, soft_wrap=True)


def _proposed_lines(proposed: Proposed) -> Iterator[str]:
    """Write what will be typed and what is expected."""
    yield from _ready_lines(proposed.readiness)
    yield f"moves: {escape(', '.join(proposed.trigger.names))}"
    for member in (proposed.plan.a, proposed.plan.b):
        for stage in member.forward:
            yield from (f"  {escape(member.member)}: {escape(one.text)}" for one in stage.commands)
    yield "a commit on trial, never kept: the routers take it back by themselves"
    yield f"expected: {proposed.hypothesis}"


def _drilled_lines(drilled: Drilled) -> Iterator[str]:
    """Write what was measured, against what was expected."""
    times, expected = drilled.times, drilled.proposed.hypothesis
    yield f"detection        {_seconds(times.detected_s)}"
    yield f"roles            {_seconds(times.roles_s)}  (expected {expected.roles_within_s:g} s)"
    yield f"entries usable   {_seconds(times.usable_s)}  ({drilled.held[0]} of {drilled.held[1]})"
    yield f"return           {_seconds(times.return_s)}  (expected {expected.return_within_s:g} s)"
    yield (
        f"[dim]known to {times.interval_s:.1f} s, the return to {times.return_interval_s:.1f} s; "
        "traffic was not measured[/]"
    )
    for result in drilled.run.results:
        for complaint in result.complaints:
            yield f"[bold red]{result.check}: {escape(str(complaint))}[/]"
    yield f"[bold]{escape(drilled.run.pair)}: drill {drilled.run.verdict.value}[/]"


def _seconds(value: float | None) -> str:
    return "not seen" if value is None else f"{value:.1f} s"


def _code(drilled: Drilled) -> ExitCode:
    """Give the exit code of a drill that came to its end."""
    from tasks.checks.model import Outcome

    codes = {Outcome.SUCCESS: ExitCode.DONE, Outcome.FAILURE: ExitCode.FINDINGS}
    return codes.get(drilled.run.verdict, ExitCode.UNKNOWN)


def _proposed_as_dict(proposed: Proposed) -> dict[str, Any]:
    """Give a drill before its trigger as plain values."""
    return {
        "from": proposed.trigger.side,
        "moves": list(proposed.trigger.names),
        "hypothesis": asdict(proposed.hypothesis),
        "readiness": proposed.readiness.as_dict(),
        "lines": {
            member.member: [one.text for stage in member.forward for one in stage.commands]
            for member in (proposed.plan.a, proposed.plan.b)
        },
    }


def _drilled_as_dict(drilled: Drilled) -> dict[str, Any]:
    """Give a drill with its run as plain values."""
    from runbooks.report.as_json import run_as_dict

    return {
        **_proposed_as_dict(drilled.proposed),
        "times": asdict(drilled.times),
        "entries": {"kept": drilled.held[0], "of": drilled.held[1]},
        "lost": {what: list(gone) for what, gone in drilled.lost.items()},
        "run": run_as_dict(drilled.run),
    }
