"""A fault that is planted in a sample pair on emulated devices, and what tells of it."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.faults import Fault
from emulator.lab import Lab
from emulator.network_faults import CutLink, ShutPort
from tests.tasks.checks.emulated import looked_at

SEED, SNOOPING, MLD = "seed-igmp", "igmp-snooping-etrunk", "mld-active-active"
VRRP, ARP, BRAS, DHCP = "igmp-vrrp", "user-vrrp-arp", "user-vrrp-bras", "user-vrrp-dhcp"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault and what must tell of it.

    Args:
        pair: sample.
        device: where a line of the configuration is changed, or a port goes down.
        change: text before and after; nothing for a fault of the network.
        fault: of the network, at `device`.
        failing: names of the checks that must fail; no other may.
        says: words that must stand in a complaint.
    """

    pair: str
    device: str
    failing: tuple[str, ...]
    says: str
    change: tuple[str, str] | None = None
    fault: Fault | None = None

    def __str__(self) -> str:
        """Name the case by what is planted."""
        return f"{self.device}: {self.change[0].strip() if self.change else self.fault}"


def line(pair: str, device: str, old: str, new: str, failing: tuple[str, ...], says: str) -> Planted:  # noqa: PLR0917 - a row of the table below
    """Plant a wrong or missing line."""
    return Planted(pair, device, failing, says, change=(old, new))


def port(pair: str, device: str, name: str, failing: tuple[str, ...], says: str) -> Planted:
    """Plant a dead port."""
    return Planted(pair, device, failing, says, fault=ShutPort(name))


def cut(pair: str, device: str, peer: str, failing: tuple[str, ...], says: str) -> Planted:
    """Plant a cut wire."""
    return Planted(pair, device, failing, says, fault=CutLink(device, peer))


CHANNEL = ("rbs-connected", "rbs-as-intended")
DUAL = ("e-trunk-roles", "e-trunk-hears-peer", "e-trunk-members")
DARK = ("e-trunk-members", "eth-trunk-state", "eth-trunk-ports")


def told(pair: str, lab: Lab) -> tuple[set[str], str]:
    """Return the names of the checks that do not hold, and all that they say."""
    bad = [result for result in looked_at(pair, lab) if result.outcome in {"failure", "error"}]
    said = " | ".join(str(complaint) for result in bad for complaint in result.complaints)
    assert {str(result.outcome) for result in bad} <= {"failure"}, said
    return {result.check for result in bad}, said
