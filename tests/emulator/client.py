"""A client at a device's terminal, with a virtual clock: both ends of the wire in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from emulator.device import Device

PAIR_MEMBER = """\
#
sysname PE7
#
multicast routing-enable
#
lacp e-trunk system-id 00e0-fc77-0001
lacp e-trunk priority 1
#
bfd
#
e-trunk 12
 priority 10
 peer-address 198.51.100.8 source-address 198.51.100.7
 security-key simple moonlight
#
remote-backup-service north
 peer 198.51.100.8 source 198.51.100.7 port 2044
#
remote-backup-profile east
 service-type igmp
 backup-id 31 remote-backup-service north
 peer-backup hot
 e-trunk 12 eth-trunk 40
#
interface Eth-Trunk40
 ip address 203.0.113.1 255.255.255.0
 pim sm
 igmp enable
 mode lacp-static
 e-trunk 12
 remote-backup-profile east
#
interface GigabitEthernet0/2/0
 undo shutdown
 ip address 192.0.2.1 255.255.255.252
#
interface GigabitEthernet0/2/1
 undo shutdown
 eth-trunk 40
#
interface LoopBack0
 ip address 198.51.100.7 255.255.255.255
#
interface NULL0
#
return
"""


@dataclass
class Client:
    """One login on a device; every exchange gives the text that came back."""

    device: Device
    session: int = 0
    now: float = 0.0
    greeting: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.session = self.device.connect("netops", self.now, width=0)
        self.greeting = self.device.output(self.session, self.now).decode()

    def raw(self, data: bytes) -> str:
        return self.device.receive(self.session, data, self.now).decode()

    def type(self, *lines: str) -> str:
        """Type lines; give what the last one printed, its echo and the next prompt left out."""
        shown = [self.raw(line.encode() + b"\r") for line in lines][-1]
        assert shown.startswith(lines[-1])
        body = shown[len(lines[-1]) :].removeprefix("\r\n").replace("\r\n", "\n")
        self.prompt = body.rpartition("\n")[2]
        return body.rpartition("\n")[0]

    def wait(self, seconds: float) -> str:
        self.now += seconds
        return self.device.tick(self.now).get(self.session, b"").decode()

    @property
    def closed(self) -> bool:
        return self.device.closed(self.session)


def at(device: Device, **more: Any) -> Client:
    """Log in with paging off."""
    client = Client(device, **more)
    client.type("screen-length 0 temporary")
    return client


def configuring(device: Device, **more: Any) -> Client:
    """Log in and enter the system view."""
    client = at(device, **more)
    client.type("system-view")
    return client
