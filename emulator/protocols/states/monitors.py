"""Monitor groups."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BindingView:
    """An interface that a monitor group watches."""

    interface: str
    index: int
    down_weight: int
    up: bool
    last_up: float | None = None
    last_down: float | None = None
    valid: bool = True


@dataclass(frozen=True, slots=True)
class TrackerView:
    """An interface that follows a monitor group.

    Args:
        trigger: weight that brings it down; None means only when all bindings are down.
        triggered: it is held down now.
    """

    interface: str
    index: int
    trigger: int | None
    triggered: bool
    last_up: float | None = None
    last_down: float | None = None
    valid: bool = True


@dataclass(frozen=True, slots=True)
class MonitorGroupView:
    """A monitor group.

    Args:
        index: creation order, from 1.
        down_weight: weight of the bindings that are down; `weight_sum` of all.
    """

    name: str
    index: int
    active: bool
    down_weight: int
    weight_sum: int
    max_trigger: int
    trigger_up_delay: int
    bindings: tuple[BindingView, ...] = ()
    trackers: tuple[TrackerView, ...] = ()
