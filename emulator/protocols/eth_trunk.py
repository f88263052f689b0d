"""Eth-Trunks: static LACP, manual load balancing and manual 1:1 backup.

LACP, one machine a member port. A port hears its partner or not; the trunk chooses ports by rank; chosen at
both ends, it forwards after a short while:

    SILENT    nothing heard: defaulted and expired         11100011
    STANDBY   partner heard, port not chosen               10100000
    CHOSEN    chosen, but the partner or the role of the   10110000
              E-Trunk member withholds forwarding
    SELECTED  collecting and distributing at both ends     10111100

The trunk aggregates ports that hear one and the same partner system; the end with the smaller system
priority, then the smaller system id, decides which (smaller port priority, then port order), up to the
maximum; the other end follows. A member of an E-Trunk presents the E-Trunk's LACP priority and system id
and forwards only while its role is Master. On the E-Trunk's backup the port number is offset by 32768.
(Manual pages `lacp priority`, `lacp e-trunk priority`, `lacp e-trunk system-id`, `mode`.)

Where no partner is modelled, an anonymous switch answers: one per trunk, or one for both members of an
E-Trunk pair. It aggregates the ports of one partner system, of those willing to forward.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from emulator.protocols import monitor_group
from emulator.protocols.links import port_up, wire
from emulator.protocols.machine import keep, step
from emulator.protocols.machines.eth_trunk import TABLE, EthTrunk, Lacp, LacpEvent, Port, System
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings
    from emulator.protocols.settings.trunks import EthTrunkSettings

SLOW, FAST = 30.0, 1.0  # seconds between LACPDUs


def react(net: Network, node: Node) -> bool:
    """Bring every trunk of a device to what its links and partners say; tell whether anything changed."""
    changed = False
    for number, settings in node.settings.eth_trunks.items():
        trunk = node.trunks[number]
        before = (trunk.up, [(port.state, port.up) for port in trunk.ports.values()])
        for name in settings.ports:
            trunk.ports[name].up = port_up(net, End(node.name, name))
        if settings.mode == "lacp-static":
            for name in settings.ports:
                _move(net, node, settings, name)
        trunk.up = _operational(node, settings)
        changed |= before != (trunk.up, [(port.state, port.up) for port in trunk.ports.values()])
    return changed


def _operational(node: Node, settings: EthTrunkSettings) -> bool:
    return permits(node, settings) and len(forwarding(node, settings)) >= settings.least_active


def forwarding(node: Node, settings: EthTrunkSettings) -> tuple[str, ...]:
    """Return the ports that carry traffic, or could at once if the role permitted."""
    ports = node.trunks[settings.id].ports
    if settings.mode == "lacp-static":
        return tuple(name for name in settings.ports if ports[name].state is Lacp.SELECTED)
    up = tuple(name for name in settings.ports if ports[name].up)
    return up[:1] if settings.mode == "manual backup" else up


def capable(node: Node, settings: EthTrunkSettings) -> bool:
    """Tell whether a trunk could come up if its role permitted: `LocalPhyState` of an E-Trunk member."""
    ports = node.trunks[settings.id].ports
    lacp = settings.mode == "lacp-static"
    good = [port for port in ports.values() if (port.state is not Lacp.SILENT if lacp else port.up)]
    return _usable(node, settings) and len(good) >= settings.least_active


def _usable(node: Node, settings: EthTrunkSettings) -> bool:
    interface = node.settings.interfaces[settings.name]
    return node.running and interface.enabled and not monitor_group.holds(node, settings.name)


def permits(node: Node, settings: EthTrunkSettings) -> bool:
    """Tell whether a trunk is willing to forward: not shut, not held, and Master if in an E-Trunk."""
    member = node.members.get(settings.id)
    return _usable(node, settings) and (member is None or member.permits)


def system(node: Node, settings: EthTrunkSettings) -> System:
    """Return the LACP system that a trunk presents; an E-Trunk member has the E-Trunk's."""
    if settings.e_trunk is None:
        return System(settings.system_priority, settings.system_id or node.mac)
    e_trunk = node.e_trunks.get(settings.e_trunk)
    given = settings.system_id or settings.e_trunk_system_id  # the interface's before the system's
    synchronised = e_trunk.peer_lacp_id if e_trunk is not None and not given else ""
    return System(settings.e_trunk_priority, synchronised or given or node.mac)


