"""Drift: what runs on a pair and is not what its intent says."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.facts import ConfigTree
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.plan.model import MemberPlan, PairPlan

TITLE = "Both members hold every line of the intent and none that was taken out of it."
COMMAND = "display current-configuration"


def drift_results(plan: PairPlan) -> tuple[CheckResult, ...]:
    """Give one result a member: success when the plan to the intent is empty.

    Args:
        plan: from what runs to the intent.
    """
    return tuple(_result(member) for member in (plan.a, plan.b))


def _result(member: MemberPlan) -> CheckResult:
    complaints = tuple(_complaints(member))
    return CheckResult(
        check="drift",
        subject=f"configuration of {member.member}",
        outcome=Outcome.FAILURE if member.forward else Outcome.SUCCESS,
        title=TITLE,
        tags=("configuration",),
        complaints=complaints,
    )


def _complaints(member: MemberPlan) -> Iterator[Complaint]:
    """Give one complaint a line that is missing or too much."""
    have, want = _lines(member.base), _lines(member.predicted)
    for line in want:
        if line not in have:
            text = "a line of the intent is not configured"
            yield Complaint(text, line, "absent", member.member, COMMAND)
    for line in have:
        if line not in want:
            text = "a line is configured that the intent does not have"
            yield Complaint(text, "absent", line, member.member, COMMAND)


def _lines(tree: ConfigTree) -> dict[str, None]:
    """Give every line with its views, as `view / view / line`, in order."""
    return dict.fromkeys(" / ".join((*path, line.text)) for path, line in tree.walk())
