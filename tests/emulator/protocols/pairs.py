"""Pairs of routers for the tests, with names and addresses of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emulator.entry import printing
from emulator.protocols.timing import Timing
from emulator.protocols.world import World

if TYPE_CHECKING:
    from emulator.protocols.states import (
        BfdView,
        DeviceState,
        EthTrunkView,
        ETrunkView,
        InterfaceState,
        MemberView,
        RbpView,
        RbsView,
        VrrpView,
    )

NORTH, SOUTH = "North", "South"

_MEMBER = """#
sysname {name}
#
bfd
#
multicast routing-enable
#
multicast ipv6 routing-enable
#
lacp e-trunk system-id 00e0-fc77-0001
#
e-trunk 5
 priority {priority}
 {e_trunk_peer}
 security-key simple heartbeat-key
#
remote-backup-service link9
 {rbs_peer}
#
remote-backup-profile access
 service-type igmp
 service-type mld
 backup-id 77 remote-backup-service link9
 peer-backup hot
 e-trunk 5 eth-trunk 21
#
interface Eth-Trunk21
 ipv6 enable
 ip address 203.0.113.1 255.255.255.0
 ipv6 address 2001:db8:113::1/64
 mode lacp-static
 e-trunk 5
 igmp enable
 mld enable
 remote-backup-profile access
#
interface GigabitEthernet0/4/0
 undo shutdown
 ipv6 enable
 ip address 198.51.100.{host} 255.255.255.252
 ipv6 address 2001:db8:51::{host}/64
#
interface GigabitEthernet0/5/{access}
 undo shutdown
 eth-trunk 21
#
interface LoopBack3
 ipv6 enable
 ip address 192.0.2.{host} 255.255.255.255
 ipv6 address 2001:db8:2::{host}/128
#
ip route-static 192.0.2.{other} 255.255.255.255 198.51.100.{other}
ipv6 route-static 2001:db8:2::{other} 128 2001:db8:51::{other}
#
return
"""

_VRRP_MEMBER = """#
sysname {name}
#
bfd
#
bfd between bind peer-ip 10.9.0.{other} interface GigabitEthernet0/4/0
 discriminator local {host}1
 discriminator remote {other}1
#
remote-backup-service sync
 peer 10.9.0.{other} source 10.9.0.{host} port 2048
#
remote-backup-profile hosts
 service-type arp
 backup-id 9 remote-backup-service sync
 peer-backup hot
 vrrp-id 44 interface GigabitEthernet0/6/2
#
interface GigabitEthernet0/4/0
 undo shutdown
 ip address 10.9.0.{host} 255.255.255.0
#
interface GigabitEthernet0/6/2
 undo shutdown
 ip address 10.40.0.{host} 255.255.255.0
 vrrp vrid 44 virtual-ip 10.40.0.254
 vrrp vrid 44 priority {priority}
 remote-backup-profile hosts
#
interface GigabitEthernet0/7/0
 undo shutdown
#
return
"""


@dataclass(slots=True)
class Pair:
    """Two routers in a world; their configurations can be edited as text."""

    north: str
    south: str
    world: World = field(default_factory=World)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.load(NORTH, self.north)
        self.load(SOUTH, self.south)

    def load(self, device: str, text: str) -> None:
        """Run a configuration from now on."""
        self.texts[device] = text
        self.world.configure(device, printing.load(text), self.world.now)

    def edit(self, device: str, old: str, new: str) -> None:
        """Replace a part of a configuration that must be there."""
        assert old in self.texts[device], old
        self.load(device, self.texts[device].replace(old, new))

    def insert(self, device: str, before: str, *lines: str) -> None:
        """Put lines in front of the first place where a text stands."""
        self.edit(device, before, "".join(f"{line}\n" for line in lines) + before)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.world.advance(self.world.now + seconds)

    def state(self, device: str) -> DeviceState:
        return self.world.state(device)

    def e_trunk(self, device: str) -> ETrunkView:
        return self.state(device).e_trunks[0]

    def election(self, device: str) -> str:
        view = self.e_trunk(device)
        return f"{view.role}/{view.causation}"

    def member(self, device: str) -> MemberView:
        return self.e_trunk(device).members[0]

    def serving(self, device: str) -> str:
        view = self.member(device)
        return f"{view.role}/{view.causation}"

    def trunk(self, device: str) -> EthTrunkView:
        return self.state(device).eth_trunks[0]

    def rbs(self, device: str) -> RbsView:
        return self.state(device).services[0]

    def rbp(self, device: str) -> RbpView:
        return self.state(device).profiles[0]

    def bfd(self, device: str) -> BfdView:
        return self.state(device).bfd[0]

    def vrrp(self, device: str, index: int = 0) -> VrrpView:
        return self.state(device).vrrp[index]

    def interface(self, device: str, name: str) -> InterfaceState:
        return next(entry for entry in self.state(device).interfaces if entry.name == name)


def _peers(*, ipv6: bool, host: int, other: int) -> dict[str, str]:
    if ipv6:
        there, here = f"2001:db8:2::{other}", f"2001:db8:2::{host}"
        return {
            "e_trunk_peer": f"peer-ipv6 {there} source-ipv6 {here}",
            "rbs_peer": f"peer-ipv6 {there} source-ipv6 {here} port 4040",
        }
    there, here = f"192.0.2.{other}", f"192.0.2.{host}"
    return {
        "e_trunk_peer": f"peer-address {there} source-address {here}",
        "rbs_peer": f"peer {there} source {here} port 4040",
    }


def e_trunk_pair(*, ipv6: bool = False, timing: Timing | None = None) -> Pair:
    """Return a pair with E-Trunk 5, not yet converged; North is preferred."""
    north = _MEMBER.format(
        name=NORTH, priority=10, host=1, other=2, access=1, **_peers(ipv6=ipv6, host=1, other=2)
    )
    south = _MEMBER.format(
        name=SOUTH, priority=20, host=2, other=1, access=6, **_peers(ipv6=ipv6, host=2, other=1)
    )
    return Pair(north, south, World(timing))


def converged(*, ipv6: bool = False, timing: Timing | None = None) -> Pair:
    """Return a pair with E-Trunk 5 after half a minute."""
    pair = e_trunk_pair(ipv6=ipv6, timing=timing)
    pair.run(30)
    return pair


def vrrp_pair(north: int = 120, south: int = 100) -> Pair:
    """Return a pair with VRRP group 44 on a switch, and a direct link with BFD, after half a minute."""
    pair = Pair(
        _VRRP_MEMBER.format(name=NORTH, host=1, other=2, priority=north),
        _VRRP_MEMBER.format(name=SOUTH, host=2, other=1, priority=south),
    )
    pair.run(30)
    return pair
