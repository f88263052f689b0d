"""A run on the terminal: a row a check, complaints below in full width, one last line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from inventory.quantities import quantity
from runbooks.report.drift_view import diff_of, is_diff
from runbooks.report.marks import MARK, MARK_WIDTH, STYLE
from runbooks.report.run import Run
from tasks.checks.model import CheckResult, Outcome


def run_view(run: Run, here: Callable[[str], str] = str) -> RenderableType:
    """Return a run as something that rich can draw.

    Checks that found nothing to judge in the whole pair are only counted.

    Args:
        run: what was judged.
        here: gives a command of ours as it is typed for this inventory.
    """
    checks = max((len(result.check) for result in run.judged), default=0)
    subjects = max((len(result.subject) for result in run.judged), default=0)
    head = Text(f"{'':{MARK_WIDTH}}  {'check':{checks}}  {'subject':{subjects}}    after", style="dim")
    rows = (row for result in run.judged for row in result_rows(result, checks, subjects, here))
    return Group(head, *rows, *hitless_lines(run), summary(run))


def hitless_lines(run: Run) -> Iterator[Text]:
    """Yield both verdicts and the time line of a run that was sampled."""
    if run.hitless is not None:
        yield from map(Text, run.hitless.lines())
        yield from (Text(f"  {line}", style="dim") for line in run.hitless.told())


def summary(run: Run) -> Text:
    """Return the last line: the verdict and what it rests on."""
    idle = len(run.not_judged)
    counts = {outcome: run.count(outcome) for outcome in Outcome}
    counts[Outcome.SKIPPED] -= idle + run.unproven
    said = [f"{count} {outcome.value}" for outcome, count in counts.items() if count]
    if run.unproven:
        said.append(f"{run.unproven} not provable here")
    if idle:
        said.append(quantity(idle, "does not apply", "do not apply"))
    text = f"{run.pair}: {run.verdict.value} ({', '.join(said) or 'nothing was examined'})"
    return Text(f"{text} in {run.seconds:.1f} s", style=STYLE[run.verdict])


def result_rows(
    result: CheckResult, checks: int, subjects: int, here: Callable[[str], str] = str
) -> Iterator[Text]:
    """Yield the row of a check and, below it, what is wrong with it: a line each, by device.

    Args:
        result: of the check.
        checks: width of the column of checks, in characters.
        subjects: width of the column of subjects.
        here: gives a command of ours as it is typed for this inventory.
    """
    after = "" if result.converged_after_s is None else f"{result.converged_after_s:.1f} s"
    row = Text(f"{MARK[result.outcome]:{MARK_WIDTH}}", style=STYLE[result.outcome])
    row.append(f"  {result.check:{checks}}  {result.subject:{subjects}}  {after:>7}", style="default")
    row.rstrip()
    yield row
    below = " " * (MARK_WIDTH + 2)
    said = sorted(result.complaints, key=lambda one: one.device)
    for line in diff_of(said) if is_diff(result) else map(str, said):
        yield Text(f"{below}{line}", style=STYLE[result.outcome])
    if result.note and result.outcome is not Outcome.SUCCESS:
        yield Text(f"{below}{result.note}", style="dim")
    if result.next_command:
        yield Text(f"{below}next: {here(result.next_command)}", style="dim")
