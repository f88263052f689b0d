"""Deploy many pairs at once by the pair transaction, beside a raw block and save of the same lines, in turns.

    python -m benchmarks.transactions                 # 50 pairs, 20 at a time, three turns

The pair transaction alone is what compares with the block: both are given what is to be typed, and wait for
no pair to converge. The whole command plans first, samples the pairs, waits until they converged, and keeps
what was seen.

Each way is a program of its own and works on freshly started routers, whose time runs 15 times as fast as
ours, so that little of what is measured is waiting for the pairs to converge. The raw block is the floor:
both members at the same time, everything in one write, nothing looked at, nothing held back, no trial; of it
nothing is left to come back when it fails. Each router is looked at after it: a way that did not configure
all of them is no measurement.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.fleet import CLIENTS, WORKERS, Spent, Way, spend
from benchmarks.revisions import here
from inventory.load import parse_pair
from inventory.model import SIDES
from parsers.tree import write_tree
from runbooks.fleet import wire_rows  # noqa: F401 - plans hold lines
from runbooks.fleet.wire import Done
from tasks.plan import plan_pair
from tasks.plan.model import PairPlan
from tests.integration.lab import Lab
from tests.integration.many import Made, fleet


def plan_of(made: Made) -> PairPlan:
    """Return the plan from a bare pair to its intent."""
    return plan_pair(parse_pair(made.intent, made.name), {side: made.bare(side) for side in SIDES})


def block_of(made: Made) -> dict[str, list[str]]:
    """Return what is typed on each member: the lines that are missing, commit and save."""
    plan = plan_of(made)
    return {
        member.member: [
            "system-view",
            *(line.text for stage in member.forward for line in stage.commands),
            "commit",
            "return",
            "save",
            "y",
        ]
        for member in (plan.a, plan.b)
    }


def raw(pairs: list[Made], lab: Lab, home: Path) -> Way:
    """Return the way of a block that is typed blindly."""
    rows = [
        {"device": name, "host": lab.devices[name].host, "port": lab.devices[name].port,
         "username": lab.devices[name].username, "password": lab.devices[name].password,
         "commands": lines}
        for made in pairs
        for name, lines in block_of(made).items()
    ]  # fmt: skip
    file = home / "block.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    line = [sys.executable, str(CLIENTS), "block", str(file), str(WORKERS)]
    return Way("raw block and save", line, dict(os.environ), len(rows))


def transaction(pairs: list[Made], lab: Lab, home: Path) -> Way:
    """Return the way of the pair transaction alone: plans are made, and convergence is taken for granted."""
    file = home / "plans.pickle"
    plans = Done({made.name: plan_of(made) for made in pairs})
    file.write_bytes(bytes(ForkingPickler.dumps(plans)))
    line = [sys.executable, "-m", "benchmarks.pair_transactions", str(lab.folder), str(file), str(WORKERS)]
    return Way("pair transaction", line, here().environment(), 2 * len(pairs))


def whole_command(pairs: list[Made], lab: Lab, _home: Path) -> Way:
    """Return the way of the whole command: it plans, watches, waits for each pair, and keeps its run."""
    build = here()
    words = ("deploy", "--all", "--yes", "--workers", str(WORKERS), "-i", lab.folder)
    return Way("hotpair deploy", build.command(*words), build.environment(), 2 * len(pairs))


WAYS: tuple[Callable[[list[Made], Lab, Path], Way], ...] = (raw, transaction, whole_command)


def measure(way: Callable[[list[Made], Lab, Path], Way], count: int) -> tuple[Way, Spent]:
    pairs = [Made(number) for number in range(count)]
    texts = {made.members[side]: write_tree(made.bare(side)) for made in pairs for side in SIDES}
    with TemporaryDirectory() as name, fleet(Path(name), texts, pairs) as lab:
        made = way(pairs, lab, Path(name))
        spent = spend(made)
        for router in texts:
            if "remote-backup-service north" not in write_tree(lab.running(router)):
                sys.exit(f"{made.name} left {router} as it was")
    return made, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    spent: dict[str, list[Spent]] = {}
    for turn in range(options.turns):
        for way in WAYS:
            made, one = measure(way, options.pairs)
            spent.setdefault(made.name, []).append(one)
            print(f"turn {turn + 1}: {made.name} {one.seconds:.1f} s", file=sys.stderr, flush=True)
    print(f"{options.pairs} pairs, {WORKERS} at a time, median of {options.turns}")
    print(f"{'':22}{'devices/s':>10}{'CPU ms/device':>15}{'MB':>6}")
    for name, those in spent.items():
        devices = 2 * options.pairs
        rate = devices / median(one.seconds for one in those)
        cpu = 1000 * median(one.cpu for one in those) / devices
        print(f"{name:22}{rate:10.1f}{cpu:15.1f}{median(one.memory_mb for one in those):6.0f}")


if __name__ == "__main__":
    main()
