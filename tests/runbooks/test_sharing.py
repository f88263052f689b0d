"""A plan names the pairs that use what it changes on the same router, and nobody else."""

from __future__ import annotations

import pytest

from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import Pair
from runbooks.sharing import shared_with
from tasks.plan import plan_pair
from tasks.plan.model import PairPlan

GROUP = "monitor_groups: [{name: uplinks, interfaces: [{interface: GigabitEthernet0/1/9}]}]"
OTHER = "monitor_groups: [{name: downlinks, interfaces: [{interface: GigabitEthernet0/1/7}]}]"


def pair(name: str, a: str, b: str, body: str = GROUP) -> Pair:
    return parse_pair(f"pair: {name}\nmembers: {{a: {a}, b: {b}}}\n{body}\n", f"{name}.yaml")


@pytest.fixture(scope="module")
def plan() -> PairPlan:
    return plan_pair(pair("north", "Hub-1", "Spoke-1"), {"a": ConfigTree(()), "b": ConfigTree(())})


def test_a_pair_that_uses_the_same_object_of_the_router_is_named(plan: PairPlan) -> None:
    pairs = (
        pair("north", "Hub-1", "Spoke-1"),  # itself
        pair("south", "Spoke-2", "Hub-1"),
        pair("other", "Hub-1", "Spoke-3", OTHER),
        pair("far", "Hub-2", "Spoke-4"),
    )
    told = [str(one) for one in shared_with(plan, pairs)]
    assert told == ["monitor-group uplinks of Hub-1 is used by pair south too"]


def test_a_plan_that_leaves_it_as_it_is_names_nobody(plan: PairPlan) -> None:
    now = {"a": plan.a.predicted, "b": plan.b.predicted}
    held = plan_pair(pair("north", "Hub-1", "Spoke-1"), {"a": now["a"], "b": now["b"]})
    assert shared_with(held, (pair("south", "Spoke-2", "Hub-1"),)) == ()
