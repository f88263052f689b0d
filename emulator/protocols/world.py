"""The world: all emulated devices on one network under one virtual clock.

The world is a queue of moments. Between two moments nothing happens, so idle devices cost nothing and hours
pass in milliseconds. At a moment, or after any change from outside, the machines of every device that can be
concerned are looked at again and again, layer by layer from the wires up, until none of them moves.

Accepted in a configuration but without effect here: `lacp track vrrp`, `vrrp ... initialize state-hold-time`,
BFD dampening, Global-VE members of an E-Trunk, and reachability by BGP or MPLS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols import e_trunk, hosts, membership, routes, routing_table, rui, transfers
from emulator.protocols.errors import ProtocolError
from emulator.protocols.flaps import flap
from emulator.protocols.links import component
from emulator.protocols.machines.entries import Host
from emulator.protocols.network import Network
from emulator.protocols.settings import device as settings_of
from emulator.protocols.settling import around, rewired, settle
from emulator.protocols.states import DeviceState, PingResult, Route, Rui
from emulator.protocols.timing import Timing
from emulator.protocols.views.device import DeviceSnapshot, snapshot
from emulator.protocols.wires import End, Impairment, WireFault

if TYPE_CHECKING:
    from emulator.config.statement import Configuration
    from emulator.network_faults import Flapping


class World:
    """All devices on one emulated network.

    Args:
        timing: durations of the protocols.
        day_offset: seconds since midnight at virtual time 0, for schedules by time of day.
    """

    def __init__(self, timing: Timing | None = None, day_offset: float = 0.0) -> None:
        self._net = Network(timing=timing or Timing(), day_offset=day_offset)

    @property
    def now(self) -> float:
        """Return the virtual time in seconds."""
        return self._net.now

    @property
    def timing(self) -> Timing:
        """Return the durations of the protocols."""
        return self._net.timing

    @property
    def devices(self) -> tuple[str, ...]:
        """Return the names of the devices in the order in which they joined."""
        return tuple(self._net.nodes)

    def configure(self, device: str, configuration: Configuration, now: float) -> None:
        """Let a device run a configuration from now on; a new name joins the network.

        Args:
            device: name of the device.
            configuration: its whole running configuration.
            now: virtual seconds, not before the world's present.
        """
        self.advance(now)
        net, wanted = self._net, settings_of.read(configuration)
        node = net.nodes.get(device)
        if node is None:
            node = membership.join(net, device, wanted)
        concerned = component(net, device)
        membership.register(net, node, wanted)
        rewired(net, {*concerned, device})
        if node.booted == now == 0.0:
            net.forget_topology(concerned)  # a big lab at its start: what is derived would only take room

    def advance(self, now: float) -> None:
        """Run all machines up to a time; an earlier one changes nothing."""
        net = self._net
        while due := net.due(now):
            settle(net, due)
        net.now = max(net.now, now)

    def next_event(self) -> float | None:
        """Return the next time at which something may happen by itself."""
        return self._net.queue[0][0] if self._net.queue else None

    def state(self, device: str) -> DeviceState:
        """Show everything that a device's protocols are now.

        Raises:
            ProtocolError: there is no such device.
        """
        return snapshot(self._net, self._net.node(device))

    def glance(self, device: str) -> DeviceState:
        """Show what a display asks for, as long as nothing else happens; `state` is for later too.

        Raises:
            ProtocolError: there is no such device.
        """
        return DeviceSnapshot(self._net, self._net.node(device))

    def ping(
        self, device: str, target: str, source: str | None = None, count: int = 5, *, vpn: str = ""
    ) -> PingResult:
        """Ping an address from a device, in the public network or in a VPN instance; see `PingResult`."""
        return routes.ping(self._net, self._net.node(device), target, source, count, vpn=vpn)

    def routes(self, device: str, vpn: str = "", version: int = 4) -> tuple[Route, ...]:
        """Return the active routes of a device, of the public network or of a VPN instance."""
        return routing_table.routes(self._net, self._net.node(device), vpn, version)

    def rui(self, device: str, source: str, group: str, eth_trunk_id: int) -> Rui:
        """Say which router forwards a multicast flow through an active-active Eth-Trunk.

        Both members forward; flows are shared by the parity of source and group, so that one of them answers
        `LOCAL` for each. When only one of the two trunks is up, it forwards every flow.
        """
        return rui.forwarder(self._net, self._net.node(device), source, group, eth_trunk_id)

    def link(self, device: str, port: str, peer: str, peer_port: str) -> None:
        """Declare a wire between two ports; addressing no longer decides what they are wired to.

        A port takes one wire: an earlier one is pulled out at both of its ends.
        """
        one, other = End(device, port), End(peer, peer_port)
        cables = self._net.cables
        unplugged = {cables[end] for end in (one, other) if end in cables}
        touched = {end.device for end in (one, other, *unplugged)} & self._net.nodes.keys()
        concerned = around(self._net, touched)
        for end in (one, other, *unplugged):
            cables.pop(end, None)
        cables[one], cables[other] = other, one
        rewired(self._net, concerned)

    def cut(self, device: str, peer: str, port: str = "") -> None:
        """Cut every wire between two devices, or the one on a port of the first.

        Directly wired ports go down; through a switch the two no longer hear each other.
        """
        self._ail(WireFault(Impairment.CUT, device, peer, port))

    def one_way(self, device: str, peer: str, port: str = "") -> None:
        """Lose what the first device sends to the second; ports stay up."""
        self._ail(WireFault(Impairment.LOST, device, peer, port))

    def delay(self, device: str, peer: str, seconds: float, port: str = "") -> None:
        """Deliver so many seconds late between two devices."""
        self._ail(WireFault(Impairment.DELAYED, device, peer, port, seconds))

    def restore(self, device: str, peer: str, port: str = "") -> None:
        """Mend what was cut, made one-way or delayed between two devices.

        Raises:
            ProtocolError: an unknown device.
        """
        pair = {self._net.node(device).name, self._net.node(peer).name}
        self._net.faults = [
            fault
            for fault in self._net.faults
            if {fault.device, fault.peer} != pair or (port and fault.port not in {"", port})
        ]
        settle(self._net, pair)

    def shut(self, device: str, port: str) -> None:
        """Take the signal off a port, as if its fibre were pulled at this end."""
        self._net.pulled.add(self._port(device, port))
        settle(self._net, {device})

    def unshut(self, device: str, port: str) -> None:
        """Plug a port in again."""
        self._net.pulled.discard(self._port(device, port))
        settle(self._net, {device})

    def flap(self, device: str, what: Flapping, name: str, seconds: float) -> None:
        """Let something go down now and come back by itself.

        Raises:
            ProtocolError: there is no such thing, or it is not up.
        """
        flap(self._net, self._net.node(device), what, name, seconds)
        settle(self._net, {device})

    def take_in(self, device: str, rate: float | None) -> None:
        """Let a device take in that many copies of entries a second; none with 0, at full speed with None."""
        if rate is None:
            self._net.intake.pop(self._net.node(device).name, None)
        else:
            self._net.intake[self._net.node(device).name] = rate
        settle(self._net, {device})

    def stop(self, device: str) -> None:
        """Take the power off a device: its ports go dark and its machines forget everything."""
        node = self._net.node(device)
        node.running = False
        membership.forget(self._net, node)
        settle(self._net, {device})

    def start(self, device: str) -> None:
        """Power a device on again with the settings that it had."""
        node = self._net.node(device)
        node.running, node.booted = True, self._net.now
        membership.forget(self._net, node)
        settle(self._net, {device})

    def join(self, device: str, interface: str, group: str, host: str, source: str = "") -> None:
        """Let a host behind an interface join a multicast group, of any or of one source.

        Args:
            device: a device that it lives behind.
            interface: where it lives; a device that shares subnet or edge with this one hears it too.
            group: IPv4 (IGMP) or IPv6 (MLD) group address.
            host: the host's address.
            source: the one source that it wants; empty for any.

        Raises:
            ProtocolError: an unknown device or interface, or a text that is no address.
        """
        self._host(hosts.joined(device, interface, group, host, source))

    def leave(self, device: str, interface: str, group: str, host: str, source: str = "") -> None:
        """Let a host leave a group that it joined.

        Raises:
            ProtocolError: it has not joined, or a text is no address.
        """
        gone = hosts.joined(device, interface, group, host, source)
        if gone not in self._net.hosts.get(device, {}):
            raise ProtocolError(f"{host} has not joined {group} behind {interface} of {device}")
        del self._net.hosts[device][gone]
        settle(self._net, {device})

    def add_host(self, device: str, interface: str, address: str, mac: str) -> None:
        """Put a host behind an interface: it answers ARP or ND for its address.

        Raises:
            ProtocolError: an unknown device or interface, or a text that is no address.
        """
        end = End(device, interface)
        self._host(Host(end, False, hosts.spelt(address), "", mac))  # noqa: FBT003 - record

    def batch_backup(self, device: str, service: str, what: str = "all") -> None:
        """Send the local entries of a service type to the peer: `batch-backup service-type ... now`.

        Raises:
            ProtocolError: the device has no such backup service.
        """
        node = self._net.node(device)
        if service not in node.settings.services:
            raise ProtocolError(f"{device} has no backup service {service!r}")
        transfers.batch(self._net, node, service, what)
        settle(self._net, {device})

    def resync_arp(self, device: str, interface: str | None = None) -> None:
        """Copy ARP entries to the peer again: `reset arp remote-backup`, for one interface or all."""
        transfers.resync(self._net, self._net.node(device), interface)
        settle(self._net, {device})

    def reset_service_counters(self, device: str, service: str) -> None:
        """Clear the counters of a backup service.

        Raises:
            ProtocolError: the device has no such backup service.
        """
        channels = self._net.node(device).channels
        if service not in channels:
            raise ProtocolError(f"{device} has no backup service {service!r}")
        channels[service].sent = channels[service].received = 0

    def reset_e_trunk_counters(self, device: str, e_trunk_id: int | None = None) -> None:
        """Clear the packet counters of one E-Trunk, or of all."""
        for number, machine in self._net.node(device).e_trunks.items():
            if e_trunk_id in {None, number}:
                e_trunk.clear_counters(self._net.now, machine)

    def _host(self, host: Host) -> None:
        self._port(host.end.device, host.end.interface)
        net = self._net
        net.hosts_seen += 1
        net.hosts.setdefault(host.end.device, {}).setdefault(host, net.hosts_seen)
        settle(self._net, {host.end.device})

    def _port(self, device: str, port: str) -> End:
        if port not in self._net.node(device).settings.interfaces:
            raise ProtocolError(f"{device} has no interface {port!r}")
        return End(device, port)

    def _ail(self, fault: WireFault) -> None:
        """Add a fault between devices that exist and have something in common."""
        if fault.port:
            self._port(fault.device, fault.port)
        near = component(self._net, self._net.node(fault.device).name)
        if self._net.node(fault.peer).name not in near:
            raise ProtocolError(f"nothing joins {fault.device} and {fault.peer}")
        self._net.faults.append(fault)
        settle(self._net, {fault.device, fault.peer})
