"""The plan of a pair, for every caller: both members from what runs on them to the intent, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    plans: list[MemberPlan] = []
    refused: list[RefusedError] = []
    for side in SIDES:
        try:
            plan = plan_side(pair, side, running[side], remove=remove, changed_secrets=changed_secrets)
        except RefusedError as error:
            refused.append(error)
        else:
            plans.append(plan)
    if refused:
        raise _told_at_once(refused)
    a, b = plans
    return PairPlan(pair.name, a, b, asks=any(facts(pair, side) for side in SIDES))


def _told_at_once(refused: Sequence[RefusedError]) -> RefusedError:
    """Return why a pair is refused: of both members where it is the same, else of the first."""
    first = refused[0]
    if len({error.message for error in refused}) != 1 or len(refused) == 1:
        return first
    return RefusedError(
        first.message,
        wanted=_of_each((error.member, error.wanted) for error in refused),
        found=_of_each((error.member, error.found) for error in refused),
        where=first.where if len({error.where for error in refused}) == 1 else None,
        next_command=first.next_command,
    )


def _of_each(said: Iterable[tuple[str | None, str | None]]) -> str | None:
    """Say something of each member, a line each."""
    return "\n".join(f"{text}, on {member}" for member, text in said if text) or None


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
