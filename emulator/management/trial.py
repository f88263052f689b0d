"""The trial of a commit: a change that reverts by itself unless it is confirmed.

Theory. `commit trial` makes a new configuration run at once and remembers the one before. From then on
there are two ways out: a confirmation leaves the new one in place; everything else brings the old one back:
`abort trial`, the end of the time, and, when no persist id was given, the loss of the session that began
it. The trial's commit point is listed at once; it stays when the trial is confirmed, and goes with its label
when the old configuration returns (derived: no page says it). While a trial runs no second one can begin and
no rollback is taken. What the table does not hold raises and changes nothing.

      INACTIVE --BEGIN--> ACTIVE --CONFIRM--> INACTIVE   (new configuration stays)
                          ACTIVE --ABORT, EXPIRE, LOSE--> INACTIVE   (old configuration returns)

Source: command reference, commit and abort trial; guide for `persist`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from emulator.config.statement import Configuration
from emulator.management.history import Author

DEFAULT_SECONDS = 600
SHORTEST, LONGEST = 60, 65535


class State(Enum):
    """Whether a trial runs."""

    INACTIVE = "INACTIVE"
    ACTIVE = "ACTIVE"


class Event(Enum):
    """What happens to a trial."""

    BEGIN = "begin"
    CONFIRM = "confirm"
    ABORT = "abort"
    EXPIRE = "expire"
    LOSE = "lose"  # the session of a trial without persist id ended


class Outcome(Enum):
    """Which configuration runs afterwards."""

    ON_TRIAL = "on trial"
    KEPT = "kept"
    REVERTED = "reverted"


STEPS: Mapping[tuple[State, Event], tuple[State, Outcome]] = {
    (State.INACTIVE, Event.BEGIN): (State.ACTIVE, Outcome.ON_TRIAL),
    (State.ACTIVE, Event.CONFIRM): (State.INACTIVE, Outcome.KEPT),
    (State.ACTIVE, Event.ABORT): (State.INACTIVE, Outcome.REVERTED),
    (State.ACTIVE, Event.EXPIRE): (State.INACTIVE, Outcome.REVERTED),
    (State.ACTIVE, Event.LOSE): (State.INACTIVE, Outcome.REVERTED),
}


class IllegalTrialEventError(Exception):
    """An event that the table does not hold for the state."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A running trial.

    Args:
        author: who began it.
        before: the configuration that comes back.
        deadline: when it ends, seconds on the world's clock.
        persist: the persist id; empty when the trial is bound to its session.
        commit_id: of its commit point, which goes with it; 0 where points are switched off.
    """

    author: Author
    before: Configuration
    deadline: float
    persist: str = ""
    commit_id: int = 0

    def seconds_left(self, now: float, rate: float = 1.0) -> int:
        """Return the whole seconds until it reverts, on a clock that runs at a rate."""
        return max(int((self.deadline - now) * rate + 0.999), 0)


def step(trial: Trial | None, event: Event) -> Outcome:
    """Return what an event makes of a trial.

    Raises:
        IllegalTrialEventError: the table does not hold the event for this state.
    """
    state = State.ACTIVE if trial else State.INACTIVE
    if (state, event) not in STEPS:
        raise IllegalTrialEventError(f"{event.value} while {state.value}")
    return STEPS[state, event][1]
