"""Faults of ports, of the wires between routers, and of what they back up, as frozen values.

They act at once and hold until they are restored; a flap ends by itself. `emulator.faults` has the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Flapping(Enum):
    """What can flap."""

    BFD = "bfd"  # a session, by its name: no packet arrives
    CHANNEL = "channel"  # of a backup service, by its name: its TCP connection is reset
    PORT = "port"  # an interface: no light
    VRRP = "vrrp"  # a Backup group, `INTERFACE VRID`: no advertisement arrives


@dataclass(frozen=True, slots=True)
class ShutPort:
    """Take the signal off a port, as if its fibre were pulled at this end."""

    port: str


@dataclass(frozen=True, slots=True)
class RestorePort:
    """Plug the port in again."""

    port: str


@dataclass(frozen=True, slots=True)
class Flap:
    """Let something go down now and come back by itself.

    Args:
        what: a BFD session, a backup channel or a port, by its name; a VRRP group as `INTERFACE VRID`.
        seconds: until it comes back.
    """

    what: Flapping
    name: str
    seconds: float = 0.3


@dataclass(frozen=True, slots=True)
class SlowBackup:
    """Let a device take in what its peer backs up to it slowly, or never.

    Args:
        rate: entries a second; 0 for none.
    """

    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class RestoreBackup:
    """Let it take them in at full speed again."""


@dataclass(frozen=True, slots=True)
class CutLink:
    """Cut every wire between two devices, or the one on `port` of the first."""

    device: str
    peer: str
    port: str = ""


@dataclass(frozen=True, slots=True)
class OneWayLink:
    """Lose what the first device sends to the second; the other direction works."""

    device: str
    peer: str
    port: str = ""


@dataclass(frozen=True, slots=True)
class DelayLink:
    """Deliver that many seconds late between two devices."""

    device: str
    peer: str
    seconds: float
    port: str = ""


@dataclass(frozen=True, slots=True)
class RestoreLink:
    """Mend what was cut, made one-way or delayed between two devices."""

    device: str
    peer: str
    port: str = ""


PortFault = ShutPort | RestorePort | Flap
BackupFault = SlowBackup | RestoreBackup
LinkFault = CutLink | OneWayLink | DelayLink | RestoreLink
