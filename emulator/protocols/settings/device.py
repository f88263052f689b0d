"""Everything that the protocols read from one configuration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.protocols.settings import backup, bfd, interfaces, monitors, multicast, routing, trunks, vrrp
from emulator.protocols.settings.reading import has, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.config.statement import Configuration
    from emulator.protocols.settings.backup import RbpSettings, RbsSettings
    from emulator.protocols.settings.bfd import BfdSettings
    from emulator.protocols.settings.interfaces import InterfaceSettings
    from emulator.protocols.settings.monitors import MonitorSettings, RouteMonitorSettings
    from emulator.protocols.settings.multicast import MulticastSettings
    from emulator.protocols.settings.routing import RoutingSettings
    from emulator.protocols.settings.trunks import EthTrunkSettings, ETrunkSettings
    from emulator.protocols.settings.vrrp import VrrpSettings


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """Settings of all protocols of a device, by name or number of the object.

    Args:
        owners: the first interface with an address, by VPN instance and address.
        trigger_speed: entries a second that a connecting backup channel sends.
    """

    interfaces: Mapping[str, InterfaceSettings]
    owners: Mapping[tuple[str, str], str]
    routing: RoutingSettings
    services: Mapping[str, RbsSettings]
    profiles: Mapping[str, RbpSettings]
    eth_trunks: Mapping[int, EthTrunkSettings]
    e_trunks: Mapping[int, ETrunkSettings]
    bfd: Mapping[str, BfdSettings]
    vrrp: VrrpSettings
    monitors: Mapping[str, MonitorSettings]
    route_monitors: Mapping[str, RouteMonitorSettings]
    multicast: MulticastSettings
    bfd_enabled: bool
    lacp_priority: int
    trigger_speed: int


def read(configuration: Configuration) -> DeviceSettings:
    """Return the settings of a configuration."""
    ports = interfaces.read(configuration)
    e_trunks = trunks.read_e_trunks(configuration)
    return DeviceSettings(
        interfaces=ports,
        owners=_owners(ports),
        routing=routing.read(configuration, ports),
        services=backup.read_services(configuration),
        profiles=backup.read_profiles(configuration),
        eth_trunks=trunks.read_eth_trunks(configuration, ports),
        e_trunks=e_trunks,
        bfd=bfd.read(configuration, e_trunks),
        vrrp=vrrp.read(configuration),
        monitors=monitors.read(configuration),
        route_monitors=monitors.read_routes(configuration),
        multicast=multicast.read(configuration),
        bfd_enabled=has(configuration, "bfd.global"),
        lacp_priority=number(configuration, "lacp.prio", "priority", 32768),
        trigger_speed=backup.trigger_speed(configuration),
    )


def _owners(ports: Mapping[str, InterfaceSettings]) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name, port in ports.items():
        for entry in port.addresses:
            found.setdefault((port.vpn, entry.address), name)
    return found
