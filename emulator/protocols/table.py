"""The one table of the emulated protocols: what each does as time passes and when a device changes.

A row is a layer: they are looked at in this order, from the wires up. Who adds a protocol adds a row here;
nothing else lists them but the values that it shows (`views`) and reads (`settings`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from emulator.protocols import (
    bfd,
    e_trunk,
    e_trunk_member,
    entries,
    eth_trunk,
    igp,
    interfaces,
    monitor_group,
    rbp,
    rbs,
    route_monitor_group,
    transfers,
    vrrp,
)

if TYPE_CHECKING:
    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings

Changed: TypeAlias = "Callable[[Network, Node, DeviceSettings], None]"


def _nothing(net: Network, node: Node, settings: DeviceSettings) -> None:
    """Do nothing."""
    del net, node, settings


def _nobody(settings: DeviceSettings) -> Iterable[tuple[str, object]]:
    """Have no counterpart anywhere."""
    del settings
    return ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """One protocol.

    Args:
        react: bring a device to what it hears and is told; tell whether anything changed.
        forget: lose everything that runs, as when the device starts.
        renew: make the machines that the device's settings call for, remove the others; told what was
            configured before.
        before_change: what has to happen before other settings, which it is told, hold.
        counterparts: objects with a counterpart on another device, see `Network.holders`.
    """

    react: Callable[[Network, Node], bool]
    forget: Callable[[Node], None]
    renew: Changed = _nothing
    before_change: Changed = _nothing
    counterparts: Callable[[DeviceSettings], Iterable[tuple[str, object]]] = _nobody


PROTOCOLS: tuple[Protocol, ...] = (
    Protocol(interfaces.react, interfaces.forget, interfaces.renew),
    Protocol(eth_trunk.react, eth_trunk.forget, eth_trunk.renew),
    Protocol(igp.react, igp.forget),
    Protocol(bfd.react, bfd.forget, bfd.renew, counterparts=bfd.counterparts),
    Protocol(monitor_group.react, monitor_group.forget, monitor_group.renew),
    Protocol(route_monitor_group.react, route_monitor_group.forget, route_monitor_group.renew),
    Protocol(e_trunk.react, e_trunk.forget, e_trunk.renew, counterparts=e_trunk.counterparts),
    Protocol(e_trunk_member.react, e_trunk_member.forget, e_trunk_member.renew),
    Protocol(vrrp.react, vrrp.forget, vrrp.renew, counterparts=vrrp.counterparts),
    Protocol(rbs.react, rbs.forget, rbs.renew, rbs.before_change, rbs.counterparts),
    Protocol(rbp.react, rbp.forget, rbp.renew),
    Protocol(entries.react, entries.forget),
    Protocol(transfers.react, transfers.forget),
)
