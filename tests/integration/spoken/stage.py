"""A lab on which commands are typed as a user types them, and all that they say is kept."""

from __future__ import annotations

import asyncio
import io
import re
import shlex
import shutil
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

import asyncssh
import pytest
from ruamel.yaml import YAML

from hotpair.exit_codes import ExitCode
from runbooks.lab import LAB, LAB_PAIR, ServedDevice
from tasks.clock import REAL
from tests.integration.lab import BUDGET, HUNG_S, MEMBERS, QUICK, Ended, Lab, here, lab
from tests.integration.processes import heard, started
from tests.integration.spoken.plain import Names

_DEVICES = LAB / "devices"
PAIR, AWAY = "metro-1", "metro-2"
"""The lab's pair under the name that the examples use, and one whose routers are out of reach."""
TRANSACTION = "hp-31b8e04b98"
"""The id that examples name; here the newest one."""
LOOKS = ("20261121T040000000000Z-check-metro-1", "20261122T040000000000Z-check-metro-1")
"""The runs that examples name; here the first and the last check of the pair."""


_SETTLED_S = 600
"""Longer than any delay of the lab's pair; what a display says no longer hangs on when it is asked."""
_CHANNEL = {"device": MEMBERS[0], "peer": MEMBERS[1]}
_FIBRE = {"device": MEMBERS[1], "port": "GigabitEthernet0/1/3"}
_ANY_PORT = {"HOTPAIR_SERVE_LISTEN": "127.0.0.1:0"}
"""Somebody may have the usual one."""
_FAST = 60
"""Seconds of our clock in one, while nothing more is to be seen on the routers."""
_CATALOGUES, _SHOWN = ("hotpair rules", "hotpair checks"), 6
"""Lists that grow with every rule and check, and have tests of their own: their first lines are kept."""
_AT_ONCE = ("check", "plan", "verify", "learn", "watch")
"""Commands that look at several routers at once: what they remark comes in any order."""
_REMARK = re.compile(r"^\S[^\n]*\n(?:  [^\n]*\n)*|^  [^\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heard:
    """A command line, and all that was said.

    Args:
        typed: as a user types it.
        ended: exit code and both streams, without what differs from run to run.
    """

    typed: str
    ended: Ended

    @property
    def text(self) -> str:
        """Return it as it is kept."""
        streams = (("stdout", self.ended.out), ("stderr", self.ended.err))
        said = "".join(f"--- {name}\n{text.rstrip()}\n" for name, text in streams if text.strip())
        return f"$ {self.typed}\n{said}--- exit code {self.ended.code}\n"


@dataclass
class Stage:
    """Two routers, an inventory, and what was heard so far."""

    routers: Lab
    names: Names
    told: list[Heard] = field(default_factory=list)
    transaction: str = ""
    deployment: str = ""
    """Id of the last one that deployed."""

    def type(self, line: str, code: int, answer: str = "") -> Ended:
        """Type a command in the inventory's folder, and keep what it says.

        Args:
            line: as a user types it; the ids of examples stand for those of today.
            code: exit code that it must have.
            answer: what is typed when it asks.
        """
        before, _, after = self._today(line).partition("hotpair ")
        words = shlex.split(after.partition(" > ")[0])
        answer = self._shell(before.rstrip("| ")) if before else answer
        ended = here(*words, answer=answer, folder=self.routers.folder)
        begun = [word for word in ended.out.split() if word.startswith("hp-")]
        if words[0] in {"deploy", "rollback", "drill"} and begun:
            self.transaction = begun[0]
            if words[0] == "deploy" and ended.code == ExitCode.DONE:
                self.deployment = begun[0]
        self.keep(line, ended)
        assert ended.code == code, f"{line}: {ended.code}\n{ended.said}"
        return ended

    def keep(self, line: str, ended: Ended) -> None:
        """Keep what a command line said."""
        out, err = self.names.plain(ended.out), self.names.plain(ended.err)
        if any(f"hotpair {name} " in f"{line} " for name in _AT_ONCE):
            err = "".join(sorted(_REMARK.findall(err)))
        if line in _CATALOGUES:
            out = "".join(out.splitlines(keepends=True)[:_SHOWN]) + "...\n"
        self.told.append(Heard(line, Ended(ended.code, out, err)))

    def settled(self) -> None:
        """Let every timer of the routers fire that waits for nothing but time."""
        self.routers.order(advance=_SETTLED_S)

    def killed(self) -> None:
        """Let a deployment die while both are on trial."""
        with self._on_trial() as process:
            process.kill()

    def killed_half_kept(self) -> None:
        """Let one die with a kept and b on trial: b ends each session that is about to keep it."""
        keeping = {"fault": "drop-session", "device": MEMBERS[1], "when": "before", "times": 20}
        with self._on_trial() as process:
            self.routers.order(**keeping, command=f"^commit persist {self.transaction}")
            self.routers.order(fault="restore-link", **_CHANNEL)
            heard(process.stderr, "confirm DeviceB")
            process.kill()

    @contextmanager
    def _on_trial(self) -> Iterator[Popen[str]]:
        """Yield a deployment of which both members are on trial; until its end neither finds the other."""
        self.routers.order(fault="cut-link", **_CHANNEL)
        with started("deploy", PAIR, "--yes", *BUDGET, folder=self.routers.folder) as process:
            heard(process.stderr, "both on trial")
            self._newest()
            yield process
        self.routers.order(fault="restore-link", **_CHANNEL)

    def struck(self, line: str, words: str, befalls: Callable[[], object]) -> None:
        """Type a command to whose routers something befalls once it has said some words: it ends as split.

        Args:
            line: as a user types it.
            words: said in one line of standard error.
            befalls: done before it goes on.
        """
        told = shlex.split(self._today(line))[1:]
        ended = here(*told, folder=self.routers.folder, err=_At(words, befalls))
        self._newest()
        self.keep(line, ended)
        assert ended.code == ExitCode.SPLIT, ended.said

    def b_gone(self) -> None:
        """Take b off the network."""
        self.routers.order(fault="power-off", device=MEMBERS[1])

    def b_back(self) -> None:
        """Let b boot."""
        self.routers.order(fault="power-on", device=MEMBERS[1])

    def unplugged(self) -> None:
        """Pull a fibre of b; timers fire, and our clock runs faster from now on: nothing more will come."""
        self.routers.order(fault="shut-port", **_FIBRE)
        self.settled()
        begin = time.monotonic()
        object.__setattr__(REAL, "seconds", lambda: begin + _FAST * (time.monotonic() - begin))

    def plugged(self) -> None:
        """Plug it in again, by an ordinary clock."""
        object.__setattr__(REAL, "seconds", time.monotonic)
        self.routers.order(fault="restore-port", **_FIBRE)
        self.settled()

    def served(self, line: str, until: str) -> None:
        """Start what serves until somebody ends it, and end it once it has said something."""
        stream = "stderr" if "serve" in line or "watch" in line else "stdout"
        with started(*shlex.split(line)[1:], folder=self.routers.folder, **_ANY_PORT) as process:
            said = heard(getattr(process, stream), until)
            for place in re.findall(r"http://[\d.:]+/", said):  # it serves a moment after it said so
                urllib.request.urlopen(place).close()  # noqa: S310 - a place of our own
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=HUNG_S)
        first = {"stdout": (said, ""), "stderr": ("", said)}[stream]
        self.keep(line, Ended(process.returncode, first[0] + out, first[1] + err))
        assert process.returncode == 0, said + out + err

    def _newest(self) -> None:
        journals = (self.routers.folder / "journals").glob("hp-*.jsonl")
        self.transaction = max(journals, key=lambda file: file.stat().st_mtime).stem

    def _shell(self, command: str) -> str:
        """Return what another command of the line prints, for which `router` is the first member."""
        device = self.routers.devices[MEMBERS[0]]
        assert shlex.split(command)[:2] == ["ssh", "router"]
        return asyncio.run(_printed(device, shlex.split(command)[2]))

    def _today(self, line: str) -> str:
        """Put the ids of today into a line."""
        line = line.replace(TRANSACTION, self.transaction)
        if LOOKS[0] in line:
            runs = here("runs", PAIR, "-f", "json", folder=self.routers.folder).document()["runs"]
            ids = sorted(one["id"] for one in runs if one["kind"] == "check")
            line = line.replace(LOOKS[0], ids[0]).replace(LOOKS[1], ids[-1])
        return line


