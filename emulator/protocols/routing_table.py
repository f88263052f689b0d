"""The routing tables of a device, as its displays list it: own subnets, static and learned routes.

What leads beyond the modelled devices counts by its first step: a static route is in the table while its
next hop lies in a subnet of an interface that is up. Costs of learned routes are hops.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_interface, ip_network
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

Prefix = IPv4Network | IPv6Network
_ITSELF = {4: "127.0.0.1", 6: "::1"}
_LOOP = "InLoopBack0"
_LOOPED = {4: ("127.0.0.0/8", "127.0.0.1/32", "255.255.255.255/32"), 6: ("::1/128",)}
_NAMES = {4: {"ospf": "OSPF", "isis": "ISIS"}, 6: {"ospfv3": "OSPFv3", "isis6": "ISIS"}}


def routes(net: Network, node: Node, vpn: str = "", version: int = 4) -> tuple[Route, ...]:
    """Return the active routes of an IP version, of the public network or of a VPN instance, by prefix."""
    best: dict[Prefix, list[Route]] = {}
    learned = () if vpn else _learned(net, node, version)
    for route in (*_direct(node, vpn, version), *_static(node, vpn, version), *learned):
        others = best.setdefault(route.prefix, [])
        if others and others[0].preference < route.preference:
            continue
        if others and others[0].preference > route.preference:
            others.clear()
        if (route.next_hop, route.interface) not in {(one.next_hop, one.interface) for one in others}:
            others.append(route)
    ordered = sorted(best, key=lambda prefix: (int(prefix.network_address), prefix.prefixlen))
    return tuple(route for prefix in ordered for route in best[prefix])


def _direct(node: Node, vpn: str, version: int) -> Iterator[Route]:
    """Yield the subnets and addresses of interfaces that are up, and the virtual ones that they answer."""
    for name, settings in node.settings.interfaces.items():
        if settings.vpn == vpn and usable(node, name):
            yield from _subnets(settings, version)
            for address in _answered(node, name, version):
                yield _own(address, name)
    for prefix in () if vpn else _LOOPED[version]:
        yield Route(ip_network(prefix), "Direct", 0, 0, "D", _ITSELF[version], _LOOP)


def _own(address: str, interface: str) -> Route:
    host = ip_network(address)
    return Route(host, "Direct", 0, 0, "D", _ITSELF[host.version], interface)


def _subnets(settings: InterfaceSettings, version: int) -> Iterator[Route]:
    for entry in settings.addresses:
        subnet = ip_interface(f"{entry.address}/{entry.length}").network
        if subnet.version != version or subnet.is_link_local:
            continue
        if entry.length < subnet.max_prefixlen:
            yield Route(subnet, "Direct", 0, 0, "D", entry.address, settings.name)
        yield _own(entry.address, settings.name)


def _answered(node: Node, interface: str, version: int) -> Iterator[str]:
    """Yield the virtual addresses of which a device is master on an interface."""
    for key, group in node.groups.items():
        if key.interface == interface and group.state is VrrpState.MASTER:
            for address in node.settings.vrrp.groups[key].virtual:
                host = ip_address(address)
                if host.version == version and not host.is_link_local:
                    yield address


def _static(node: Node, vpn: str, version: int) -> Iterator[Route]:
    """Yield the static routes whose way out is up; the grammar knows those of the public network."""
    for entry in () if vpn else node.settings.routing.statics:
        if entry.prefix.version != version or (entry.bfd and not session_up(node, entry.bfd)):
            continue
        out = _way_out(node, entry)
        if out:
            flags = "RD" if entry.next_hop and not entry.interface else "D"
            hop = entry.next_hop or primary(node, out, ipv6=version == 6)  # noqa: PLR2004 - IP version
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


def _learned(net: Network, node: Node, version: int) -> Iterator[Route]:
    """Yield the prefixes that other routers announce, each by the fewest hops."""
    for protocol, word in _NAMES[version].items():
        nearest: dict[Prefix, Route] = {}
        for prefix, way in igp.learned(net, node, protocol):
            if prefix.version != version:
                continue
            known = nearest.get(prefix)
            if known is None or way.hops < known.cost:
                far = net.node(way.far.device)
                hop = primary(far, way.far.interface, ipv6=version == 6)  # noqa: PLR2004 - IP version
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
    host = ip_address(address)
    if longer:
        scope = ip_interface(f"{address}/{host.max_prefixlen if length is None else length}").network
        return tuple(route for route in found if _within(route.prefix, scope))
    fits = [route for route in found if host in route.prefix and length in {None, route.prefix.prefixlen}]
    longest = max((route.prefix.prefixlen for route in fits), default=-1)
    return tuple(route for route in fits if route.prefix.prefixlen == longest)


def _within(prefix: Prefix, scope: Prefix) -> bool:
    return (
        prefix.version == scope.version
        and prefix.network_address in scope
        and (prefix.prefixlen >= scope.prefixlen)
    )
