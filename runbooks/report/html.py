"""A run as one self-contained HTML page: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from inventory.lines.impact import Impact
from inventory.quantities import quantity
from runbooks.report.as_json import digest
from runbooks.report.picture import Way, picture
from runbooks.report.plan_view import MARK
from runbooks.report.roles import roles_of
from runbooks.report.run import WORST_FIRST, Run
from tasks.checks.model import DRIFT, CheckResult, Outcome

if TYPE_CHECKING:
    from jinja2 import Environment

ABSENT = "absent"
"""What a complaint of drift says of a line that is not there."""


@dataclass(frozen=True, slots=True)
class Marked:
    """How a typed line is shown.

    Args:
        mark: before the line, so that colour is not needed.
        css: class of the line.
    """

    mark: str
    css: str


_IMPACTS = {
    Impact.HITLESS.value: Marked(MARK[Impact.HITLESS], ""),
    Impact.RESETS_SESSION.value: Marked(MARK[Impact.RESETS_SESSION], "resets"),
    Impact.AFFECTS_SERVICE.value: Marked(MARK[Impact.AFFECTS_SERVICE], "affects"),
}


def to_html(run: Run) -> str:
    """Return a run as an HTML page that can be attached to a ticket, opened offline and printed."""
    return environment("runbooks.report").get_template("run.html.j2").render(run_values(run))


def run_values(run: Run) -> dict[str, Any]:
    """Return what the page of a run shows: the checks that are wrong first, drift as a diff."""
    waited = [result for result in run.results if result.converged_after_s]
    rows = tuple(_without_diff(result) for result in sorted(run.judged, key=_rank))
    roles = roles_of(run)
    return {
        "run": run,
        "Outcome": Outcome,
        "rows": rows,
        "ends": {end: count for end in WORST_FIRST if (count := sum(row.outcome is end for row in rows))},
        "drift": drift_lines(run.results),
        # Ours, with every text set through ElementTree, which escapes it.
        "picture": Markup(picture(run, roles)),  # noqa: S704 - built by ElementTree, escaped there
        "upright": Markup(picture(run, roles, Way.UPRIGHT)),  # noqa: S704 - as above
        "digest": digest,
        "impacts": _IMPACTS,
        "timeline": sorted(waited, key=lambda result: result.converged_after_s or 0),
        "longest": max((result.converged_after_s or 0 for result in waited), default=0),
    }


def drift_lines(results: Sequence[CheckResult]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the drift of each member as signed lines: `-` runs and is not meant, `+` is meant and absent."""
    found: dict[str, list[tuple[str, str]]] = {}
    for result in results:
        for said in result.complaints if _is_diff(result) else ():
            signed = (("-", said.found), ("+", said.wanted))
            lines = [(sign, line) for sign, line in signed if line and line != ABSENT]
            found.setdefault(said.device, []).extend(lines)
    return {member: tuple(lines) for member, lines in found.items()}


def environment(*packages: str) -> Environment:
    """Make a template environment; everything is escaped.

    Args:
        packages: whose folders `templates` hold them; the first that has one gives it.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape

    made = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["quantity"] = quantity
    return made


def _rank(result: CheckResult) -> int:
    return WORST_FIRST.index(result.outcome)


def _is_diff(result: CheckResult) -> bool:
    return result.check == DRIFT and result.outcome is Outcome.FAILURE


def _without_diff(result: CheckResult) -> CheckResult:
    """Leave out of the table what the diff below it shows."""
    if not _is_diff(result):
        return result
    many = len(result.complaints)
    return replace(result, complaints=(), note=f"{many} difference{'s' * (many > 1)}, shown above")
