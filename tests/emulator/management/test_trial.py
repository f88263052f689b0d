"""The table of the trial, event by event."""

from __future__ import annotations

from itertools import product

import pytest

from emulator.config.statement import Configuration, Statement
from emulator.management import operations, trial
from emulator.management.history import Author
from emulator.management.store import Store
from emulator.management.trial import STEPS, Event, IllegalTrialEventError, Outcome, State, Trial

AUTHOR = Author("netops", "VTY 0", 4)
OLD = Configuration((Statement("cm.sysname", "sysname old"),))
NEW = Configuration((Statement("cm.sysname", "sysname new"),))
TRIAL = Trial(AUTHOR, OLD, deadline=90.0)


@pytest.mark.parametrize(("state", "event"), sorted(product(State, Event), key=str))
def test_every_event_in_every_state(state: State, event: Event) -> None:
    running = TRIAL if state is State.ACTIVE else None
    if (state, event) in STEPS:
        assert trial.step(running, event) is STEPS[state, event][1]
    else:
        with pytest.raises(IllegalTrialEventError):
            trial.step(running, event)


@pytest.mark.parametrize(
    "event", [event for (_, event), (_, how) in STEPS.items() if how is Outcome.REVERTED]
)
def test_whatever_reverts_brings_the_old_configuration_back(event: Event) -> None:
    store = operations.revert(Store(running=NEW, trial=TRIAL), event, 60.0)
    assert store.running == OLD
    assert store.trial is None
    assert store.history.points == ()


def test_an_illegal_event_changes_nothing() -> None:
    store = Store(running=NEW)
    with pytest.raises(IllegalTrialEventError):
        operations.revert(store, Event.EXPIRE, 60.0)
    with pytest.raises(IllegalTrialEventError):
        operations.confirm(store)
    assert store == Store(running=NEW)


def test_a_confirmed_configuration_stays() -> None:
    store = operations.confirm(Store(running=NEW, trial=TRIAL))
    assert store.running == NEW
    assert store.trial is None


@pytest.mark.parametrize(("now", "left"), [(30.0, 60), (89.5, 1), (90.0, 0), (95.0, 0)])
def test_seconds_left_are_whole_and_never_negative(now: float, left: int) -> None:
    assert TRIAL.seconds_left(now) == left
