"""Each transition is told once; what comes and goes is told as flapping, and its end when it kept still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbooks.alerts.damping import Damping, Known, step
from runbooks.alerts.model import State

START = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
DAMPING = Damping(changes=4, minutes=60)
F, C, X = State.FAIL, State.CLEAR, State.FLAPPING


def told(looks: list[tuple[float, bool]]) -> list[tuple[float, State]]:
    """Return what is told, each with its minute."""
    known, said = Known(), []
    for minute, opened in looks:
        after = step(known, START + timedelta(minutes=minute), DAMPING, opened=opened)
        if after.told is not known.told:
            said.append((minute, after.told))
        known = after
    return said


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        ([(0, False), (5, False)], []),
        ([(0, True), (5, True), (10, True)], [(0, F)]),
        ([(0, True), (5, False), (10, False)], [(0, F), (5, C)]),
        # the fourth change within the hour is flapping; it stays so while it goes on changing
        ([(0, True), (5, False), (10, True), (15, False), (20, True)], [(0, F), (5, C), (10, F), (15, X)]),
        # an hour without a change ends it, whatever it is then
        ([(0, True), (5, False), (10, True), (15, False), (76, False)],
         [(0, F), (5, C), (10, F), (15, X), (76, C)]),
        ([(0, True), (5, False), (10, True), (15, False), (20, True), (81, True)],
         [(0, F), (5, C), (10, F), (15, X), (81, F)]),
        # changes that are far apart are none
        ([(0, True), (30, False), (61, True), (92, False)], [(0, F), (30, C), (61, F), (92, C)]),
    ],
)  # fmt: skip
def test_what_is_told(looks: list[tuple[float, bool]], said: list[tuple[float, State]]) -> None:
    assert told(looks) == said


@given(st.lists(st.booleans(), max_size=60))
def test_after_a_still_window_the_truth_was_told_last_and_nothing_twice(opened: list[bool]) -> None:
    looks = [(float(minute * 7), one) for minute, one in enumerate(opened)]
    last = opened[-1] if opened else False
    looks.append((len(opened) * 7 + 61.0, last))
    said = told(looks)
    assert (said[-1][1] if said else C) is (F if last else C)
    assert all(one[1] is not other[1] for one, other in pairwise(said))
