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
    return {"pair": plan.pair, "empty": plan.empty, "commits": commits(plan), "members": members}


def commits(plan: PairPlan) -> int:
    """Tell how many commits a plan takes; only the last one is under the devices' timers."""
    return max(len(plan.a.forward), len(plan.b.forward))


def uncovered(plan: PairPlan) -> str:
    """Say what the devices' timers do not take back by themselves; empty where they cover all."""
    count = commits(plan)
    if count <= 1:
        return ""
    return (
        f"{count} commits; the devices' timers cover the last one only, "
        "`hotpair txn resume` takes the others back"
    )


def _stage(stage: Stage) -> list[dict[str, str]]:
    return [_command(command) for command in stage.commands]


def _command(command: Command) -> dict[str, str]:
    return {"text": hide(command.text), "impact": command.impact.value, "reason": command.reason}
