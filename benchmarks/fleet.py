"""Check a fleet: this build, an older one, and clients that only collect the same displays, in turns.

    python -m benchmarks.fleet --rtt 0            # 250 pairs, five turns
    python -m benchmarks.fleet --rtt 50           # the same, each round trip 50 ms
    python -m benchmarks.fleet --quick            # 60 pairs, 0 ms, two turns

Each way is a program of its own that looks at so many routers at a time; what counts is the whole program,
from its start to its end: seconds of the clock, processor seconds of it and all its processes, the largest
resident memory of any of them (no less than what this benchmark takes itself) and of a worker process of
ours. The emulated routers run on the same machine and take their share of it, which is the same for all. The
median of the turns is shown, each turn as it ends. Ways that are slow look at fewer pairs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

from benchmarks.revisions import FIRST, Build, here, revision
from inventory.load import load_pair
from runbooks.fleet.known import PROBE
from runbooks.judging import displays_of
from runbooks.lab import ServedDevice, emulated
from runbooks.lab_folder import write_inventory
from tasks.checks.policy import NO_POLICY
from tasks.plan.model import Command
from tests.integration.lab import Lab
from tests.integration.many import Made

WORKERS = 20
SLOW = 20
"""Pairs for a way that is slow."""
CLIENTS = Path(__file__).with_name("fleet_clients.py")


@dataclass(frozen=True)
class Way:
    """One way to look at the routers.

    Args:
        name: how it is shown.
        line: command line.
        environment: of the program.
        devices: how many it looks at.
    """

    name: str
    line: list[str]
    environment: dict[str, str]
    devices: int


@dataclass(frozen=True)
class Spent:
    """What one turn of one way took."""

    seconds: float
    cpu: float
    memory_mb: float
    worker_mb: float


class Workers(Thread):
    """Notes the largest resident memory of the worker processes of a program, while it runs.

    Args:
        pid: of the program.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most_mb = 0.0
        self.over = Event()
        self._children = Path(f"/proc/{pid}/task/{pid}/children")

    def run(self) -> None:
        """Look five times a second; the system itself keeps the largest."""
        while not self.over.wait(0.2):
            with suppress(OSError):  # one has just ended
                for child in self._children.read_text(encoding="ascii").split():
                    self._note(Path("/proc", child))

    def _note(self, process: Path) -> None:
        if b"runbooks.fleet.worker" in process.joinpath("cmdline").read_bytes():
            peak = re.search(r"VmHWM:\s+(\d+) kB", process.joinpath("status").read_text(encoding="utf-8"))
            self.most_mb = max(self.most_mb, int(peak[1]) / 1024 if peak else 0)


@contextmanager
def served(home: Path, count: int, rtt_ms: float) -> Iterator[tuple[Path, dict[str, ServedDevice]]]:
    """Serve pairs that hold their intents, each router with a commit, and write their inventory."""
    made = [Made(number) for number in range(count)]
    files = {}
    for pair in made:
        for name, text in pair.held().items():
            files[name] = home / f"{name}.cfg"
            files[name].write_text(text, encoding="utf-8")
    folder, control = home / "inventory", home / "control"
    with emulated(files, ["--rtt", str(rtt_ms), "--control", str(control)]) as devices:
        write_inventory(folder, devices)
        for pair in made:
            (folder / "pairs" / f"{pair.name}.yaml").write_text(pair.intent, encoding="utf-8")
        lab = Lab(folder, devices, control)
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda name: committed(lab, name), devices))
        yield folder, devices


def committed(lab: Lab, name: str) -> None:
    """Commit and save a line that nobody owns: a router without a commit has no newest one."""
    view = "-LoopBack0"
    session = lab.session(name)
    session.stage(
        [Command("interface LoopBack0", view), Command("description bench", view), Command("quit", "")]
    )
    session.commit()
    session.save()
    session.close()


def part_of(folder: Path, home: Path, pairs: int) -> Path:
    """Return an inventory of the first pairs alone."""
    part = copytree(folder, home, ignore=lambda _folder, names: [n for n in names if n.startswith("archive")])
    for file in sorted((part / "pairs").iterdir())[pairs:]:
        file.unlink()
    return part


def for_old(part: Path) -> Path:
    """Take out of pair files what an older build does not know."""
    for file in (part / "pairs").iterdir():
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        known = (line for line in lines if not line.startswith("site:"))
        file.write_text("".join(known), encoding="utf-8")
    return part


