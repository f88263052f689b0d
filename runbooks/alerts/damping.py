"""When a cause is told: at each transition, but for one that comes and goes, which is told once as flapping.

    told      open  busy   ->  told next
    any       any   yes        flapping
    any       yes   no         fail
    any       no    no         clear

A cause is busy when it changed as often as the limit within the window; one that was told as flapping stays
busy until it kept still for a whole window. Time comes in as an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from runbooks.alerts.model import State


@dataclass(frozen=True, slots=True)
class Damping:
    """How many changes within what time are flapping.

    Args:
        changes: so many, and it is.
        minutes: length of the window.
    """

    changes: int = 4
    minutes: float = 60.0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a cause.

    Args:
        told: what was told last.
        open: whether it was there at the last look.
        changed_at: when it came or went, the last times, oldest first.
    """

    told: State = State.CLEAR
    open: bool = False
    changed_at: tuple[datetime, ...] = ()


_NEXT = {
    (True, True): State.FLAPPING,
    (False, True): State.FLAPPING,
    (True, False): State.FAIL,
    (False, False): State.CLEAR,
}
"""What shall be told, by whether the cause is open and busy."""


def step(known: Known, now: datetime, damping: Damping, *, opened: bool) -> Known:
    """Take in one look; who compares `told` before and after knows whether to tell.

    Args:
        known: of the cause.
        now: moment of the look.
        damping: how many changes are flapping.
        opened: whether the cause is there.
    """
    window = timedelta(minutes=damping.minutes)
    changed = known.changed_at if opened == known.open else (*known.changed_at, now)
    recent = _recent(changed, now - window)
    busy = len(recent) >= (1 if known.told is State.FLAPPING else damping.changes)
    return Known(_NEXT[opened, busy], opened, recent)


def _recent(moments: Sequence[datetime], since: datetime) -> tuple[datetime, ...]:
    return tuple(one for one in moments if one > since)
