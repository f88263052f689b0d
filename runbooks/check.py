"""Check a pair: drift from its intent and every check, in one look; a member that is away is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from inventory.errors import DeviceError
from inventory.model import SIDES, Pair, Side
from runbooks.drift import COMMAND, TAGS, TITLE, judge_drift
from runbooks.observe import look
from runbooks.report.run import Run, RunKind, run_id
from runbooks.site import Openers, within_reach
from runbooks.verify import verify_pair
from tasks.checks.catalog import checks_for
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tasks.checks.policy import DRIFT, NO_POLICY, Policy, waive
from tasks.sessions.protocol import Session

REACH = "within-reach"
"""Name of the result that tells why a member gave no answer."""


def check_pair(
    pair: Pair,
    openers: Openers,
    policy: Policy = NO_POLICY,
    *,
    tell: Callable[[DeviceError], None] = lambda _error: None,
) -> Run:
    """Look at a pair once and tell drift and failed checks; nothing is changed.

    A member that gives no session, or ends it, is told by a result of its own; with one away the other is
    judged by what it alone can answer for.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        policy: which checks run, thresholds and waivers.
        tell: told why a member gave no answer.
    """
    started_at = datetime.now(UTC)
    try:
        sessions, missing = within_reach(pair, openers)
        for error in missing:
            tell(error)
        judged = _judged(pair, sessions, policy)
    except DeviceError as error:
        tell(error)
        return _run(pair, started_at, (_away(pair, error),), ())
    results = (*(_away(pair, error) for error in missing), *judged.results)
    return _run(pair, started_at, results, judged.observations)


def _judged(pair: Pair, sessions: Mapping[Side, Session], policy: Policy) -> Run:
    """Judge the members that gave a session."""
    run = verify_pair(pair, sessions, checks_for(policy.selection), policy=policy)
    seen = {one.member for one in run.observations if one.command == COMMAND}
    more = (look(session, [COMMAND]) for session in sessions.values() if session.member not in seen)
    observations = (*run.observations, *(one for taken in more for one in taken))
    drift = waive(tuple(_drift(pair, sessions, observations)), policy.waivers, run.started_at.date())
    once = (replace(result, converged_after_s=None) for result in run.results)  # nothing was waited for
    return replace(run, results=(*drift, *once), observations=observations)


def _drift(
    pair: Pair, sessions: Mapping[Side, Session], observations: Sequence[Observation]
) -> Iterator[CheckResult]:
    """Judge drift; it takes both members, since each line is planned for the pair."""
    away = [pair.members.of(side) for side in SIDES if side not in sessions]
    if not away:
        yield from judge_drift(pair, observations)
        return
    unseen = Complaint("drift needs both members", "an answer", "none", ", ".join(away), COMMAND)
    yield CheckResult(DRIFT, f"configuration of {pair.name}", Outcome.ERROR, TITLE, TAGS, (unseen,))


def _away(pair: Pair, error: DeviceError) -> CheckResult:
    """Tell why a member gave no answer."""
    complaint = Complaint(
        error.message, error.wanted or "", error.found or "", error.member or pair.name, error.where or ""
    )
    title = "Both members give a session and answer."
    return CheckResult(REACH, pair.name, Outcome.ERROR, title, ("reach",), (complaint,))


def _run(
    pair: Pair,
    started_at: datetime,
    results: tuple[CheckResult, ...],
    observations: tuple[Observation, ...],
) -> Run:
    return Run(
        id=run_id(RunKind.CHECK, pair.name, started_at),
        kind=RunKind.CHECK,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=datetime.now(UTC),
        results=results,
        observations=observations,
    )
