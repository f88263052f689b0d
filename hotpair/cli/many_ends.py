"""How the pairs of a fleet ended: as a table, a document, report files, and an exit code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotpair.cli.output import Format, in_rows, out, show_rows, write_json
from hotpair.exit_codes import OF_CHANGES, ExitCode, exit_code_of, worst
from inventory.errors import HotpairError, RefusedError

if TYPE_CHECKING:
    from runbooks.change import Changed
    from runbooks.fleet.over import Ended
    from tasks.plan.model import PairPlan

Broken = Mapping[str, HotpairError]
"""What is wrong with pair files, by name of the pair."""


def _impact(plan: PairPlan) -> str:
    """Return the highest impact of a plan, for the table."""
    from runbooks.planning import highest_impact

    return highest_impact(plan) or "-"


def show_plans(ends: Sequence[Ended[PairPlan]]) -> None:
    """Show a line a plan, and why a pair has none."""
    from runbooks.fleet.agreed import line_counts

    rows = []
    for one in ends:
        plan = one.value
        if plan is None:
            rows.append((one.pair.name, "-", "-", _told(one.error) if one.error else "not begun"))
        else:
            a, b = line_counts(plan)
            rows.append((plan.pair, str(a), str(b), _impact(plan)))
    show_rows(("pair", "lines a", "lines b", "impact"), rows)


def plan_row(ended: Ended[PairPlan]) -> dict[str, Any]:
    """Return a plan as a document, or why there is none."""
    from runbooks.planning import plan_as_dict

    if ended.value is None:
        error = {} if ended.error is None else ended.error.as_dict()
        return {"pair": ended.pair.name, "error": error}
    return plan_as_dict(ended.value)


def said_of(ended: Ended[Changed], told: Callable[[HotpairError], str] = str) -> str:
    """Say how a pair ended.

    Args:
        ended: the pair.
        told: how an error is told; on one line without it.
    """
    if ended.error is not None:
        return f"not changed: {told(ended.error)}"
    if ended.value is None:
        return "not begun"
    if ended.value.problem is not None:
        return told(ended.value.problem)
    return "nothing to do" if ended.value.plan.empty else "both members are new and saved"


def show_ends(
    ends: Sequence[Ended[Changed]], failed: Sequence[Ended[PairPlan]], broken: Broken, fmt: Format
) -> None:
    """Show how each pair ended, those that were not planned beside the others."""
    told = str if fmt is Format.JSON else _told
    rows = [(one.pair.name, _transaction(one), said_of(one, told)) for one in ends]
    rows += [(one.pair.name, "", f"not planned: {told(one.error)}") for one in failed if one.error]
    if fmt is Format.JSON:
        keys = ("pair", "transaction", "end")
        pairs = [dict(zip(keys, row, strict=True)) for row in sorted(rows)]
        write_json({"pairs": pairs, "errors": broken_rows(broken)})
    elif rows:
        show_rows(("pair", "transaction", "end"), sorted(rows))
    else:
        out.print("Nothing to do: every pair holds its intent.")


def write_reports(
    files: Sequence[Path], ends: Sequence[Ended[Changed]], failed: Sequence[Ended[PairPlan]], broken: Broken
) -> None:
    """Write the report files; one that cannot be written is told, and changes nothing of how pairs ended."""
    from hotpair.cli.reports import write_each
    from runbooks.report.fleet import Fleet as Report

    errors: dict[str, HotpairError] = {**broken}
    errors |= {one.pair.name: one.error for one in ends if one.error is not None}
    errors |= {one.pair.name: one.error for one in failed if one.error is not None}
    errors |= {one.pair.name: RefusedError("the pair was not begun") for one in ends if not one.begun}
    told = Report(tuple(one.value.run for one in ends if one.value is not None), errors)
    write_each(told, files)


def _told(error: HotpairError) -> str:
    """Tell an error in rows."""
    return in_rows(error.message, error.details)


def _transaction(ended: Ended[Changed]) -> str:
    return ended.value.run.transaction if ended.value is not None else ""


def broken_rows(broken: Broken) -> list[dict[str, str]]:
    """Return what is wrong with pair files as a document."""
    return [{"pair": name, **error.as_dict()} for name, error in broken.items()]


def plan_code(ended: Ended[PairPlan]) -> ExitCode:
    """Return how the planning of one pair ends."""
    if ended.value is not None:
        return ExitCode.DONE if ended.value.empty else ExitCode.CHANGES
    return ExitCode.UNKNOWN if ended.error is None else exit_code_of(ended.error)


def problem_of(ended: Ended[Changed]) -> HotpairError | None:
    """Return why a pair did not come to be."""
    return ended.error or (ended.value.problem if ended.value is not None else None)


def deploy_code(ended: Ended[Changed]) -> ExitCode:
    """Return how the deployment of one pair ends."""
    problem = problem_of(ended)
    if problem is not None:
        return exit_code_of(problem)
    return ExitCode.DONE if ended.begun else ExitCode.REFUSED


def code_of(broken: Broken, codes: Sequence[ExitCode]) -> int:
    """Return the worst end, of pairs and of pair files."""
    return worst((*codes, *(exit_code_of(error) for error in broken.values())), OF_CHANGES)
