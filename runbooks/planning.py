"""A plan as plain values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from inventory.lines.evidence import Evidence, weaker
from inventory.quantities import quantity
from parsers.ciphertext import hide
from runbooks.effects.expected import effects_in_words
from runbooks.report.run import Change
from tasks.checks.policy import IMPACTS
from tasks.plan.model import Command, MemberPlan, PairPlan, Stage


def plan_as_dict(plan: PairPlan) -> dict[str, Any]:
    """Return a plan as plain values; secrets stand as `<secret:NAME>`, ciphertext is hidden."""
    members = {
        name: {
            "member": member.member,
            "release": member.base.release,
            "forward": [_stage(stage) for stage in member.forward],
            "back": [_stage(stage) for stage in member.back],
            "afterwards": [_command(command) for command in member.afterwards],
        }
        for name, member in (("a", plan.a), ("b", plan.b))
    }
    known = weakest_line(plan)
    return {
        "pair": plan.pair,
        "empty": plan.empty,
        "commits": commits(plan),
        "weakest_evidence": known.evidence.value if known else "",
        "effects": list(effects_in_words(plan)),
        "members": members,
    }


@dataclass(frozen=True, slots=True)
class KnownLine:
    """How well a line of a plan is known.

    Args:
        evidence: how well.
        text: the line, without ciphertext.
        member: device on which it is typed.
        release: of its software; empty where the device did not say.
    """

    evidence: Evidence
    text: str
    member: str
    release: str

    def __str__(self) -> str:
        """Show as `undo bfd on Oslo (V800R022C00)`."""
        return f"{self.text} on {self.member} ({self.release or 'release not known'})"


def weakest_line(plan: PairPlan) -> KnownLine | None:
    """Return the first of the lines that are known least; nothing where nothing is typed."""
    weakest: KnownLine | None = None
    for line in _known_lines(plan):
        if weakest is None or weaker(line.evidence, weakest.evidence):
            weakest = line
    return weakest


def _known_lines(plan: PairPlan) -> Iterator[KnownLine]:
    for member in (plan.a, plan.b):
        for command in (command for stage in member.forward for command in stage.commands):
            if command.evidence is not None:
                yield KnownLine(command.evidence, hide(command.text), member.member, member.base.release)


def change_of(plan: MemberPlan) -> Change:
    """Return what a plan types on its member, for the reports."""
    commands = [command for stage in plan.forward for command in stage.commands]
    return Change(
        plan.member,
        tuple(hide(command.text) for command in commands),
        tuple(command.impact.value for command in commands),
    )


def plan_digest(plan: PairPlan) -> str:
    """Return a digest of what a plan types on which member; secrets go into it by their names."""
    lines = [(one.member, [[hide(command.text) for command in stage.commands] for stage in one.forward])
             for one in plan.members]  # fmt: skip
    return sha256(json.dumps([plan.pair, lines]).encode()).hexdigest()


def commits(plan: PairPlan) -> int:
    """Tell how many commits a plan takes; only the last one is under the devices' timers."""
    return max(len(plan.a.forward), len(plan.b.forward))


def highest_impact(plan: PairPlan) -> str:
    """Return the highest impact of a plan in its word; empty where nothing is to do."""
    found = {
        command.impact
        for member in (plan.a, plan.b)
        for stage in member.forward
        for command in stage.commands
    }
    return next((impact.value for impact in reversed(IMPACTS.values()) if impact in found), "")


def uncovered(plan: PairPlan) -> str:
    """Say what the devices' timers do not take back by themselves; empty where they cover all."""
    count = commits(plan)
    if count <= 1:
        return ""
    return (
        f"{quantity(count, 'commit')}; the devices' timers cover the last one only, "
        "`hotpair txn resume` takes the others back"
    )


def _stage(stage: Stage) -> list[dict[str, str]]:
    return [_command(command) for command in stage.commands]


def _command(command: Command) -> dict[str, str]:
    return {
        "text": hide(command.text),
        "impact": command.impact.value,
        "evidence": command.evidence.value if command.evidence else "",
        "reason": command.reason,
    }
