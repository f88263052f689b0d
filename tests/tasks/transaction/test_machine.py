"""The tables of the transaction: what they allow, where every road ends, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.transaction.machine import ENDS, FORWARD, STEPS, Event, IllegalStepError, State, step
from tasks.transaction.settling import DUTIES, PROOFS, Act, Seen


def test_every_state_has_a_row_and_every_event_is_used() -> None:
    assert set(STEPS) == set(State)
    assert {event for steps in STEPS.values() for event in steps} == set(Event)


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_what_is_not_in_the_table_raises(state: State, event: Event) -> None:
    if event in STEPS[state]:
        assert step(state, event) is STEPS[state][event]
    else:
        with pytest.raises(IllegalStepError):
            step(state, event)


def _reachable(state: State) -> set[State]:
    found, new = set(), {state}
    while new:
        found |= new
        new = {after for one in new for after in STEPS[one].values()} - found
    return found


@pytest.mark.parametrize("state", State)
def test_an_end_can_be_reached_from_everywhere(state: State) -> None:
    assert _reachable(state) & ENDS


def test_nothing_is_kept_without_the_decision() -> None:
    before = {State.START, State.GATED, State.STAGED, State.COMMITTING, State.TRIAL_B, State.TRIAL_BOTH}
    for state in before:
        for event, after in STEPS[state].items():
            assert after not in FORWARD or event is Event.DECIDE
    assert not _reachable(State.BACKING_OUT) & {State.DONE, State.SPLIT, *FORWARD}


def test_split_comes_only_from_a_confirmed_a() -> None:
    assert [state for state, steps in STEPS.items() if State.SPLIT in steps.values()] == [State.NEW_A]


@given(st.lists(st.sampled_from(list(Event)), max_size=30))
def test_an_illegal_event_changes_nothing(events: list[Event]) -> None:
    state = State.START
    for event in events:
        try:
            state = step(state, event)
        except IllegalStepError:
            assert event not in STEPS[state]
    assert state in State


@pytest.mark.parametrize(("state", "a", "b"), list(product(State, Seen, Seen)))
def test_b_is_confirmed_only_after_a_and_nothing_is_confirmed_on_the_way_back(
    state: State, a: Seen, b: Seen
) -> None:
    act = DUTIES.get((state, a, b))
    if act is Act.CONFIRM_B:
        assert state is State.NEW_A
    if act is Act.CONFIRM_A:
        assert state is State.DECIDED
        assert b in {Seen.TRIAL, Seen.NEW}
    if state is State.BACKING_OUT:
        assert act not in {Act.CONFIRM_A, Act.CONFIRM_B}
    if (proof := PROOFS.get((state, a, b))) is not None:
        step(state, proof)  # what is proved is a step of the machine


FATE = {
    Act.CONFIRM_A: ("a", Seen.NEW),
    Act.CONFIRM_B: ("b", Seen.NEW),
    Act.ABORT_A: ("a", Seen.OLD),
    Act.ABORT_B: ("b", Seen.OLD),
    Act.ROLL_BACK_A: ("a", Seen.OLD),
    Act.ROLL_BACK_B: ("b", Seen.OLD),
}
SETTLED = st.sampled_from([State.DECIDED, State.NEW_A, State.BACKING_OUT])


@given(SETTLED, st.sampled_from(list(Seen)), st.sampled_from(list(Seen)), st.lists(st.sampled_from("ab-")))
def test_settling_ends_and_timers_that_end_meanwhile_never_make_a_new_b_beside_an_old_a(
    state: State, a: Seen, b: Seen, expiries: list[str]
) -> None:
    seen = {"a": a, "b": b}
    if state is State.NEW_A:
        seen["a"] = Seen.NEW
    for expiry in [*expiries, *"-" * 8]:
        if seen.get(expiry) is Seen.TRIAL:
            seen[expiry] = Seen.OLD
        while (proof := PROOFS.get((state, seen["a"], seen["b"]))) is not None:
            state = step(state, proof)
        act = DUTIES.get((state, seen["a"], seen["b"]))
        if act is None:
            continue
        side, fate = FATE[act]
        seen[side] = fate
    if Seen.UNKNOWN not in seen.values():
        assert state in {State.NEW_BOTH, State.ROLLED_BACK, State.SPLIT}
        if state is State.SPLIT:
            assert (seen["a"], seen["b"]) == (Seen.NEW, Seen.OLD)
        elif state is State.ROLLED_BACK:
            assert (seen["a"], seen["b"]) == (Seen.OLD, Seen.OLD)
        else:
            assert (seen["a"], seen["b"]) == (Seen.NEW, Seen.NEW)
