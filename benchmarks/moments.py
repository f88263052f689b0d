"""A signal at each of many moments of a command: nothing is dialled after it, and nothing is left behind.

    python benchmarks/moments.py                          # every command, 200 moments each
    python benchmarks/moments.py --count 50 deploy check

Each command runs once undisturbed, which gives its stretch of time; then once for each moment of it, half of
them in the first second, with Ctrl-C, termination and a closed terminal in turn. Afterwards no process, no
file in the temporary folder and no unknown file in the inventory may be there, no traceback may have been
shown, a command that only looks must not have dialled a router after the signal, and after one that changes
them both routers are as before or both are as wanted; what is unfinished is resumed first. A line a command;
what was broken below it.
"""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from parsers.tree import read_tree  # noqa: E402 - found beside this file
from runbooks.interrupts import SIGNALS  # noqa: E402
from runbooks.lab import LAB_PAIR  # noqa: E402
from runbooks.transactions import transactions  # noqa: E402
from tasks.transaction.seeing import CURRENT  # noqa: E402
from tests.integration.lab import MEMBERS, Lab, lab, typed  # noqa: E402
from tests.integration.processes import heard, processes_of, started  # noqa: E402

PATIENCE_S = 90.0
LATE_S = 0.3
"""A connection that is accepted so much later than the signal was begun after it, on a busy machine too."""
SCALES = {"killed": "3"}
"""Virtual seconds in a real one; what died on trial must be found on trial."""
BUDGET = ("--budget", "120")
KEPT = {"runs", "journals", "archive.db", "archive.db-wal", "archive.db-shm", "watch.lock"}
"""What commands leave in an inventory."""
ENDLESS_S = 4.0
DENSE_S = 1.0
"""Stretch that half of the moments fall into: imports, settings, the first dial."""
"""Stretch of a command that ends with a signal alone."""


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

    routers: Lab
    relays: tuple[Relay, ...]
    before: list[object] = field(default_factory=list)
    files: frozenset[str] = frozenset()

    @property
    def here(self) -> tuple[str, str]:
        """Where the inventory lies."""
        return "-i", str(self.routers.folder)

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

    def transaction(self) -> str:
        """Return the id of the newest transaction."""
        journals = (self.routers.folder / "journals").glob("hp-*.jsonl")
        return max(journals, key=lambda file: file.stat().st_mtime).stem

    def dialled(self) -> list[float]:
        """Return the moments at which a router was dialled."""
        return [moment for relay in self.relays for moment in relay.dialled]


@contextmanager
def ground(state: str) -> Iterator[Ground]:
    """Make routers of a state: bare, deployed, killed (a deployment that died on trial)."""
    with (
        TemporaryDirectory(prefix="moments-") as home,
        lab(Path(home), "--time-scale", SCALES.get(state, "15")) as routers,
    ):
        hosts_file = routers.folder / "hosts.yaml"
        hosts = YAML().load(hosts_file.read_text())
        relays = tuple(Relay(int(host["port"])) for host in hosts.values())
        for host, relay in zip(hosts.values(), relays, strict=True):
            host["port"] = relay.port
        with hosts_file.open("w") as out:
            YAML().dump(hosts, out)
        made = Ground(routers, relays)
        if state == "deployed":
            _done("deploy", LAB_PAIR, *made.here, "--yes", *BUDGET)
            _done("verify", LAB_PAIR, *made.here, "--wait", "60", "--save", "before")
            typed("check", *made.here)  # whose clocks may differ: virtual ones are read one after the other
        made.before, _ = made.seen()
        if state == "killed":
            with started("deploy", LAB_PAIR, *made.here, "--yes", *BUDGET) as process:
                heard(process.stderr, "both on trial")
                process.kill()
        made.files = frozenset(file.name for file in routers.folder.iterdir())
        try:
            yield made
        finally:
            for relay in relays:
                relay.close()


def _done(*words: str) -> None:
    ended = typed(*words)
    if ended.code:
        raise RuntimeError(f"{words}: {ended.said}")


@dataclass(frozen=True, slots=True)
class Command:
    """A command to strike.

    Args:
        words: gives what is typed on some ground.
        state: of the routers before it.
        changes: it may leave the routers, or the journals, in another state.
        endless: it ends with a signal alone.
    """

    words: Callable[[Ground], Sequence[str]]
    state: str = "deployed"
    changes: bool = False
    endless: bool = False


def _on(*words: str) -> Callable[[Ground], Sequence[str]]:
    return lambda at: (*words, *at.here)


