"""What VRRP groups follow, and what its failure does to them.

A failed object changes the priority, by 10 less unless configured otherwise; as `link` it makes the group
Initialize, as `peer` a Backup becomes Master. (Manual pages `vrrp vrid track interface`, `... bfd-session`,
`... monitor-group`, `... route-monitor-group`, `... ip route`, `... link-bfd down-number`.)
"""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

from emulator.protocols import bfd, monitor_group, route_monitor_group
from emulator.protocols.facts import usable
from emulator.protocols.routes import knows

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.vrrp import GroupSettings, TrackSetting

OWNER = 255


def run_priority(net: Network, node: Node, settings: GroupSettings) -> int:
    """Apply what is tracked to the configured priority; the address owner keeps its own."""
    addresses = node.settings.interfaces[settings.key.interface].addresses
    if any(entry.address in settings.virtual for entry in addresses):
        return OWNER
    priority = settings.priority
    for track in settings.tracks:
        if track.value is not None and not well(net, node, track):
            priority += track.value if track.effect == "increased" else -track.value
    return max(1, min(priority, OWNER - 1))


def well(net: Network, node: Node, track: TrackSetting) -> bool:
    """Tell whether a tracked object is as it should be."""
    if track.kind == "interface":
        return usable(node, track.object)
    if track.kind == "monitor-group":
        return not monitor_group.failed(node, track.object, track.ratio or 100)
    if track.kind == "route-monitor-group":
        return not route_monitor_group.failed(node, track.object, track.ratio or 100)
    if track.kind == "route":
        return knows(net, node, ip_network(track.object))
    return not bfd.is_down(net, node, bfd.named(node, track.object))


def link_down(net: Network, node: Node, settings: GroupSettings) -> bool:
    """A failed `link` object makes the group Initialize; of several BFD sessions all, or the number set."""
    links = [track for track in settings.tracks if track.effect == "link"]
    sessions = [track for track in links if track.kind == "bfd"]
    down = sum(not well(net, node, track) for track in sessions)
    if sessions and down >= (settings.link_bfd or len(sessions)):
        return True
    return any(track.kind != "bfd" and not well(net, node, track) for track in links)


def peer_bfd_down(net: Network, node: Node, settings: GroupSettings) -> bool:
    """Tell whether a `peer` BFD session is down, so that a Backup need not wait."""
    return any(track.effect == "peer" and not well(net, node, track) for track in settings.tracks)
