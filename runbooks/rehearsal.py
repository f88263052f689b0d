"""A rehearsal that was kept: what it typed may be deployed, and what it showed is compared afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inventory.errors import IntentError, RefusedError
from inventory.quantities import quantity
from runbooks.planning import plan_digest
from runbooks.report.evidence import RUN_FILE, kept_run
from runbooks.report.run import RunKind
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.plan.model import PairPlan


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal as it was kept.

    Args:
        id: of its run.
        pair: name of the pair.
        verdict: of the rehearsal.
        plan: digest of the lines that it typed.
        outcomes: ends of its checks, by check and subject.
    """

    id: str
    pair: str
    verdict: Outcome
    plan: str
    outcomes: dict[tuple[str, str], Outcome]


def read_rehearsal(home: Path) -> Rehearsal:
    """Read a rehearsal from the folder of its run.

    Raises:
        IntentError: no rehearsal lies there, or it was changed.
    """
    kept = kept_run(home)
    values = json.loads((home / RUN_FILE).read_text(encoding="utf-8"))
    if values.get("kind") != RunKind.REHEARSE or not values.get("plan"):
        raise IntentError("that run is no rehearsal of a change", found=kept.id, where=str(home))
    ends = {(one["check"], one["subject"]): Outcome(one["outcome"]) for one in values["results"]}
    return Rehearsal(kept.id, values["pair"], Outcome(values["verdict"]), values["plan"], ends)


def require_rehearsed(rehearsal: Rehearsal, plan: PairPlan) -> None:
    """Refuse lines that were not rehearsed, or whose rehearsal was not green.

    Raises:
        RefusedError: they were not.
    """
    if plan.empty:
        return
    again = f"hotpair rehearse {plan.pair}"
    if rehearsal.pair != plan.pair or rehearsal.plan != plan_digest(plan):
        raise RefusedError(
            "these lines were not rehearsed; nothing was sent",
            wanted=f"plan {rehearsal.plan[:12]} of {rehearsal.pair}, as rehearsed in {rehearsal.id}",
            found=f"plan {plan_digest(plan)[:12]} of {plan.pair}",
            next_command=again,
        )
    if rehearsal.verdict is not Outcome.SUCCESS:
        raise RefusedError(
            "the rehearsal was not green; nothing was sent",
            wanted="a rehearsal that ended with success",
            found=f"{rehearsal.verdict.value} in {rehearsal.id}",
            next_command=again,
        )


def surprises(rehearsal: Rehearsal, results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """Tell which checks ended otherwise than in the rehearsal; it fails nothing, and is kept with the run."""
    found = [
        Complaint(f"{one.check} of {one.subject}", expected.value, one.outcome.value)
        for one in results
        if (expected := rehearsal.outcomes.get((one.check, one.subject))) not in {None, one.outcome}
    ]
    title = "The pair did what its twin did"
    outcome = Outcome.SKIPPED if found else Outcome.SUCCESS
    said = f"{len(found)} of {quantity(len(results), 'check')} ended otherwise than in {rehearsal.id}"
    return (
        CheckResult(
            "as-rehearsed",
            rehearsal.pair + " and its twin",
            outcome,
            title,
            ("rehearsal",),
            tuple(found),
            said,
        ),
    )
