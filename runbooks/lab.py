"""Start the emulated pair as a program of its own and stop it again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from inventory.errors import DeviceError

STOP_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class ServedDevice:
    """One emulated device that answers on loopback.

    Args:
        device: name, e.g. `DeviceA`.
        host: loopback address.
        port: TCP port of its SSH server.
        username: login of the emulated device.
        password: its password; a throw-away made at start.
        host_key: public host key line, e.g. `ssh-ed25519 AAAA...`.
    """

    device: str
    host: str
    port: int
    username: str
    password: str
    host_key: str


def emulator_command(devices: Mapping[str, Path | None], options: Sequence[str] = ()) -> list[str]:
    """Give the command line that serves these devices.

    Args:
        devices: configuration file by device name; nothing means factory default.
        options: further options of the emulator, e.g. `["--rtt", "50"]`.
    """
    served = [f"{name}={'' if path is None else path}" for name, path in devices.items()]
    return [sys.executable, "-m", "emulator", *options, *served]


@contextmanager
def emulated(
    devices: Mapping[str, Path | None], options: Sequence[str] = ()
) -> Iterator[dict[str, ServedDevice]]:
    """Serve emulated devices for as long as the block lasts.

    Args:
        devices: configuration file by device name; nothing means factory default.
        options: further options of the emulator.

    Raises:
        DeviceError: the emulator ended before it served every device; its last words are in `found`.
    """
    with subprocess.Popen(
        emulator_command(devices, options),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield _served(process, len(devices))
        finally:
            _stop(process)


def _served(process: subprocess.Popen[str], wanted: int) -> dict[str, ServedDevice]:
    """Read one line a device from the emulator's standard output."""
    lines = _piped(process.stdout)
    devices: dict[str, ServedDevice] = {}
    while len(devices) < wanted:
        line = lines.readline()
        if not line:
            raise DeviceError(
                "the emulator ended before it served every device",
                wanted=f"{wanted} devices",
                found=_piped(process.stderr).read().strip() or f"{len(devices)} devices",
            )
        device = ServedDevice(**json.loads(line))
        devices[device.device] = device
    return devices


def _piped(stream: IO[str] | None) -> IO[str]:
    """Give a stream that was opened as a pipe."""
    if stream is None:
        raise TypeError("the emulator was started without pipes")
    return stream


def _stop(process: subprocess.Popen[str]) -> None:
    """End the emulator and drain its pipes."""
    process.terminate()
    try:
        process.communicate(timeout=STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
