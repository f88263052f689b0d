"""The tables of the transaction: what they allow, where every road ends, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.transaction.look import Seen
from tasks.transaction.machine import ENDS, FORWARD, STEPS, Event, IllegalStepError, State, step
from tasks.transaction.settling import NEXT, SETTLED_BY_ROWS, Act


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
    decisions = {Event.DECIDE, Event.ADOPTED_FORWARD}
    for state in before:
        for event, after in STEPS[state].items():
            assert after not in FORWARD or event in decisions
    assert not _reachable(State.BACKING_OUT) & {State.DONE, *FORWARD}


def test_what_was_not_finished_can_be_forgotten_and_an_end_cannot() -> None:
    for state, steps in STEPS.items():
        assert (Event.ABANDON in steps) == (state not in ENDS)


def test_no_journal_of_today_comes_to_the_end_that_0_1_called_split() -> None:
    assert all(State.SPLIT not in steps.values() for steps in STEPS.values())


# ---- settling ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "a", "b"), list(product(SETTLED_BY_ROWS, Seen, Seen)))
def test_every_value_of_each_member_has_a_row_in_each_state(state: State, a: Seen, b: Seen) -> None:
    then = NEXT[state, a, b]
    if isinstance(then, Event):
        step(state, then)  # what is seen to be true is a step of the machine


def test_settling_moves_on_from_every_state_that_may_have_left_something() -> None:
    assert set(SETTLED_BY_ROWS) == {State.DECIDED, State.NEW_A, State.NEW_BOTH, State.BACKING_OUT}


@pytest.mark.parametrize(("state", "a", "b"), list(product(SETTLED_BY_ROWS, Seen, Seen)))
def test_what_goes_forward_was_seen_on_both_members(state: State, a: Seen, b: Seen) -> None:
    then = NEXT[state, a, b]
    if then is Act.CONFIRM_A:
        assert (state, a) == (State.DECIDED, Seen.TRIAL)
        assert b in {Seen.TRIAL, Seen.NEW}
    if then is Act.CONFIRM_B:
        assert (state, a, b) == (State.NEW_A, Seen.NEW, Seen.TRIAL)
    if then is Act.SAVE:
        assert (state, a, b) == (State.NEW_BOTH, Seen.NEW, Seen.NEW)
    if then is Event.BOTH_OLD:
        assert (state, a, b) == (State.BACKING_OUT, Seen.OLD, Seen.OLD)
    if then is Event.B_NEW:
        assert (a, b) == (Seen.NEW, Seen.NEW)
    if Seen.UNSEEN in {a, b} and isinstance(then, Event):
        assert then not in {Event.B_NEW, Event.BOTH_OLD}


@pytest.mark.parametrize(("state", "a", "b"), list(product(SETTLED_BY_ROWS, Seen, Seen)))
def test_only_what_is_ours_is_taken_back_and_only_on_the_way_back(state: State, a: Seen, b: Seen) -> None:
    then = NEXT[state, a, b]
    takes = {
        Act.ABORT_A: (a, {Seen.TRIAL}),
        Act.ABORT_B: (b, {Seen.TRIAL}),
        Act.UNDO_A: (a, {Seen.NEW, Seen.STAGE}),
        Act.UNDO_B: (b, {Seen.NEW, Seen.STAGE}),
    }
    if isinstance(then, Act) and then in takes:
        seen, allowed = takes[then]
        assert state is State.BACKING_OUT
        assert seen in allowed


FATE = {
    Act.CONFIRM_A: ("a", Seen.NEW),
    Act.CONFIRM_B: ("b", Seen.NEW),
    Act.ABORT_A: ("a", Seen.OLD),
    Act.ABORT_B: ("b", Seen.OLD),
    Act.UNDO_A: ("a", Seen.OLD),
    Act.UNDO_B: ("b", Seen.OLD),
}
FATES = st.lists(st.sampled_from(["expiry a", "expiry b", "reboot a", "reboot b", ""]), max_size=4)


@given(st.sampled_from(SETTLED_BY_ROWS), st.sampled_from(list(Seen)), st.sampled_from(list(Seen)), FATES)
def test_timers_and_reboots_meanwhile_end_in_both_or_none(
    state: State, a: Seen, b: Seen, blows: list[str]
) -> None:
    seen = {"a": a, "b": b}
    saved = False
    for blow in [*blows, *[""] * 12]:
        kind, _, side = blow.partition(" ")
        if (kind == "expiry" and seen[side] is Seen.TRIAL) or (kind == "reboot" and not saved):
            seen[side] = Seen.OLD if seen[side] in {Seen.TRIAL, Seen.NEW, Seen.STAGE} else seen[side]
        while isinstance(then := NEXT.get((state, seen["a"], seen["b"]), Act.STOP), Event):
            state = step(state, then)
        if then is Act.SAVE:
            saved, state = True, step(state, Event.SAVED)
        elif then in FATE:
            side, fate = FATE[then]
            seen[side] = fate
    known = {Seen.OLD, Seen.STAGE, Seen.TRIAL, Seen.NEW}
    if {a, b} <= known and not (state is State.NEW_A and a is Seen.TRIAL):
        assert state in {State.DONE, State.ROLLED_BACK, State.NEW_A, State.NEW_BOTH}
        assert state in {State.NEW_A, State.NEW_BOTH} or seen["a"] == seen["b"]
