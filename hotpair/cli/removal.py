"""What is told of a plan before anybody agrees to it: whose lines go, and who else uses what changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.output import err

if TYPE_CHECKING:
    from tasks.plan.model import PairPlan


def show_shared(plan: PairPlan, inventory: Path) -> None:
    """Name the other pairs of the inventory that use an object that the plan changes."""
    from runbooks.sharing import shared_with
    from runbooks.site import neighbours

    for shared in shared_with(plan, neighbours(inventory, plan.pair)):
        err.print(str(shared), markup=False, style="bold")


def show_strange(plan: PairPlan, journals: Path) -> None:
    """Name the lines that a removal takes away and that no transaction from here brought."""
    from runbooks.brought import strange_lines

    for member in (plan.a, plan.b):
        strange = strange_lines(member, journals, plan.pair)
        if strange is not None:
            err.print(str(strange), markup=False, style="bold")
            for line in strange.lines:
                err.print(f"  - {line}", markup=False)
