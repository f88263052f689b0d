"""What a command is struck on: two routers and an inventory in some state, and who is dialled when."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from parsers.tree import read_tree  # noqa: E402 - found beside this file
from runbooks.lab import LAB_PAIR  # noqa: E402
from tasks.transaction.journal import read_entries  # noqa: E402
from tasks.transaction.machine import ENDS  # noqa: E402
from tasks.transaction.seeing import CURRENT  # noqa: E402
from tests.integration.lab import MEMBERS, Ended, Lab, lab, typed  # noqa: E402
from tests.integration.processes import heard, started  # noqa: E402
from tests.integration.temporal_server import TemporalServer, temporal_server  # noqa: E402

SCALES = {"killed": "3", "expired": "3", "decided": "3"}
"""Virtual seconds in a real one; what died on trial must be found on trial."""
BUDGET = ("--budget", "120")
WATCH = "groups:\n  - {name: fleet, every: 5 s}\n"
ALL_TIMERS_S = 1200
LONGEST = 6
"""How often one transaction is interrupted before it is brought to its end."""


class Relay:
    """A port before a router, which knows when it was dialled."""

    def __init__(self, port: int) -> None:
        self._behind = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.dialled: list[float] = []
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.dialled.append(monotonic())
            with suppress(OSError):
                router = socket.create_connection(("127.0.0.1", self._behind))
                for source, target in ((client, router), (router, client)):
                    Thread(target=self._pump, args=(source, target), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while some := source.recv(65536):
                target.sendall(some)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Take no further call."""
        self._listener.close()


@dataclass
class Ground:
    """Two routers and an inventory in some state, and relays before the routers."""

    state: str
    routers: Lab
    relays: tuple[Relay, ...]
    before: list[object] = field(default_factory=list)
    files: frozenset[str] = frozenset()
    server: TemporalServer | None = None
    typed: Callable[..., Ended] = typed
    """Types a command that is not struck."""
    begun: Callable[..., AbstractContextManager[Any]] = started
    """Begins one that is killed."""
    used_up: bool = True
    """Whether what a command was to take up has come to an end."""
    _numbers: int = 0
    _gone_on: int = 0
    _run: str = ""

    @property
    def here(self) -> tuple[str, str]:
        """Where the inventory lies."""
        return "-i", str(self.routers.folder)

    @property
    def made(self) -> Path:
        """Folder of what commands write."""
        return self.routers.folder.with_name("made")

    @property
    def renewed(self) -> bool:
        """Whether a command uses the state up."""
        return self.state in SCALES

    def fresh(self, name: str) -> str:
        """Return a new file for a command to write."""
        self._numbers += 1
        self.made.mkdir(exist_ok=True)
        return str(self.made / f"{self._numbers}-{name}")

    def seen(self) -> tuple[list[object], list[str]]:
        """Read what both run, and which of them are on trial."""
        running: list[object] = []
        on_trial = []
        for name in MEMBERS:
            session = self.routers.session(name)
            running.append(read_tree(session.run(CURRENT), name))
            if session.trial_status().active:
                on_trial.append(name)
            session.close()
        return running, on_trial

    def renew(self) -> None:
        """Let a deployment die on trial, or decided; where the state says so, its timers have ended."""
        if not self.renewed:
            return
        decided = self.state == "decided"
        if decided:
            self.typed("deploy", LAB_PAIR, *self.here, "--yes", "--remove", *BUDGET)
        with self.begun("deploy", LAB_PAIR, *self.here, "--yes", *BUDGET) as process:
            heard(process.stderr, "decided to keep" if decided else "both on trial")
            process.kill()
        if self.state == "expired":
            self.routers.order(advance=ALL_TIMERS_S)

    def goes_on(self) -> bool:
        """Tell whether one that was taken up, and interrupted, may be taken up as it is, not too often."""
        path = self.routers.folder / "journals" / f"{self.transaction()}.jsonl"
        open_still = self.state == "killed" and read_entries(path)[-1].state not in ENDS
        self._gone_on = (self._gone_on + 1) % LONGEST if open_still else 0
        return self._gone_on > 0

    def transaction(self) -> str:
        """Return the id of the transaction that deployed the pair, or of the one that died last."""
        journals = (self.routers.folder / "journals").glob("hp-*.jsonl")
        which = max if self.renewed else min
        return which(journals, key=lambda file: file.stat().st_mtime).stem

    def elsewhere(self) -> str:
        """Return a copy of the inventory as another host has it, which knows no transaction yet."""
        copy = Path(self.fresh("host"))
        copytree(self.routers.folder, copy, ignore=ignore_patterns(*KEPT))
        return str(copy)

    @property
    def inventories(self) -> list[Path]:
        """Return the inventories in which a transaction may have been begun, this host's first."""
        return [self.routers.folder, *self.made.glob("*-host")]

    def forget_elsewhere(self) -> None:
        """Forget the copies of the inventory, in which nothing is unfinished."""
        for copy in self.inventories[1:]:
            rmtree(copy)

    def run(self) -> str:
        """Return the id of the oldest run that is kept."""
        if not self._run:
            self._run = str(self.typed("runs", *self.here, "-f", "json").document()["runs"][-1]["id"])
        return self._run

    def dialled(self) -> list[float]:
        """Return the moments at which a router was dialled."""
        return [moment for relay in self.relays for moment in relay.dialled]

    @property
    def address(self) -> str:
        """Where the Temporal server is."""
        return "" if self.server is None else self.server.address

    def begun_on_server(self) -> str:
        """Return the name of a run of the fleet that somebody began and left to go on."""
        with self.begun("fleet", "check", "--server", self.address) as process:
            said = heard(process.stderr, "run hotpair-")
            process.kill()
        return said.split()[-1]

    def running_on_server(self) -> list[str]:
        """Return the runs that the server still knows as at work."""
        if self.server is None:
            return []
        asked = [self.server.program, "workflow", "list", "--address", self.server.address, "-o", "json"]
        done = subprocess.run(
            [*asked, "--query", 'ExecutionStatus="Running"'], capture_output=True, text=True, check=True
        )
        return [one["execution"]["workflowId"] for one in json.loads(done.stdout or "[]")]

    def strange(self) -> list[str]:
        """Return what lies about and nobody knows: files of the inventory, sockets, half written files."""
        folder = self.routers.folder
        unknown = {file.name for file in folder.iterdir()} - KEPT - self.files
        written = [*folder.rglob("*"), *self.made.rglob("*")]
        half = {file.name for file in written if file.is_socket() or file.suffix == ".part"}
        return sorted(unknown | half)


