"""A pair of emulated devices served over SSH by the emulator's own program, with its side channel."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inventory.secrets import Secret
from runbooks.lab import ServedDevice, emulated
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import Session, Target
from tests.tasks.transaction.bench import NAMES, configuration


@dataclass(frozen=True)
class ServedPair:
    """Two devices that answer on loopback, and the way to hurt them."""

    devices: dict[str, ServedDevice]
    control: Path

    def target(self, name: str, driver: str, **other: Any) -> Target:
        """Return the way to a device, with the host key that it printed."""
        served = self.devices[name]
        target = Target(
            member=name,
            host=served.host,
            port=served.port,
            username=served.username,
            password=Secret(served.password),
            driver=driver,
            host_key=served.host_key,
            timeout_s=10.0,
        )
        return replace(target, **other)

    def open(self, name: str, driver: str) -> Session:
        """Log in; the one secret that there is is the same everywhere."""
        return open_session(self.target(name, driver), lambda _name: Secret("Wp8_served"))

    def order(self, **order: object) -> dict[str, Any]:
        """Send one order to the side channel."""
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(self.control))
            wire.sendall(json.dumps(order).encode() + b"\n")
            answer: dict[str, Any] = json.loads(wire.makefile().readline())
        assert answer["ok"], answer
        return answer


@contextmanager
def served_pair(folder: Path, *options: str, more: Mapping[str, str] | None = None) -> Iterator[ServedPair]:
    """Serve the pair of the bench, with more lines by device, for as long as the block lasts."""
    files: dict[str, Path | None] = {}
    for name in NAMES:
        path = folder / f"{name}.cfg"
        path.write_text(configuration(name).replace("#\nreturn", (more or {}).get(name, "") + "#\nreturn"))
        files[name] = path
    control = folder / "control"
    with emulated(files, ["--control", str(control), *options]) as devices:
        yield ServedPair(devices, control)
