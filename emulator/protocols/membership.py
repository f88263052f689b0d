"""Devices come into the network, are configured anew, and forget: which machines they run, who must know."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from emulator.protocols import (
    e_trunk,
    rbs,
)
from emulator.protocols.links import subnet_keys
from emulator.protocols.machines.bfd import Session
from emulator.protocols.machines.e_trunk_member import Member
from emulator.protocols.machines.entries import Entries
from emulator.protocols.machines.eth_trunk import EthTrunk, Port
from emulator.protocols.machines.interfaces import Interface
from emulator.protocols.machines.monitor_group import MonitorGroup
from emulator.protocols.machines.rbp import Profile
from emulator.protocols.machines.rbs import Channel
from emulator.protocols.machines.route_monitor_group import RouteMonitor
from emulator.protocols.machines.vrrp import Group
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from emulator.protocols.settings.device import DeviceSettings

K = TypeVar("K")
M = TypeVar("M")


def join(net: Network, device: str, wanted: DeviceSettings) -> Node:
    """Let a new device into the network."""
    order = len(net.nodes)
    mac = f"00e0-fc{0x10 + (order >> 16):02x}-{order & 0xFFFF:04x}"
    node = Node(device, order, mac, wanted, Entries())
    net.nodes[device] = node
    return node


def register(net: Network, node: Node, wanted: DeviceSettings) -> None:
    """Give a device its settings: machines are made, kept or removed; indexes follow."""
    before = node.settings
    _index(net, node, before, add=False)
    _close_changed(net, node, wanted)
    node.settings = wanted
    _index(net, node, wanted, add=True)
    _make_machines(net, node, before)
    former, node.partners = node.partners, set()
    _find_partners(net, node)
    for name in former | node.partners:
        _find_partners(net, net.nodes[name])


def _index(net: Network, node: Node, settings: DeviceSettings, *, add: bool) -> None:
    for name, interface in settings.interfaces.items():
        for key in subnet_keys(interface):
            ends = net.subnets.setdefault(key, set())
            (ends.add if add else ends.discard)(End(node.name, name))
            if not ends:
                del net.subnets[key]
    for kind, key in _registered(settings):
        names = net.registry.setdefault((kind, key), {})
        if add:
            names[node.name] = None
            continue
        names.pop(node.name, None)
        if not names:
            del net.registry[kind, key]


def _registered(settings: DeviceSettings) -> Iterable[tuple[str, object]]:
    """Give what has its counterpart elsewhere; an object without addresses has none."""
    for number, e_trunk_settings in settings.e_trunks.items():
        if e_trunk_settings.peer:
            yield "e-trunk", (number, e_trunk_settings.peer)
    for session in settings.bfd.values():
        if session.peer:
            yield "bfd", session.peer
    for service in settings.services.values():
        if service.peer and service.source:
            yield "rbs", (service.source, service.peer)
    for group in settings.vrrp.groups.values():
        if group.peer:
            yield "vrrp", (group.key.vrid, group.peer)


def _find_partners(net: Network, node: Node) -> None:
    """Find the devices that a device backs up with: mirrored E-Trunks or backup services."""
    node.partners.clear()
    for number, mine in node.settings.e_trunks.items():
        for there in net.holders("e-trunk", (number, mine.source)) if mine.peer else ():
            if there is not node and mine.peer == there.settings.e_trunks[number].source:
                node.partners.add(there.name)
    for service in node.settings.services.values():
        for there in net.holders("rbs", (service.peer, service.source)):
            if there is not node:
                node.partners.add(there.name)


def _close_changed(net: Network, node: Node, wanted: DeviceSettings) -> None:
    """A channel whose parameters change is closed first."""
    for name, channel in node.channels.items():
        if channel.connected and wanted.services.get(name) != node.settings.services[name]:
            old, new = node.settings.services[name], wanted.services.get(name)
            keys = ("peer", "source", "port", "ssl_policy", "track_bfd", "shutdown")
            if new is None or any(getattr(old, key) != getattr(new, key) for key in keys):
                rbs.close(net, node, old, channel)


def _make_machines(net: Network, node: Node, before: DeviceSettings) -> None:
    now, settings = net.now, node.settings
    _keep(node.interfaces, settings.interfaces, lambda _: Interface())
    _keep(node.trunks, settings.eth_trunks, lambda _: EthTrunk())
    for number, trunk in settings.eth_trunks.items():
        _keep(node.trunks[number].ports, dict.fromkeys(trunk.ports), lambda _: Port())
    members = {
        number: trunk
        for number, trunk in settings.eth_trunks.items()
        if trunk.e_trunk is not None and trunk.e_trunk in settings.e_trunks
    }
    _keep(node.members, members, lambda _: Member())
    _keep(node.e_trunks, settings.e_trunks, lambda key: e_trunk.create(net, node, settings.e_trunks[key]))
    for name, session in settings.bfd.items():
        if session.identity != before.bfd.get(name, session).identity:
            node.sessions.pop(name, None)  # negotiates anew; timers and description change in place (R51)
    _keep(node.sessions, settings.bfd, lambda _: Session(now))
    _keep(node.monitors, settings.monitors, lambda _: MonitorGroup())
    _keep(node.route_monitors, settings.route_monitors, lambda _: RouteMonitor())
    _keep(node.groups, settings.vrrp.groups, lambda _: Group(now))
    _keep(node.channels, settings.services, lambda _: Channel())
    _keep(node.profiles, settings.profiles, lambda _: Profile())


def _keep(machines: dict[K, M], wanted: Mapping[K, object], make: Callable[[K], M]) -> None:
    """Make the machines that are wanted and missing, remove those that are not wanted."""
    for gone in machines.keys() - wanted.keys():
        del machines[gone]
    for key in wanted:
        if key not in machines:
            machines[key] = make(key)


def forget(net: Network, node: Node) -> None:
    """Start all machines of a device afresh."""
    for machines in (
        node.interfaces,
        node.adjacencies,
        node.trunks,
        node.members,
        node.e_trunks,
        node.sessions,
        node.monitors,
        node.route_monitors,
        node.groups,
        node.channels,
        node.profiles,
        node.syncs,
        node.daily_at,
    ):
        machines.clear()
    node.entries = Entries()
    _make_machines(net, node, node.settings)
