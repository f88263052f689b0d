"""What is told of a removal before anybody agrees to it: whose lines go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.output import err

if TYPE_CHECKING:
    from tasks.plan.model import PairPlan


def show_strange(plan: PairPlan, journals: Path) -> None:
    """Name the lines that a removal takes away and that no transaction from here brought."""
    from runbooks.brought import strange_lines

    for member in (plan.a, plan.b):
        strange = strange_lines(member, journals, plan.pair)
        if strange is not None:
            err.print(str(strange), markup=False, style="bold")
            for line in strange.lines:
                err.print(f"  - {line}", markup=False)
