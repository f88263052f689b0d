"""Drills over time: whether the last one is too long ago, and what each of them showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from inventory.errors import RefusedError
from inventory.model import Pair
from inventory.quantities import quantity
from runbooks.archive.kept import load_run
from runbooks.archive.opening import Archive
from runbooks.archive.queries import last_drills, run_rows
from runbooks.drill.judging import BACK, KEPT, ROLES
from runbooks.drill.trigger import has_twins, leading, with_port
from runbooks.report.run import Run, RunKind
from tasks.checks.model import DRILLED, ENDED, CheckResult, Complaint, Outcome
from tasks.checks.policy import Policy
from tasks.checks.weighing import waive

_TITLE: Final = "The last drill that ended as expected is not too long ago"


def with_drills(
    archive: Archive, seen: Sequence[tuple[Pair, Run]], policy: Policy
) -> tuple[tuple[Pair, Run], ...]:
    """Add to each run whether the pair is due for a drill; nothing where the policy asks for none.

    Args:
        archive: holds the drills.
        seen: intents with their runs.
        policy: says how often.
    """
    if policy.drill_every is None or not seen:
        return tuple(seen)
    last = last_drills(archive, [pair.name for pair, _ in seen])
    return tuple(
        (pair, replace(run, results=(*run.results, *waive((judged,), policy.waivers, run.started_at.date()))))
        for pair, run in seen
        for judged in (_due(pair, last.get(pair.name), run.started_at, policy.drill_every),)
    )


def without_drills(seen: Sequence[tuple[Pair, Run]], why: str) -> tuple[tuple[Pair, Run], ...]:
    """Add to each run that its last drill cannot be told: the verdict of the look stands all the same.

    Args:
        seen: intents with their runs.
        why: what is the matter with the archive.
    """
    complaint = (Complaint("when the last drill was cannot be told", found=why),)
    return tuple(
        (pair, replace(run, results=(*run.results, _ended(pair, Outcome.ERROR, complaint))))
        for pair, run in seen
    )


def _ended(
    pair: Pair, outcome: Outcome, complaints: tuple[Complaint, ...] = (), note: str = ""
) -> CheckResult:
    again = (with_port(pair) or f"hotpair drill {pair.name}") if outcome is Outcome.FAILURE else ""
    return CheckResult(DRILLED, pair.name, outcome, _TITLE, ("drill",), complaints, note, next_command=again)


def _due(pair: Pair, last: datetime | None, now: datetime, every: timedelta) -> CheckResult:
    try:
        leading(pair)
    except RefusedError:
        if not has_twins(pair):
            return _ended(pair, Outcome.SKIPPED, note="nothing of the pair could move in a drill")
    if last is not None and now - last <= every:
        return _ended(pair, Outcome.SUCCESS, note=f"{last:%Y-%m-%d}")
    found = "never" if last is None else f"{quantity((now - last).days, 'day')} ago, {last:%Y-%m-%d}"
    complaint = Complaint("a drill is overdue", f"one every {quantity(every.days, 'day')}", found)
    return _ended(pair, Outcome.FAILURE, (complaint,))


@dataclass(frozen=True, slots=True)
class Past:
    """What one drill showed.

    Args:
        run: its id.
        at: its start.
        verdict: its end.
        roles: what was measured of the change of roles, or what was wrong with it.
        entries: how many were kept, or which were lost.
        back: what was measured of the way back, or what was wrong with it.
    """

    run: str
    at: datetime
    verdict: Outcome
    roles: str
    entries: str
    back: str

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {**asdict(self), "at": self.at.isoformat(), "verdict": self.verdict.value}


def past_drills(archive: Archive, pair: str, *, limit: int | None = None) -> tuple[Past, ...]:
    """Tell what the drills of a pair showed, the newest first.

    Args:
        archive: where.
        pair: its name.
        limit: how many at most; nothing: all.
    """
    rows = run_rows(archive, pair=pair, kinds=(RunKind.DRILL,), limit=limit)
    return tuple(_past(load_run(archive, row.id)) for row in rows)


def _past(run: Run) -> Past:
    said = {
        one.check: one.note or "; ".join(str(complaint) for complaint in one.complaints)
        for one in run.results
        if one.check in {ROLES, KEPT, BACK, ENDED}
    }
    roles, kept, back = (said.get(name, "") for name in (ROLES, KEPT, BACK))
    return Past(run.id, run.started_at, run.verdict, roles or said.get(ENDED, ""), kept, back)
