"""How well a twin shows what a pair shows, and what is concluded from it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inventory.load import load_pair
from parsers.api import parse
from runbooks.lab import LAB
from runbooks.rehearse.agreement import UNCOMPARED, Agreement, agreement
from runbooks.rehearse.concluding import agrees
from tasks.checks.model import Observation, Outcome

PAIR = load_pair(LAB / "pairs" / "igmp-vrrp.yaml")
COMMAND = "display interface brief"
NOW = datetime(2026, 5, 6, tzinfo=UTC)
HEAD = "Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors\n"


def seen(states: str, command: str = COMMAND, more: str = "") -> Observation:
    """Give a display with a row a letter: `u` of a port that is up, `d` of one that is down, `-` none."""
    words = {"u": "up", "d": "down"}
    rows = (
        f"GigabitEthernet0/2/{n:<8} {words[one]:<5} {words[one]:<9} 0%    0%     0          0\n"
        for n, one in enumerate(states, 1)
        if one != "-"
    )
    text = HEAD + "".join(rows) + more
    return Observation(PAIR.members.a, command, text, parse(command, text), NOW, 0.1)


def compared(live: str, twin: str, *, on_plan: bool = False, more: str = "") -> Agreement:
    objects = frozenset({COMMAND} if on_plan else ())
    return agreement(PAIR, [seen(live, more=more)], [seen(twin)], objects)


EACH = compared("u", "u").fields
"""Fields of a row that count."""


def test_all_that_is_alike_agrees() -> None:
    alike = compared("u" * 20, "u" * 20)

    assert (alike.fields, alike.share, alike.doubt) == (20 * EACH, 1.0, "")
    assert agrees(PAIR, alike).outcome is Outcome.SUCCESS
    assert EACH > 2


@pytest.mark.parametrize(
    ("live", "twin", "apart"),
    [
        ("u" * 20, "d" + "u" * 19, 2),
        ("u" * 20, "-" + "u" * 19, EACH),
        ("-" + "u" * 19, "u" * 20, EACH),
    ],
    ids=["fields", "row of the pair alone", "row of the twin alone"],
)
def test_each_field_counts_and_a_row_that_one_of_both_lacks_counts_as_all_of_its_fields(
    live: str, twin: str, apart: int
) -> None:
    found = compared(live, twin)

    assert (found.apart, found.fields) == (apart, 20 * EACH)
    assert str(found).startswith(f"agrees in {20 * EACH - apart} of {20 * EACH} fields; differing: ")
    assert found.doubt == ""


@pytest.mark.parametrize(("twin", "concluded"), [("u" * 18 + "--", True), ("u" * 17 + "---", False)])
def test_below_the_wanted_share_nothing_is_concluded_though_no_object_of_the_plan_differs(
    twin: str, *, concluded: bool
) -> None:
    found = compared("u" * 20, twin)

    assert found.on_objects == ()
    assert (agrees(PAIR, found).outcome is Outcome.SUCCESS) == concluded
    assert bool(found.doubt) != concluded
    if not concluded:
        assert found.doubt == "the twin agrees in 85% of the fields, less than 90%"
        assert agrees(PAIR, found).outcome is Outcome.ERROR


def test_one_field_of_an_object_of_the_plan_is_enough_to_conclude_nothing() -> None:
    found = compared("u" * 200, "d" + "u" * 199, on_plan=True)

    assert found.share > 0.99
    assert found.doubt.startswith("the twin differs on an object of the plan: ")


@pytest.mark.parametrize("on_plan", [True, False])
def test_an_object_of_the_plan_whose_display_is_not_understood_is_not_compared(*, on_plan: bool) -> None:
    found = compared("u" * 20, "u" * 20, on_plan=on_plan, more="something that nobody knows\n")

    said = f"an object of the plan was not compared: `{COMMAND}` of {PAIR.members.a}"
    assert found.doubt == (said if on_plan else "")


def test_where_nothing_was_compared_nothing_is_concluded() -> None:
    assert agreement(PAIR, [], [seen("u")], frozenset()).doubt == UNCOMPARED
