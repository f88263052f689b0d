"""Monitor groups as shown."""

from __future__ import annotations

from emulator.protocols import (
    monitor_group,
)
from emulator.protocols.machines.monitor_group import Tracker, Trigger
from emulator.protocols.node import Node
from emulator.protocols.settings.monitors import MonitorSettings
from emulator.protocols.states import BindingView, MonitorGroupView, TrackerView


def view(node: Node, settings: MonitorSettings) -> MonitorGroupView:
    """Show one group."""
    down, total = monitor_group.weights(node, settings)
    following = monitor_group.followers(node, settings.name)
    return MonitorGroupView(
        name=settings.name,
        index=settings.index,
        active=settings.enabled,
        down_weight=down,
        weight_sum=total,
        max_trigger=max((trigger or 0 for trigger in following.values()), default=0),
        trigger_up_delay=settings.up_delay,
        bindings=tuple(_binding_view(node, name, weight) for name, weight in settings.bindings),
        trackers=tuple(_tracker_view(node, settings, name, trigger) for name, trigger in following.items()),
    )


def _binding_view(node: Node, name: str, weight: int) -> BindingView:
    interface, settings = node.interfaces.get(name), node.settings.interfaces.get(name)
    return BindingView(
        interface=name,
        index=settings.index if settings is not None else 0,
        down_weight=weight,
        up=monitor_group.binding_up(node, name),
        last_up=interface.last_up if interface is not None else None,
        last_down=interface.last_down if interface is not None else None,
        valid=interface is not None,
    )


def _tracker_view(node: Node, settings: MonitorSettings, name: str, trigger: int | None) -> TrackerView:
    tracker = node.monitors[settings.name].trackers.get(name, Tracker())
    return TrackerView(
        interface=name,
        index=node.settings.interfaces[name].index,
        trigger=trigger,
        triggered=tracker.state is not Trigger.RELEASED,
        last_up=tracker.last_up,
        last_down=tracker.last_down,
    )
