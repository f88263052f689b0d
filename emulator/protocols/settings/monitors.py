"""Monitor groups as configured: of interfaces, and of routes."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from emulator.protocols.settings.reading import has, number

if TYPE_CHECKING:
    from emulator.config.statement import Configuration


@dataclass(frozen=True, slots=True)
class MonitorSettings:
    """A monitor group as configured.

    Args:
        bindings: watched interfaces with their down weight.
    """

    name: str
    index: int
    enabled: bool
    up_delay: int
    bindings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RouteMonitorSettings:
    """A route monitor group as configured.

    Args:
        routes: watched prefixes with their down weight.
    """

    name: str
    enabled: bool
    up_delay: int
    routes: tuple[tuple[IPv4Network, int], ...] = ()


def read(configuration: Configuration) -> dict[str, MonitorSettings]:
    """Return the interface monitor groups of a configuration by name."""
    groups = (
        MonitorSettings(
            name=line.params["name"],
            index=index,
            enabled=has(line, "mg.enable"),
            up_delay=number(line, "mg.up-delay", "seconds", 0),
            bindings=tuple(
                (entry.params["interface"], int(entry.params.get("weight", "10")))
                for entry in line.all("mg.bind")
            ),
        )
        for index, line in enumerate(configuration.all("mg.create"), start=1)
    )
    return {group.name: group for group in groups}


def read_routes(configuration: Configuration) -> dict[str, RouteMonitorSettings]:
    """Return the route monitor groups of a configuration by name."""
    groups = (
        RouteMonitorSettings(
            name=line.params["name"],
            enabled=has(line, "rmg.enable"),
            up_delay=number(line, "rmg.up-delay", "seconds", 5),
            routes=tuple(
                (
                    IPv4Network(f"{entry.params['ip']}/{entry.params['mask']}", strict=False),
                    int(entry.params.get("weight", "10")),
                )
                for entry in line.all("rmg.track")
            ),
        )
        for line in configuration.all("rmg.create")
    )
    return {group.name: group for group in groups}
