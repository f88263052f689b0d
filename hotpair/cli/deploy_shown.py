"""What is shown of a deployment: its id, the question before it, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.asking import agreeing
from hotpair.cli.fleet import JOURNALS
from hotpair.cli.live import Live
from hotpair.cli.output import Format, err, here, out, write_json
from hotpair.cli.removal import show_shared, show_strange
from inventory.errors import HotpairError

if TYPE_CHECKING:
    from runbooks.change import Changed
    from tasks.plan.model import PairPlan

NEW = "both members are new and saved"
"""What is said of a pair on which a change was made."""


def announced(fmt: Format, transaction: str) -> None:
    """Say the id first: whatever happens from here on, it is what has to be typed again."""
    (out if fmt is Format.TABLE else err).print(f"transaction {transaction}", markup=False)


def agreeing_to(
    line: Live, fmt: Format, inventory: Path, *, remove: bool, yes: bool
) -> Callable[[PairPlan], bool]:
    """Return the question that is asked with the plan, which is shown first; of a removal, whose lines go."""

    def show(plan: PairPlan) -> None:
        if fmt is Format.TABLE:
            _show_plan(plan)
        show_shared(plan, inventory)
        if remove:
            show_strange((plan,), inventory / JOURNALS)

    question = "Take this away from both members?" if remove else "Deploy this to both members?"
    return agreeing(line, show, question, yes=yes)


def _show_plan(plan: PairPlan) -> None:
    """Show what will be typed."""
    from runbooks.report.plan_view import plan_view

    out.print(plan_view(plan))


def told_by_its_journal(problem: HotpairError, transaction: str) -> HotpairError:
    """Return the error of a transaction; where nothing is left to do, its journal tells what was done."""
    problem.next_command = problem.next_command or f"hotpair txn show {transaction}"
    return problem


def show_end(changed: Changed, fmt: Format, *, removed: bool) -> None:
    """Show how it ended; an end that is not the wanted one is the command's error."""
    from runbooks.planning import plan_as_dict
    from runbooks.report.as_json import run_as_dict
    from runbooks.report.terminal import run_view

    if fmt is Format.JSON:
        write_json({"plan": plan_as_dict(changed.plan), "run": run_as_dict(changed.run)})
    elif changed.plan.empty and changed.problem is None:
        for told in changed.told:
            out.print(f"  {told}", markup=False)
        left = "nothing of the pair is left on either member" if removed else changed.plan.nothing
        out.print(f"{changed.plan.pair}: nothing to do, {left}.", markup=False)
    elif changed.run.results:
        out.print(run_view(changed.run, here))
    if changed.problem is not None and changed.plan.empty:
        raise changed.problem
    if changed.problem is not None:
        raise told_by_its_journal(changed.problem, changed.run.transaction)
    if not changed.plan.empty:
        is_now = "the pair is gone from both members, which are saved" if removed else NEW
        err.print(f"{changed.run.transaction}: {is_now}.")
