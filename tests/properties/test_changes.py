"""Any change of a sample pair is planned right: lines that go, lines that come, values that change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from inventory.facts import ConfigTree
from inventory.lines import OWNED, Statement, state
from inventory.load import load_pair
from parsers.tree import add_line
from tasks.plan import plan_member, same_configuration
from tasks.plan.items import items_of, read_items
from tasks.render import facts as render
from tests.properties.test_lab_pairs import PAIRS, before

RENDERED = {file.stem: (load_pair(file), render(load_pair(file), "a")) for file in PAIRS}


def deployed(name: str, lines: Sequence[Statement]) -> ConfigTree:
    tree = before(RENDERED[name][0], "a")
    for fact in lines:
        tree = add_line(tree, fact.path, fact.text)
    return tree


def without(lines: Sequence[Statement], dropped: set[int]) -> tuple[Statement, ...]:
    """Drop lines, and with the opening of a view all that is below it."""
    gone = {lines[number].text for number in dropped if not lines[number].path}
    return tuple(
        fact for number, fact in enumerate(lines) if number not in dropped and not gone & set(fact.path)
    )


def changed(fact: Statement, by: int) -> Statement:
    """Change every number of a line that is not what tells the line from others."""
    row = fact.row
    params = {
        name: str(int(value) + by)
        if (kind := row.kind(name)) and kind.numeric and name not in row.key
        else value
        for name, value in fact.params.items()
    }
    return state(row, params, fact.within, fact.place)


def reached(tree: ConfigTree, wanted: Sequence[Statement]) -> None:
    held, want = items_of(tree), read_items(wanted)
    assert all(held[key].value == item.value for key, item in want.items())
    here = {item.view for item in want.values()}
    for key, item in held.items():
        if item.view in here and item.view and not item.row.holder and not item.row.shared:
            assert key in want or item.row.view == "interface", item.text


@pytest.mark.parametrize("name", RENDERED)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_lines_that_go_and_come_again(name: str, data: st.DataObject) -> None:
    whole = RENDERED[name][1]
    dropped = data.draw(st.sets(st.integers(0, len(whole) - 1), min_size=1, max_size=4))
    part = without(whole, dropped)
    full, less = deployed(name, whole), deployed(name, part)

    there = plan_member("x", part, full, scope=whole)
    reached(there.predicted, part)
    assert not plan_member("x", part, there.predicted, scope=whole).forward

    again = plan_member("x", whole, less)
    assert same_configuration(again.predicted, full)
    assert not plan_member("x", whole, again.predicted).forward


@pytest.mark.parametrize("name", RENDERED)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_values_that_change(name: str, data: st.DataObject) -> None:
    whole = RENDERED[name][1]
    numbers = data.draw(st.sets(st.integers(0, len(whole) - 1), min_size=1, max_size=4))
    other = tuple(
        changed(fact, 1) if number in numbers and not OWNED[fact.id].opens else fact
        for number, fact in enumerate(whole)
    )
    assume(other != whole)
    full = deployed(name, whole)
    plan = plan_member("x", other, full, scope=whole)
    reached(plan.predicted, other)
    assert not plan_member("x", other, plan.predicted, scope=whole).forward
    if plan.back:
        assert same_configuration(plan.back[-1].predicted, full)


@pytest.mark.parametrize("name", RENDERED)
def test_a_pair_that_is_taken_away_leaves_only_shared_lines(name: str) -> None:
    whole = RENDERED[name][1]
    full = deployed(name, whole)
    plan = plan_member("x", (), full, scope=whole)
    held = items_of(plan.predicted)
    left = {item.row.id for key, item in read_items(whole).items() if key in held and not item.row.holder}
    assert not [row for row in left if not OWNED[row].shared]
