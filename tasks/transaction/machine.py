"""The life of a pair transaction: a table `state x event -> state`.

Theory. Two routers shall both hold the new configuration or both the old one, whatever dies. Neither knows
the other; what makes it possible is the device's own timer: a commit on trial reverts by itself. So

1. every act that may change a device is preceded by a durable event (`TRY_B`, `TRY_A`, `COMMIT_STAGE`,
   `DECIDE`): a state says what *may* be true of the devices, never less;
2. before `DECIDE` is durable, every road leads back: trials are aborted or expire, stages are rolled back;
3. once it is durable, the road leads forward: a is confirmed, then b. Never the other way round, so that one
   question to a tells what became of the transaction;
4. a's trial may have expired before it was confirmed (we were dead too long): then nothing was confirmed, and
   the road leads back again;
5. a confirmed and b reverted is the one case that no protocol can close, and it has a name: `SPLIT`.

    START --GATE_PASSED--> GATED --STAGED--> STAGED --TRY_B--> TRIAL_B --TRY_A--> TRIAL_BOTH --DECIDE-.
      | GATE_REFUSED         | `-COMMIT_STAGE-> COMMITTING --TRY_B--^ |               |               |
      v                      | CLEARED             | FAILED           | FAILED        | FAILED        v
    REFUSED                  v                     v                  v               v            DECIDED
                         UNCHANGED            BACKING_OUT <-----------+---------------+--- A_OLD ---'  |
                                                   | BOTH_OLD                                   A_NEW  |
                                                   v                                                   v
                                              ROLLED_BACK      DONE <-SAVED- NEW_BOTH <-B_NEW-- NEW_A
                                                                                  SPLIT <-B_OLD---'
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """What may be true of the two members."""

    START = "start"
    """Nothing was sent."""
    GATED = "gated"
    """Both may hold a candidate of ours, which dies with its session."""
    STAGED = "staged"
    """Both hold exactly the planned candidate."""
    COMMITTING = "committing stages"
    """Either may hold stages of ours that a rollback takes back."""
    TRIAL_B = "b on trial"
    TRIAL_BOTH = "both on trial"
    DECIDED = "decided"
    """The decision to keep is durable; a may be confirmed."""
    NEW_A = "a confirmed"
    NEW_BOTH = "both confirmed"
    BACKING_OUT = "backing out"
    """The decision to go back is durable; either may still be on trial."""
    DONE = "done"
    REFUSED = "refused by the gate"
    UNCHANGED = "unchanged"
    ROLLED_BACK = "rolled back"
    SPLIT = "split"


class Event(StrEnum):
    """What happened, or is about to happen, and is made durable first."""

    GATE_PASSED = "gate passed"
    GATE_REFUSED = "gate refused"
    STAGED = "staged on both"
    COMMIT_STAGE = "about to commit a stage"
    TRY_B = "about to put b on trial"
    TRY_A = "about to put a on trial"
    DECIDE = "decided to keep"
    A_NEW = "a seen confirmed"
    A_OLD = "a seen reverted"
    B_NEW = "b seen confirmed"
    B_OLD = "b seen reverted"
    SAVED = "saved on both"
    FAILED = "failed"
    CLEARED = "candidates cleared"
    BOTH_OLD = "both seen as before"


STEPS: Mapping[State, Mapping[Event, State]] = {
    State.START: {Event.GATE_PASSED: State.GATED, Event.GATE_REFUSED: State.REFUSED},
    State.GATED: {
        Event.STAGED: State.STAGED,
        Event.COMMIT_STAGE: State.COMMITTING,
        Event.CLEARED: State.UNCHANGED,
    },
    State.STAGED: {Event.TRY_B: State.TRIAL_B, Event.CLEARED: State.UNCHANGED},
    State.COMMITTING: {
        Event.COMMIT_STAGE: State.COMMITTING,
        Event.TRY_B: State.TRIAL_B,
        Event.FAILED: State.BACKING_OUT,
    },
    State.TRIAL_B: {Event.TRY_A: State.TRIAL_BOTH, Event.FAILED: State.BACKING_OUT},
    State.TRIAL_BOTH: {Event.DECIDE: State.DECIDED, Event.FAILED: State.BACKING_OUT},
    State.DECIDED: {Event.A_NEW: State.NEW_A, Event.A_OLD: State.BACKING_OUT},
    State.NEW_A: {Event.B_NEW: State.NEW_BOTH, Event.B_OLD: State.SPLIT},
    State.NEW_BOTH: {Event.SAVED: State.DONE},
    State.BACKING_OUT: {Event.BOTH_OLD: State.ROLLED_BACK},
    State.DONE: {},
    State.REFUSED: {},
    State.UNCHANGED: {},
    State.ROLLED_BACK: {},
    State.SPLIT: {},
}

ENDS = frozenset(state for state, steps in STEPS.items() if not steps)
"""States in which nothing is left to do."""

FORWARD = frozenset({State.DECIDED, State.NEW_A, State.NEW_BOTH})
"""States from which the road leads forward."""


class IllegalStepError(Exception):
    """The table has no such step; nothing was changed."""


def step(state: State, event: Event) -> State:
    """Give the state after an event.

    Raises:
        IllegalStepError: the event cannot happen in that state.
    """
    try:
        return STEPS[state][event]
    except KeyError:
        raise IllegalStepError(f"no step `{event}` from `{state}`") from None