def _alone(*words: str) -> Callable[[Ground], Sequence[str]]:
    return lambda _at: words


def _run(at: Ground) -> str:
    return str(typed("runs", *at.here, "-f", "json").document()["runs"][-1]["id"])


_CFG = [str(ROOT / "inventory" / "lab" / "devices" / f"{name}.cfg") for name in MEMBERS]
_FILE = str(ROOT / "inventory" / "lab" / "pairs" / f"{LAB_PAIR}.yaml")
COMMANDS: dict[str, Command] = {
    "deploy": Command(_on("deploy", LAB_PAIR, "--yes", *BUDGET), "bare", changes=True),
    "remove": Command(_on("deploy", LAB_PAIR, "--yes", "--remove", *BUDGET), changes=True),
    "rollback": Command(lambda at: ("rollback", at.transaction(), "--yes", *at.here), changes=True),
    "drill": Command(_on("drill", LAB_PAIR, "--yes"), changes=True),
    "txn resume": Command(lambda at: ("txn", "resume", at.transaction(), *at.here), "killed", changes=True),
    "txn abort": Command(lambda at: ("txn", "abort", at.transaction(), *at.here), "killed", changes=True),
    "txn adopt": Command(
        lambda at: ("txn", "adopt", at.transaction(), "--pair", LAB_PAIR, *at.here), "killed", changes=True
    ),
    "backup now": Command(_on("backup", "now", LAB_PAIR, "--yes"), changes=True),
    "learn": Command(_on("learn", LAB_PAIR)),
    "plan": Command(_on("plan", LAB_PAIR), "bare"),
    "check": Command(_on("check")),
    "verify": Command(_on("verify", LAB_PAIR, "--report", "/dev/null.html")),
    "compare": Command(_on("compare", LAB_PAIR)),
    "watch --once": Command(_on("watch", "--once")),
    "ready": Command(_on("ready", LAB_PAIR)),
    "drill --dry-run": Command(_on("drill", LAB_PAIR, "--dry-run")),
    "txn list --live": Command(_on("txn", "list", "--live")),
    "replay": Command(_on("replay", "before")),
    "rejudge": Command(_on("rejudge")),
    "history": Command(_on("history", LAB_PAIR)),
    "status": Command(_on("status")),
    "runs": Command(_on("runs")),
    "diff": Command(lambda at: ("diff", _run(at), _run(at), *at.here)),
    "support": Command(
        lambda at: ("support", "--out", str(at.routers.folder / "runs" / "s.tar.gz"), *at.here)
    ),
    "archive info": Command(_on("archive", "info")),
    "archive prune": Command(_on("archive", "prune", "--days", "90")),
    "txn list": Command(_on("txn", "list")),
    "txn show": Command(lambda at: ("txn", "show", at.transaction(), *at.here)),
    "list": Command(_on("list")),
    "lint": Command(_alone("lint", _FILE)),
    "render": Command(_alone("render", _FILE, "--member", "a")),
    "compare files": Command(_alone("compare", *_CFG)),
    "checks": Command(_alone("checks")),
    "explain": Command(_alone("explain", "igmp-entries")),
    "rules": Command(_alone("rules")),
    "certify": Command(_alone("certify", "--count", "40")),
    "demo": Command(lambda at: ("demo", "--report", str(at.routers.folder / "runs" / "demo.html")), "bare"),
    "serve": Command(_on("serve", "--listen", "127.0.0.1:0"), endless=True),
    "watch": Command(_on("watch"), endless=True),
    "lab": Command(
        lambda at: ("lab", "--folder", str(at.routers.folder / "runs" / "lab")), "bare", endless=True
    ),
    "emulate": Command(
        lambda at: ("emulate", "PE1=", "PE2=", "--control", str(at.routers.folder / "runs" / "control")),
        "bare",
        endless=True,
    ),
}


@dataclass
class Told:
    """What was seen of a command at all of its moments."""

    codes: Counter[int] = field(default_factory=Counter)
    early: list[float] = field(default_factory=list)
    """Moments at which the interpreter ended by itself, before the first line of ours."""
    broken: list[str] = field(default_factory=list)


