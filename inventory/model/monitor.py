"""Monitor groups: interfaces or routes that are judged together."""

from __future__ import annotations

from inventory.model.base import UNSET, Each, Placed
from inventory.model.types import (
    GroupName,
    Interface,
    Prefix4,
    Seconds1000,
    Switch,
    Unsigned32,
    VpnName,
    Weight1000,
)


class BoundInterface(Placed):
    """An interface of a monitor group."""

    interface: Each[Interface]
    down_weight: Each[Weight1000] = Each.model_construct(a=10, b=10)
    """Weight of its failure."""


class MonitorGroup(Placed):
    """Interfaces that are judged together by their share of failures."""

    name: Each[GroupName]
    interfaces: tuple[BoundInterface, ...] = ()
    enable: Each[Switch] = Each.model_construct(a=True, b=True)
    up_delay: Each[Unsigned32 | None] = UNSET
    """Seconds before a recovery counts; the device takes 0."""


class MonitoredRoute(Placed):
    """A route of a route monitor group."""

    prefix: Each[Prefix4]
    vpn_instance: Each[VpnName | None] = UNSET
    down_weight: Each[Weight1000 | None] = UNSET
    """Weight of its loss; the device takes 10."""


class RouteMonitorGroup(Placed):
    """Routes that are judged together by their share of losses."""

    name: Each[GroupName]
    routes: tuple[MonitoredRoute, ...] = ()
    enable: Each[Switch] = Each.model_construct(a=True, b=True)
    up_delay: Each[Seconds1000 | None] = UNSET
    """Seconds before a recovery counts; the device takes 5."""
