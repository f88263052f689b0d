"""What an end is called, and who brought it about: from the state, and from what was seen last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tasks.transaction.ends import Decider, End
from tasks.transaction.journal import Journal
from tasks.transaction.ladder import LABELLED
from tasks.transaction.look import Look, Seen
from tasks.transaction.machine import Event, State

END_OF_STATE: Mapping[State, End] = {
    State.DONE: End.DONE,
    State.NOTHING: End.NOTHING,
    State.REFUSED: End.REFUSED,
    State.UNCHANGED: End.UNCHANGED,
    State.ROLLED_BACK: End.AS_BEFORE,
    State.ABANDONED: End.ABANDONED,
}
"""The end that a state is; a state that is none has no row."""
TOOK_BACK: Mapping[Event, tuple[str, ...]] = {
    Event.A_OLD: ("a",),
    Event.A_LOST: ("a",),
    Event.B_OLD: ("b",),
    Event.B_GONE: ("b",),
    Event.LOST: ("a", "b"),
}
"""Which member is old again when an event turns the road back."""
_KEPT = frozenset({Seen.NEW, Seen.STAGE})
_NOT_TOLD = frozenset({Seen.UNSEEN, Seen.ANOTHERS_TRIAL})
_TIMERS = {"a": Decider.TIMER_A, "b": Decider.TIMER_B}


def name_end(journal: Journal, looks: Mapping[str, Look]) -> End:
    """Name the end of a transaction; where its state is no end, what was seen of both members tells.

    Args:
        journal: of the transaction.
        looks: what was seen last, by side.
    """
    if journal.state in END_OF_STATE:
        return END_OF_STATE[journal.state]
    busy = {side: looks[side] for side in ("a", "b") if not journal.opening.of(side).idle and side in looks}
    kept = [side for side, look in busy.items() if look.seen in _KEPT]
    missing = [side for side, look in busy.items() if look.seen in _NOT_TOLD]
    if len(kept) == len(busy) and len({(look.seen, look.stage) for look in busy.values()}) == 1:
        return End.UNSETTLED  # both are new and not saved, or both are as far as the other one
    if kept:
        return End.SPLIT_HAZARD if missing else End.SPLIT_MIXED
    if any(may_be_kept(journal, side) for side in missing):
        return End.SPLIT_HAZARD
    return End.UNSETTLED


def may_be_kept(journal: Journal, side: str) -> bool:
    """Tell whether a member that is not seen may hold something of ours that no timer takes back."""
    member = journal.opening.of(side).member
    trial = journal.trial_of(member)
    confirmed = {"a": State.DECIDED, "b": State.NEW_A}[side]
    return (
        journal.reached(confirmed)
        or bool(journal.stages_of(member))
        or bool(journal.opening.of(side).ours)
        or (journal.reached(State.COMMITTING) and bool(journal.opening.of(side).stages))
        or (trial is not None and trial.safety == LABELLED.name)
    )


def who_took_back(journal: Journal, side: str, look: Look, now: datetime) -> Decider:
    """Say who made a member old again that was on our trial or confirmed, as far as the displays tell.

    A reboot leaves our commit at the head of the list while the lines are the old ones; the end of a timer is
    told by the journal's clock; anything else was an operator.
    """
    trial = journal.trial_of(look.member)
    if trial is not None and trial.until and now >= datetime.fromisoformat(trial.until):
        return _TIMERS[side]
    if look.ours is not None and look.head == look.ours:
        return Decider.REBOOT
    return Decider.OPERATOR


def armed(journal: Journal, look: Look, now: datetime) -> bool:
    """Tell whether a trial of ours may still run on a member that does not show it as ours."""
    trial = journal.trial_of(look.member)
    running = trial is not None and bool(trial.until) and now < datetime.fromisoformat(trial.until)
    return running and look.seen is not Seen.OTHER


def timers(journal: Journal, looks: Mapping[str, Look], now: datetime) -> tuple[str, ...]:
    """Say of each member what its timer will do: from the device where it is seen, else from the journal."""
    told = []
    for look in looks.values():
        trial = journal.trial_of(look.member)
        if look.seen is Seen.TRIAL:
            told.append(f"{look.member} reverts by itself in {look.seconds_left} s unless it is confirmed")
        elif look.seen is Seen.UNSEEN and trial is not None and trial.until:
            left = (datetime.fromisoformat(trial.until) - now).total_seconds()
            told.append(
                f"the trial of {look.member} ends in {left:.0f} s by the journal's clock"
                if left > 0
                else f"the trial of {look.member} ended {-left:.0f} s ago by the journal's clock"
            )
    return tuple(told)
