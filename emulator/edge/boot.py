"""Labs from what an order or a command line holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.fault_reading import FaultError
from emulator.lab import Cable, Lab
from emulator.personalities import DEFAULT, PERSONALITIES, Personality

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def cable(entry: str, names: Collection[str]) -> Cable:
    """Read a declared wire, `PE1:PORT=PE2:PORT`.

    Raises:
        ValueError: it is none, or joins no two devices of these names.
    """
    near, _, far = entry.partition("=")
    (device, _, port), (peer, _, peer_port) = near.partition(":"), far.partition(":")
    if not port or not peer_port or device not in names or peer not in names:
        raise ValueError(f"{entry!r}: wanted A:PORT=B:PORT between served devices")
    return Cable(device, port, peer, peer_port)


def booted(texts: Mapping[str, object], release: object = DEFAULT.name, links: object = ()) -> Lab:
    """Build a lab from configuration texts.

    Args:
        texts: by device; empty for factory defaults.
        release: of all devices, or by device.
        links: declared wires, `PE1:PORT=PE2:PORT`.

    Raises:
        FaultError: no list of wires, an unknown release, or one of a device that is not booted.
        ValueError: no wire, or one to a device that is not booted.
        ProtocolError: a wire at a port that there is not.
    """
    saved = {str(name): str(text) for name, text in texts.items()}
    if not isinstance(links, list | tuple):
        raise FaultError(f"wires: wanted a list, found {links!r}")
    named = release if isinstance(release, dict) else dict.fromkeys(saved, release)
    if not named.keys() <= saved.keys():
        raise FaultError(
            f"a release is given to {', '.join(sorted(named.keys() - saved.keys()))}, not booted"
        )
    return Lab(
        saved,
        personalities={name: _release(one) for name, one in named.items()},
        cables=[cable(str(link), saved) for link in links],
    )


def _release(name: object) -> Personality:
    if not isinstance(name, str) or name not in PERSONALITIES:
        raise FaultError(f"unknown release {name!r}; known: {', '.join(PERSONALITIES)}")
    return PERSONALITIES[name]
