"""Interfaces and their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PhysicalState(StrEnum):
    """Physical state of an interface."""

    UP = "up"
    DOWN = "down"
    ADMIN_DOWN = "*down"


class DownBy(StrEnum):
    """Why an interface is held down although its links may be up: the suffix of `display interface brief`."""

    NOTHING = ""
    E_TRUNK = "E"
    BFD = "b"
    TRACK = "t"  # a monitor group or a flow-down group; prints no suffix of its own
    SPOOFING = "s"


@dataclass(frozen=True, slots=True)
class InterfaceAddress:
    """One address of an interface.

    Args:
        address: IPv4 or IPv6 address in compressed lower-case form.
        length: prefix length in bits.
        role: `primary`, `sub` (secondary), `link-local` or `global`.
    """

    address: str
    length: int
    role: str = "primary"


@dataclass(frozen=True, slots=True)
class InterfaceState:
    """An interface: physical state, line protocol, addresses.

    Args:
        name: canonical long name.
        phys: physical state; loopbacks and NULL0 are always up.
        protocol: line protocol is up.
        spoofing: the protocol is up by definition, shown as `up(s)`.
        down_by: why it is down although configured up.
        trunk: number of the Eth-Trunk that the port belongs to.
        index: position among the device's interfaces, from 1.
        last_up: when it last became up.
        last_down: when it last became down.
        vpn: VPN instance, empty for the public network.
        layer2: it is switched, and holds no address.
        mtu: in bytes.
    """

    name: str
    phys: PhysicalState
    protocol: bool
    spoofing: bool = False
    down_by: DownBy = DownBy.NOTHING
    addresses: tuple[InterfaceAddress, ...] = ()
    trunk: int | None = None
    index: int = 0
    description: str = ""
    mac: str = ""
    vpn: str = ""
    last_up: float | None = None
    last_down: float | None = None
    layer2: bool = False
    mtu: int = 1500
