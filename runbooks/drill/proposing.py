"""Plan a drill: readiness first, then the lines of the trigger, and what they are expected to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inventory.errors import RefusedError
from inventory.lines.impact import Impact
from inventory.model import Pair, Side
from inventory.quantities import quantity
from runbooks.drill.model import DrillOptions, Hypothesis, Proposed
from runbooks.drill.port import plan_shut, shut_trigger
from runbooks.drill.trigger import By, Trigger, trigger_of
from runbooks.drill.ways import port_named, require_ways
from runbooks.gates import Permission, objections
from runbooks.keys import Keys
from runbooks.proposal import Proposal, propose
from runbooks.ready import look_ready, require_ready
from tasks.checks.policy import Policy
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import Session

ROLES_S: Final = 30.0
"""Seconds in which a standby takes over that waits for nothing on purpose."""
RETURN_S: Final = 60.0
"""Seconds in which a member takes over again, beside the delay that it is configured to wait."""


def propose_drill(pair: Pair, sessions: Mapping[Side, Session], options: DrillOptions) -> Proposed:
    """Look at readiness and plan the trigger; nothing is changed.

    Args:
        pair: intent.
        sessions: one a member.
        options: how.

    Raises:
        RefusedError: the standby is not ready, nothing could move, or the pair is not as its intent says.
        DeviceError: a member did not answer.
    """
    by_port = options.by is By.SHUTDOWN
    trigger = None if by_port else trigger_of(pair, options.side, options.by)
    readiness = look_ready(pair, sessions, options.policy)
    require_ready(readiness, options.forced)
    keys = Keys({}, options.journals)
    as_it_is = propose(pair, sessions, keys)
    if not as_it_is.plan.empty:
        raise RefusedError(
            f"{pair.name} is not what its intent says; nothing was sent",
            wanted="a plan without a line",
            found=quantity(
                sum(len(stage.lines) for one in as_it_is.plan.members for stage in one.forward), "line"
            ),
            next_command=f"hotpair plan {pair.name}",
        )
    if trigger is None:
        trigger, plan = _by_port(pair, as_it_is, sessions, options)
    else:
        plan = propose(trigger.pair, sessions, keys).plan
    hypothesis = Hypothesis(ROLES_S + trigger.takes_s, 0, RETURN_S + trigger.returns_s)
    for objection in objections(plan, _allowed(options.policy), options.clock.now()):
        raise objection.error()
    return Proposed(trigger, plan, hypothesis, readiness, as_it_is.base_commits)


def _by_port(
    pair: Pair, as_it_is: Proposal, sessions: Mapping[Side, Session], options: DrillOptions
) -> tuple[Trigger, PairPlan]:
    """Plan to shut a port: one that is there, moves something, and carries no way that is needed."""
    trees = {side: one.tree for side, one in as_it_is.running.items()}
    member = pair.members.of(options.side)
    trigger = shut_trigger(pair, options.side, port_named(pair, trees, options.side, options.port))
    dialled = options.dialled.get(member, "")
    require_ways(pair, trigger, trees[options.side], sessions[options.side], dialled)
    return trigger, plan_shut(pair, trigger, trees)


def _allowed(policy: Policy) -> Permission:
    """Keep to freezes; that a drill moves traffic is what was asked for."""
    return Permission(policy, allow=Impact.AFFECTS_SERVICE)
