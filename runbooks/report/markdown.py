"""A run as Markdown, for a change ticket."""

from __future__ import annotations

from runbooks.report.run import Run
from tasks.checks.model import CheckResult, Outcome

MARK = {
    Outcome.SUCCESS: "✅",
    Outcome.FAILURE: "❌",
    Outcome.ERROR: "❓",
    Outcome.SKIPPED: "⏭️",
    Outcome.UNSET: "❓",
}


def to_markdown(run: Run) -> str:
    """Return a run as Markdown: verdict, changes, checks, complaints."""
    parts = [_head(run), _changes(run), _checks(run), _complaints(run), _hitless(run)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(run: Run) -> str:
    counts = ", ".join(f"{run.count(outcome)} {outcome.value}" for outcome in Outcome if run.count(outcome))
    if run.unproven:
        counts += f", of them {run.unproven} not provable here"
    when = f"{run.started_at:%Y-%m-%d %H:%M:%S %Z}, {run.seconds:.1f} s"
    lines = [
        f"# {run.kind.value.capitalize()} of {run.pair}: {MARK[run.verdict]} {run.verdict.value}",
        "",
        f"{run.members[0]} (a) and {run.members[1]} (b), {when}. {counts or 'Nothing was examined'}.",
    ]
    if run.transaction:
        lines += ["", f"Transaction `{run.transaction}`: {run.outcome}. Safety line: {run.safety_line}."]
    if run.ticket:
        lines += ["", f"Ticket: {run.ticket}."]
    lines += [f"\nAccepted: {cell(accepted)}." for accepted in run.accepted]
    return "\n".join(lines)


def _changes(run: Run) -> str:
    blocks = [
        f"### {change.member}\n\n```\n" + "\n".join(change.commands) + "\n```"
        for change in run.changes
        if change.commands
    ]
    return "\n\n".join(["## Typed", *blocks]) if blocks else ""


def _checks(run: Run) -> str:
    rows = [_row(result) for result in run.judged]
    return "\n".join(["## Checks", "", "| | check | subject | after |", "|---|---|---|---|", *rows])


def _row(result: CheckResult) -> str:
    after = "" if result.converged_after_s is None else f"{result.converged_after_s:.1f} s"
    cells = (MARK[result.outcome], result.check, cell(result.subject), after)
    return f"| {' | '.join(cells)} |"


def _complaints(run: Run) -> str:
    lines = [
        f"- **{result.check}** ({result.outcome.value}): {cell(str(complaint))}"
        for result in run.results
        for complaint in result.complaints
    ]
    notes = [
        f"- **{result.check}** ({result.outcome.value}): {cell(result.note)}"
        for result in run.judged
        if result.outcome is not Outcome.SUCCESS and result.note
    ]
    notes += [
        f"- **{result.check}**: next: `{cell(result.next_command)}`"
        for result in run.judged
        if result.next_command
    ]
    return "\n".join(["## What was found", "", *lines, *notes]) if lines or notes else ""


def _hitless(run: Run) -> str:
    """Write both verdicts and the time line of a run that was sampled."""
    if run.hitless is None:
        return ""
    said = [f"- {cell(line)}" for line in run.hitless.lines()]
    return "\n".join(["## Hitless or not", "", *said, "", "```", *run.hitless.told(), "```"])


def cell(text: str) -> str:
    """Make text safe for a table cell."""
    return text.replace("|", "\\|").replace("\n", " ")
