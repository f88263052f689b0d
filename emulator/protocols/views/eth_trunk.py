"""Eth-Trunks as shown."""

from __future__ import annotations

from emulator.protocols import (
    eth_trunk,
)
from emulator.protocols.machines.eth_trunk import Lacp, System
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.settings.trunks import EthTrunkSettings
from emulator.protocols.states import EthTrunkView, ETrunkRole, LacpPartner, PortStatus, TrunkPort

_EXTENSION = 32768  # of the port number, on the E-Trunk's backup
_BITS = {
    Lacp.SILENT: "1{}100011",
    Lacp.STANDBY: "1{}100000",
    Lacp.CHOSEN: "1{}110000",
    Lacp.SELECTED: "1{}111100",
}


_KEY_OF_SPEED = {1000: 0x31, 10_000: 0x41, 25_000: 0x51, 40_000: 0x61, 100_000: 0x71}


def _bits(state: Lacp, *, fast: bool) -> str:
    return _BITS[state].format(int(fast))


def _port_number(node: Node, settings: EthTrunkSettings, name: str) -> int:
    member = node.members.get(settings.id)
    offset = member is not None and member.role is ETrunkRole.BACKUP
    return settings.ports.index(name) + 1 + _EXTENSION * (offset or settings.port_id_extension)


def _port_key(node: Node, settings: EthTrunkSettings, name: str) -> int:
    return settings.id % 256 * 256 + _KEY_OF_SPEED[node.settings.interfaces[name].speed_mbps]


def _partner_view(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> LacpPartner:
    if node.trunks[settings.id].ports[name].state is Lacp.SILENT:
        return LacpPartner()
    far, partner = eth_trunk.far_port(net, node, name), eth_trunk.partner_system(net, node, settings, name)
    if far is not None:
        there, trunk, port = far
        return LacpPartner(
            partner.priority,
            partner.id,
            there.settings.interfaces[port].port_priority,
            _port_number(there, trunk, port),
            _port_key(there, trunk, port),
            _bits(there.trunks[trunk.id].ports[port].state, fast=trunk.fast),
        )
    sharing = list(eth_trunk.homes(net, node, settings))
    first = sum(len(trunk.ports) for there, trunk in sharing if there.order < node.order)
    state = Lacp.SELECTED if eth_trunk.partner_chooses(net, node, settings, name) else Lacp.STANDBY
    return LacpPartner(
        partner.priority,
        partner.id,
        _EXTENSION,
        first + settings.ports.index(name) + 1,
        _port_key(node, settings, name),
        _bits(state, fast=settings.fast),
    )


def _port_view(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> TrunkPort:
    port = node.trunks[settings.id].ports[name]
    speed = f"{node.settings.interfaces[name].speed_mbps // 1000}GE"
    if settings.mode != "lacp-static":
        return TrunkPort(name, PortStatus.UP if port.up else PortStatus.DOWN, speed=speed)
    period = eth_trunk.FAST if settings.fast else eth_trunk.SLOW
    partner = _partner_view(net, node, settings, name)
    packets = int((net.now - port.heard_at) / period) + 1 if port.heard_at is not None else 0
    return TrunkPort(
        name=name,
        status=PortStatus.SELECTED if port.state is Lacp.SELECTED else PortStatus.UNSELECT,
        speed=speed,
        port_priority=node.settings.interfaces[name].port_priority,
        port_no=_port_number(node, settings, name),
        port_key=_port_key(node, settings, name),
        port_state=_bits(port.state, fast=settings.fast),
        reference=name == settings.ports[0],
        actor=eth_trunk.system(node, settings) <= System(partner.system_priority, partner.system_id),
        partner=partner,
        sent=packets + (0 if port.heard_at is not None else int(net.now / period)),
        received=packets,
    )


def view(net: Network, node: Node, settings: EthTrunkSettings) -> EthTrunkView:
    """Show one trunk."""
    presented = eth_trunk.system(node, settings)
    member = node.members.get(settings.id)
    active = eth_trunk.forwarding(node, settings) if node.trunks[settings.id].up else ()
    return EthTrunkView(
        id=settings.id,
        mode=settings.mode,
        up=node.trunks[settings.id].up,
        ports=tuple(_port_view(net, node, settings, name) for name in settings.ports),
        preempt_delay=settings.preempt_delay,
        system_priority=presented.priority,
        system_id=presented.id,
        remote_id=presented.id not in {settings.e_trunk_system_id, settings.system_id, node.mac},
        least_active=settings.least_active,
        max_active=settings.max_active,
        timeout="Fast" if settings.fast else "Slow",
        timeout_seconds=settings.timeout,
        e_trunk=settings.e_trunk,
        role=member.role if member is not None else None,
        active_port=active[0] if active and settings.mode == "manual backup" else "",
        bandwidth_mbps=sum(node.settings.interfaces[name].speed_mbps for name in active),
    )
