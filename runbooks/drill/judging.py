"""Judge a drill against its hypothesis, which was written before the trigger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from inventory.errors import HotpairError, SplitError
from inventory.model import other
from inventory.quantities import quantity
from runbooks.deploy import Deployment
from runbooks.drill.model import Drilled, Times
from runbooks.drill.watch import Watch, unheld
from runbooks.hitless.model import Hitless
from runbooks.hitless.results import results_of
from runbooks.planning import change_of
from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.transaction.ends import End

ROLES: Final = "drill-roles"
KEPT: Final = "drill-entries"
BACK: Final = "drill-return"
"""Names of the results of a drill."""


def judged(
    seen: Watch, deployment: Deployment, started_at: datetime, hitless: Hitless | None = None
) -> Drilled:
    """Judge the hypothesis of a drill.

    Args:
        seen: what was looked at meanwhile.
        deployment: the trial that moved the roles, ended.
        started_at: moment, with zone.
        hitless: what a sampler saw; nothing without one.
    """
    outcome = deployment.outcome
    results = (
        _roles(seen),
        _entries(seen),
        returned(seen),
        *unheld(seen.after),
        *results_of(hitless, asked=False),
    )
    times = Times(seen.detected_s, seen.roles_s, seen.usable_s, seen.return_s, seen.gap_s, seen.back_s)
    run = Run(
        id=run_id(RunKind.DRILL, seen.pair.name, started_at),
        kind=RunKind.DRILL,
        pair=seen.pair.name,
        members=(seen.pair.members.a, seen.pair.members.b),
        started_at=started_at,
        ended_at=seen.options.clock.now(),
        results=results,
        hitless=hitless,
        observations=seen.observations,
        changes=tuple(change_of(one) for one in seen.proposed.plan.members),
        transaction=outcome.transaction,
        safety_line=", ".join(sorted(set(outcome.safety.values()))),
        outcome=outcome.state.value,
        ticket=seen.options.ticket,
        accepted=(f"not ready: {seen.options.forced}",)
        if seen.proposed.readiness.outcome is not Outcome.SUCCESS
        else (),
    )
    return Drilled(seen.proposed, times, seen.lost, seen.held, run, _problem(seen, deployment))


def _problem(seen: Watch, deployment: Deployment) -> HotpairError | None:
    """Return the error of a drill that did not come to its end, or whose end is not its start."""
    outcome = deployment.outcome
    if outcome.end is not End.AS_BEFORE or not seen.looked:
        return outcome.problem()
    if seen.return_s is None:
        first = next((str(said) for one in unheld(seen.after) for said in one.complaints), "")
        return SplitError(
            f"{seen.pair.name} is not as it was before the drill",
            wanted=f"as before within {seen.proposed.hypothesis.return_within_s:g} s",
            found=first or "they do not stay held",
            where=f"transaction {outcome.transaction}",
            next_command=f"hotpair verify {seen.pair.name} --wait 60",
        )
    return None


def _roles(seen: Watch) -> CheckResult:
    title = "The other member leads all that moves, in the time that was expected"
    subject = ", ".join(seen.proposed.trigger.names)
    wanted = seen.proposed.hypothesis.roles_within_s
    if not seen.looked:
        return _result(ROLES, subject, title, Outcome.ERROR, (Complaint("the drill did not come so far"),))
    said = [said for one in seen.wrong for said in one.complaints]
    if seen.roles_s is None:
        return _result(ROLES, subject, title, Outcome.FAILURE, tuple(said) or (Complaint("no change"),))
    late = Complaint("the roles changed late", f"{wanted:g} s or less", f"{seen.roles_s:g} s")
    outcome, complaints = _judged(late, on_time=seen.roles_s <= wanted)
    return replace(_result(ROLES, subject, title, outcome, complaints), note=f"{seen.roles_s:.1f} s")


def _entries(seen: Watch) -> CheckResult:
    title = "The new master has every entry that the old one had"
    subject = quantity(seen.held[1], "entry", "entries")
    if not seen.looked:
        return _result(KEPT, subject, title, Outcome.ERROR, (Complaint("the drill did not come so far"),))
    device = seen.pair.members.of(other(seen.proposed.trigger.side))
    complaints = tuple(
        Complaint(
            f"{quantity(len(gone), 'entry was', 'entries were')} lost: {what}",
            "none",
            ", ".join(gone[:5]),
            device,
        )
        for what, gone in seen.lost.items()
    )
    if not seen.held[1]:
        note = "no entry on either member before the drill: nothing could be lost"
        return CheckResult(KEPT, subject, Outcome.SKIPPED, title, ("drill",), (), note)
    outcome = Outcome.FAILURE if complaints else Outcome.SUCCESS
    kept = f"{seen.held[0]} of {seen.held[1]} kept"
    lost = "; ".join(f"lost of {what}: {', '.join(gone[:5])}" for what, gone in seen.lost.items())
    return replace(
        _result(KEPT, subject, title, outcome, complaints), note="; ".join(filter(None, (kept, lost)))
    )


def returned(seen: Watch) -> CheckResult:
    """Judge whether the pair came back, and in the time that was expected."""
    title = "The pair is as it was before: lines, roles and entries"
    if seen.return_s is not None:
        wanted = seen.proposed.hypothesis.return_within_s
        late = Complaint("the pair came back late", f"{wanted:g} s or less", f"{seen.return_s:g} s")
        outcome, complaints = _judged(late, on_time=seen.return_s <= wanted)
        return replace(
            _result(BACK, seen.pair.name, title, outcome, complaints), note=f"{seen.return_s:.1f} s"
        )
    told = "the pair was not seen as before" if seen.after else "the way back was not looked at"
    outcome = Outcome.FAILURE if seen.after else Outcome.ERROR
    return _result(BACK, seen.pair.name, title, outcome, (Complaint(told),))


def _judged(late: Complaint, *, on_time: bool) -> tuple[Outcome, tuple[Complaint, ...]]:
    return (Outcome.SUCCESS, ()) if on_time else (Outcome.FAILURE, (late,))


def _result(
    check: str, subject: str, title: str, outcome: Outcome, complaints: tuple[Complaint, ...] = ()
) -> CheckResult:
    return CheckResult(check, subject, outcome, title, ("drill",), complaints)
