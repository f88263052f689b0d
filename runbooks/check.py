"""Check a pair: drift from its intent and every check, in one look."""

from __future__ import annotations

from dataclasses import replace

from inventory.model import Pair
from runbooks.drift import COMMAND, judge_drift
from runbooks.observe import look
from runbooks.report.run import Run, RunKind, run_id
from runbooks.site import Openers, logged_in
from runbooks.verify import verify_pair
from tasks.checks.catalog import checks_for
from tasks.checks.policy import NO_POLICY, Policy, waive


def check_pair(pair: Pair, openers: Openers, policy: Policy = NO_POLICY) -> Run:
    """Look at a pair once and tell drift and failed checks; nothing is changed.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        policy: which checks run, thresholds and waivers.

    Raises:
        DeviceError: a member did not answer.
    """
    sessions = logged_in(pair, openers)
    run = verify_pair(pair, sessions, checks_for(policy.selection), policy=policy)
    seen = {one.member for one in run.observations if one.command == COMMAND}
    more = (look(session, [COMMAND]) for session in sessions.values() if session.member not in seen)
    observations = (*run.observations, *(one for taken in more for one in taken))
    drift = waive(judge_drift(pair, observations), policy.waivers, run.started_at.date())
    return replace(
        run,
        id=run_id(RunKind.CHECK, pair.name, run.started_at),
        kind=RunKind.CHECK,
        results=(*drift, *run.results),
        observations=observations,
    )
