"""Properties of plans over drawn configurations."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from inventory.facts import ConfigTree
from inventory.lines import OWNED
from parsers.tree import facts, read_tree
from tasks.plan import plan_member, same_configuration
from tasks.plan.items import items_of
from tests.properties.device import booted, printed, typed
from tests.properties.intents import Drawn, complete, configurations

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tree(drawn: Drawn) -> ConfigTree:
    return read_tree(complete(drawn), "before")


def foreign(configuration: ConfigTree) -> list[tuple[tuple[str, ...], str]]:
    return sorted((found.path, found.text) for found in facts(configuration)[1])


@few
@given(configurations(), configurations())
def test_forward_reaches_the_intent_and_leaves_foreign_lines(before: Drawn, wanted: Drawn) -> None:
    running, target = tree(before), tree(wanted)
    want, named = facts(target)[0], facts(running)[0]

    plan = plan_member("R1", want, running, scope=(*want, *named))

    reached = {key: item.value for key, item in items_of(plan.predicted).items() if not item.row.holder}
    asked = {key: item.value for key, item in items_of(target).items() if not item.row.holder}
    left = {key: item.value for key, item in items_of(running).items() if item.row.shared}
    assert reached == {**left, **asked}
    assert foreign(plan.predicted) == foreign(running)


@few
@given(configurations(), configurations())
def test_the_second_plan_is_empty(before: Drawn, wanted: Drawn) -> None:
    want, named = facts(tree(wanted))[0], facts(tree(before))[0]
    plan = plan_member("R1", want, tree(before), scope=(*want, *named))
    assert not plan_member("R1", want, plan.predicted, scope=(*want, *named)).forward


@few
@given(configurations(), configurations())
def test_the_device_accepts_the_way_there_and_back(before: Drawn, wanted: Drawn) -> None:
    running = tree(before)
    want, named = facts(tree(wanted))[0], facts(running)[0]
    plan = plan_member("R1", want, running, scope=(*want, *named))
    device = booted(running)
    assert same_configuration(printed(device), running)

    device = typed(device, plan.forward)
    assert same_configuration(printed(device), plan.predicted)

    device = typed(device, plan.back)
    assert same_configuration(printed(device), running)


@few
@given(configurations())
def test_taking_a_pair_away_leaves_nothing_of_it(before: Drawn) -> None:
    running = tree(before)
    plan = plan_member("R1", (), running, scope=facts(running)[0])

    left = {item.row.id for item in items_of(plan.predicted).values() if not item.row.holder}
    assert not [row for row in left if not OWNED[row].shared]
    assert foreign(plan.predicted) == foreign(running)
    device = typed(booted(running), plan.forward)
    assert same_configuration(printed(device), plan.predicted)


@few
@given(configurations())
def test_a_deployed_pair_needs_no_plan(drawn: Drawn) -> None:
    running = tree(drawn)
    assert not plan_member("R1", facts(running)[0], running).forward
