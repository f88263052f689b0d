"""The configuration of a device that nobody has configured."""

from __future__ import annotations

from collections.abc import Iterable

from emulator.config.statement import Configuration
from emulator.entry import printing

PORTS: tuple[str, ...] = tuple(f"GigabitEthernet0/{card}/{port}" for card in (1, 2, 3) for port in range(8))
"""Ports of the boards that an emulated device has unless told otherwise."""


def configuration(name: str = "HUAWEI", ports: Iterable[str] = PORTS) -> Configuration:
    """Return the factory default: a name, its ports, and what always exists.

    Args:
        name: host name.
        ports: canonical names of the ports.
    """
    sections = [
        f"sysname {name}",
        *(f"interface {port}\n undo shutdown" for port in ports),
        "interface NULL0",
    ]
    return printing.load("#\n" + "\n#\n".join(sections) + "\n#\nreturn\n")
