"""Golden plans: before, wanted, forward and back, each with its reason, in `cases/*.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from parsers.tree import facts, read_tree
from tasks.plan import Stage, plan_member, same_configuration

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in YAML(typ="safe").load(file)
]


def typed(stages: tuple[Stage, ...]) -> list[str]:
    lines: list[str] = []
    for number, stage in enumerate(stages):
        lines += ["commit"] if number else []
        lines += [command.text for command in stage.commands]
    return lines


@pytest.mark.parametrize("case", CASES)
def test_golden_plan(case: dict[str, Any]) -> None:
    before = read_tree(case.get("before", ""), "before")
    want = facts(read_tree(case.get("want", ""), "want"))[0]
    scope = facts(read_tree(case["scope"], "scope"))[0] if "scope" in case else None

    plan = plan_member("R1", want, before, scope=scope)

    assert typed(plan.forward) == case["forward"], case["reason"]
    assert typed(plan.back) == case["back"], case["reason"]
    assert not plan_member("R1", want, plan.predicted, scope=scope).forward
    if plan.back:
        assert same_configuration(plan.back[-1].predicted, before)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
