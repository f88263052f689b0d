"""The plan of a pair, for every caller: both members from what runs on them to the intent, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from inventory.errors import RefusedError
from inventory.facts import ConfigTree
from inventory.model import SIDES, Pair, Side
from tasks.plan.batch import batch_commands
from tasks.plan.member import plan_member
from tasks.plan.model import MemberPlan, PairPlan
from tasks.plan.presence import require_presence
from tasks.render import facts


def plan_pair(
    pair: Pair,
    running: Mapping[Side, ConfigTree],
    *,
    remove: bool = False,
    changed_secrets: frozenset[str] = frozenset(),
) -> PairPlan:
    """Plan both members.

    Args:
        pair: intent.
        running: configuration of each member, by side.
        remove: take the pair away instead of building it.
        changed_secrets: names of secrets that have a new value.

    Raises:
        RefusedError: the plan would touch a line that is not the pair's, or needs what is not there.
    """
    a, b = (
        plan_side(pair, side, running[side], remove=remove, changed_secrets=changed_secrets) for side in SIDES
    )
    return PairPlan(pair.name, a, b, asks=any(facts(pair, side) for side in SIDES))


def plan_side(
    pair: Pair,
    side: Side,
    running: ConfigTree,
    *,
    remove: bool = False,
    changed_secrets: frozenset[str] = frozenset(),
) -> MemberPlan:
    """Plan one member of a pair; arguments and errors as for `plan_pair`."""
    want, name = facts(pair, side), pair.members.of(side)
    if not remove:
        require_presence(name, want, running)
    try:
        plan = plan_member(name, () if remove else want, running, scope=want, changed_secrets=changed_secrets)
    except RefusedError as error:
        error.member = name  # whatever of the plan refused
        raise
    return plan if remove else replace(plan, afterwards=batch_commands(pair, side))
