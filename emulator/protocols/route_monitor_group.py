"""Route monitor groups: how much of what is watched has left the routing table.

The weight of a lost route counts at once; the weight of one that has come back counts for the
`trigger-up-delay` longer. Nothing counts before `monitor enable`. (Manual pages `ip route-monitor-group`,
`track ip route`, `trigger-up-delay`.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols import routes
from emulator.protocols.machine import keep
from emulator.protocols.machines.route_monitor_group import RouteMonitor

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings


def react(net: Network, node: Node) -> bool:
    """Bring every group of a device to its routing table; tell whether anything changed."""
    changed = False
    for name, settings in node.settings.route_monitors.items():
        monitor = node.route_monitors[name]
        lost = sum(weight for prefix, weight in settings.routes if not routes.knows(net, node, prefix))
        before = monitor.down_weight
        if lost >= before:
            monitor.down_weight, monitor.falls_at = lost, None
        elif monitor.falls_at is None:
            monitor.falls_at = net.after(node.name, settings.up_delay * net.timing.scale)
        if monitor.falls_at is not None and net.now >= monitor.falls_at:
            monitor.down_weight, monitor.falls_at = lost, None
        changed |= before != monitor.down_weight
    return changed


def failed(node: Node, group: str, percent: int) -> bool:
    """Tell whether the lost share of a group's weight has reached a ratio."""
    settings, monitor = node.settings.route_monitors.get(group), node.route_monitors.get(group)
    if settings is None or monitor is None or not settings.enabled:
        return False
    total = sum(weight for _, weight in settings.routes)
    return total > 0 and monitor.down_weight * 100 >= percent * total


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every group."""
    del net, before
    keep(node.route_monitors, node.settings.route_monitors, lambda _: RouteMonitor())


def forget(node: Node) -> None:
    """Lose every group."""
    node.route_monitors.clear()
