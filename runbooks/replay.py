"""Judge kept evidence again, offline."""

from __future__ import annotations

from pathlib import Path

from inventory.errors import IntentError
from inventory.model import Pair
from runbooks.judging import all_answered, drift_of, unanswered
from runbooks.report.evidence import load_evidence
from runbooks.report.run import Run, RunKind
from tasks.checks.catalog import checks_for, judge
from tasks.checks.model import DRIFT, REACH
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.weighing import weigh


def replay_run(home: Path, pair: Pair, policy: Policy = NO_POLICY) -> Run:
    """Judge a kept run by a pair: the checks that it had, on the evidence that it kept.

    Args:
        home: folder of the run.
        pair: intent to judge it by.
        policy: thresholds, and waivers as of the day of the run.

    Raises:
        IntentError: no run lies there, its evidence was changed, or it is of another pair.
    """
    kept, observations = load_evidence(home)
    if kept.members != (pair.members.a, pair.members.b):
        raise IntentError(
            "the run is of other routers",
            wanted=f"{pair.members.a}, {pair.members.b}",
            found=", ".join(kept.members),
            where=str(home),
        )
    names = {result.check for result in kept.results}
    checks = tuple(check for check in checks_for() if check.name in names)
    away = unanswered(pair, observations)
    reached = away or (all_answered(pair),) if REACH in names else ()
    drift = drift_of(pair, observations, away) if DRIFT in names else ()
    results = (*reached, *drift, *judge(checks, pair, observations, policy.limits))
    return Run(
        id=f"{kept.id}-replay",
        kind=RunKind.REPLAY,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=kept.started_at,
        ended_at=kept.ended_at,
        results=weigh(results, policy, kept.started_at.date()),
        observations=observations,
    )
