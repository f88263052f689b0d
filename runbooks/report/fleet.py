"""Many runs in one report: pairs as rows, the worst first, and beside them why others have no run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from inventory.errors import HotpairError
from inventory.quantities import quantity
from runbooks.report.as_csv import as_csv, row_without_run, rows_of
from runbooks.report.as_json import run_as_dict
from runbooks.report.junit import to_junit_suites
from runbooks.report.markdown import MARK as EMOJI
from runbooks.report.markdown import cell, to_markdown
from runbooks.report.marks import MARK, MARK_WIDTH, STYLE
from runbooks.report.run import WORST_FIRST, Run
from runbooks.report.terminal import run_view
from tasks.checks.model import Outcome

SCHEMA_VERSION = 1
SCHEMA_PATH = Path(__file__).with_name("fleet.schema.json")


@dataclass(frozen=True, slots=True)
class Fleet:
    """What was found in many pairs.

    Args:
        runs: one a pair.
        errors: why a pair has no run, by its name: its file is wrong, it was not reached, or not begun.
        hidden: ends that the terminal only counts.
    """

    runs: tuple[Run, ...]
    errors: Mapping[str, HotpairError]
    hidden: frozenset[Outcome] = frozenset()

    @property
    def sorted(self) -> tuple[Run, ...]:
        """Return the runs, the worst first, then by name."""
        return tuple(sorted(self.runs, key=lambda run: (WORST_FIRST.index(run.verdict), run.pair)))

    @property
    def counts(self) -> dict[Outcome, int]:
        """Tell how many pairs ended how, the worst first."""
        counted = Counter(run.verdict for run in self.runs)
        return {outcome: counted[outcome] for outcome in WORST_FIRST if counted[outcome]}

    @property
    def says(self) -> str:
        """One line, e.g. `3 pairs: 1 failure, 2 success; 1 more gave no result`."""
        ends = ", ".join(f"{count} {outcome.value}" for outcome, count in self.counts.items())
        wrong = f"; {len(self.errors)} more gave no result" if self.errors else ""
        return f"{quantity(len(self.runs), 'pair')}: {ends or 'none'}{wrong}"


def reason(run: Run) -> str:
    """Return the first thing that is wrong with a pair, and how many more there are."""
    wrong = [one for one in run.results if one.outcome in {Outcome.FAILURE, Outcome.ERROR}]
    wrong.sort(key=lambda one: WORST_FIRST.index(one.outcome))
    if not wrong:
        return ""
    first = wrong[0]
    what = str(first.complaints[0]) if first.complaints else first.note or first.title
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return f"{first.check}: {what}{more}"


def fleet_view(fleet: Fleet, here: Callable[[str], str] = str) -> RenderableType:
    """Return many pairs as something that rich can draw: those that are wrong in full below their rows.

    Args:
        fleet: what was judged.
        here: gives a command of ours as it is typed for this inventory.
    """
    shown = [run for run in fleet.sorted if run.verdict not in fleet.hidden]
    width = max((len(run.pair) for run in shown), default=0)
    rows = [_row(run, width) for run in shown]
    wrong = [run_view(run, here) for run in shown if run.verdict is not Outcome.SUCCESS]
    return Group(*rows, *wrong, Text(fleet.says))


def _row(run: Run, width: int) -> Text:
    row = Text(f"{MARK[run.verdict]:{MARK_WIDTH}}", style=STYLE[run.verdict])
    row.append(f"  {run.pair:{width}}  {reason(run)}", style="default")
    row.rstrip()
    return row


def fleet_as_dict(fleet: Fleet) -> dict[str, Any]:
    """Return plain values; `fleet.schema.json` beside this file is their schema."""
    return {
        "schema_version": SCHEMA_VERSION,
        "counts": {outcome.value: count for outcome, count in fleet.counts.items()},
        "runs": [run_as_dict(run) for run in fleet.runs],
        "errors": [{"pair": name, **error.as_dict()} for name, error in fleet.errors.items()],
    }


def _to_json(fleet: Fleet) -> str:
    return json.dumps(fleet_as_dict(fleet), indent=2, ensure_ascii=False) + "\n"


def _to_junit(fleet: Fleet) -> str:
    return to_junit_suites(fleet.sorted, {name: str(error) for name, error in fleet.errors.items()})


def _to_csv(fleet: Fleet) -> str:
    results = [row for run in fleet.sorted for row in rows_of(run)]
    return as_csv([*results, *(row_without_run(name, str(error)) for name, error in fleet.errors.items())])


def _to_markdown(fleet: Fleet) -> str:
    rows = [
        f"| {EMOJI[run.verdict]} | {cell(run.pair)} | {run.started_at:%Y-%m-%d %H:%M:%S %Z} |"
        f" {cell(reason(run))} |"
        for run in fleet.sorted
    ]
    rows += [
        f"| {EMOJI[Outcome.ERROR]} | {cell(name)} | | {cell(str(error))} |"
        for name, error in fleet.errors.items()
    ]
    table = "\n".join(["| | pair | looked at | first finding |", "|---|---|---|---|", *rows])
    wrong = [to_markdown(run) for run in fleet.sorted if run.verdict is not Outcome.SUCCESS]
    return "\n\n".join([f"# {fleet.says}", table, *wrong]).rstrip() + "\n"


def _to_html(fleet: Fleet) -> str:
    from runbooks.report.html import environment, run_values

    template = environment("runbooks.report").get_template("fleet.html.j2")
    wrong = [run for run in fleet.sorted if run.verdict is not Outcome.SUCCESS]
    body = environment("runbooks.report").get_template("run_body.html.j2")
    return template.render(
        fleet=fleet, reason=reason, bodies=[(run, body.render(run_values(run))) for run in wrong]
    )


FORMS: Mapping[str, Callable[[Fleet], str]] = {
    ".html": _to_html,
    ".json": _to_json,
    ".xml": _to_junit,
    ".md": _to_markdown,
    ".csv": _to_csv,
}
"""Writers by the ending of the file."""
