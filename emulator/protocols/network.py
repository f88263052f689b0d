"""The emulated network: devices, wires between their ports, and what ails the wires.

A *wire* is either declared or follows from addressing: two ports whose interfaces share a subnet hang on
one wire, unless hosts are expected behind them (VRRP, IGMP, MLD, backup profile, BRAS, DHCP): then a switch
stands between them and each has a wire of its own to it. A port that has no modelled neighbour has an
anonymous one, whose signal it always sees. Two routers that back each other up and share no subnet are taken
to reach each other through an anonymous core, over the uplinks that run the same routing protocol.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from emulator.protocols.errors import ProtocolError
from emulator.protocols.timing import Timing
from emulator.protocols.wires import End, Impairment, WireFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from emulator.protocols.machines.entries import Host
    from emulator.protocols.node import Node


@dataclass(slots=True)
class Network:
    """Devices and wires, with a queue of moments at which something is due.

    Args:
        pulled: ports whose fibre was taken out at their own end.
        cables: declared wires, both directions.
        hosts: what hosts answer for, by the device that they live behind; with their place in the order in
            which they came.
        neighbour_cache: derived neighbours by interface; `wire_cache` wires by port.
        day_offset: seconds since midnight at time 0.
        registry: devices by what they configured, see `holders`.
        flaps: until when something flaps, by device, kind and name.
        intake: copies of entries a second that a slow device takes in.
        queue: (time, device) of moments at which a machine wants to be looked at again; `planned` as a set.
    """

    timing: Timing = field(default_factory=Timing)
    now: float = 0.0
    nodes: dict[str, Node] = field(default_factory=dict)
    faults: list[WireFault] = field(default_factory=list)
    pulled: set[End] = field(default_factory=set)
    intake: dict[str, float] = field(default_factory=dict)
    flaps: dict[tuple[str, str, str], float] = field(default_factory=dict)
    cables: dict[End, End] = field(default_factory=dict)
    queue: list[tuple[float, str]] = field(default_factory=list)
    planned: set[tuple[float, str]] = field(default_factory=set)
    subnets: dict[object, set[End]] = field(default_factory=dict)
    neighbour_cache: dict[End, tuple[End, ...]] = field(default_factory=dict)
    wire_cache: dict[End, End | None] = field(default_factory=dict)
    hosts: dict[str, dict[Host, int]] = field(default_factory=dict)
    hosts_seen: int = 0
    day_offset: float = 0.0
    registry: dict[tuple[str, object], dict[str, None]] = field(default_factory=dict)

    def node(self, device: str) -> Node:
        """Return a device.

        Raises:
            ProtocolError: there is no such device.
        """
        try:
            return self.nodes[device]
        except KeyError:
            raise ProtocolError(f"no device {device!r}; known: {', '.join(self.nodes) or 'none'}") from None

    def holders(self, kind: str, key: object) -> tuple[Node, ...]:
        """Return the devices that configured an object that has its counterpart elsewhere.

        Args:
            kind: `e-trunk`, `bfd`, `rbs` or `vrrp`.
            key: number and peer of the E-Trunk; peer of the BFD session; source and peer of the channel;
                id and peer of the unicast VRRP group: each as that device wrote it.
        """
        return tuple(self.nodes[name] for name in self.registry.get((kind, key), ()) if name in self.nodes)

    def wake(self, device: str, time: float) -> None:
        """Look at a device again at that time, unless it has passed or never comes."""
        moment = (time, device)
        if self.now < time < inf and moment not in self.planned:
            self.planned.add(moment)
            heapq.heappush(self.queue, moment)

    def due(self, until: float) -> set[str]:
        """Go on to the next planned moment, if it comes by then; give the devices to look at."""
        devices: set[str] = set()
        if self.queue and self.queue[0][0] <= until:
            self.now = max(self.now, self.queue[0][0])
            while self.queue and self.queue[0][0] <= self.now:
                moment = heapq.heappop(self.queue)
                self.planned.discard(moment)
                devices.add(moment[1])
        return devices

    def after(self, device: str, seconds: float) -> float:
        """Return the time that lies so many seconds ahead, and look at the device again then."""
        time = self.now + seconds
        self.wake(device, time)
        return time

    def flapping(self, device: str, what: str, name: str) -> bool:
        """Tell whether something is down now only because it flaps."""
        return bool(self.flaps) and self.flaps.get((device, what, name), -inf) > self.now

    def impairments(self, sender: End, receiver: End) -> Iterator[WireFault]:
        """Return the faults that packets of this direction meet."""
        return (fault for fault in self.faults if fault.hits(sender, receiver))

    def crossing(self, sender: End, receiver: End) -> float | None:
        """Return the delay of the way from one interface to its neighbour; nothing when packets are lost."""
        delay = 0.0
        for fault in self.impairments(sender, receiver):
            if fault.impairment is not Impairment.DELAYED:
                return None
            delay += fault.seconds
        return delay

    def forget_topology(self, devices: Iterable[str]) -> None:
        """Derive wires and neighbours of these devices afresh."""
        for device in devices:
            for interface in self.nodes[device].settings.interfaces:
                end = End(device, interface)
                self.neighbour_cache.pop(end, None)
                self.wire_cache.pop(end, None)
