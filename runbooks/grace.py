"""How long a failure is left before it counts: shown and kept at once, told of later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from runbooks.archive.opening import Archive
from runbooks.archive.queries import Finding, findings_of
from runbooks.report.run import Run
from tasks.checks.model import DEPLOYED, DRIFT, Outcome
from tasks.checks.policy import Policy


def counts_from(finding: Finding, policy: Policy) -> datetime:
    """Tell from when on a finding counts; what could not be told counts at once."""
    if finding.outcome is Outcome.ERROR:
        return finding.since
    check = DRIFT if finding.check == DEPLOYED else finding.check  # that nothing is there is the whole drift
    return finding.since + policy.grace_of(check)


def grace_until(findings: Iterable[Finding], policy: Policy, now: datetime) -> datetime | None:
    """Tell until when a pair is spared; nothing when a finding counts already, or there is none.

    Args:
        findings: the open ones of a pair.
        policy: of the network.
        now: moment of the look, with time zone.
    """
    first = min((counts_from(one, policy) for one in findings), default=now)
    return first if first > now else None


def spared(archive: Archive, runs: Iterable[Run], policy: Policy) -> dict[str, datetime]:
    """Return the pairs whose failures are all too young to count, each with the moment when one does.

    Args:
        archive: which keeps the runs already.
        runs: of a look.
        policy: of the network.
    """
    failed = [run for run in runs if run.verdict is Outcome.FAILURE] if policy.grace else []
    ends = {
        run.pair: grace_until(findings_of(archive, pair=run.pair, limit=None), policy, run.started_at)
        for run in failed
    }
    return {name: until for name, until in ends.items() if until is not None}
