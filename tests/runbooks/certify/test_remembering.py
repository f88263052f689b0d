"""An emulator that is not asked twice answers as one that is: everywhere along a run, and for another run."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.edge.pipe import Pipe
from emulator.lab import Lab
from runbooks.certify.emulator import Answer, Order
from runbooks.certify.remembering import APART, Remembering

PE1 = "sysname PE1\n"


class Counting:
    """An emulator that counts what it is asked."""

    def __init__(self) -> None:
        self._pipe = Pipe(Lab({"PE1": PE1}))
        self.asked: list[Order] = []
        assert self({"keep": "base"})["ok"]

    def __call__(self, order: Order) -> Answer:
        self.asked.append(order)
        return self._pipe.obey(order)


ORDERS: tuple[Mapping[str, Any], ...] = (
    {"open": "PE1"},
    {"type": "system-view\n", "device": "PE1", "session": 1},
    {"type": "lacp priority 7\n", "device": "PE1", "session": 1, "after": 0.5},
    {"type": "commit trial 60\n", "device": "PE1", "session": 1},
    {"type": "save\n", "device": "PE1", "session": 1},
    {"type": "y\n", "device": "PE1", "session": 1},
    {"advance": 20},
    {"do": ["system-view", "lacp priority 9", "commit"], "device": "PE1", "user": "carol"},
    {"ask": "PE1", "as": "history"},
    {"wait": 3, "device": "PE1", "session": 1},
    {"close": 1, "device": "PE1"},
    {"fault": "reboot", "device": "PE1"},
    {"no": "order"},
)
RUNS = st.lists(st.lists(st.sampled_from(ORDERS), max_size=3 * APART), min_size=1, max_size=4)


@settings(deadline=None, max_examples=60)
@given(RUNS, st.integers(0, 9))
def test_it_answers_as_the_emulator_does(runs: list[list[Order]], seed: int) -> None:
    """Runs that begin alike part at any place, some while they are learnt and some not."""
    dice = Random(seed)  # noqa: S311 - repeatable
    remembering = Remembering(Counting())
    for run in [*runs, *runs]:
        plain = Counting()
        assert remembering({"renew": "base"}) == plain({"renew": "base"})
        cut = dice.randint(0, len(run))
        for number, order in enumerate((*run[:cut], *dice.choice(runs)[cut:])):
            remembering.learning = number < cut
            assert remembering(order) == plain(order)
        remembering.learning = False


def test_a_run_that_was_learnt_is_not_asked_again_and_one_that_parts_begins_near_by() -> None:
    emulator = Counting()
    remembering = Remembering(emulator, learning=True)
    run: list[Order] = [{"open": "PE1"}, *[{"advance": second} for second in range(3 * APART)]]

    def play(*orders: Order) -> int:
        remembering({"renew": "base"})
        before = len(emulator.asked)
        for order in orders:
            remembering(order)
        return len(emulator.asked) - before

    assert play(*run) > len(run)
    assert play(*run) == 0
    place = 2 * APART
    assert play(*run[:place], {"ask": "PE1"}) > place  # once from the beginning, and the place is kept
    assert play(*run[: place + 2], {"ask": "PE1"}) == len(["renew", *run[place : place + 2], "ask"])
