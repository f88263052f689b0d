"""Check a pair: drift from its intent and every check, in one look."""

from __future__ import annotations

from dataclasses import replace

from inventory.model import Pair
from runbooks.change import running_of
from runbooks.drift import drift_results
from runbooks.planning import plan_pair
from runbooks.report.run import Run, RunKind, run_id
from runbooks.site import Openers, logged_in
from runbooks.verify import verify_pair
from tasks.checks.catalog import checks_for


def check_pair(pair: Pair, openers: Openers) -> Run:
    """Look at a pair once and tell drift and failed checks; nothing is changed.

    Args:
        pair: intent.
        openers: ways to log in, by device name.

    Raises:
        DeviceError: a member did not answer.
        RefusedError: what runs cannot be compared with the intent.
    """
    sessions = logged_in(pair, openers)
    plan = plan_pair(pair, running_of(pair, sessions))
    run = verify_pair(pair, sessions, checks_for())
    return replace(
        run,
        id=run_id(RunKind.CHECK, pair.name, run.started_at),
        kind=RunKind.CHECK,
        results=(*drift_results(plan), *run.results),
    )
