"""Drift: what runs on a pair and is not what its intent says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inventory.errors import IntentError, RefusedError
from inventory.facts import ConfigTree
from inventory.model import SIDES, Pair
from parsers.tree import read_tree
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tasks.checks.policy import DRIFT
from tasks.plan.model import MemberPlan, PairPlan
from tasks.plan.pair import plan_pair

TAGS = ("configuration",)
TITLE = "Both members hold every line of the intent and none that was taken out of it."
COMMAND = "display current-configuration"


def judge_drift(pair: Pair, observations: Sequence[Observation]) -> tuple[CheckResult, ...]:
    """Judge what was seen to run on both members by the intent.

    Args:
        pair: intent.
        observations: among them `display current-configuration` of both members.

    Raises:
        IntentError: it is not among them.
    """
    seen = {one.member: one.text for one in observations if one.command == COMMAND}
    names = {side: pair.members.of(side) for side in SIDES}
    missing = [name for name in names.values() if name not in seen]
    if missing:
        raise IntentError("the evidence of drift is missing", wanted=COMMAND, member=", ".join(missing))
    try:
        plan = plan_pair(pair, {side: read_tree(seen[name], name) for side, name in names.items()})
    except RefusedError as error:
        return (_beyond_reach(pair, error),)
    return drift_results(plan)


def _beyond_reach(pair: Pair, error: RefusedError) -> CheckResult:
    """Give the result of a pair that a deployment could not bring back."""
    complaint = Complaint(
        error.message, error.wanted or "", error.found or "", error.member or pair.name, COMMAND
    )
    return CheckResult(
        check=DRIFT,
        subject=f"configuration of {pair.name}",
        outcome=Outcome.FAILURE,
        title=TITLE,
        tags=TAGS,
        complaints=(complaint,),
    )


def drift_results(plan: PairPlan) -> tuple[CheckResult, ...]:
    """Give one result a member: success when the plan to the intent is empty.

    Args:
        plan: from what runs to the intent.
    """
    return tuple(_result(member) for member in (plan.a, plan.b))


def _result(member: MemberPlan) -> CheckResult:
    complaints = tuple(_complaints(member))
    return CheckResult(
        check=DRIFT,
        subject=f"configuration of {member.member}",
        outcome=Outcome.FAILURE if member.forward else Outcome.SUCCESS,
        title=TITLE,
        tags=TAGS,
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
