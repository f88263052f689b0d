"""The lab as a user of the command line has it: an inventory folder, two routers, and words to type."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from hotpair.__main__ import run
from inventory.facts import ConfigTree
from inventory.secrets import Secret
from parsers.tree import read_tree
from runbooks.lab import LAB_PAIR, ServedDevice, emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tasks.clock import REAL
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import Session, Target
from tasks.transaction.seeing import CURRENT

HOUSE = Path(__file__).resolve().parents[2]
MEMBERS = ("DeviceA", "DeviceB")
QUICK = ("--time-scale", "15")
APART = "limits: {clock_skew_s: 36000}\n"
"""Policy for routers whose clocks run faster than ours: much passes between two displays of theirs."""
PAUSE_S = 0.3
"""Longest pause between two looks; to a router of `QUICK` it is 4.5 s."""
HUNG_S = 300
"""Longest wait for a process that hangs; a busy machine does not reach it."""
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
        """Return standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which nothing of ours is set but what is given."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HOTPAIR_")}
    return {**plain, "PYTHONPATH": str(HOUSE), "NO_COLOR": "1", **more}


def command_line(*words: str | Path) -> list[str]:
    """Return the program and its words."""
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
        timeout=HUNG_S,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@contextmanager
def hurried() -> Iterator[None]:
    """Let commands of this process pause for less between two looks: the routers of `QUICK` live faster."""
    before = REAL.sleep
    object.__setattr__(REAL, "sleep", lambda seconds: time.sleep(min(seconds, PAUSE_S)))
    try:
        yield
    finally:
        object.__setattr__(REAL, "sleep", before)


def here(*words: str | Path, answer: str = "", folder: Path = HOUSE, err: io.StringIO | None = None) -> Ended:
    """Run a command in this process, which spares the start of an interpreter and a user's pauses.

    Args:
        words: what is typed after `hotpair`.
        answer: what is typed when it asks.
        folder: where it is typed.
        err: what hears standard error.
    """
    out, err = io.StringIO(), err or io.StringIO()
    with pytest.MonkeyPatch.context() as patch, hurried(), redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.startswith("HOTPAIR_")]:
            patch.delenv(name)
        patch.chdir(folder)
        patch.setattr(sys, "stdin", io.StringIO(answer))
        code = run([str(word) for word in words])
    return Ended(code, out.getvalue(), err.getvalue())


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
                timeout_s=HUNG_S,
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
        (folder / "policy.yaml").write_text(APART, encoding="utf-8")
        yield Lab(folder, devices, control)


def told(ended: Ended, code: int, *words: str) -> None:
    """Assert that it ended with a code and said these words, on standard error and without a traceback."""
    assert ended.code == code, ended.said
    assert "Traceback" not in ended.said
    missing = [word for word in words if word not in ended.err]
    assert not missing, f"{missing} not in:\n{ended.err}"


def edit(file: Path, change: Callable[[Any], object]) -> None:
    """Change the values of a YAML file in place."""
    yaml = YAML(typ="safe")
    values = yaml.load(file)
    change(values)
    mode = file.stat().st_mode
    with file.open("w") as text:
        yaml.dump(values, text)
    file.chmod(mode)


OTHER_PAIR = """\
pair: north
members: {a: PE7, b: PE8}
backup_services:
  - {name: chan1, port: 4100, address: {a: 192.0.2.1, b: 192.0.2.2}}
"""
