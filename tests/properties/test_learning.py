"""What is learned from a drawn pair is that pair, and needs no plan."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.errors import IntentError
from inventory.lines.statement import Key
from inventory.load import parse_pair
from inventory.rules import lint
from parsers.tree import read_tree
from tasks.learn import learn
from tasks.plan import plan_member
from tasks.plan.items import Items, items_of, read_items
from tasks.render import facts as render
from tasks.render.members import intended_member
from tests.properties.intents import Drawn, complete, configurations


def mirrored(drawn: Drawn) -> str:
    """The other member of a pair: ends and discriminators the other way round."""
    text = complete(drawn).replace("sysname R1", "sysname R2")
    for one, other in (("198.51.100.1", "198.51.100.2"), ("local ", "remote ")):
        text = text.replace(one, "<>").replace(other, one).replace("<>", other)
    return text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(configurations())
def test_learn_then_plan_is_empty_and_render_gives_the_lines_back(drawn: Drawn) -> None:
    a, b = read_tree(complete(drawn), "a"), read_tree(mirrored(drawn), "b")
    pair = parse_pair(learn(a, b, "drawn"), "learned")
    for want, running in ((render(pair, "a"), a), (render(pair, "b"), b)):
        assert not plan_member("x", want, running).forward
        assert _said(read_items(want)) <= _said(items_of(running))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(configurations(), configurations())
def test_a_pair_that_does_not_match_is_read_too(one: Drawn, other: Drawn) -> None:
    a, b = read_tree(complete(one), "a"), read_tree(mirrored(other), "b")
    text = learn(a, b, "drawn")
    pair = parse_pair(text, "learned")
    for want, running in ((render(pair, "a"), a), (render(pair, "b"), b)):
        assert "the intent adds" in text or not plan_member("x", want, running).forward


def _said(items: Items) -> set[tuple[Key, tuple[str, ...]]]:
    return {(item.key, item.value) for item in items.values() if not item.row.holder}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=configurations(), other=configurations(), data=st.data(), whole=st.booleans())
def test_what_is_learned_can_always_be_read(
    one: Drawn, other: Drawn, data: st.DataObject, *, whole: bool
) -> None:
    trees = []
    for text in (complete(one), mirrored(other)):
        lines = text.splitlines()
        gone = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=6))
        kept = [line for number, line in enumerate(lines) if number not in gone]
        trees.append(read_tree("\n".join(kept) + "\ninterface Vlanif9\n description \x1b[2J\x85end\n", "x"))
    try:
        text = learn(trees[0], trees[1], "drawn", whole=whole)
    except IntentError as error:
        if "in common" not in error.message:  # the only reason to learn nothing
            raise
        return
    pair = parse_pair(text, "learned")
    lint(intended_member(pair, "a"), intended_member(pair, "b"))
