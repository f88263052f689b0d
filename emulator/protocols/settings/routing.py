"""Routing as configured: OSPF, OSPFv3, IS-IS processes and static routes."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import TYPE_CHECKING

from emulator.protocols.settings.interfaces import IgpSetting
from emulator.protocols.settings.reading import address, address_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from emulator.config.statement import Configuration
    from emulator.protocols.settings.interfaces import InterfaceSettings


@dataclass(frozen=True, slots=True)
class OspfNetwork:
    """A `network` line: interfaces whose address matches under the wildcard run the area."""

    process: int
    area: str
    address: int
    wildcard: int

    def covers(self, host: str) -> bool:
        """Tell whether an IPv4 address lies under the line."""
        return (int(address_value(host)) ^ self.address) & ~self.wildcard == 0


@dataclass(frozen=True, slots=True)
class StaticRoute:
    """A static route.

    Args:
        next_hop: empty for a route to an interface alone.
        interface: outgoing interface, empty for a recursive one.
        bfd: name of the BFD session that it follows.
    """

    prefix: IPv4Network | IPv6Network
    next_hop: str
    interface: str
    preference: int
    bfd: str = ""


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """All routing of a device.

    Args:
        router_ids: configured router id by OSPF process, empty where none is.
        igp: routing protocols by interface; interfaces without any are absent.
        largest: IPv4 address of a loopback or, without one, of any interface; none: all zeros.
        covering: static routes by IP version and length of their prefix, and by the prefix as a number.
    """

    router_ids: Mapping[int, str]
    igp: Mapping[str, tuple[IgpSetting, ...]]
    statics: tuple[StaticRoute, ...]
    largest: str
    covering: Mapping[tuple[int, int], Mapping[int, tuple[StaticRoute, ...]]]

    def towards(self, host: IPv4Address | IPv6Address) -> Iterator[StaticRoute]:
        """Yield the static routes whose prefix holds an address, the longest prefix first."""
        for (version, length), routes in self.covering.items():
            if version == host.version:
                bits = host.max_prefixlen - length
                yield from routes.get(int(host) >> bits << bits, ())


def read(configuration: Configuration, interfaces: Mapping[str, InterfaceSettings]) -> RoutingSettings:
    """Return the routing of a configuration."""
    router_ids = {
        int(line.params.get("process", "1")): line.params.get("ip", "")
        for line in configuration.all("ospf.enter")
    }
    statics = (*_static(configuration, "rt.static", 4), *_static(configuration, "rt.static6", 6))
    lines = tuple(_networks(configuration))
    running = {name: tuple(_igp_of(interface, lines)) for name, interface in interfaces.items()}
    igp = {name: protocols for name, protocols in running.items() if protocols}
    largest = _largest(interfaces) if router_ids else ""
    return RoutingSettings(router_ids, igp, statics, largest, _covering(statics))


def _largest(interfaces: Mapping[str, InterfaceSettings]) -> str:
    everywhere = (
        (name.startswith("LoopBack"), IPv4Address(entry.address))
        for name, interface in interfaces.items()
        for entry in interface.addresses
        if ":" not in entry.address
    )
    return str(max(everywhere, default=(False, IPv4Address(0)))[1])


def _covering(
    statics: tuple[StaticRoute, ...],
) -> Mapping[tuple[int, int], Mapping[int, tuple[StaticRoute, ...]]]:
    found: dict[tuple[int, int], dict[int, list[StaticRoute]]] = {}
    for one in statics:
        length = found.setdefault((one.prefix.version, one.prefix.prefixlen), {})
        length.setdefault(int(one.prefix.network_address), []).append(one)
    return {
        length: {number: tuple(routes) for number, routes in found[length].items()}
        for length in sorted(found, reverse=True)
    }


def _igp_of(interface: InterfaceSettings, lines: tuple[OspfNetwork, ...]) -> Iterator[IgpSetting]:
    """Yield the protocols enabled on an interface, and OSPF where a `network` line covers its address."""
    yield from interface.igp
    primary = [entry.address for entry in interface.addresses if entry.role == "primary"]
    for line in lines:
        if any(line.covers(host) for host in primary):
            yield IgpSetting("ospf", line.process, line.area)


def _networks(configuration: Configuration) -> Iterator[OspfNetwork]:
    for process in configuration.all("ospf.enter"):
        for area in process.all("ospf.area"):
            for line in area.all("ospf.network"):
                yield OspfNetwork(
                    int(process.params.get("process", "1")),
                    area.params.get("area", area.text.removeprefix("area ")),
                    int(IPv4Address(line.params["ip"])),
                    int(IPv4Address(line.params["wildcard"])),
                )


def _static(configuration: Configuration, command: str, family: int) -> Iterator[StaticRoute]:
    host, length, hop = ("ip", "mask", "nexthop") if family == 4 else ("ipv6", "len", "nexthop6")  # noqa: PLR2004 - IP version
    for line in configuration.all(command):
        values = line.params
        yield StaticRoute(
            ip_network(f"{values[host]}/{values[length]}", strict=False),
            address(values.get(hop, "")),
            values.get("interface", ""),
            int(values.get("pref", "60")),
            values.get("bfd-name", ""),
        )
