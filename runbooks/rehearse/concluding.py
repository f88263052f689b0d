"""What is concluded from a rehearsal: each doubt is a result of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from inventory.model import SIDES, Pair
from runbooks.planning import change_of, plan_digest
from runbooks.rehearse.agreement import UNCOMPARED, Agreement
from runbooks.rehearse.twin import Unplayed
from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tasks.clock import REAL
from tasks.plan.model import PairPlan
from tasks.render import tree

SHOWN: Final = 5
"""Lines that a doubt names."""
TAGS: Final = ("rehearsal",)


def result(check: str, subject: str, outcome: Outcome, said: str) -> CheckResult:
    """Return a result of a rehearsal."""
    titles = {
        "rehearsed-change": "The change ends well on the twin",
        "rehearsed-boot": "A member that is restarted on the twin comes back into the pair",
        "rehearsed-drill": "A drill ends well on the twin",
        "rehearsed-sweep": "Whatever strikes the change on the twin, what is said of both members is true",
        "rehearsed-fault": "With a fault, both members of the twin end new, or both as before",
        "twin-agrees": "The twin shows what the pair shows",
        "twin-plays": "The twin plays every line on the objects of the pair",
        "twin-plans": "The same lines would be typed on the pair",
    }
    if outcome in {Outcome.SUCCESS, Outcome.SKIPPED}:
        return CheckResult(check, subject, outcome, titles[check], TAGS, (), said)
    return CheckResult(check, subject, outcome, titles[check], TAGS, (Complaint(said),))


def agrees(pair: Pair, agreed: Agreement) -> CheckResult:
    """Doubt a twin that does not show what the pair shows."""
    if not agreed.fields:
        told = Complaint(
            UNCOMPARED, f"`hotpair rehearse {pair.name}` without --running, which asks both members"
        )
        return replace(result("twin-agrees", pair.name, Outcome.ERROR, ""), complaints=(told,))
    if agreed.doubt:
        return result("twin-agrees", pair.name, Outcome.ERROR, f"{agreed.doubt} ({agreed})")
    return result("twin-agrees", pair.name, Outcome.SUCCESS, str(agreed))


def played(pair: Pair, unplayed: Sequence[Unplayed]) -> CheckResult:
    """Find lines that no page knows on an object of the pair; the others are told, line by line."""
    owned = {_norm(line.text) for side in SIDES for line in tree(pair, side).lines}
    unknown = [
        one
        for one in unplayed
        if one.kind == "unknown" and _norm(one.line.partition(" / ")[0]) in owned and " / " in one.line
    ]
    if unknown:
        few = "; ".join(f"{one.member}: {one.line}" for one in unknown[:SHOWN])
        return result("twin-plays", pair.name, Outcome.ERROR, f"unknown lines on objects of the pair: {few}")
    return result("twin-plays", pair.name, Outcome.SUCCESS, _counted(unplayed))


def _counted(unplayed: Sequence[Unplayed]) -> str:
    kinds = Counter(one.kind for one in unplayed)
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return f"kept without being played: {said}" if said else "every line is played"


def same_plan(pair: Pair, live: PairPlan | None, twin: PairPlan | None) -> CheckResult:
    """Doubt a rehearsal that typed other lines than the pair would get."""
    if live is None:
        return result("twin-plans", pair.name, Outcome.SKIPPED, "no pair was asked: only files were given")
    if twin is None or plan_digest(live) != plan_digest(twin):
        said = "on the twin other lines are planned than on the pair"
        return result("twin-plans", pair.name, Outcome.ERROR, said)
    return result("twin-plans", pair.name, Outcome.SUCCESS, f"plan {plan_digest(live)[:12]}")


def _opened(plan: PairPlan) -> Iterator[str]:
    """Yield the lines of a plan that open a view from the system view."""
    for member in plan.members:
        for stage in member.forward:
            before = ""
            for command in stage.commands:
                if not before and command.suffix:
                    yield command.text
                before = command.suffix


def _norm(text: str) -> str:
    return text.lower().replace(" ", "")


def objects_of(plan: PairPlan | None, seen: Sequence[Observation]) -> frozenset[str]:
    """Return the displays of the objects that a plan opens."""
    opened = {_norm(text.removeprefix("interface ")) for text in _opened(plan)} if plan else set()
    return frozenset(one.command for one in seen if any(name in _norm(one.command) for name in opened))


def run_of(
    pair: Pair,
    started_at: datetime,
    plan: PairPlan | None,
    results: tuple[CheckResult, ...],
    observations: tuple[Observation, ...],
) -> Run:
    """Make the run for the reports."""
    return Run(
        id=run_id(RunKind.REHEARSE, pair.name, started_at),
        kind=RunKind.REHEARSE,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=REAL.now(),
        results=results,
        observations=observations,
        changes=() if plan is None else tuple(change_of(one) for one in plan.members),
        plan=plan_digest(plan) if plan is not None else "",
    )
