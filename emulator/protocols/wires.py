"""Ends of wires, and what ails a wire between two devices."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class End(NamedTuple):
    """An interface of a device: one end of a wire or of a subnet."""

    device: str
    interface: str


class Impairment(StrEnum):
    """What a fault does to a wire."""

    CUT = "cut"  # no signal: both ports go down
    LOST = "lost"  # packets of one direction vanish; the ports stay up
    DELAYED = "delayed"


@dataclass(frozen=True, slots=True)
class WireFault:
    """A fault between two devices, or on one port of the first.

    Args:
        impairment: what happens; LOST concerns the direction from `device` to `peer`.
        port: port or interface of `device`; empty for every wire between the two.
        seconds: extra delay of each packet.
    """

    impairment: Impairment
    device: str
    peer: str
    port: str = ""
    seconds: float = 0.0

    def joins(self, one: End, other: End) -> bool:
        """Tell whether the fault lies between two ends, in whichever direction."""
        return self._leads(one, other) or self._leads(other, one)

    def hits(self, sender: End, receiver: End) -> bool:
        """Tell whether packets in this direction meet the fault."""
        if self.impairment is Impairment.LOST:
            return self._leads(sender, receiver)
        return self.joins(sender, receiver)

    def _leads(self, sender: End, receiver: End) -> bool:
        main = sender.interface.partition(".")[0]
        return (sender.device, receiver.device) == (self.device, self.peer) and self.port in {
            "",
            sender.interface,
            main,
        }
