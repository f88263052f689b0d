"""Pairs of routers for the tests, with names and addresses of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emulator.entry import printing
from emulator.protocols.timing import Timing
from emulator.protocols.world import World
from tests.fixtures.text import text_of

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

_MEMBER = text_of("configurations/e-trunk-member.cfg")

_VRRP_MEMBER = text_of("configurations/vrrp-member.cfg")


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
