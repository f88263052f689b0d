"""Start emulated devices as a program of their own and stop it again."""

from __future__ import annotations

import difflib
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import IO

import inventory
from inventory.errors import DeviceError, IntentError
from inventory.load import load_pair
from inventory.model import SIDES
from inventory.quantities import quantity
from runbooks import interrupts

STOP_TIMEOUT_S = 5
REFUSED = 2
"""Exit code of the emulator when it was asked for what cannot be."""
LAST_WORDS = 20
"""Lines of the emulator's standard error that are kept, to tell why it ended."""
LAB = Path(inventory.__file__).with_name("lab")
"""Where the sample pairs and the configurations of their devices lie."""
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


def as_line(device: ServedDevice) -> str:
    """Return a device as a line of JSON, as the emulator prints it."""
    return json.dumps(asdict(device))


def emulator_command(devices: Mapping[str, Path | None], options: Sequence[str] = ()) -> list[str]:
    """Return the command line that serves these devices.

    Args:
        devices: configuration file by device name; nothing means factory default.
        options: further options of the emulator, e.g. `["--rtt", "50"]`.
    """
    served = [f"{name}={'' if path is None else path}" for name, path in devices.items()]
    return [sys.executable, "-P", "-m", "emulator", *options, *served]


def emulator_environment() -> dict[str, str]:
    """Return the environment in which the emulator beside us is found, and no other module of that name."""
    house = str(Path(__file__).resolve().parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))}


@contextmanager
def emulated(
    devices: Mapping[str, Path | None],
    options: Sequence[str] = (),
    heard: Callable[[str], object] = lambda _line: None,
) -> Iterator[dict[str, ServedDevice]]:
    """Serve emulated devices for as long as the block lasts, and never longer than this process.

    Args:
        devices: configuration file by device name; nothing means factory default.
        options: further options of the emulator.
        heard: told each line that the emulator writes to standard error, once every device is served; why
            one is not stands in the error.

    Raises:
        IntentError: what was asked for cannot be served; the emulator's words are in `found`.
        DeviceError: the emulator ended before it served every device; its last words are in `found`.
    """
    with _started(emulator_command(devices, ["--until-eof", *options])) as process:
        ears = _OutputReader(heard)
        listener = Thread(target=ears.listen, args=(_piped(process.stderr),), daemon=True)
        listener.start()
        try:
            served = _served(process, len(devices), listener, ears.words)
            ears.pass_on()
            yield served
        finally:
            with interrupts.held_back():
                _stop(process)
                listener.join()


@contextmanager
def _started(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """Start the emulator; it is ended when the block is left, whatever signal comes meanwhile."""
    with interrupts.held_back():
        process = subprocess.Popen(
            command,
            env=emulator_environment(),
            stdin=subprocess.PIPE,  # closed by the system when we are gone, however we went
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,  # Ctrl-C is for us; we end it when our own work has ended
        )
    try:
        interrupts.raise_if_interrupted()
        yield process
    finally:
        with interrupts.held_back(), process:
            _stop(process)


class _OutputReader:
    """Reads what the emulator says, so that it never waits for a reader.

    Args:
        heard: told each line, from the moment at which they are passed on.
    """

    def __init__(self, heard: Callable[[str], object]) -> None:
        self.words: deque[str] = deque(maxlen=LAST_WORDS)
        self._heard = heard
        self._passed_on = False
        self._turn = Lock()

    def listen(self, stream: IO[str]) -> None:
        """Read until the emulator has ended."""
        for line in stream:
            with self._turn:
                self.words.append(line)
                if self._passed_on:
                    self._heard(line.rstrip("\n"))

    def pass_on(self) -> None:
        """Tell what was said up to now, and each line from now on."""
        with self._turn:
            self._passed_on = True
            for line in self.words:
                self._heard(line.rstrip("\n"))


def _served(
    process: subprocess.Popen[str], wanted: int, listener: Thread, words: deque[str]
) -> dict[str, ServedDevice]:
    """Read one line a device from the emulator's standard output."""
    lines = _piped(process.stdout)
    devices: dict[str, ServedDevice] = {}
    while len(devices) < wanted:
        line = lines.readline()
        if not line:
            listener.join()
            said = "".join(words).strip().rpartition("emulator: ")[2].removeprefix("error: ")
            if process.wait() == REFUSED:
                raise IntentError("the routers cannot be served", found=said)
            raise DeviceError(
                "the emulator ended before it served every device",
                wanted=quantity(wanted, "device"),
                found=said or quantity(len(devices), "device"),
            )
        device = ServedDevice(**json.loads(line))
        devices[device.device] = device
    return devices


def _piped(stream: IO[str] | None) -> IO[str]:
    """Return a stream that was opened as a pipe."""
    if stream is None:
        raise TypeError("the emulator was started without pipes")
    return stream


def _stop(process: subprocess.Popen[str]) -> None:
    """End the emulator, if it runs still."""
    process.terminate()
    try:
        process.wait(timeout=STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def sample_pairs() -> dict[str, Path]:
    """Return the files of the sample pairs by name."""
    return {path.stem: path for path in sorted((LAB / "pairs").glob("*.yaml"))}


def sample_file(name: str) -> Path:
    """Return the file of a sample pair.

    Raises:
        IntentError: there is none of that name.
    """
    samples = sample_pairs()
    if name not in samples:
        near = difflib.get_close_matches(name, samples, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise IntentError(f"no sample pair has that name{hint}", wanted=", ".join(samples), found=name)
    return samples[name]


def lab_devices(pair_file: Path | None = None) -> dict[str, Path]:
    """Return the configuration of each device around a sample pair, before the pair is deployed.

    Args:
        pair_file: of a sample pair; by default the lab's own, with its customer edge and its neighbour.
    """
    members = load_pair(pair_file or sample_file(LAB_PAIR)).members
    before = {members.of(side): LAB / "before" / f"{members.of(side)}.cfg" for side in SIDES}
    if all(path.exists() for path in before.values()):
        return before
    return {path.stem: path for path in sorted((LAB / "devices").glob("*.cfg"))}
