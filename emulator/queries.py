"""Commands that ask the network or act on it, instead of showing a device's state."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from emulator.displays import ping, routes
from emulator.protocols.routing_table import selected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from emulator.displays.view import DeviceView
    from emulator.protocols.world import World


def _address(text: str) -> str:
    """Spell an address as the network does; a name, which nobody resolves, stays as it is."""
    try:
        return str(ip_address(text))
    except ValueError:
        return text


def _ping(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    count = int(params.get("count", "5"))
    source = _address(params["source"]) if "source" in params else None
    result = world.ping(device, _address(params["host"]), source, count, vpn=params.get("vpn", ""))
    return ping.ping(result, params, view)


def _rui(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    del view
    return ping.rui(world.rui(device, params["source"], params["group"], int(params["id"])))


def _routing_table(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    del view
    found = world.routes(device, params.get("vpn", ""))
    if "ip" in params:
        length = routes.mask_length(params.get("len") or params.get("mask", ""))
        found = selected(found, params["ip"], length, longer="longer-match" in params)
    return routes.table(found, params)


def _routing_table6(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    del view
    found = world.routes(device, params.get("vpn", ""), 6)
    if "ip" in params:
        length = routes.mask_length(params.get("len", ""))
        found = selected(found, params["ip"], length, longer="longer-match" in params)
    return routes.table6(found, params)


def _route_counts6(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    del view
    return routes.statistics(world.routes(device, params.get("vpn", ""), 6))


def _route_counts(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    del view
    return routes.statistics(world.routes(device, params.get("vpn", "")))


def _reset_e_trunk(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    del view
    number = params.get("id")
    world.reset_e_trunk_counters(device, None if number is None else int(number))
    return []


def _reset_service(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    if all(service.name != params["rbs-name"] for service in view.state.services):
        return ["Error: The remote backup service does not exist."]
    world.reset_service_counters(device, params["rbs-name"])
    return []


def _resync_arp(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    del view
    world.resync_arp(device, None if "all" in params else params["interface"])
    return []


def _batch_backup(world: World, device: str, params: Mapping[str, str], view: DeviceView) -> list[str]:
    name = params["view"].partition(" ")[2]
    if any(service.name == name for service in view.state.services):
        world.batch_backup(device, name, params["service"])
    return []


QUERIES: Mapping[str, Callable[[World, str, Mapping[str, str], DeviceView], list[str]]] = {
    "x.ping": _ping,
    "x.ping6": _ping,
    "d.multicast-rui": _rui,
    "d.ip-routing-table": _routing_table,
    "d.ip-routing-statistics": _route_counts,
    "d.ipv6-routing-table": _routing_table6,
    "d.ipv6-routing-statistics": _route_counts6,
    "x.reset-rbs": _reset_service,
    "x.reset-etrunk": _reset_e_trunk,
    "x.reset-arp": _resync_arp,
    "rbs.batch-now": _batch_backup,
}
"""By the grammar's command id."""