def _move(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> None:
    """Take one port as far as it can go now."""
    port = node.trunks[settings.id].ports[name]
    heard = _hears(net, node, settings, name)
    if heard and port.state is Lacp.SILENT:
        port.state, port.heard_at = step(TABLE, port.state, LacpEvent.HEARD), net.now
    elif not heard and port.state is not Lacp.SILENT:
        port.state, port.heard_at, port.sync_at = step(TABLE, port.state, LacpEvent.LOST), None, None
    if port.state is Lacp.SILENT:
        return
    if not permits(node, settings) or _chooses(net, node, settings, name):
        if port.state is Lacp.STANDBY:
            port.state = step(TABLE, port.state, LacpEvent.CHOOSE)
    elif port.state is not Lacp.STANDBY:
        port.state, port.sync_at = step(TABLE, port.state, LacpEvent.RELEASE), None
    _synchronise(net, node, settings, name)


def _synchronise(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> None:
    port = node.trunks[settings.id].ports[name]
    ready = permits(node, settings) and partner_chooses(net, node, settings, name)
    if port.state is Lacp.SELECTED and not ready:
        port.state, port.sync_at = step(TABLE, port.state, LacpEvent.OUT_OF_SYNC), None
    elif port.state is Lacp.CHOSEN and ready:
        if port.sync_at is None:
            port.sync_at = net.after(node.name, net.timing.lacp)
        if port.sync_at <= net.now:
            port.state = step(TABLE, port.state, LacpEvent.IN_SYNC)
    elif port.state is Lacp.CHOSEN:
        port.sync_at = None


def far_port(net: Network, node: Node, name: str) -> tuple[Node, EthTrunkSettings, str] | None:
    """Return the modelled trunk port at the other end, if there is one."""
    end = wire(net, End(node.name, name))
    if end is None or end.device not in net.nodes:
        return None
    there = net.nodes[end.device]
    for trunk in there.settings.eth_trunks.values():
        if end.interface in trunk.ports:
            return there, trunk, end.interface
    return None


def _hears(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> bool:
    """Tell whether LACPDUs of the partner arrive; silence counts only after the timeout."""
    port = node.trunks[settings.id].ports[name]
    if not port.up:
        port.lost_at = None
        return False
    if _arriving(net, node, name):
        port.lost_at = None
        return True
    if port.state is Lacp.SILENT:
        return False
    if port.lost_at is None:
        seconds = settings.timeout or (3 * FAST if settings.fast else 3 * SLOW)
        port.lost_at = net.after(node.name, seconds)
    return net.now < port.lost_at


def _arriving(net: Network, node: Node, name: str) -> bool:
    here = End(node.name, name)
    end = wire(net, here)
    if end is None:
        return True
    far = far_port(net, node, name)
    return far is not None and far[1].mode == "lacp-static" and net.crossing(end, here) is not None


def _chooses(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> bool:
    """Tell whether this end takes a port: one partner system, ranked and limited if this end decides."""
    far = far_port(net, node, name)
    partner = partner_system(net, node, settings, name)
    if partner != _aggregated(net, node, settings):
        return False
    if far is not None and not _willing(far):
        return False
    if far is None or system(node, settings) <= partner:
        return name in _ranked(net, node, settings, partner)[: settings.max_active]
    there, trunk, port = far
    return there.trunks[trunk.id].ports[port].state in {Lacp.CHOSEN, Lacp.SELECTED}


def _willing(far: tuple[Node, EthTrunkSettings, str]) -> bool:
    there, trunk, _ = far
    return permits(there, trunk)


def _aggregated(net: Network, node: Node, settings: EthTrunkSettings) -> System | None:
    """Return the partner system that the trunk aggregates: a willing one first, then the one that decides."""
    found = []
    for name in settings.ports:
        port, far = node.trunks[settings.id].ports[name], far_port(net, node, name)
        if port.state is not Lacp.SILENT:
            unwilling = far is not None and not _willing(far)
            found.append((unwilling, partner_system(net, node, settings, name)))
    return min(found)[1] if found else None


def _ranked(net: Network, node: Node, settings: EthTrunkSettings, partner: System) -> list[str]:
    """Return the ports that hear the partner, best first; a selected one stays ahead unless preempted."""
    ports = node.trunks[settings.id].ports
    heard = [
        name
        for name in settings.ports
        if ports[name].state is not Lacp.SILENT and partner_system(net, node, settings, name) == partner
    ]

    def rank(name: str) -> tuple[bool, int, int]:
        seniority = ports[name].state is Lacp.SELECTED
        if settings.preempt_delay is not None:
            wait = settings.preempt_delay * net.timing.scale
            since = ports[name].heard_at
            net.wake(node.name, (since or 0.0) + wait)
            seniority = seniority or (since is not None and net.now >= since + wait)
        priority = node.settings.interfaces[name].port_priority
        return (not seniority, priority, settings.ports.index(name))

    return sorted(heard, key=rank)


def partner_system(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> System:
    """Return the LACP system at the other end of a port, modelled or anonymous."""
    far = far_port(net, node, name)
    return system(far[0], far[1]) if far else _switch_system(net, node, settings)


def _switch_system(net: Network, node: Node, settings: EthTrunkSettings) -> System:
    """Return the anonymous switch's system; the same for both members of an E-Trunk pair."""
    names = sorted(f"{there.name}/{trunk.id}" for there, trunk in homes(net, node, settings))
    number = crc32("+".join(names).encode()) & 0xFFFFFF
    return System(32768, f"00e0-fc{number >> 16:02x}-{number & 0xFFFF:04x}")


def homes(net: Network, node: Node, settings: EthTrunkSettings) -> Iterator[tuple[Node, EthTrunkSettings]]:
    """Yield the trunks that end in the same anonymous switch, this one included."""
    yield node, settings
    for name in sorted(node.partners):
        there = net.nodes.get(name)
        trunk = there.settings.eth_trunks.get(settings.remote or settings.id) if there else None
        if there is not None and trunk is not None and trunk.e_trunk == settings.e_trunk is not None:
            yield there, trunk


def partner_chooses(net: Network, node: Node, settings: EthTrunkSettings, name: str) -> bool:
    """Tell whether the other end takes a port and is willing to forward."""
    far = far_port(net, node, name)
    if far is not None:
        there, trunk, port = far
        return there.trunks[trunk.id].ports[port].state in {Lacp.CHOSEN, Lacp.SELECTED} and _willing(far)
    if wire(net, End(node.name, name)) is not None:
        return False
    systems = [system(*home) for home in homes(net, node, settings) if _offers(*home)]
    return bool(systems) and system(node, settings) == min(systems)


def _offers(node: Node, settings: EthTrunkSettings) -> bool:
    """Tell whether a trunk offers the anonymous switch at least one port."""
    ports = node.trunks[settings.id].ports.values()
    return permits(node, settings) and any(port.up for port in ports)


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every Eth-Trunk and each of its ports."""
    del net, before
    keep(node.trunks, node.settings.eth_trunks, lambda _: EthTrunk())
    for number, trunk in node.settings.eth_trunks.items():
        keep(node.trunks[number].ports, dict.fromkeys(trunk.ports), lambda _: Port())


def forget(node: Node) -> None:
    """Lose every Eth-Trunk."""
    node.trunks.clear()
