"""The TCP channel of a remote backup service.

    UNSET       no peer configured
    INITIAL     shut down, source address not up, or tracked BFD session down
    LISTENING   the end with the smaller address waits
    CONNECTING  the other end tries
    CONNECTED   addresses mirror, ports equal, TLS on both or neither, both directions work

TCP notices a silent path only after a while; a tracked BFD session, a lost source address, a shutdown or a
changed parameter close the channel at once, and the peer learns of it if packets still reach it.
(Manual pages `peer source port`, `track bfd-session`, `bind ssl-policy`, `switchover uplink`;
RBS_CHANNEL_STATUS_CHANGE for the states. Which end listens is this emulator's choice.)
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from emulator.protocols import bfd, monitor_group, route_monitor_group
from emulator.protocols.facts import owner, usable
from emulator.protocols.machine import keep, step
from emulator.protocols.machines.rbs import TABLE, Channel, Event
from emulator.protocols.routes import delivers
from emulator.protocols.states import RbsState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.backup import RbsSettings
    from emulator.protocols.settings.device import DeviceSettings

_MINUTE = 60.0


def react(net: Network, node: Node) -> bool:
    """Bring every channel of a device to what it reaches; tell whether anything changed."""
    changed = False
    for name, settings in node.settings.services.items():
        channel = node.channels[name]
        before = (channel.state, channel.uplink_failed)
        _move(net, node, settings, channel)
        _watch_uplinks(net, node, settings, channel)
        changed |= before != (channel.state, channel.uplink_failed)
    return changed


def _move(net: Network, node: Node, settings: RbsSettings, channel: Channel) -> None:
    if not settings.peer:
        if channel.state is not RbsState.UNSET:
            channel.state = step(TABLE, channel.state, Event.PEER_UNSET)
        return
    if channel.state is RbsState.UNSET:
        channel.state = step(TABLE, channel.state, Event.PEER_SET)
    if not _prepared(net, node, settings):
        if channel.state is not RbsState.INITIAL:
            close(net, node, settings, channel)
        return
    if channel.state is RbsState.INITIAL:
        event = Event.READY_TO_LISTEN if _listens(settings) else Event.READY_TO_CONNECT
        channel.state = step(TABLE, channel.state, event)
    if channel.connected:
        _keep(net, node, settings, channel)
    elif channel.state is RbsState.CONNECTING:
        _connect(net, node, settings, channel)


def _prepared(net: Network, node: Node, settings: RbsSettings) -> bool:
    """Tell whether this end alone has what it needs."""
    if settings.shutdown or not node.running or owner(node, settings.source) is None:
        return False
    if net.flapping(node.name, "channel", settings.name):
        return False
    if settings.track_bfd is None:
        return True
    session = bfd.named(node, settings.track_bfd)
    return bool(session) and not bfd.is_down(net, node, session)


def _listens(settings: RbsSettings) -> bool:
    return int(ip_address(settings.source)) < int(ip_address(settings.peer))


def counterpart(net: Network, node: Node, settings: RbsSettings) -> tuple[Node, RbsSettings] | None:
    """Return the channel that mirrors this one: addresses swapped, same port, TLS on both or neither."""
    for there in net.holders("rbs", (settings.peer, settings.source)):
        for theirs in there.settings.services.values():
            mirrors = (theirs.source, theirs.peer) == (settings.peer, settings.source)
            alike = theirs.port == settings.port and bool(theirs.ssl_policy) == bool(settings.ssl_policy)
            if there.name != node.name and there.running and mirrors and alike:
                return there, theirs
    return None


def _open(net: Network, node: Node, settings: RbsSettings, there: Node, theirs: RbsSettings) -> bool:
    """Tell whether packets pass in both directions."""
    going = delivers(net, node, settings.source, settings.peer)
    coming = delivers(net, there, theirs.source, theirs.peer)
    return bool(going and coming and going.device == there.name and coming.device == node.name)


def _connect(net: Network, node: Node, settings: RbsSettings, channel: Channel) -> None:
    far = counterpart(net, node, settings)
    if far is None or not _open(net, node, settings, *far):
        channel.ready_at = None
        return
    listener = far[0].channels[far[1].name]
    if listener.state is not RbsState.LISTENING:
        channel.ready_at = None
        return
    if channel.ready_at is None:
        soonest = max(net.now + net.timing.tcp_connect, channel.retry_at)
        channel.ready_at = net.now if channel.brisk else soonest
        net.wake(node.name, channel.ready_at)
    if net.now >= channel.ready_at:
        for end in (channel, listener):
            end.state = step(TABLE, end.state, Event.ESTABLISHED)
            end.last_up, end.ready_at, end.silent_at = net.now, None, None
            end.sent = end.received = 0
            end.brisk = False


def _keep(net: Network, node: Node, settings: RbsSettings, channel: Channel) -> None:
    """Close a connected channel when the other end closed it, or after a long silence."""
    far = counterpart(net, node, settings)
    passing = far is not None and _open(net, node, settings, *far)
    if far is not None and passing and not far[0].channels[far[1].name].connected:
        close(net, node, settings, channel)
    elif passing:
        channel.silent_at = None
    else:
        if channel.silent_at is None:
            channel.silent_at = net.after(node.name, net.timing.tcp_detect)
        if net.now >= channel.silent_at:
            close(net, node, settings, channel)


def close(net: Network, node: Node, settings: RbsSettings, channel: Channel) -> None:
    """Close a channel; the peer sees it at once if packets still reach it."""
    far = counterpart(net, node, settings) if channel.connected else None
    reset = far is not None and _open(net, node, settings, *far)
    channel.state = step(TABLE, channel.state, Event.CLOSED)
    channel.ready_at = channel.silent_at = None
    channel.retry_at = net.now + net.timing.tcp_retry
    net.wake(node.name, channel.retry_at)
    if far is not None and reset:
        other = far[0].channels[far[1].name]
        if other.connected:
            close(net, *far, other)


def _watch_uplinks(net: Network, node: Node, settings: RbsSettings, channel: Channel) -> None:
    """An uplink failure counts once it has lasted for the configured minutes."""
    tracked = settings.uplinks
    total = sum(weight for _, weight in tracked.interfaces)
    down = sum(weight for name, weight in tracked.interfaces if not usable(node, name))
    failing = (
        (total > 0 and down * 100 >= tracked.ratio * total)
        or any(monitor_group.failed(node, group, percent) for group, percent in tracked.groups)
        or any(route_monitor_group.failed(node, group, percent) for group, percent in tracked.route_groups)
    )
    if not failing:
        channel.failing_since, channel.uplink_failed = None, False
        return
    if channel.failing_since is None:
        channel.failing_since = net.now
        net.wake(node.name, net.now + tracked.minutes * _MINUTE * net.timing.scale)
    lasted = channel.failing_since + tracked.minutes * _MINUTE * net.timing.scale
    channel.uplink_failed = net.now >= lasted


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every channel."""
    del net, before
    keep(node.channels, node.settings.services, lambda _: Channel())


def forget(node: Node) -> None:
    """Lose every channel."""
    node.channels.clear()


_IDENTITY = ("peer", "source", "port", "ssl_policy", "track_bfd", "shutdown")


def before_change(net: Network, node: Node, wanted: DeviceSettings) -> None:
    """Close the channels whose parameters will change."""
    for name, channel in node.channels.items():
        old, new = node.settings.services[name], wanted.services.get(name)
        kept = new is not None and all(getattr(old, key) == getattr(new, key) for key in _IDENTITY)
        if channel.connected and not kept:
            close(net, node, old, channel)


def counterparts(settings: DeviceSettings) -> Iterator[tuple[str, object]]:
    """Yield the channels by source and peer."""
    for service in settings.services.values():
        if service.peer and service.source:
            yield "rbs", (service.source, service.peer)
