"""Flaps: something goes down and comes back by itself, too quickly for a look every second to see it.

What follows it (a channel that tracks a session, a trunk on a port) reacts at its own pace. A session and a
channel come back as soon as the flap ends, without the pauses of a handshake or of a new attempt: what stays
behind are the counters and the times of the last change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from emulator.network_faults import Flapping
from emulator.protocols import bfd, rbs
from emulator.protocols.errors import ProtocolError
from emulator.protocols.settings.vrrp import GroupKey
from emulator.protocols.states import BfdState, VrrpState

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node


def flap(net: Network, node: Node, what: Flapping, name: str, seconds: float) -> None:
    """Let something go down now and come back after some seconds.

    Args:
        net: all devices with their links.
        node: the device that has it.
        what: kind of thing.
        name: of an interface or session.
        seconds: of the emulator's clock.

    Raises:
        ProtocolError: the device has no such thing, or it is not up.
    """
    key = name.lower() if what is Flapping.BFD else name
    if not _STRIKE[what](net, node, key):
        raise ProtocolError(f"{node.name} has no {what.value} {name!r} that could flap now")
    net.flaps[node.name, what.value, key] = net.after(node.name, seconds)


def _bfd(net: Network, node: Node, name: str) -> bool:
    session = node.sessions.get(name)
    if session is None or session.state is not BfdState.UP:
        return False
    session.brisk = True
    for there, theirs in bfd.counterpart(net, node, node.settings.bfd[name]):
        there.sessions[theirs.name].brisk = True
    return True


def _channel(net: Network, node: Node, name: str) -> bool:
    channel = node.channels.get(name)
    if channel is None or not channel.connected:
        return False
    channel.brisk = True
    far = rbs.counterpart(net, node, node.settings.services[name])
    if far is not None:
        far[0].channels[far[1].name].brisk = True
    return True


def _port(net: Network, node: Node, name: str) -> bool:
    del net
    interface = node.interfaces.get(name)
    return interface is not None and interface.up


def _vrrp(net: Network, node: Node, name: str) -> bool:
    del net
    interface, _, vrid = name.rpartition(" ")
    keys = (GroupKey(interface, int(vrid), ipv6=six) for six in (False, True)) if vrid.isdecimal() else ()
    return any(key in node.groups and node.groups[key].state is VrrpState.BACKUP for key in keys)


_STRIKE: Mapping[Flapping, Callable[[Network, Node, str], bool]] = {
    Flapping.BFD: _bfd,
    Flapping.CHANNEL: _channel,
    Flapping.PORT: _port,
    Flapping.VRRP: _vrrp,
}
"""Makes each ready to flap; tells whether it can."""