def clients(folder: Path, devices: dict[str, ServedDevice], home: Path, slow: int) -> list[Way]:
    """Return the ways of other libraries: the same displays, texts only."""
    asked: dict[str, tuple[str, ...]] = {}
    for file in sorted((folder / "pairs").iterdir()):
        asked |= displays_of(load_pair(file), NO_POLICY)

    def way(name: str, kind: str, commands: dict[str, Sequence[str]]) -> Way:
        rows = [
            {"host": devices[member].host, "port": devices[member].port,
             "username": devices[member].username, "password": devices[member].password,
             "commands": list(wanted)}
            for member, wanted in commands.items()
        ]  # fmt: skip
        file = home / f"{len(list(home.glob('*.json')))}.json"
        file.write_text(json.dumps(rows), encoding="utf-8")
        line = [sys.executable, str(CLIENTS), kind, str(file), str(WORKERS)]
        return Way(name, line, dict(os.environ), len(rows))

    few = dict(list(asked.items())[: 2 * slow])
    return [
        way("raw asyncssh", "asyncssh", {**asked}),
        way("raw asyncssh, the probe alone", "asyncssh", dict.fromkeys(asked, (PROBE,))),
        way("nornir + scrapli", "scrapli", {**asked}),
        way("nornir + netmiko", "netmiko", {**few}),
    ]


def hotpair(build: Build, name: str, folder: Path, *words: str) -> Way:
    """Return the way of a build."""
    pairs = len(list((folder / "pairs").iterdir()))
    line = build.command("check", *words, "-i", folder)
    return Way(name, line, build.environment(), 2 * pairs)


def spend(way: Way) -> Spent:
    """Run a way once; processor time and memory are those of all its processes."""
    begin = perf_counter()
    with subprocess.Popen(
        way.line, env=way.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        workers = Workers(process.pid)
        workers.start()
        said = process.stderr.read() if process.stderr else ""
        workers.over.set()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{way.name} ended with {process.returncode}: {said[-2000:]}")
    return Spent(
        perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, workers.most_mb
    )


def measure(count: int, rtt_ms: float, turns: int, old: Build | None) -> None:
    with TemporaryDirectory() as name, served(Path(name), count, rtt_ms) as (folder, devices):
        home = Path(name)
        slow = min(SLOW, count)
        ways = [
            hotpair(here(), "hotpair check", folder),
            hotpair(here(), "hotpair check --config", part_of(folder, home / "config", count), "--config"),
            *clients(folder, devices, home, slow),
        ]
        if old is not None:
            part = for_old(part_of(folder, home / "old", slow))
            ways.append(hotpair(old, f"hotpair check of {FIRST}", part))
        spent: dict[str, list[Spent]] = {way.name: [] for way in ways}
        first = {way.name: spend(way) for way in ways[:2]}  # with an archive that knows nothing
        for turn in range(turns):
            for way in ways:
                spent[way.name].append(spend(way))
            told = ", ".join(f"{way.name} {spent[way.name][-1].seconds:.1f} s" for way in ways)
            print(f"turn {turn + 1} of {turns}: {told}", file=sys.stderr, flush=True)
    print(f"\n{2 * count} routers, {rtt_ms:g} ms round trip, {WORKERS} at a time, median of {turns}")
    print(f"{'':34}{'devices/s':>10}{'CPU ms/device':>15}{'MB':>6}{'worker MB':>11}")
    for way in ways:
        show(way, spent[way.name])
    for way in ways[:2]:
        show(way, [first[way.name]], " (first)")


def show(way: Way, turns: Sequence[Spent], more: str = "") -> None:
    devices_s = way.devices / median(one.seconds for one in turns)
    each_ms = 1000 * median(one.cpu for one in turns) / way.devices
    largest, worker = median(one.memory_mb for one in turns), median(one.worker_mb for one in turns)
    print(f"{way.name + more:34}{devices_s:10.1f}{each_ms:15.1f}{largest:6.0f}{worker:11.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="60 pairs, 0 ms, two turns")
    parser.add_argument("--pairs", type=int, default=250)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--rtt", type=float, nargs="*", default=[0.0, 50.0])
    parser.add_argument("--without-old", action="store_true", help=f"leave {FIRST} out")
    options = parser.parse_args()
    pairs, turns, distances = options.pairs, options.turns, options.rtt
    if options.quick:
        pairs, turns, distances = 60, 2, [0.0]
    old = None if options.without_old else revision(FIRST)
    for rtt_ms in distances:
        measure(pairs, rtt_ms, turns, old)


if __name__ == "__main__":
    main()
