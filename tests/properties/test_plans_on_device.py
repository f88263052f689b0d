"""The emulated device accepts every plan line by line, and then holds what the plan predicted."""

from __future__ import annotations

from typing import Any

import pytest

from parsers.tree import facts, read_tree
from tasks.plan import plan_member, same_configuration
from tests.properties.device import booted, printed, typed
from tests.tasks.plan.test_cases import CASES


@pytest.mark.parametrize("case", CASES)
def test_golden_plan_on_the_device(case: dict[str, Any]) -> None:
    before = read_tree(case.get("before", ""), "before")
    want = facts(read_tree(case.get("want", ""), "want"))[0]
    scope = facts(read_tree(case["scope"], "scope"))[0] if "scope" in case else None
    plan = plan_member("R1", want, before, scope=scope)
    device = booted(before)
    assert same_configuration(printed(device), before)

    device = typed(device, plan.forward)
    assert same_configuration(printed(device), plan.predicted)

    device = typed(device, plan.back)
    assert same_configuration(printed(device), before)
