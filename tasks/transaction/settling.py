"""How an unfinished transaction is settled: two tables over its state and what is seen on both members.

They are asked again after each act, with what is seen then, until neither knows a next step. They hold for
the ordinary end of a transaction and for `resume` alike: there is one way to confirm and one way back.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import product

from tasks.transaction.machine import Event, State


class Seen(StrEnum):
    """What one member is, as far as this transaction is concerned."""

    OLD = "as before"
    TRIAL = "on our trial"
    NEW = "new for good"
    UNKNOWN = "not known"
    """Out of reach, changed by somebody else, or on a trial that is not ours."""


class Act(StrEnum):
    """What is to be done to a member next."""

    CONFIRM_A = "confirm a"
    CONFIRM_B = "confirm b"
    ABORT_A = "abort a"
    ABORT_B = "abort b"
    ROLL_BACK_A = "roll back a"
    ROLL_BACK_B = "roll back b"


_O, _T, _N, _U = Seen.OLD, Seen.TRIAL, Seen.NEW, Seen.UNKNOWN
_ANY = tuple(Seen)

# What is seen makes an event true: (state, a, b) -> event. Rows as (state, values of a, values of b, event).
_PROOFS = (
    (State.DECIDED, (_N,), _ANY, Event.A_NEW),
    (State.DECIDED, (_O,), _ANY, Event.A_OLD),
    (State.NEW_A, _ANY, (_N,), Event.B_NEW),
    (State.NEW_A, _ANY, (_O,), Event.B_OLD),
    (State.BACKING_OUT, (_O,), (_O,), Event.BOTH_OLD),
)

# What is to be done: (state, a, b) -> act. What is not here can only be asked again later: b is never
# confirmed before a was seen to be new, and a is never confirmed while b may have reverted.
_DUTIES = (
    (State.DECIDED, (_T,), (_T, _N), Act.CONFIRM_A),
    (State.DECIDED, (_T,), (_O,), Act.ABORT_A),  # b's timer ended first and nothing is confirmed yet: back
    (State.NEW_A, _ANY, (_T,), Act.CONFIRM_B),
    (State.BACKING_OUT, (_T,), _ANY, Act.ABORT_A),
    (State.BACKING_OUT, (_N,), _ANY, Act.ROLL_BACK_A),
    (State.BACKING_OUT, (_O, _U), (_T,), Act.ABORT_B),
    (State.BACKING_OUT, (_O, _U), (_N,), Act.ROLL_BACK_B),
)

PROOFS: Mapping[tuple[State, Seen, Seen], Event] = {
    (state, a, b): event for state, of_a, of_b, event in _PROOFS for a, b in product(of_a, of_b)
}
DUTIES: Mapping[tuple[State, Seen, Seen], Act] = {
    (state, a, b): act for state, of_a, of_b, act in _DUTIES for a, b in product(of_a, of_b)
}
