"""What is told of a plan before anybody agrees to it: whose lines go, and who else uses what changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.output import err

if TYPE_CHECKING:
    from tasks.plan.model import PairPlan


def show_shared(plan: PairPlan, inventory: Path) -> None:
    """Name the other pairs of the inventory that use an object that the plan changes."""
    from runbooks.inventory_pairs import neighbours
    from runbooks.sharing import shared_with

    for shared in shared_with(plan, neighbours(inventory, plan.pair)):
        err.print(str(shared), markup=False, style="bold")


def question_of(what: str, *, remove: bool) -> str:
    """Return what is asked before a deployment, which may be a removal.

    >>> question_of("2 pairs", remove=True)
    'Take 2 pairs away from their members?'
    """
    return f"Take {what} away from their members?" if remove else f"Deploy {what}?"


def show_strange(plans: Iterable[PairPlan], journals: Path) -> None:
    """Name the lines that removals take away and that no transaction from here brought."""
    from runbooks.brought import done, strange_lines

    going = tuple(plans)
    ended = done(journals, {plan.pair for plan in going})
    found = [strange_lines(member, ended[plan.pair]) for plan in going for member in (plan.a, plan.b)]
    for strange in (one for one in found if one is not None):
        err.print(str(strange), markup=False, style="bold")
        for line in strange.lines:
            err.print(f"  - {line}", markup=False)
