"""The run of a transaction that was not judged by checks: how it ended, by what was seen of both members."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.transaction.ends import End
from tasks.transaction.model import Outcome as Ended

ENDED: Final = "transaction-ended"
_TITLE: Final = "The transaction came to the end that was wanted, on both members"
_OUTCOMES: Final = {End.DONE: Outcome.SUCCESS, End.UNSETTLED: Outcome.ERROR}
"""What an end says of the run; every other one is a failure."""


def run_of_end(kind: RunKind, ended: Ended, started_at: datetime, ended_at: datetime) -> Run:
    """Make the run of a transaction from its end.

    Args:
        kind: what it was for.
        ended: how it ended.
        started_at: moment of the start.
        ended_at: moment of the end.
    """
    outcome = _OUTCOMES.get(ended.end, Outcome.FAILURE)
    said = CheckResult(ENDED, ended.transaction, outcome, _TITLE, ("transaction",), (), ended.end.value)
    if outcome is not Outcome.SUCCESS:
        why = Complaint(ended.end.value, End.DONE.value, ended.reason, ", ".join(ended.members))
        said = replace(said, complaints=(why,), note="")
    return Run(
        id=run_id(kind, ended.pair, started_at),
        kind=kind,
        pair=ended.pair,
        members=ended.members,
        started_at=started_at,
        ended_at=ended_at,
        results=(said,),
        transaction=ended.transaction,
        safety_line=", ".join(sorted(set(ended.safety.values()))),
        outcome=ended.state.value,
        ticket=ended.ticket,
    )
