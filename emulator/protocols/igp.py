"""Interior routing, as far as two addresses need it to reach each other.

Two routers that run the same protocol (OSPF: in the same area) on a common subnet become full neighbours
some time after both interfaces are up and hear each other; a silent neighbour is dropped after the dead
interval, a neighbour behind a failed interface at once. Every router then knows the prefixes of every
interface that runs the protocol, by the fewest hops. Routers joined by an anonymous core learn from each
other alike, but do not list each other as neighbours.
"""

from __future__ import annotations

from collections import deque
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, NamedTuple

from emulator.protocols.facts import usable
from emulator.protocols.links import across_core, neighbours
from emulator.protocols.machines.igp import Adjacency, AdjacencyKey
from emulator.protocols.settings.reading import address_value
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.interfaces import IgpSetting


_FAMILY = {"ospf": 4, "isis": 4, "ospfv3": 6, "isis6": 6}
_PREFERENCE = {"ospf": 10, "ospfv3": 10, "isis": 15, "isis6": 15}


def react(net: Network, node: Node) -> bool:
    """Form and drop neighbours of a device; tell whether a neighbour became full or was lost."""
    heard = dict(_heard(net, node))
    changed = False
    for key, setting in heard.items():
        if key not in node.adjacencies:
            full_at = net.after(node.name, net.timing.ospf_full)
            node.adjacencies[key] = Adjacency(setting.process, setting.area, full_at)
        else:
            node.adjacencies[key].lost_at = None
    for key, adjacency in list(node.adjacencies.items()):
        if not adjacency.full and adjacency.full_at <= net.now:
            adjacency.full = changed = True
        if key in heard:
            continue
        if adjacency.lost_at is None:
            silent = usable(node, key.interface)
            adjacency.lost_at = net.after(node.name, net.timing.ospf_dead if silent else 0.0)
        if adjacency.lost_at <= net.now or not usable(node, key.interface):
            del node.adjacencies[key]
            changed = True
    return changed


def _heard(net: Network, node: Node) -> Iterator[tuple[AdjacencyKey, IgpSetting]]:
    for name, settings in node.settings.routing.igp.items():
        if not usable(node, name):
            continue
        here = End(node.name, name)
        for far in (*neighbours(net, here), *across_core(net, here)):
            other = net.node(far.device)
            if not usable(other, far.interface) or not _both_ways(net, here, far):
                continue
            theirs = set(_protocols(other, far.interface))
            for setting in settings:
                if (setting.protocol, setting.area) in theirs:
                    yield AdjacencyKey(name, setting.protocol, far), setting


def _protocols(node: Node, name: str) -> Iterator[tuple[str, str]]:
    for setting in node.settings.routing.igp.get(name, ()):
        yield setting.protocol, setting.area


def _both_ways(net: Network, one: End, other: End) -> bool:
    return net.crossing(one, other) is not None and net.crossing(other, one) is not None


class IgpRoute(NamedTuple):
    """A learned route: how specific, how preferred, over which interface to which neighbour."""

    length: int
    preference: int
    hops: int
    out: End
    far: End


def route(net: Network, node: Node, target: str) -> IgpRoute | None:
    """Return the best learned route to an address: most specific, most preferred, fewest hops."""
    family = address_value(target).version
    protocols = [name for name, version in _FAMILY.items() if version == family]
    found = [entry for name in protocols for entry in _routes(net, node, target, name)]
    return min(found, key=lambda entry: (-entry.length, entry.preference, entry.hops), default=None)


def _routes(net: Network, node: Node, target: str, protocol: str) -> Iterator[IgpRoute]:
    """Yield one candidate per router that announces the target."""
    for there, hops, out, far in _reachable(net, node, protocol):
        length = _announced(there, target, protocol)
        if length is not None:
            yield IgpRoute(length, _PREFERENCE[protocol], hops, out, far)


def learned(net: Network, node: Node, protocol: str) -> Iterator[tuple[IPv4Network | IPv6Network, IgpRoute]]:
    """Yield the prefixes that reachable routers announce, with the way to each router; none of its own."""
    own = set(_prefixes(node, protocol))
    for there, hops, out, far in _reachable(net, node, protocol):
        for prefix in _prefixes(there, protocol):
            if prefix not in own:
                yield prefix, IgpRoute(prefix.prefixlen, _PREFERENCE[protocol], hops, out, far)


def announces(net: Network, node: Node, prefix: IPv4Network | IPv6Network) -> bool:
    """Tell whether any reachable router announces exactly this prefix."""
    return any(
        prefix in _prefixes(there, protocol)
        for protocol, version in _FAMILY.items()
        if version == prefix.version
        for there, _, _, _ in _reachable(net, node, protocol)
    )


def _reachable(net: Network, node: Node, protocol: str) -> Iterator[tuple[Node, int, End, End]]:
    """Walk the full neighbours breadth first: router, hops, own interface and first neighbour."""
    waiting: deque[tuple[str, int, End, End]] = deque()
    seen = {node.name}
    for key in _full(node, protocol):
        if key.far.device not in seen:
            seen.add(key.far.device)
            waiting.append((key.far.device, 1, End(node.name, key.interface), key.far))
    while waiting:
        device, hops, out, far = waiting.popleft()
        there = net.node(device)
        yield there, hops, out, far
        for key in _full(there, protocol):
            if key.far.device not in seen:
                seen.add(key.far.device)
                waiting.append((key.far.device, hops + 1, out, far))


def _full(node: Node, protocol: str) -> Iterator[AdjacencyKey]:
    for key, adjacency in node.adjacencies.items():
        if key.protocol == protocol and adjacency.full:
            yield key


def _prefixes(node: Node, protocol: str) -> Iterator[IPv4Network | IPv6Network]:
    for name, settings in node.settings.routing.igp.items():
        if usable(node, name) and any(setting.protocol == protocol for setting in settings):
            yield from node.settings.interfaces[name].subnets


def _announced(node: Node, target: str, protocol: str) -> int | None:
    """Return the length of the longest prefix that a router announces for a target."""
    host = address_value(target)
    lengths = [
        network.prefixlen
        for network in _prefixes(node, protocol)
        if host.version == network.version and host in network
    ]
    return max(lengths, default=None)


def forget(node: Node) -> None:
    """Lose every neighbour."""
    node.adjacencies.clear()
