"""A sampled pair among the results of a run: the control plane and the traffic, never as one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from runbooks.hitless.model import Hitless, Traffic, Verdict
from runbooks.hitless.sampler import Sampler
from runbooks.hitless.traffic import read_witness
from runbooks.hitless.verdict import judge
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.clock import Clock

HITLESS: Final = "hitless"
TRAFFIC: Final = "traffic"
"""Names of the results."""
_TITLES: Final = {
    HITLESS: "No signal of the pair left its state, and no entry was missed",
    TRAFFIC: "A witness of the traffic saw no loss",
}


def hitless_of(sampler: Sampler | None, traffic: Path | None, clock: Clock) -> Hitless | None:
    """Judge what a sampler saw; nothing where there was none.

    Args:
        sampler: that watched, and has ended.
        traffic: file of a witness.
        clock: gives the moment of the end.
    """
    if sampler is None:
        return None
    watched = sampler.watched()
    return judge(watched, read_witness(traffic, watched.begun_at, clock.now()))


def results_of(hitless: Hitless | None, *, asked: bool) -> tuple[CheckResult, ...]:
    """Return both verdicts as results.

    Args:
        hitless: the judgement; nothing: there are no results.
        asked: whether they were what was asked for; else a hit is told, and fails nothing.
    """
    if hitless is None:
        return ()
    control = {Verdict.HITLESS: Outcome.SUCCESS, Verdict.HIT: Outcome.FAILURE}
    traffic = {Traffic.NO_LOSS: Outcome.SUCCESS, Traffic.LOSS: Outcome.FAILURE}
    return (
        _result(
            HITLESS,
            "control plane",
            control.get(hitless.verdict, Outcome.ERROR),
            f"{hitless.verdict.value}: {hitless.why}",
            asked=asked,
        ),
        _result(
            TRAFFIC,
            "traffic",
            traffic.get(hitless.traffic.verdict, Outcome.ERROR),
            str(hitless.traffic),
            asked=asked and hitless.traffic.verdict is not Traffic.NOT_MEASURED,
        ),
    )


def _result(check: str, subject: str, outcome: Outcome, said: str, *, asked: bool) -> CheckResult:
    title, tags = _TITLES[check], ("hitless",)
    if outcome is Outcome.SUCCESS:
        return CheckResult(check, subject, outcome, title, tags, (), said)
    if not asked:
        return CheckResult(check, subject, Outcome.SKIPPED, title, tags, (), said)
    return CheckResult(check, subject, outcome, title, tags, (Complaint(said),))
