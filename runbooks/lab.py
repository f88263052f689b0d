"""Start the emulated pair as a program of its own and stop it again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import IO

from ruamel.yaml import YAML

import inventory
from inventory.errors import DeviceError
from inventory.load import load_pair

STOP_TIMEOUT_S = 5
LAB = Path(inventory.__file__).with_name("lab")
"""Where the lab's inventory and the configurations of its devices lie."""
LAB_PAIR = "seed-igmp"


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
    return [sys.executable, "-P", "-m", "emulator", *options, *served]


def emulator_environment() -> dict[str, str]:
    """Give the environment in which the emulator beside us is found, and no other module of that name."""
    house = str(Path(__file__).resolve().parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))}


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
        env=emulator_environment(),
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


def lab_devices() -> dict[str, Path]:
    """Give the configuration of each device of the lab: the pair, its customer edge and its neighbour."""
    return {path.stem: path for path in sorted((LAB / "devices").glob("*.cfg"))}


def write_inventory(folder: Path, served: Mapping[str, ServedDevice]) -> None:
    """Write a Nornir inventory of the served lab: hosts with ports and host keys, the pair, its secrets.

    Args:
        folder: where; made when missing. `secrets.yaml` in it is readable by its owner only.
        served: the devices by name.
    """
    (folder / "pairs").mkdir(parents=True, exist_ok=True)
    for name in ("groups.yaml", "defaults.yaml", f"pairs/{LAB_PAIR}.yaml"):
        (folder / name).write_text((LAB / name).read_text(encoding="utf-8"), encoding="utf-8")
    pair = load_pair(folder / "pairs" / f"{LAB_PAIR}.yaml")
    members = [served[name] for name in (pair.members.a, pair.members.b)]
    yaml = YAML()
    with (folder / "hosts.yaml").open("w", encoding="utf-8") as file:
        yaml.dump({device.device: _host(device) for device in members}, file)
    passwords = {device.password for device in members}
    secrets = {"lab-password": passwords.pop(), "seed-igmp-etrunk": token_urlsafe(12)}
    path = folder / "secrets.yaml"
    path.touch(mode=0o600)
    path.chmod(0o600)
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(secrets, file)


def _host(device: ServedDevice) -> dict[str, object]:
    """Give a served device as a host of Nornir."""
    return {
        "hostname": device.host,
        "port": device.port,
        "username": device.username,
        "groups": ["ne40e"],
        "data": {"host_key": device.host_key},
    }