KEPT = {"runs", "journals", "archive.db", "archive.db-wal", "archive.db-shm", "watch.lock"}
"""What commands leave in an inventory."""


@contextmanager
def ground(state: str, **ways: Any) -> Iterator[Ground]:
    """Make routers of a state.

    Args:
        state: bare, deployed, killed (a deployment that died on trial), expired (its timers have ended
            since), decided (one that died when it was decided to keep it), workers (deployed, with a
            Temporal server and a worker).
        ways: in which commands are typed and begun that are not struck.
    """
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="moments-")))
        scale = SCALES.get(state, "15")
        routers = stack.enter_context(lab(home, "--time-scale", scale))
        (routers.folder / "watch.yaml").write_text(WATCH, encoding="utf-8")
        relays = _relays(routers.folder / "hosts.yaml")
        made = Ground(state, routers, relays, **ways)
        for relay in relays:
            stack.callback(relay.close)
        if state in {"deployed", "workers"}:
            _done(made, "deploy", LAB_PAIR, "--yes", *BUDGET)
            _done(made, "verify", LAB_PAIR, "--wait", "60", "--save", "before")
            made.typed(
                "check", *made.here
            )  # whose clocks may differ: virtual ones are read one after the other
        if state == "workers":
            made.server = stack.enter_context(temporal_server(home))
            words = ("worker", *made.here, "--server", made.server.address)
            worker = stack.enter_context(started(*words))
            heard(worker.stderr, "working for")
        made.before, _ = made.seen()
        made.renew()
        made.files = frozenset(file.name for file in routers.folder.iterdir())
        yield made


def _relays(hosts_file: Path) -> tuple[Relay, ...]:
    """Put a relay before each router, which the inventory names instead of it."""
    hosts = YAML().load(hosts_file.read_text())
    relays = tuple(Relay(int(host["port"])) for host in hosts.values())
    for host, relay in zip(hosts.values(), relays, strict=True):
        host["port"] = relay.port
    with hosts_file.open("w") as out:
        YAML().dump(hosts, out)
    return relays


def _done(at: Ground, *words: str) -> None:
    ended = at.typed(*words, *at.here)
    if ended.code:
        raise RuntimeError(f"{words}: {ended.said}")
