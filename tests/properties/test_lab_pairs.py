"""The sample pairs: planned on their devices, accepted there, taken away again, and learned back."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.facts import ConfigTree
from inventory.lines import Statement
from inventory.lines.statement import Key
from inventory.load import load_pair, parse_pair
from inventory.model import SIDES, Pair, Side
from parsers.tree import read_tree
from tasks.learn import learn
from tasks.plan import plan_member, same_configuration
from tasks.plan.items import read_items
from tasks.render import facts as render
from tests.properties.device import booted, printed, typed

LAB = Path(__file__).parents[2] / "inventory" / "lab"
PAIRS = sorted((LAB / "pairs").glob("*.yaml"))


def before(pair: Pair, side: Side) -> ConfigTree:
    name = f"{pair.members.of(side)}.cfg"
    file = next(folder / name for folder in (LAB / "before", LAB / "devices") if (folder / name).exists())
    return read_tree(file.read_text(), name)


@pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
@pytest.mark.parametrize("side", SIDES)
def test_a_sample_pair_is_deployed_and_taken_away(file: Path, side: Side) -> None:
    pair = load_pair(file)
    start, want = before(pair, side), render(pair, side)
    plan = plan_member(pair.members.of(side), want, start)
    device = booted(start)
    assert same_configuration(printed(device), start)
    device = typed(device, plan.forward)
    assert same_configuration(printed(device), plan.predicted)
    assert not plan_member(pair.members.of(side), want, printed(device)).forward

    gone = plan_member(pair.members.of(side), (), printed(device), scope=want)
    assert same_configuration(printed(typed(device, gone.forward)), gone.predicted)

    assert same_configuration(printed(typed(device, plan.back)), start)


@pytest.mark.parametrize("file", PAIRS, ids=lambda file: file.stem)
def test_a_sample_pair_is_learned_back(file: Path) -> None:
    pair = load_pair(file)
    whole = {side: plan_member("x", render(pair, side), before(pair, side)).predicted for side in SIDES}
    learned = parse_pair(learn(whole["a"], whole["b"], pair.name), "learned")
    for side in SIDES:
        assert said(render(learned, side)) == said(render(pair, side))


def said(lines: tuple[Statement, ...]) -> dict[Key, tuple[str, ...]]:
    return {key: item.value for key, item in read_items(lines).items()}
