"""Look what else has changed, while a change is on trial and can still be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from inventory.model import Pair, Side
from runbooks.effects.around import around_of, looked_at, not_looked_at
from runbooks.effects.expected import expected_of
from runbooks.effects.side_effects import judged, side_effects
from runbooks.effects.unprotected import asked_for, unprotected
from runbooks.observe import observe
from tasks.checks.model import CheckResult, Observation
from tasks.checks.policy import Policy
from tasks.clock import Clock
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import Session

LOOKS: Final = 3
"""Looks until something that changed counts: what is back by then was on its way."""
PAUSE_S: Final = 2.0


def look_aside(
    pair: Pair,
    plan: PairPlan,
    before: Sequence[Observation],
    sessions: Mapping[Side, Session],
    *,
    policy: Policy,
    clock: Clock,
) -> tuple[CheckResult, ...]:
    """Compare everything on both members with what was there before, but for what the plan touches.

    Args:
        pair: intent.
        plan: that is on trial.
        before: what was seen before the first line.
        sessions: one a member.
        policy: says from which class on a side effect fails the change.
        clock: by which is waited.

    Raises:
        DeviceError: a member did not answer.
    """
    was, expected = around_of(before), expected_of(pair, plan)
    was = replace(was, unseen=was.unseen | not_looked_at(plan))
    for look in range(LOOKS):
        seen = observe((), pair, sessions, clock, (*looked_at(plan), *asked_for(plan)))
        now = around_of(seen)
        found = side_effects(was, now, expected)
        if not found or look == LOOKS - 1:
            break
        clock.sleep(PAUSE_S)
    return (judged(found, was, now, policy.side_effects), *unprotected(pair, plan, seen))
