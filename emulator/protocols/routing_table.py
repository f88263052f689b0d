"""The IPv4 routing table of a device, as its displays list it: own subnets, static and learned routes.

What leads beyond the modelled devices counts by its first step: a static route is in the table while its
next hop lies in a subnet of an interface that is up. Costs of learned routes are hops.
"""

from __future__ import annotations

from ipaddress import IPv4Network, ip_address
from typing import TYPE_CHECKING

from emulator.protocols import igp
from emulator.protocols.facts import primary, session_up, usable
from emulator.protocols.states import Route, VrrpState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.interfaces import InterfaceSettings
    from emulator.protocols.settings.routing import StaticRoute

_ITSELF = "127.0.0.1"
_LOOP = "InLoopBack0"
_NAMES = {"ospf": "OSPF", "isis": "ISIS"}


def routes(net: Network, node: Node, vpn: str = "") -> tuple[Route, ...]:
    """Return the active routes of the public network or of a VPN instance, by prefix."""
    best: dict[IPv4Network, list[Route]] = {}
    for route in (*_direct(node, vpn), *_static(node, vpn), *(_learned(net, node) if not vpn else ())):
        others = best.setdefault(route.prefix, [])
        if others and others[0].preference < route.preference:
            continue
        if others and others[0].preference > route.preference:
            others.clear()
        if (route.next_hop, route.interface) not in {(one.next_hop, one.interface) for one in others}:
            others.append(route)
    ordered = sorted(best, key=lambda prefix: (int(prefix.network_address), prefix.prefixlen))
    return tuple(route for prefix in ordered for route in best[prefix])


def _direct(node: Node, vpn: str) -> Iterator[Route]:
    """Yield the subnets and addresses of interfaces that are up, and the virtual ones that they answer."""
    for name, settings in node.settings.interfaces.items():
        if settings.vpn == vpn and usable(node, name):
            yield from _subnets(settings)
            for address in _answered(node, name):
                yield _own(address, name)
    if not vpn:
        for prefix in ("127.0.0.0/8", "127.0.0.1/32", "255.255.255.255/32"):
            yield Route(IPv4Network(prefix), "Direct", 0, 0, "D", _ITSELF, _LOOP)


def _own(address: str, interface: str) -> Route:
    return Route(IPv4Network(address), "Direct", 0, 0, "D", _ITSELF, interface)


def _subnets(settings: InterfaceSettings) -> Iterator[Route]:
    for entry in settings.addresses:
        if ":" in entry.address:
            continue
        subnet = IPv4Network((entry.address, entry.length), strict=False)
        if entry.length < subnet.max_prefixlen:
            yield Route(subnet, "Direct", 0, 0, "D", entry.address, settings.name)
        yield _own(entry.address, settings.name)


def _answered(node: Node, interface: str) -> Iterator[str]:
    """Yield the virtual addresses of which a device is master on an interface."""
    for key, group in node.groups.items():
        if key.interface == interface and not key.ipv6 and group.state is VrrpState.MASTER:
            yield from node.settings.vrrp.groups[key].virtual


def _static(node: Node, vpn: str) -> Iterator[Route]:
    """Yield the static routes whose way out is up; the grammar knows those of the public network."""
    for entry in () if vpn else node.settings.routing.statics:
        if not isinstance(entry.prefix, IPv4Network) or (entry.bfd and not session_up(node, entry.bfd)):
            continue
        out = _way_out(node, entry)
        if out:
            flags = "RD" if entry.next_hop and not entry.interface else "D"
            hop = entry.next_hop or primary(node, out)
            yield Route(entry.prefix, "Static", entry.preference, 0, flags, hop, out)


def _way_out(node: Node, entry: StaticRoute) -> str:
    if entry.interface:
        return entry.interface if usable(node, entry.interface) else ""
    host = ip_address(entry.next_hop)
    for name, settings in node.settings.interfaces.items():
        near = any(subnet.version == host.version and host in subnet for subnet in settings.subnets)
        if near and not settings.vpn and usable(node, name):
            return name
    return ""


def _learned(net: Network, node: Node) -> Iterator[Route]:
    """Yield the prefixes that other routers announce, each by the fewest hops."""
    for protocol, word in _NAMES.items():
        nearest: dict[IPv4Network, Route] = {}
        for prefix, way in igp.learned(net, node, protocol):
            if not isinstance(prefix, IPv4Network):
                continue
            known = nearest.get(prefix)
            if known is None or way.hops < known.cost:
                hop = primary(net.node(way.far.device), way.far.interface)
                nearest[prefix] = Route(prefix, word, way.preference, way.hops, "D", hop, way.out.interface)
        yield from nearest.values()


def selected(
    found: tuple[Route, ...], address: str, length: int | None, *, longer: bool
) -> tuple[Route, ...]:
    """Return the routes that a query for an address shows: the longest match, or all within with `longer`.

    Args:
        found: the whole table.
        address: destination.
        length: of the prefix that is asked for; None where none was typed.
        longer: show every route within that prefix.
    """
    if longer:
        scope = IPv4Network(f"{address}/{32 if length is None else length}", strict=False)
        return tuple(route for route in found if route.prefix.subnet_of(scope))
    host = ip_address(address)
    fits = [route for route in found if host in route.prefix and length in {None, route.prefix.prefixlen}]
    longest = max((route.prefix.prefixlen for route in fits), default=-1)
    return tuple(route for route in fits if route.prefix.prefixlen == longest)
