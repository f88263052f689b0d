"""Whether one address reaches another: hop by hop, by the best route of each router on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.protocols import igp
from emulator.protocols.facts import answers, owner, primary, session_up, usable
from emulator.protocols.links import neighbours
from emulator.protocols.settings.reading import address_value
from emulator.protocols.states import PingReply, PingResult
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.routing import StaticRoute

_MAX_HOPS = 32
_PING_TIMEOUT = 2.0
_PING_INTERVAL = 0.5
_MILLISECOND = 0.001


@dataclass(frozen=True, slots=True)
class Path:
    """A way that packets take in one direction.

    Args:
        device: where they arrive.
        arrived: interface on which they arrive; empty when they never left.
        delay: seconds on the way.
        hops: routers passed.
    """

    device: str
    arrived: str
    delay: float
    hops: int


def path(net: Network, node: Node, target: str, vpn: str = "") -> Path | None:
    """Return the way from a device to an address, or nothing when packets do not arrive.

    Args:
        net: all devices with their links.
        node: where the packets leave.
        target: address, IPv4 or IPv6.
        vpn: VPN instance; empty for the public network.
    """
    here, arrived, delay = node, "", 0.0
    for hops in range(_MAX_HOPS):
        if not here.running:
            return None
        if owner(here, target, vpn) or answers(here, target):
            return Path(here.name, arrived, delay, hops)
        leg = _next(net, here, target, vpn)
        crossing = net.crossing(*leg) if leg else None
        if leg is None or crossing is None or not usable(net.node(leg[1].device), leg[1].interface):
            return None
        here, arrived, delay = net.node(leg[1].device), leg[1].interface, delay + crossing
    return None


def delivers(net: Network, node: Node, source: str, target: str, vpn: str = "") -> Path | None:
    """Return the way of packets that leave with one of the device's own addresses, if it is up.

    Args:
        net: all devices with their links.
        node: where the packets leave.
        source: the device's own address; empty: nothing leaves.
        target: where they go; empty: likewise.
        vpn: VPN instance; empty for the public network.
    """
    if not source or not target or owner(node, source, vpn) is None:
        return None
    return path(net, node, target, vpn)


def _next(net: Network, node: Node, target: str, vpn: str, depth: int = 0) -> tuple[End, End] | None:
    """Return the next leg towards a target: connected, then the most specific and preferred of the rest."""
    connected = _connected(net, node, target, vpn)
    if connected is not None:
        return connected
    learned = igp.route(net, node, target) if not vpn else None
    static = _static(net, node, target, vpn, depth)
    if static and (learned is None or static[0] >= (learned.length, -learned.preference)):
        return static[1]
    return (learned.out, learned.far) if learned else None


def _connected(net: Network, node: Node, target: str, vpn: str) -> tuple[End, End] | None:
    host = address_value(target)
    for name, settings in node.settings.interfaces.items():
        if settings.vpn != vpn or not usable(node, name):
            continue
        if any(host.version == network.version and host in network for network in settings.subnets):
            here = End(node.name, name)
            for far in neighbours(net, here):
                other = net.node(far.device)
                if owner(other, target, other.settings.interfaces[far.interface].vpn) or answers(
                    other, target
                ):
                    return here, far
    return None


def _static(
    net: Network, node: Node, target: str, vpn: str, depth: int
) -> tuple[tuple[int, int], tuple[End, End]] | None:
    host, best = address_value(target), None
    for entry in node.settings.routing.towards(host):
        rank = (entry.prefix.prefixlen, -entry.preference)
        if best and rank <= best[0]:
            continue
        if entry.bfd and not session_up(node, entry.bfd):
            continue
        leg = _towards(net, node, entry, vpn, depth=depth)
        if leg is not None:
            best = (rank, leg)
    return best


def _towards(net: Network, node: Node, route: StaticRoute, vpn: str, *, depth: int) -> tuple[End, End] | None:
    if route.next_hop:
        return _next(net, node, route.next_hop, vpn, depth + 1) if depth < _MAX_HOPS else None
    if usable(node, route.interface):
        here = End(node.name, route.interface)
        return next(((here, far) for far in neighbours(net, here)), None)
    return None


def routable(net: Network, node: Node, target: str, vpn: str = "") -> bool:
    """Tell whether a device knows any way towards an address, arriving or not."""
    host = address_value(target)
    local = any(
        usable(node, name) and any(host.version == net_.version and host in net_ for net_ in entry.subnets)
        for name, entry in node.settings.interfaces.items()
    )
    return local or _next(net, node, target, vpn) is not None


def knows(net: Network, node: Node, prefix: IPv4Network | IPv6Network) -> bool:
    """Tell whether exactly this prefix is in a device's public routing table."""
    connected = any(
        usable(node, name) and not settings.vpn and prefix in settings.subnets
        for name, settings in node.settings.interfaces.items()
    )
    static = any(
        entry.prefix == prefix and _towards(net, node, entry, "", depth=0) is not None
        for entry in node.settings.routing.statics
    )
    return connected or static or igp.announces(net, node, prefix)


def ping(
    net: Network, node: Node, target: str, source: str | None = None, count: int = 5, *, vpn: str = ""
) -> PingResult:
    """Send echo requests and count the answers; both directions must work.

    Args:
        net: the network.
        node: the device that pings.
        target: IPv4 or IPv6 address.
        source: own address to send from; any when not given.
        count: requests, half a second apart.
        vpn: VPN instance; the public network without one.
    """
    going = path(net, node, target, vpn) if not source or owner(node, source, vpn) else None
    replies = [PingReply(number, None) for number in range(1, count + 1)]
    if going is not None:
        sender = source or _source(net, node, target, vpn)
        itself = going if going.device == node.name else None
        coming = itself or (path(net, net.node(going.device), sender, vpn) if sender else None)
        if coming is not None:
            trip = max(1, round((going.delay + coming.delay) / _MILLISECOND) + going.hops)
            replies = [PingReply(number, trip) for number in range(1, count + 1)]
    elif node.entries.answers(target):
        replies = [PingReply(number, 1) for number in range(1, count + 1)]
    lost = sum(reply.milliseconds is None for reply in replies)
    seconds = lost * _PING_TIMEOUT + (count - lost) * _PING_INTERVAL
    return PingResult(target, routable(net, node, target, vpn), tuple(replies), seconds)


def _source(net: Network, node: Node, target: str, vpn: str) -> str:
    """Return the address that the device would send from: that of the outgoing interface."""
    leg = _next(net, node, target, vpn)
    if leg is None:
        return ""
    ipv6 = address_value(target).version == 6  # noqa: PLR2004 - IP version
    settings = node.settings.interfaces[leg[0].interface]
    outgoing = [entry.address for entry in settings.addresses if entry.role == "global"] if ipv6 else []
    return next(iter(outgoing), "") if ipv6 else primary(node, leg[0].interface)
