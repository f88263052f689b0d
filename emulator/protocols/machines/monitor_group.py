"""Interfaces that follow a monitor group."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto


class Trigger(Enum):
    """State of an interface that follows a group."""

    RELEASED = auto()
    TRIGGERED = auto()
    RETURNING = auto()


class Event(Enum):
    """What it meets."""

    REACHED = auto()
    BELOW = auto()
    DELAY_OVER = auto()


TABLE = {
    Trigger.RELEASED: {Event.REACHED: Trigger.TRIGGERED},
    Trigger.TRIGGERED: {Event.BELOW: Trigger.RETURNING},
    Trigger.RETURNING: {Event.REACHED: Trigger.TRIGGERED, Event.DELAY_OVER: Trigger.RELEASED},
}


@dataclass(slots=True)
class Tracker:
    """A following interface."""

    state: Trigger = Trigger.RELEASED
    released_at: float = 0.0
    last_up: float | None = None
    last_down: float | None = None


@dataclass(slots=True)
class MonitorGroup:
    """A running group: its followers by interface."""

    trackers: dict[str, Tracker] = field(default_factory=dict)
