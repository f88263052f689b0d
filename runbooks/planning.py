"""A plan as plain values."""

from __future__ import annotations

from typing import Any

from parsers.ciphertext import hide
from tasks.plan.model import Command, PairPlan, Stage


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
