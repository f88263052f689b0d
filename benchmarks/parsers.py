"""Cost of reading `display eth-trunk`: Hotpair, a hand-written regex reader, TextFSM, TTP compiled per call.

    python benchmarks/parsers.py [--rows 10000] [--old FOLDER]

All readers get the same text and give the same ports. Hotpair accounts for every line; so does the
hand-written reader, because a reader that drops what it does not know answers another question.
The second table shows how the cost grows with the number of rows, in microseconds a row.

With a checkout of an older build, both builds in turns, each in a process of its own, CPU alone:
- one warm check of a pair: the displays of the worked example, read and judged as every sample is, no device,
- one sample of `verify --wait`, which is one of a deployment too; and the same with answers of which none is
  spelled as the last one was, so that nothing is known from the look before,
- the import of the models of an intent.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.parser_peers import COMMAND, by_hand, readers, sample
from parsers.api import parse


def seconds(read: Callable[[str], Any], text: str, budget_s: float = 0.6) -> float:
    """Return the best time of one call."""
    read(text)
    best, spent = float("inf"), 0.0
    while spent < budget_s:
        begin = perf_counter()
        read(text)
        took = perf_counter() - begin
        best, spent = min(best, took), spent + took
    return best


REPLAYED = """
import json, sys, time
from pathlib import Path
from inventory.load import load_pair
from runbooks.observe import observe
from tasks.checks.catalog import checks_for, displays_for, judge

file, root = sys.argv[1:3]
texts = json.loads(Path(file).read_text())

class Replay:
    def __init__(self, member):
        self.member = member
        self.looks = 0
    def run(self, command):
        return texts[self.member][command]
    def run_all(self, commands):
        return tuple(self.run(command) for command in commands)
    run_each = run_all

pair = load_pair(Path(root) / "inventory/lab/pairs/seed-igmp.yaml")
sessions = {side: Replay(pair.members.of(side)) for side in ("a", "b")}
checks = tuple(
    check for check in checks_for()
    if all(command in texts[pair.members.of(side)] for side in sessions
           for command in displays_for((check,), pair, side))
)
"""
WARM_CHECK = f"""{REPLAYED}
def look():
    return judge(checks, pair, observe(checks, pair, sessions))
for _ in range(3):
    results = look()
wrong = [str(one) for one in results if one.outcome in {{"error", "failure"}}]
if wrong:
    raise SystemExit(wrong)
begin, rounds = time.process_time(), 20
for _ in range(rounds):
    look()
print((time.process_time() - begin) / rounds)
"""
WAITING = f"""{REPLAYED}
from runbooks.verify import verify_pair
from tasks.checks.waiting import Patience
other = sys.argv[3:] == ["other"]
class Looked(Replay):
    def run_all(self, commands):
        self.looks += other
        return tuple(self.run(command) + chr(10) * self.looks for command in commands)
    run_each = run_all
sessions = {{side: Looked(one.member) for side, one in sessions.items()}}
def waited(samples):
    run = verify_pair(pair, sessions, checks, patience=Patience(budget_s=600, interval_s=0, stable=samples))
    wrong = [str(one) for one in run.results if one.outcome in {{"error", "failure"}}]
    if wrong:
        raise SystemExit(wrong)
waited(2)
begin, rounds = time.process_time(), 10
waited(rounds)
print((time.process_time() - begin) / rounds)
"""
IMPORT = "import time; t = time.process_time(); import inventory.model; print(time.process_time() - t)"
ROUNDS = 3


def displays_of_the_worked_example() -> dict[str, dict[str, str]]:
    """Return what both members of the worked example show when all is well, by member and command."""
    from inventory.model import SIDES
    from tasks.checks.catalog import checks_for, displays_for
    from tests.emulator.client import at
    from tests.tasks.checks.emulated import deployed, running, sample

    name = "seed-igmp"
    pair, lab = sample(name), running(name, deployed(name))
    texts = {}
    for side in SIDES:
        client = at(lab.device(pair.members.of(side)), now=lab.now)
        commands = displays_for(checks_for(), pair, side)
        texts[pair.members.of(side)] = {command: client.type(command) for command in commands}
    return texts


def cpu_seconds(code: str, root: Path, *arguments: str) -> float:
    """Run code in a process of its own with the build in a folder, and give what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = (sys.executable, "-c", code, *arguments)
    ended = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    return float(ended.stdout)


def compare_builds(old: Path) -> None:
    """Measure an older build and this one in turns, and print the best of each."""
    new = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "displays.json"
        file.write_text(json.dumps(displays_of_the_worked_example()), encoding="utf-8")
        for title, code, arguments in (
            ("one warm check of a pair", WARM_CHECK, lambda root: (str(file), str(root))),
            ("a sample of verify --wait", WAITING, lambda root: (str(file), str(root))),
            ("the same, nothing known", WAITING, lambda root: (str(file), str(root), "other")),
            ("import of the models", IMPORT, lambda _root: ()),
        ):
            took: dict[Path, list[float]] = {old: [], new: []}
            for _ in range(ROUNDS):
                for root, seconds_of in took.items():
                    seconds_of.append(cpu_seconds(code, root, *arguments(root)))
            before, after = min(took[old]), min(took[new])
            print(
                f"{title:28} old {before * 1e3:7.1f} ms   new {after * 1e3:7.1f} ms   {before / after:5.2f} x"
            )


def main() -> None:
    """Measure and print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000, help="rows of the largest text")
    options.add_argument("--old", type=Path, help="checkout of an older build to compare with")
    given = options.parse_args()
    rows = given.rows
    if given.old:
        compare_builds(given.old.resolve())
        return

    small = sample(1, 2)
    same = [replace(trunk, system_id_from=None) for trunk in parse(COMMAND, small).records]
    if tuple(same) != by_hand(small).records:
        raise SystemExit("the readers disagree")

    print(f"one Eth-Trunk of two ports, {len(small.splitlines())} lines")
    base = 0.0
    for name, read in readers():
        took = seconds(read, small)
        base = base or took
        print(f"  {name:28} {took * 1e6:10.0f} us   {took / base:6.1f} x")

    print("growth, microseconds a row (port rows and partner rows)")
    size = 10
    while size <= rows:
        text = sample(max(size // 16, 1), min(size // 2, 8))
        count = sum(line.startswith("GigabitEthernet") for line in text.splitlines())
        hand, ours = seconds(by_hand, text, 0.3), seconds(lambda text: parse(COMMAND, text), text, 0.3)
        costs = f"hand {hand / count * 1e6:6.1f}   Hotpair {ours / count * 1e6:6.1f}"
        print(f"  {count:6} rows   {costs}   {ours / hand:5.1f} x")
        size *= 10


if __name__ == "__main__":
    main()
