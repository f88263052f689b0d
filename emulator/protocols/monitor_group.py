"""Monitor groups: when too much of what is watched is down, what follows is brought down too.

An interface that follows a group goes down when the weight of the group's failed bindings reaches its
trigger, or, without a trigger, when all bindings are down; it returns the `trigger-up-delay` after the weight
has fallen below. Nothing happens before `monitor enable`. (Manual pages `track monitor-group`,
`monitor enable`, `trigger-up-delay`.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.machine import keep, step
from emulator.protocols.machines.monitor_group import TABLE, Event, MonitorGroup, Tracker, Trigger

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings
    from emulator.protocols.settings.monitors import MonitorSettings


def react(net: Network, node: Node) -> bool:
    """Bring every follower of a device to what its group says; tell whether anything changed."""
    changed = False
    for name, settings in node.settings.monitors.items():
        trackers = node.monitors[name].trackers
        following = followers(node, name)
        for gone in trackers.keys() - following.keys():
            del trackers[gone]
        for interface, trigger in following.items():
            tracker = trackers.setdefault(interface, Tracker())
            before = tracker.state
            _move(net, node, settings, tracker, reached=_reached(node, settings, trigger))
            changed |= before is not tracker.state
    return changed


def followers(node: Node, group: str) -> dict[str, int | None]:
    """Return the interfaces that follow a group, with their triggers."""
    return {
        name: interface.track_group[1]
        for name, interface in node.settings.interfaces.items()
        if interface.track_group is not None and interface.track_group[0] == group
    }


def _move(net: Network, node: Node, settings: MonitorSettings, tracker: Tracker, *, reached: bool) -> None:
    if reached and tracker.state is not Trigger.TRIGGERED:
        tracker.state = step(TABLE, tracker.state, Event.REACHED)
        tracker.last_down = net.now
    elif not reached and tracker.state is Trigger.TRIGGERED:
        tracker.state = step(TABLE, tracker.state, Event.BELOW)
        tracker.released_at = net.after(node.name, settings.up_delay * net.timing.scale)
    if tracker.state is Trigger.RETURNING and net.now >= tracker.released_at:
        tracker.state = step(TABLE, tracker.state, Event.DELAY_OVER)
        tracker.last_up = net.now


def binding_up(node: Node, interface: str) -> bool:
    """Tell whether a watched interface exists and is up."""
    return interface in node.interfaces and node.interfaces[interface].up


def weights(node: Node, settings: MonitorSettings) -> tuple[int, int]:
    """Return the weight of the failed bindings and of all."""
    down = sum(weight for name, weight in settings.bindings if not binding_up(node, name))
    return down, sum(weight for _, weight in settings.bindings)


def _reached(node: Node, settings: MonitorSettings, trigger: int | None) -> bool:
    down, total = weights(node, settings)
    return settings.enabled and total > 0 and down >= (total if trigger is None else trigger)


def failed(node: Node, group: str, percent: int) -> bool:
    """Tell whether the failed share of a group's weight has reached a ratio."""
    settings = node.settings.monitors.get(group)
    if settings is None or not settings.enabled:
        return False
    down, total = weights(node, settings)
    return total > 0 and down * 100 >= percent * total


def holds(node: Node, interface: str) -> bool:
    """Tell whether a group keeps an interface down."""
    return any(
        interface in group.trackers and group.trackers[interface].state is not Trigger.RELEASED
        for group in node.monitors.values()
    )


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every group."""
    del net, before
    keep(node.monitors, node.settings.monitors, lambda _: MonitorGroup())


def forget(node: Node) -> None:
    """Lose every group."""
    node.monitors.clear()