def _struck(command: Command, at: Ground, moment: float, number: signal.Signals, told: Told) -> bool:
    """Strike once; tell whether the ground is as it was."""
    with (
        TemporaryDirectory() as scratch,
        started(*command.words(at), folder=Path(scratch), TMPDIR=scratch) as process,
    ):
        begun = monotonic()
        Event().wait(moment)
        process.send_signal(number)
        sent = monotonic()
        where = f"at {sent - begun:.2f} s by {number.name}"
        try:
            said = "".join(process.communicate(timeout=PATIENCE_S))
        except subprocess.TimeoutExpired:
            told.broken.append(f"{where}: it went on for {PATIENCE_S} s")
            return False
        told.codes[process.returncode] += 1
        if alive := processes_of(process.pid):
            told.broken.append(f"{where}: {len(alive)} processes left")
        if left := sorted(file.name for file in Path(scratch).iterdir()):
            told.broken.append(f"{where}: left {left}")
    if process.returncode == -number or ("Traceback" in said and process.returncode in {1, -signal.SIGINT}):
        told.early.append(moment)
    elif "Traceback" in said or "fault of Hotpair" in said:
        told.broken.append(f"{where}: exit {process.returncode}: {said[-2000:]}")
    late = [moment for moment in at.dialled() if moment > sent + LATE_S]
    if late and not command.changes:
        told.broken.append(
            f"{where}: a router was dialled {late[0] - sent:.2f} s later (exit {process.returncode})"
        )
    strange = {file.name for file in at.routers.folder.iterdir()} - KEPT - at.files
    if strange:
        told.broken.append(f"{where}: unknown files {sorted(strange)}")
    return not command.changes or _same(at, where, process.returncode, said, told)


def _same(at: Ground, where: str, code: int, said: str, told: Told) -> bool:
    """Bring what is unfinished to its end; tell whether nothing was changed."""
    listed = transactions(at.routers.folder / "journals")
    unfinished = [row.path.stem for row in listed if not row.finished]
    for name in unfinished:
        ended = typed("txn", "resume", name, *at.here)
        if ended.code not in {0, 5}:
            told.broken.append(
                f"{where} (exit {code}): resuming ended with {ended.code}: {ended.said[-2000:]}"
            )
    now, on_trial = at.seen()
    changed = [one != other for one, other in zip(at.before, now, strict=True)]
    if len(set(changed)) > 1:
        told.broken.append(f"{where} (exit {code}): one is changed, the other not: {said[-2000:]}")
    if code in {4, 5} and any(changed):
        told.broken.append(f"{where}: exit {code}, and both are changed: {said[-2000:]}")
    if on_trial:
        told.broken.append(f"{where} (exit {code}): still on trial: {on_trial}")
    return not any(changed) and not unfinished and len(listed) < 40


def moments(stretch: float, count: int) -> list[float]:
    """Return moments of a stretch of seconds: half of them in its first part, the others in the rest."""
    dense, half = min(DENSE_S, stretch / 2), count // 2
    early = [dense * turn / half for turn in range(half)]
    return [*early, *(dense + (stretch - dense) * turn / (count - half) for turn in range(count - half))]


def strike(name: str, count: int) -> Told:
    """Strike a command at moments spread over its stretch."""
    command, told = COMMANDS[name], Told()
    with ground(command.state) as at:
        stretch = ENDLESS_S
        if not command.endless:
            begun = monotonic()
            typed(*command.words(at), folder=at.routers.folder / "runs" if name == "demo" else ROOT)
            stretch = monotonic() - begun
    with ExitStack() as stack:
        at = stack.enter_context(ground(command.state))
        for turn, moment in enumerate(moments(stretch, count)):
            same = _struck(command, at, moment, SIGNALS[turn % len(SIGNALS)], told)
            if command.state == "killed" or not same:
                stack.close()
                at = stack.enter_context(ground(command.state))
        if not command.changes and at.seen()[0] != at.before:
            told.broken.append("the routers are changed")
    codes = ", ".join(f"{code}: {often}" for code, often in sorted(told.codes.items()))
    early = (
        f"; before our first line {len(told.early)}, the last at {max(told.early):.2f} s"
        if told.early
        else ""
    )
    print(
        f"{name:<18} {count} moments of {stretch:5.2f} s  codes {codes}{early}  broken {len(told.broken)}",
        flush=True,
    )
    for line in told.broken:
        print(f"    {line}", flush=True)
    return told


def main() -> int:
    """Strike the commands that are named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=200, help="moments of each command")
    parser.add_argument("commands", nargs="*", choices=[[], *COMMANDS], help="by default all")
    asked = parser.parse_args()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # one that is ignored, as under nohup, stays so in commands
    told = [strike(name, asked.count) for name in asked.commands or COMMANDS]
    return int(any(one.broken for one in told))


if __name__ == "__main__":
    sys.exit(main())
