"""A run on the terminal: a table of checks, complaints below, one last line."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from runbooks.report.run import Run
from tasks.checks.model import CheckResult, Outcome

STYLE = {
    Outcome.SUCCESS: "green",
    Outcome.FAILURE: "bold red",
    Outcome.ERROR: "bold yellow",
    Outcome.SKIPPED: "dim",
    Outcome.UNSET: "yellow",
}
MARK = {
    Outcome.SUCCESS: "ok",
    Outcome.FAILURE: "FAIL",
    Outcome.ERROR: "??",
    Outcome.SKIPPED: "skip",
    Outcome.UNSET: "..",
}


def show_run(run: Run, console: Console) -> None:
    """Write a run to a console."""
    console.print(run_view(run))


def run_view(run: Run) -> RenderableType:
    """Give a run as something that rich can draw.

    Checks that found nothing to judge in the whole pair are only counted.
    """
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    for title in ("", "check", "subject"):
        table.add_column(title)
    table.add_column("after", justify="right")
    for result in run.judged:
        _add_rows(table, result)
    return Group(table, summary(run))


def summary(run: Run) -> Text:
    """Give the last line: the verdict and what it rests on."""
    counts = ", ".join(f"{run.count(outcome)} {outcome.value}" for outcome in Outcome if run.count(outcome))
    text = f"{run.pair}: {run.verdict.value} ({counts or 'nothing was examined'}) in {run.seconds:.1f} s"
    return Text(text, style=STYLE[run.verdict])


def _add_rows(table: Table, result: CheckResult) -> None:
    """Add a check and, below it, what is wrong with it."""
    after = "" if result.converged_after_s is None else f"{result.converged_after_s:.1f} s"
    mark = Text(MARK[result.outcome], style=STYLE[result.outcome])
    table.add_row(mark, Text(result.check), Text(result.subject), after)
    for complaint in result.complaints:
        table.add_row("", "", Text(str(complaint), style=STYLE[result.outcome]), "")
    if result.note and result.outcome is not Outcome.SUCCESS:
        table.add_row("", "", Text(result.note, style="dim"), "")
