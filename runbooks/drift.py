"""Drift: what runs on a pair and is not what its intent says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inventory.errors import IntentError, RefusedError
from inventory.facts import ConfigTree
from inventory.lines.statement import Key
from inventory.model import SIDES, Pair, Side
from parsers.api import configuration_text
from parsers.tree import add_line, read_tree
from runbooks.commit_authors import explain, explain_alone
from runbooks.drift_asked import ABSENT, CHANGED, COMMAND, EXTRA, MISSING, TAGS, TITLE, subject_of
from tasks.checks.check import doubt_of
from tasks.checks.model import DRIFT, CheckResult, Complaint, Observation, Outcome
from tasks.plan.items import items_of
from tasks.plan.model import MemberPlan, PairPlan
from tasks.plan.pair import plan_pair, plan_side


def judge_drift(pair: Pair, observations: Sequence[Observation]) -> tuple[CheckResult, ...]:
    """Judge what was seen to run on both members by the intent.

    Args:
        pair: intent.
        observations: among them `display current-configuration` of both members.

    What was refused, cut or not read whole is an error: whether it drifted could not be told.

    Raises:
        IntentError: it is not among them.
    """
    seen = {one.member: one for one in observations if one.command == COMMAND}
    names = {side: pair.members.of(side) for side in SIDES}
    missing = [name for name in names.values() if name not in seen]
    if missing:
        raise IntentError("the evidence of drift is missing", wanted=COMMAND, member=", ".join(missing))
    doubts = {name: doubt for name in names.values() if (doubt := doubt_of(seen[name])) is not None}
    if doubts:
        return tuple(_ended(name, Outcome.ERROR, (doubt,)) for name, doubt in doubts.items())
    trees = {side: read_tree(configuration_text(seen[name].parsed), name) for side, name in names.items()}
    try:
        plan = plan_pair(pair, trees)
    except RefusedError as error:
        return _beyond_reach(pair, error)
    return explain(pair, plan, drift_results(plan), observations)


def judge_drift_of_one(pair: Pair, side: Side, observations: Sequence[Observation]) -> CheckResult:
    """Judge one member by the intent while the other one gives no answer.

    Args:
        pair: intent.
        side: which member.
        observations: among them its `display current-configuration`.
    """
    name = pair.members.of(side)
    (seen,) = (one for one in observations if (one.member, one.command) == (name, COMMAND))
    doubt = doubt_of(seen)
    if doubt is not None:
        return _ended(name, Outcome.ERROR, (doubt,))
    try:
        plan = plan_side(pair, side, read_tree(configuration_text(seen.parsed), name))
    except RefusedError as error:
        return _refused(name, error)
    return explain_alone(plan, _result(plan), observations)


def _beyond_reach(pair: Pair, error: RefusedError) -> tuple[CheckResult, ...]:
    """Return the results of a pair that a deployment could not bring back, one a member."""
    return tuple(_refused(pair.members.of(side), error) for side in SIDES)


def _refused(name: str, error: RefusedError) -> CheckResult:
    complaint = Complaint(error.message, error.wanted or "", error.found or "", error.member or name, COMMAND)
    return _ended(name, Outcome.FAILURE, (complaint,))


def drift_results(plan: PairPlan) -> tuple[CheckResult, ...]:
    """Return one result a member: success when the plan to the intent is empty.

    Args:
        plan: from what runs to the intent.
    """
    return tuple(_result(member) for member in (plan.a, plan.b))


def intent_held(pair: Pair) -> tuple[CheckResult, ...]:
    """Return what a deployment that ended well saw: both hold the intent, and no other owned lines."""
    return tuple(_ended(pair.members.of(side), Outcome.SUCCESS, ()) for side in SIDES)


def _result(member: MemberPlan) -> CheckResult:
    outcome = Outcome.FAILURE if member.forward else Outcome.SUCCESS
    return _ended(member.member, outcome, tuple(_complaints(member)))


def _ended(name: str, outcome: Outcome, complaints: tuple[Complaint, ...]) -> CheckResult:
    """Write the result about the configuration of a member, or of the pair."""
    return CheckResult(DRIFT, subject_of(name), outcome, TITLE, TAGS, complaints)


def _complaints(member: MemberPlan) -> Iterator[Complaint]:
    """Yield one complaint a line that is missing, too much, or there with another value."""
    have, want = _lines(member.base), _lines(member.predicted)
    extra = {line: _instance(path) for line, path in have.items() if line not in want}
    instead = {key: line for line, key in extra.items() if key is not None}
    for line, path in want.items():
        if line in have:
            continue
        key = _instance(path)
        changed = None if key is None else instead.pop(key, None)
        if changed is not None:
            extra.pop(changed)
        text = MISSING if changed is None else CHANGED
        yield Complaint(text, line, changed or ABSENT, member.member, COMMAND)
    for line in extra:
        yield Complaint(EXTRA, ABSENT, line, member.member, COMMAND)


def _instance(path: tuple[str, ...]) -> Key | None:
    """Tell which instance a line is: a line of the same instance is the same one with another value."""
    keys = [*items_of(add_line(ConfigTree(), path[:-1], path[-1]))]
    return keys[-1] if len(keys) == len(path) else None


def _lines(tree: ConfigTree) -> dict[str, tuple[str, ...]]:
    """Return every line with its path, as `view / view / line`, in order."""
    return {" / ".join(path): path for views, line in tree.walk() for path in [(*views, line.text)]}
