"""The lab as a user of the command line has it: an inventory folder, two routers, and words to type."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inventory.facts import ConfigTree
from inventory.secrets import Secret
from parsers.tree import read_tree
from runbooks.lab import LAB_PAIR, ServedDevice, emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import Session, Target
from tasks.transaction.seeing import CURRENT

HOUSE = Path(__file__).resolve().parents[2]
MEMBERS = ("DeviceA", "DeviceB")
QUICK = ("--time-scale", "15")
BUDGET = ("--budget", "300")
"""Virtual time runs faster than ours, and a trial of the usual length would end under a slow machine."""


@dataclass(frozen=True)
class Ended:
    """A command that came to its end.

    Args:
        code: its exit code.
        out: standard output.
        err: standard error.
    """

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that it said."""
        return self.out + self.err

    def document(self) -> Any:
        """Give standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """Give an environment in which nothing of ours is set but what is given."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HOTPAIR_")}
    return {**plain, "PYTHONPATH": str(HOUSE), "NO_COLOR": "1", **more}


def command_line(*words: str | Path) -> list[str]:
    """Give the program and its words."""
    return [sys.executable, "-m", "hotpair", *map(str, words)]


def typed(*words: str | Path, answer: str = "", folder: Path = HOUSE, **more: str) -> Ended:
    """Run a command in a process of its own.

    Args:
        words: what is typed after `hotpair`.
        answer: what is typed when it asks.
        folder: where it is typed.
        more: variables of the environment.
    """
    done = subprocess.run(
        command_line(*words),
        cwd=folder,
        env=environment(**more),
        input=answer,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Lab:
    """An inventory, the routers that it names, and the way to hurt them."""

    folder: Path
    devices: dict[str, ServedDevice]
    control: Path

    @property
    def pair_file(self) -> Path:
        """The intent of the lab's pair."""
        return self.folder / "pairs" / f"{LAB_PAIR}.yaml"

    def session(self, name: str) -> Session:
        """Log in beside Hotpair, as a colleague would."""
        served = self.devices[name]
        return open_session(
            Target(
                member=name,
                host=served.host,
                port=served.port,
                username=served.username,
                password=Secret(served.password),
                driver="scrapli",
                host_key=served.host_key,
                timeout_s=10.0,
            )
        )

    def running(self, name: str) -> ConfigTree:
        """Read what a router runs."""
        session = self.session(name)
        text = session.run(CURRENT)
        session.close()
        return read_tree(text, name)

    def order(self, **order: object) -> None:
        """Send one order to the side channel of the routers."""
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(self.control))
            wire.sendall(json.dumps(order).encode() + b"\n")
            answer = json.loads(wire.makefile().readline())
        assert answer["ok"], answer


@contextmanager
def lab(home: Path, *options: str) -> Iterator[Lab]:
    """Serve the lab for as long as the block lasts; its inventory lies in `inventory` below `home`."""
    control = home / "control"
    folder = home / "inventory"
    with emulated(lab_devices(), ["--control", str(control), *options]) as devices:
        write_inventory(folder, devices, sample_file(LAB_PAIR))
        yield Lab(folder, devices, control)
