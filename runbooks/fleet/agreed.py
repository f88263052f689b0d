"""The plan that is deployed is the one that was agreed to, or the pair is refused."""

from __future__ import annotations

from inventory.errors import RefusedError
from inventory.quantities import quantity
from runbooks.plan_file import Terms
from tasks.plan.model import MemberPlan, PairPlan


def line_counts(plan: PairPlan) -> tuple[int, int]:
    """Tell how many lines are typed on a and on b."""
    return _lines(plan.a), _lines(plan.b)


def _lines(member: MemberPlan) -> int:
    return sum(len(stage.lines) for stage in member.forward)


def require_agreed(now: PairPlan, agreed: tuple[int, int], terms: Terms, *, same: bool) -> bool:
    """Refuse a plan that is another one than the one that was agreed to.

    Args:
        now: the plan of now.
        agreed: how many lines the other one had on a and on b.
        terms: in what words it was asked for.
        same: whether it is the same one.

    Raises:
        RefusedError: it is not.
    """
    if same:
        return True
    a, b = line_counts(now)
    others = ", others than those or over another configuration" if (a, b) == agreed else ""
    raise RefusedError(
        "the plan is another one than the one that was agreed to; nothing was sent",
        wanted=f"{quantity(agreed[0], 'line')} on {now.a.member} and {agreed[1]} on {now.b.member}, as shown",
        found=f"{quantity(a, 'line')} and {b}{others}",
        next_command=f"hotpair plan {now.pair}{' --remove' if terms.remove else ''}",
    )
