"""The life of a pair transaction: a table `state x event -> state`.

Theory. Two routers shall both hold the new configuration or both the old one, whatever dies. Neither knows
the other; what makes it possible is the device's own timer: a commit on trial reverts by itself. So

1. every act that may change a device is preceded by a durable event (`TRY_B`, `TRY_A`, `COMMIT_STAGE`,
   `DECIDE`): a state says what *may* be true of the devices, never less;
2. before `DECIDE` is durable, every road leads back: trials are aborted or expire, stages are undone;
3. once it is durable, the road leads forward: a is confirmed, then b. Never the other way round, so that one
   question to a tells what became of the transaction;
4. as long as a is not confirmed the road can still turn back: a's trial ended (`A_OLD`), b's did (`B_GONE`),
   a does not take its confirmation or b has too little time left (`TOO_LATE`), or an operator wants it
   (`ABORT`);
5. a member that was confirmed can be old again: nothing is saved yet, and a reboot takes it back. Then the
   other one is taken back too (`A_LOST`, `B_OLD`, `LOST`), by undoing our own commit; so it is where b does
   not take its confirmation (`B_GONE`);
6. a drill takes the same way, and turns back at the end of its trial (`DRILLED`): it never decides to keep;
7. an end is recorded only when both members were seen to be what it says. Where they are not, and no act is
   left, the state stays what it is: what is said then (unsettled, split) stands in `ends`.

    START --GATE_PASSED--> GATED --STAGED--> STAGED --TRY_B--> TRIAL_B --TRY_A--> TRIAL_BOTH --DECIDE-.
      | GATE_REFUSED         | `-COMMIT_STAGE-> COMMITTING --TRY_B--^ |               |               |
      v                      | CLEARED             | FAILED           | FAILED        | FAILED        v
    REFUSED                  v                     v                  v               v            DECIDED
                         UNCHANGED            BACKING_OUT <-----------+---------------+-------<------'  |
                                                   ^ |                                            A_NEW |
                                                   | | BOTH_OLD                                         v
                                                   | v               DONE <-SAVED- NEW_BOTH <-B_NEW-- NEW_A
                                 (NOTHING_MADE:    | ROLLED_BACK                      |                 |
                                  UNCHANGED)       |                                  |                 |
                                                   `------------------------<---------+--------<--------'
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
    """Either may hold stages of ours, which no timer takes back."""
    TRIAL_B = "b on trial"
    TRIAL_BOTH = "both on trial"
    DECIDED = "decided"
    """The decision to keep is durable; a may be confirmed."""
    NEW_A = "a confirmed"
    NEW_BOTH = "both confirmed"
    BACKING_OUT = "backing out"
    """The decision to go back is durable; either may still hold something of ours."""
    DONE = "done"
    NOTHING = "nothing to do"
    REFUSED = "refused by the gate"
    UNCHANGED = "unchanged"
    ROLLED_BACK = "rolled back"
    ABANDONED = "abandoned"
    """An operator had it forgotten."""
    SPLIT = "split"
    """In journals of 0.1 alone, which took it for an end."""


class Event(StrEnum):
    """What happened, or is about to happen, and is made durable first."""

    GATE_PASSED = "gate passed"
    GATE_REFUSED = "gate refused"
    NOTHING = "nothing to do"
    STAGED = "staged on both"
    COMMIT_STAGE = "about to commit a stage"
    TRY_B = "about to put b on trial"
    TRY_A = "about to put a on trial"
    DECIDE = "decided to keep"
    A_NEW = "a seen confirmed"
    A_OLD = "a seen reverted"
    B_NEW = "b seen confirmed"
    B_OLD = "b seen reverted"
    B_GONE = "b cannot be kept any more"
    TOO_LATE = "a cannot be confirmed any more"
    A_LOST = "a seen old again"
    LOST = "a confirmed member seen old again"
    SAVED = "both seen new and saved"
    DRILLED = "the drill is over"
    FAILED = "failed"
    ABORT = "aborted by an operator"
    CLEARED = "candidates cleared"
    BOTH_OLD = "both seen as before"
    NOTHING_MADE = "both seen without a commit of ours"
    ADOPTED_FORWARD = "adopted: a was kept"
    ADOPTED_BACK = "adopted: a was not kept"
    ABANDON = "forgotten by an operator"
    TAKEN_UP = "taken up again"


STEPS: Mapping[State, Mapping[Event, State]] = {
    State.START: {
        Event.GATE_PASSED: State.GATED,
        Event.GATE_REFUSED: State.REFUSED,
        Event.NOTHING: State.NOTHING,
        Event.ADOPTED_FORWARD: State.DECIDED,
        Event.ADOPTED_BACK: State.BACKING_OUT,
        Event.ABANDON: State.ABANDONED,
    },
    State.GATED: {
        Event.STAGED: State.STAGED,
        Event.COMMIT_STAGE: State.COMMITTING,
        Event.CLEARED: State.UNCHANGED,
        Event.ABANDON: State.ABANDONED,
    },
    State.STAGED: {
        Event.TRY_B: State.TRIAL_B,
        Event.CLEARED: State.UNCHANGED,
        Event.ABANDON: State.ABANDONED,
    },
    State.COMMITTING: {
        Event.COMMIT_STAGE: State.COMMITTING,
        Event.TRY_B: State.TRIAL_B,
        Event.FAILED: State.BACKING_OUT,
        Event.ABORT: State.BACKING_OUT,
        Event.ABANDON: State.ABANDONED,
    },
    State.TRIAL_B: {
        Event.TRY_A: State.TRIAL_BOTH,
        Event.FAILED: State.BACKING_OUT,
        Event.ABORT: State.BACKING_OUT,
        Event.ABANDON: State.ABANDONED,
    },
    State.TRIAL_BOTH: {
        Event.DECIDE: State.DECIDED,
        Event.DRILLED: State.BACKING_OUT,
        Event.FAILED: State.BACKING_OUT,
        Event.ABORT: State.BACKING_OUT,
        Event.ABANDON: State.ABANDONED,
    },
    State.DECIDED: {
        Event.A_NEW: State.NEW_A,
        Event.A_OLD: State.BACKING_OUT,
        Event.B_GONE: State.BACKING_OUT,
        Event.TOO_LATE: State.BACKING_OUT,
        Event.ABORT: State.BACKING_OUT,
        Event.ABANDON: State.ABANDONED,
    },
    State.NEW_A: {
        Event.B_NEW: State.NEW_BOTH,
        Event.B_OLD: State.BACKING_OUT,
        Event.B_GONE: State.BACKING_OUT,
        Event.A_LOST: State.BACKING_OUT,
        Event.ABANDON: State.ABANDONED,
    },
    State.NEW_BOTH: {
        Event.SAVED: State.DONE,
        Event.LOST: State.BACKING_OUT,
        Event.ABANDON: State.ABANDONED,
    },
    State.BACKING_OUT: {
        Event.BOTH_OLD: State.ROLLED_BACK,
        Event.NOTHING_MADE: State.UNCHANGED,
        Event.ABANDON: State.ABANDONED,
    },
    State.SPLIT: {Event.TAKEN_UP: State.BACKING_OUT, Event.ABANDON: State.ABANDONED},
    State.DONE: {},
    State.NOTHING: {},
    State.REFUSED: {},
    State.UNCHANGED: {},
    State.ROLLED_BACK: {},
    State.ABANDONED: {},
}

ENDS = frozenset(state for state, steps in STEPS.items() if not steps)
"""States in which nothing is left to do."""

FORWARD = frozenset({State.DECIDED, State.NEW_A, State.NEW_BOTH})
"""States from which the road leads forward."""


class IllegalStepError(Exception):
    """The table has no such step; nothing was changed."""


def step(state: State, event: Event) -> State:
    """Return the state after an event.

    Raises:
        IllegalStepError: the event cannot happen in that state.
    """
    try:
        return STEPS[state][event]
    except KeyError:
        raise IllegalStepError(f"no step `{event}` from `{state}`") from None
