"""The run of a transaction that was not judged by checks: how it ended, by what was seen of both members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.model import ENDED, CheckResult, Complaint, Outcome
from tasks.transaction.ends import OPEN, End
from tasks.transaction.machine import State

if TYPE_CHECKING:
    from tasks.transaction.model import Outcome as Ended
    from tasks.transaction.records import Opening

_TITLE: Final = "The transaction came to the end that was wanted, on both members"
_OUTCOMES: Final = {
    End.DONE: Outcome.SUCCESS,
    End.UNSETTLED: Outcome.ERROR,
    End.ABANDONED: Outcome.SKIPPED,
}
"""What an end says of the run; every other one is a failure."""
_CHANGES: Final = frozenset({RunKind.DEPLOY, RunKind.ROLLBACK})
_OPEN: Final = frozenset(end.value for end in OPEN)
_TAKEN_BACK: Final = "taken back by the trial; nothing was measured"


def kind_of(opening: Opening | None) -> RunKind:
    """Tell what a transaction was for, by what its journal began with."""
    if opening is not None and opening.drill:
        return RunKind.DRILL
    return RunKind.ROLLBACK if opening is not None and opening.undoes else RunKind.DEPLOY


def run_of_end(kind: RunKind, ended: Ended, started_at: datetime, ended_at: datetime) -> Run:
    """Make the run of a transaction from its end.

    Args:
        kind: what it was for.
        ended: how it ended.
        started_at: moment of the start.
        ended_at: moment of the end.
    """
    return Run(
        id=run_id(kind, ended.pair, started_at),
        kind=kind,
        pair=ended.pair,
        members=ended.members,
        started_at=started_at,
        ended_at=ended_at,
        results=(result_of_end(kind, ended),),
        transaction=ended.transaction,
        safety_line=", ".join(sorted(set(ended.safety.values()))),
        outcome=ended.state.value,
        ticket=ended.ticket,
    )


def result_of_end(kind: RunKind, ended: Ended) -> CheckResult:
    """Return what an end says of a transaction.

    Args:
        kind: what it was for; a drill that is taken back ended well, and proves nothing unmeasured.
        ended: how it ended.
    """
    outcome = _OUTCOMES.get(ended.end, Outcome.FAILURE)
    said = CheckResult(ENDED, ended.transaction, outcome, _TITLE, ("transaction",), (), ended.end.value)
    if kind is RunKind.DRILL and ended.end is End.AS_BEFORE:
        return replace(said, outcome=Outcome.SKIPPED, note=_TAKEN_BACK)
    if outcome in {Outcome.SUCCESS, Outcome.SKIPPED}:
        return said
    why = Complaint(ended.end.value, End.DONE.value, _found(ended), ", ".join(ended.members))
    return replace(said, complaints=(why,), note="")


def _found(ended: Ended) -> str:
    """Say why it ended so, and what each member was seen to be."""
    return "; ".join(filter(None, (ended.reason, *map(str, ended.looks.values()))))


def nobody_judged(run: Run) -> bool:
    """Tell whether a run says how a transaction ended: nobody has looked since whether the pair is well."""
    return any(one.check == ENDED for one in run.results)


def leaves_standing(run: Run, told: Sequence[CheckResult]) -> bool:
    """Tell whether a pair stands where it stood before a run.

    Args:
        run: what was done and seen.
        told: what it tells of the pair of now.
    """
    if run.kind is RunKind.REHEARSE:
        return True
    is_change = run.kind in _CHANGES
    if (is_change and run.outcome == State.DONE.value) or not (is_change or nobody_judged(run)):
        return False
    return all(one.outcome is Outcome.SKIPPED for one in told)


def told_of_now(run: Run) -> tuple[CheckResult, ...]:
    """Return what a run tells of the pair of now.

    A rehearsal tells of its twin. What was seen on a trial that did not stay is gone with it; that a
    transaction left its members apart, or is not settled, stays true until another run says its end.
    """
    if run.kind is RunKind.REHEARSE:
        return ()
    if run.kind not in _CHANGES or run.outcome == State.DONE.value:
        return tuple(_left(one) for one in run.results)
    return tuple(_left(one) for one in run.results if one.check == ENDED)


def _left(result: CheckResult) -> CheckResult:
    """Return a result as it stays: an end that leaves nothing of the transaction behind is no finding."""
    if result.check != ENDED or any(one.text in _OPEN for one in result.complaints):
        return result
    return replace(result, outcome=Outcome.SKIPPED, complaints=()) if result.complaints else result
