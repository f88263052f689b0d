"""The configurations of a pair of our own: E-Trunk and VRRP, both with a backup profile."""

from __future__ import annotations

import re

from emulator.lab import Lab, TerminalUser
from tests.fixtures.text import text_of

PE1 = text_of("configurations/pe1.cfg")

_MIRRORED = (
    ("sysname PE1", "sysname PE2"),
    ("peer-address 192.0.2.2 source-address 192.0.2.1", "peer-address 192.0.2.1 source-address 192.0.2.2"),
    ("peer-ip 192.0.2.2 source-ip 192.0.2.1", "peer-ip 192.0.2.1 source-ip 192.0.2.2"),
    ("local 11\n discriminator remote 12", "local 12\n discriminator remote 11"),
    ("peer 192.0.2.2 source 192.0.2.1", "peer 192.0.2.1 source 192.0.2.2"),
    ("priority 10\n", "priority 20\n"),
    ("203.0.113.2 ", "203.0.113.3 "),
    ("5::2/64", "5::3/64"),
    ("FE80::2 ", "FE80::3 "),
    ("priority 120", "priority 110"),
    ("192.0.2.129", "192.0.2.130"),
    ("ip address 192.0.2.1 255.255.255.255", "ip address 192.0.2.2 255.255.255.255"),
    ("198.51.100.1 ", "198.51.100.2 "),
)


def _mirror(text: str) -> str:
    for here, there in _MIRRORED:
        text = text.replace(here, there)
    return text


PE2 = _mirror(PE1)
CONFIGURATIONS = {"PE1": PE1, "PE2": PE2}


CONVERGED = 30
"""Seconds from power on until both routers have found their roles."""


def value(lines: list[str], label: str) -> str:
    """Return what stands after the first `label :`, up to a gap."""
    found = re.search(rf"(?:^|\s){re.escape(label)}\s*: (\S+)", "\n".join(lines), re.MULTILINE)
    assert found, (label, lines)
    return found[1]


def roles(lab: Lab) -> tuple[str, str]:
    shown = [TerminalUser(lab, name).shows("display e-trunk 7") for name in ("PE1", "PE2")]
    return value(shown[0], "State"), value(shown[1], "State")
