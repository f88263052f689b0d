"""How a drill, or what it would be, is shown: as lines, as a document, as an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from hotpair.cli.ready import ready_lines
from hotpair.exit_codes import ExitCode

if TYPE_CHECKING:
    from runbooks.drill.model import Drilled, Proposed


def drill_lines(ended: Proposed | Drilled) -> Iterator[str]:
    """Write a drill, or what it would be."""
    from runbooks.drill.model import Drilled

    return _drilled_lines(ended) if isinstance(ended, Drilled) else proposed_lines(ended)


def drill_as_dict(ended: Proposed | Drilled) -> dict[str, Any]:
    """Return a drill, or what it would be, as plain values."""
    from runbooks.drill.model import Drilled

    return _drilled_as_dict(ended) if isinstance(ended, Drilled) else _proposed_as_dict(ended)


def proposed_lines(proposed: Proposed) -> Iterator[str]:
    """Write what will be typed and what is expected."""
    yield from ready_lines(proposed.readiness)
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
    yield (f"[dim]known to {times.interval_s:.1f} s, the return to {times.return_interval_s:.1f} s[/]")
    if drilled.run.hitless is not None:
        yield from map(escape, drilled.run.hitless.lines())
        yield from (f"  [dim]{escape(line)}[/]" for line in drilled.run.hitless.told())
    for result in drilled.run.results:
        for complaint in result.complaints:
            yield f"[bold red]{result.check}: {escape(str(complaint))}[/]"
    yield f"[bold]{escape(drilled.run.pair)}: drill {drilled.run.verdict.value}[/]"


def _seconds(value: float | None) -> str:
    return "not seen" if value is None else f"{value:.1f} s"


def drill_code(drilled: Drilled) -> ExitCode:
    """Return the exit code of a drill that came to its end."""
    from tasks.checks.model import Outcome

    codes = {Outcome.SUCCESS: ExitCode.DONE, Outcome.FAILURE: ExitCode.FINDINGS}
    return codes.get(drilled.run.verdict, ExitCode.UNKNOWN)


def _proposed_as_dict(proposed: Proposed) -> dict[str, Any]:
    """Return a drill before its trigger as plain values."""
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
    """Return a drill with its run as plain values."""
    from runbooks.report.as_json import run_as_dict

    return {
        **_proposed_as_dict(drilled.proposed),
        "times": asdict(drilled.times),
        "entries": {"kept": drilled.held[0], "of": drilled.held[1]},
        "lost": {what: list(gone) for what, gone in drilled.lost.items()},
        "run": run_as_dict(drilled.run),
    }