async def _printed(device: ServedDevice, command: str) -> str:
    """Run one command on a router over SSH, as OpenSSH does."""
    known = asyncssh.import_known_hosts(f"[{device.host}]:{device.port} {device.host_key}")
    async with asyncssh.connect(
        device.host, device.port, username=device.username, password=device.password, known_hosts=known
    ) as connection:
        return str((await connection.run(command, check=True)).stdout)


class _At(io.StringIO):
    """Standard error of a command, to which something befalls once it has said some words.

    Args:
        words: said in one line.
        befalls: done before the command goes on.
    """

    def __init__(self, words: str, befalls: Callable[[], object]) -> None:
        super().__init__()
        self._words = words
        self._befalls = befalls
        self._over = False

    def write(self, text: str) -> int:
        """Keep what is said."""
        count = super().write(text)
        if self._words in self.getvalue() and not self._over:
            self._over = True
            self._befalls()
        return count


@contextmanager
def stage(home: Path) -> Iterator[Stage]:
    """Serve the lab's routers below a folder, with an inventory as the examples name it, and go there."""
    with lab(home, *QUICK) as routers, pytest.MonkeyPatch.context() as patch:
        _furnish(routers)
        patch.chdir(routers.folder)
        yield Stage(routers, Names(routers.folder))


def _furnish(routers: Lab) -> None:
    """Make of the lab's inventory the one of the examples."""
    folder = routers.folder
    intent = routers.pair_file.read_text(encoding="utf-8")
    routers.pair_file.unlink()
    mine = intent.replace(LAB_PAIR, PAIR) + "\nsite: BER\ntags: [gold]\n"
    (folder / "pairs" / f"{PAIR}.yaml").write_text(mine, encoding="utf-8")
    away = intent.replace(LAB_PAIR, AWAY).replace(*("DeviceA", "Away-A")).replace("DeviceB", "Away-B")
    (folder / "pairs" / f"{AWAY}.yaml").write_text(away + "\nsite: FRA\n", encoding="utf-8")
    yaml = YAML()
    hosts: dict[str, Any] = yaml.load((folder / "hosts.yaml").read_text(encoding="utf-8"))
    secrets = yaml.load((folder / "secrets.yaml").read_text(encoding="utf-8"))
    for pair in (PAIR, AWAY):
        secrets[f"{pair}-etrunk"] = secrets[f"{LAB_PAIR}-etrunk"]
    for name in ("Away-A", "Away-B"):
        hosts[name] = {**hosts[MEMBERS[0]], "port": 9}
    untrusted = {**hosts[MEMBERS[0]], "data": {"known_hosts": "known_hosts"}}
    hosts["Metro-PE1"] = untrusted
    yaml.dump(hosts, folder / "hosts.yaml")
    yaml.dump(secrets, folder / "secrets.yaml")
    for name, *others in (("DeviceA", "A", "a"), ("DeviceB", "B", "b")):
        for other in (name, *others):
            shutil.copy(_DEVICES / f"{name}.cfg", folder / f"{other}.cfg")
