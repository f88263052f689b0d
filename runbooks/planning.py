"""Plan a pair: both members from what runs on them to the intent, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inventory.facts import ConfigTree
from inventory.model import Pair, Side
from parsers.ciphertext import hide
from tasks.plan import require_presence
from tasks.plan.member import plan_member
from tasks.plan.model import Command, MemberPlan, PairPlan, Stage
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

    def member(side: Side) -> MemberPlan:
        want, name = facts(pair, side), pair.members.of(side)
        if not remove:
            require_presence(name, want, running[side])
        return plan_member(
            name,
            () if remove else want,
            running[side],
            scope=want,
            changed_secrets=changed_secrets,
        )

    return PairPlan(pair.name, member("a"), member("b"))


def plan_as_dict(plan: PairPlan) -> dict[str, Any]:
    """Give a plan as plain values; secrets stand as `<secret:NAME>`, ciphertext is hidden."""
    members = {
        name: {
            "member": member.member,
            "forward": [_stage(stage) for stage in member.forward],
            "back": [_stage(stage) for stage in member.back],
        }
        for name, member in (("a", plan.a), ("b", plan.b))
    }
    return {"pair": plan.pair, "empty": plan.empty, "members": members}


def _stage(stage: Stage) -> list[dict[str, str]]:
    return [_command(command) for command in stage.commands]


def _command(command: Command) -> dict[str, str]:
    return {"text": hide(command.text), "impact": command.impact.value, "reason": command.reason}
