"""How an unfinished transaction is settled: one table over its state and what is seen on both members.

It is asked again after each act, with what is seen then, until it knows no next step. It holds for the
ordinary end of a transaction and for `resume` alike: there is one way to confirm and one way back. Every
value of each member has a row in each state; where nothing safe can be done the row says so.

A step is an event that what is seen makes true, or an act:

- `WAIT`: a member that is not to be seen, or on somebody else's trial, may be otherwise in a while;
- `STOP`: no act is safe. b is never confirmed before a was seen new, a never while b may have reverted, and
  nobody's change but our own is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import product
from typing import TypeAlias

from tasks.transaction.look import Seen
from tasks.transaction.machine import Event, State


class Act(StrEnum):
    """What is to be done next."""

    CONFIRM_A = "confirm a"
    CONFIRM_B = "confirm b"
    ABORT_A = "abort a"
    ABORT_B = "abort b"
    UNDO_A = "undo our commit on a"
    UNDO_B = "undo our commit on b"
    SAVE = "save both"
    WAIT = "wait"
    STOP = "stop"


Step: TypeAlias = Event | Act

_ANY = tuple(Seen)
_BACK = (Seen.OLD, Seen.STAGE)
_KEPT = (Seen.NEW, Seen.STAGE)
_FOREIGN = (Seen.ANOTHERS_TRIAL, Seen.OTHER)
_MAY_CHANGE = (Seen.UNSEEN, Seen.ANOTHERS_TRIAL)

# Rows as (state, values of a, values of b, step); the first that fits holds.
_ROWS: tuple[tuple[State, tuple[Seen, ...], tuple[Seen, ...], Step], ...] = (
    # The decision is durable; only a seen confirmed makes it irrevocable.
    (State.DECIDED, (Seen.NEW,), _ANY, Event.A_NEW),
    (State.DECIDED, _BACK, _ANY, Event.A_OLD),
    (State.DECIDED, (Seen.TRIAL,), (Seen.TRIAL, Seen.NEW), Act.CONFIRM_A),
    (State.DECIDED, (Seen.TRIAL,), (*_BACK, *_FOREIGN), Event.B_GONE),
    (State.DECIDED, (Seen.TRIAL,), (Seen.UNSEEN,), Act.WAIT),
    (State.DECIDED, (Seen.UNSEEN,), _ANY, Act.WAIT),
    (State.DECIDED, _FOREIGN, _ANY, Act.STOP),
    # a was seen confirmed: b follows, or a comes back.
    (State.NEW_A, (Seen.NEW,), (Seen.NEW,), Event.B_NEW),
    (State.NEW_A, (Seen.NEW,), (Seen.TRIAL,), Act.CONFIRM_B),
    (State.NEW_A, (Seen.NEW,), _BACK, Event.B_OLD),
    (State.NEW_A, (Seen.NEW,), (Seen.UNSEEN,), Act.WAIT),
    (State.NEW_A, (Seen.NEW,), _FOREIGN, Act.STOP),
    (State.NEW_A, _BACK, _ANY, Event.A_LOST),
    (State.NEW_A, (Seen.UNSEEN,), _ANY, Act.WAIT),
    (State.NEW_A, (Seen.TRIAL, *_FOREIGN), _ANY, Act.STOP),
    # Both were seen confirmed: they are saved while they still are.
    (State.NEW_BOTH, (Seen.NEW,), (Seen.NEW,), Act.SAVE),
    (State.NEW_BOTH, _BACK, _ANY, Event.LOST),
    (State.NEW_BOTH, _ANY, _BACK, Event.LOST),
    (State.NEW_BOTH, (Seen.UNSEEN,), _ANY, Act.WAIT),
    (State.NEW_BOTH, _ANY, (Seen.UNSEEN,), Act.WAIT),
    (State.NEW_BOTH, _ANY, _ANY, Act.STOP),
    # The way back: whatever is ours goes, one member after the other.
    (State.BACKING_OUT, (Seen.OLD,), (Seen.OLD,), Event.BOTH_OLD),
    (State.BACKING_OUT, (Seen.TRIAL,), _ANY, Act.ABORT_A),
    (State.BACKING_OUT, _KEPT, _ANY, Act.UNDO_A),
    (State.BACKING_OUT, _ANY, (Seen.TRIAL,), Act.ABORT_B),
    (State.BACKING_OUT, _ANY, _KEPT, Act.UNDO_B),
    (State.BACKING_OUT, _MAY_CHANGE, _ANY, Act.WAIT),
    (State.BACKING_OUT, _ANY, _MAY_CHANGE, Act.WAIT),
    (State.BACKING_OUT, _ANY, _ANY, Act.STOP),
)

SETTLED_BY_ROWS = tuple(dict.fromkeys(row[0] for row in _ROWS))
"""States that settling moves on from."""


def _cells() -> Iterator[tuple[tuple[State, Seen, Seen], Step]]:
    for state, of_a, of_b, then in reversed(_ROWS):
        for a, b in product(of_a, of_b):
            yield (state, a, b), then


NEXT: Mapping[tuple[State, Seen, Seen], Step] = dict(_cells())
"""The table: (state, a, b) -> what comes next."""
