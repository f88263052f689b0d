"""Judge a pair by what its members said; a member that is away is told. Nothing is dialled here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from inventory.errors import HotpairError
from inventory.model import SIDES, Pair
from runbooks.drift_asked import COMMAND, COMMITS, TAGS, TITLE, answered, subject_of
from runbooks.fleet.looked import Looked
from runbooks.report.run import Run, RunKind, run_id
from runbooks.unchanged import Before, judge_what_changed
from tasks.checks.catalog import checks_for, displays_on_both
from tasks.checks.model import DRIFT, REACH, CheckResult, Complaint, Observation, Outcome
from tasks.checks.policy import Policy
from tasks.checks.weighing import weigh

CONFIGURATION = (COMMITS, COMMAND)
"""Asked in this order: a commit between both makes the list look older than what runs, never newer."""
_REACHED = "Both members give a session and answer."


def displays_of(pair: Pair, policy: Policy) -> dict[str, tuple[str, ...]]:
    """Return the displays that a check of a pair needs, by member."""
    needed = displays_on_both(checks_for(policy.selection), pair)
    return {pair.members.of(side): (*CONFIGURATION, *commands) for side, commands in needed.items()}


def judge_pair(
    pair: Pair,
    looked: Mapping[str, Looked],
    policy: Policy,
    started_at: datetime,
    before: Before | None = None,
) -> Run:
    """Judge a pair by what its members said.

    Args:
        pair: intent.
        looked: what each router said, by name; those of other pairs do not matter.
        policy: which checks run, thresholds and waivers.
        started_at: moment at which the look began, with time zone.
        before: the last judgement, by the same intent, policy and release; what rests on the same answers is
            not judged again.
    """
    own = displays_of(pair, policy)
    seen = tuple(one for member, asked in own.items() for one in _asked(looked[member], asked))
    away = unreached(pair, looked)
    checks = checks_for(policy.selection)
    judged = judge_what_changed(checks, pair, seen, policy.limits, before) if seen else ()
    drift = _drift_before(pair, seen, before) or drift_of(pair, seen, away)
    found = weigh((*drift, *judged), policy, started_at.date())
    return Run(
        id=run_id(RunKind.CHECK, pair.name, started_at),
        kind=RunKind.CHECK,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=max((one.taken_at for one in seen), default=datetime.now(UTC)),
        results=(*(away or (all_answered(pair),)), *found),
        observations=seen,
    )


def _drift_before(pair: Pair, seen: Sequence[Observation], before: Before | None) -> tuple[CheckResult, ...]:
    """Return the last results of drift where both configurations are those of then and held; else none."""
    if before is None or not before.same(seen) >= {(pair.members.of(side), COMMAND) for side in SIDES}:
        return ()
    return before.good(DRIFT)


def not_judged(pair: Pair, error: HotpairError, started_at: datetime) -> Run:
    """Return the run of a pair that could not be judged, with the reason."""
    names = (pair.members.of(side) for side in SIDES)
    return Run(
        id=run_id(RunKind.CHECK, pair.name, started_at),
        kind=RunKind.CHECK,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=datetime.now(UTC),
        results=tuple(_away(pair, name, error) for name in names),
    )


def unreached(pair: Pair, looked: Mapping[str, Looked]) -> tuple[CheckResult, ...]:
    """Tell of each member that gave no answer why, with a result a member."""
    names = (pair.members.of(side) for side in SIDES)
    return tuple(_away(pair, name, error) for name in names if (error := looked[name].error) is not None)


def _asked(looked: Looked, commands: tuple[str, ...]) -> Iterator[Observation]:
    """Return the answers to a pair's own displays, in the order in which it asks them."""
    answers = {one.command: one for one in looked.seen}
    wanted = dict.fromkeys((*commands, *answered(looked.seen)))
    return (answers[command] for command in wanted if command in answers)


def drift_of(pair: Pair, seen: Sequence[Observation], away: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """Judge drift; with a member away that of the other one."""
    from runbooks.drift import judge_drift, judge_drift_of_one

    if not away:
        return judge_drift(pair, seen)
    unseen = {one.complaints[0].device for one in away}
    read = {one.member for one in seen if one.command == COMMAND} - unseen
    names = {side: pair.members.of(side) for side in SIDES}
    return tuple(
        judge_drift_of_one(pair, side, seen) if name in read else _not_seen(name)
        for side, name in names.items()
    )


def _not_seen(name: str) -> CheckResult:
    """Tell that nothing can be said of the configuration of a member."""
    complaint = Complaint("there is no configuration to judge", "an answer", "none", name, COMMAND)
    return CheckResult(DRIFT, subject_of(name), Outcome.ERROR, TITLE, TAGS, (complaint,))


def all_answered(pair: Pair) -> CheckResult:
    """Tell that both members answered; an earlier finding that one did not ends with it."""
    return CheckResult(REACH, pair.name, Outcome.SUCCESS, _REACHED, ("reach",))


def unanswered(pair: Pair, seen: Sequence[Observation]) -> tuple[CheckResult, ...]:
    """Tell of which members nothing was kept, for evidence that is judged again."""
    told = {one.member for one in seen}
    names = (pair.members.of(side) for side in SIDES)
    error = HotpairError("no answer of it was kept", wanted="an answer", found="none")
    return tuple(_away(pair, name, error) for name in names if name not in told)


def _away(pair: Pair, member: str, error: HotpairError) -> CheckResult:
    """Tell why a member gave no answer."""
    complaint = Complaint(error.message, error.wanted or "", error.found or "", member, error.where or "")
    return CheckResult(REACH, pair.name, Outcome.ERROR, _REACHED, ("reach",), (complaint,))
