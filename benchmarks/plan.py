"""Cost of planning, in CPU seconds: first deployment, empty plan and removal, of pairs that grow.

    python benchmarks/plan.py
    python benchmarks/plan.py --against ../older-checkout

With another checkout both are run side by side in processes of their own, on the same intents and
configurations: each plan is compared by the hash of all that it types, forward and back, and the
configurations that it predicts; then the ratio of the costs is printed. The pairs are the sample pairs and
generated ones, each profile with a VRRP group and an interface of its own.

Against builds before 0.2, `user-vrrp-bras` differs by one line: `traffic backup interval 10` is what a device
does without it, and is not typed any more.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve()
ROOT = Path(os.environ.get("HOTPAIR_BENCHMARK_ROOT", HERE.parents[1]))
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from inventory.facts import ConfigTree
    from inventory.model import Pair, Side
    from tasks.plan.model import MemberPlan, PairPlan

SIZES = (25, 100, 300, 1000)
OLDEST_TOO = 300
"""Largest size at which another checkout is run too; an older one may take minutes beyond it."""

HEAD = """pair: grown
members: {a: left, b: right}
backup_services:
  - {name: chan, port: 4100, address: {a: 198.51.100.1, b: 198.51.100.2}}
"""
PROFILE = """  - name: users{n}
    backup_id: {n}
    service: chan
    services: [arp]
    track: {{vrrp: [{{vrid: {vrid}, interface: GigabitEthernet0/{slot}/0.{n}}}]}}
    interfaces: [GigabitEthernet0/{slot}/0.{n}]
"""
INTERFACE = """  - name: GigabitEthernet0/{slot}/0.{n}
    vrrp:
      - vrid: {vrid}
        virtual_ips: [10.{high}.{low}.254]
        priority: {{a: 120, b: 100}}
        preempt_delay: {{a: 1200, b: 0}}
"""


def intent(profiles: int) -> str:
    """Write a pair with a number of profiles."""
    numbers = [
        {"n": n, "slot": 1 + n % 8, "vrid": 1 + n % 255, "high": n // 250, "low": n % 250}
        for n in range(1, profiles + 1)
    ]
    return (
        HEAD
        + "backup_profiles:\n"
        + "".join(PROFILE.format(**number) for number in numbers)
        + "interfaces:\n"
        + "".join(INTERFACE.format(**number) for number in numbers)
    )


def bare(name: str, own: str, profiles: int) -> str:
    """Write what runs on a member before: an address of its own and the sub-interfaces."""
    lines = ["#", f"sysname {name}"]
    for n in range(1, profiles + 1):
        host = 1 if name == "left" else 2
        lines += [
            "#",
            f"interface GigabitEthernet0/{1 + n % 8}/0.{n}",
            f" vlan-type dot1q {1 + n % 4000}",
            f" ip address 10.{n // 250}.{n % 250}.{host} 255.255.255.0",
        ]
    return "\n".join([*lines, "#", "interface LoopBack0", f" ip address {own} 255.255.255.255", "#", ""])


def cases(sizes: tuple[int, ...]) -> Iterator[tuple[str, Pair, Mapping[Side, ConfigTree]]]:
    """Yield each pair with what runs on its members."""
    from inventory.load import load_pair, parse_pair
    from parsers.tree import read_tree

    lab = HERE.parents[1] / "inventory" / "lab"
    for file in sorted((lab / "pairs").glob("*.yaml")):
        pair = load_pair(file)
        running: dict[Side, ConfigTree] = {}
        for side in ("a", "b"):
            name = f"{pair.members.of(side)}.cfg"
            at = next(
                folder / name for folder in (lab / "before", lab / "devices") if (folder / name).exists()
            )
            running[side] = read_tree(at.read_text(encoding="utf-8"), name)
        yield file.stem, pair, running
    for size in sizes:
        pair = parse_pair(intent(size), "grown.yaml")
        left, right = bare("left", "198.51.100.1", size), bare("right", "198.51.100.2", size)
        yield str(size), pair, {"a": read_tree(left, "left"), "b": read_tree(right, "right")}


def digest(plan: PairPlan) -> str:
    """Hash all that a plan types and predicts."""
    from parsers.tree import write_tree

    def said(member: MemberPlan) -> list[list[Any]]:
        return [
            [
                [[one.text, one.suffix, str(one.impact), one.reason, one.answers] for one in stage.commands],
                write_tree(stage.predicted),
            ]
            for stage in (*member.forward, *member.back)
        ]

    return sha256(json.dumps([said(plan.a), said(plan.b)]).encode()).hexdigest()


def measure(sizes: tuple[int, ...]) -> dict[str, list[tuple[float, str]]]:
    """Plan each pair three times: first deployment, second one, removal; CPU seconds and hash of each."""
    try:
        from tasks.plan import plan_pair
    except ImportError:  # a checkout in which the planner stood elsewhere
        from runbooks.planning import plan_pair  # type: ignore[attr-defined,no-redef]
    from tasks.render import facts, text

    measured: dict[str, list[tuple[float, str]]] = {}
    for name, pair, running in cases(sizes):
        facts(pair, "a")  # compiled forms and imports are no part of it
        begin = process_time()
        first = plan_pair(pair, running)
        times = [(process_time() - begin, digest(first))]
        built: dict[Side, ConfigTree] = {"a": first.a.predicted, "b": first.b.predicted}
        for remove in (False, True):
            begin = process_time()
            plan = plan_pair(pair, built, remove=remove)
            times.append((process_time() - begin, digest(plan)))
        begin = process_time()
        written = text(pair, "a")
        times.append((process_time() - begin, sha256(written.encode()).hexdigest()))
        measured[name] = times
    return measured


def run_at(root: Path, sizes: tuple[int, ...], turns: int) -> dict[str, list[tuple[float, str]]]:
    """Measure a checkout in a process of its own each turn; the least of each counts, on a busy machine."""
    runs = [_run_at(root, sizes) for _ in range(turns)]
    return {
        name: [min(times) for times in zip(*(run[name] for run in runs), strict=True)] for name in runs[0]
    }


def _run_at(root: Path, sizes: tuple[int, ...]) -> dict[str, list[tuple[float, str]]]:
    asked = [sys.executable, str(HERE), "--worker", *map(str, sizes)]
    environment = {**os.environ, "HOTPAIR_BENCHMARK_ROOT": str(root), "PYTHONPATH": str(root)}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
    measured: dict[str, list[list[Any]]] = json.loads(done.stdout)
    return {name: [(seconds, said) for seconds, said in times] for name, times in measured.items()}


def main() -> int:
    """Print the table; 1 when a plan differs from the other checkout's."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--against", type=Path, help="another checkout, to compare with")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--turns", type=int, default=3, help="turns of each checkout; the least counts")
    parser.add_argument("--worker", type=int, nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker is not None:
        print(json.dumps(measure(tuple(given.worker))))
        return 0
    sizes = tuple(given.sizes)
    here = run_at(HERE.parents[1], sizes, given.turns)
    older = tuple(n for n in sizes if n <= OLDEST_TOO)
    there = run_at(given.against.resolve(), older, given.turns) if given.against else {}
    print(f"{'pair':>20} {'first':>9} {'empty':>9} {'remove':>9} {'render':>9}")
    different = 0
    for name, times in here.items():
        print(f"{name:>20} " + " ".join(f"{seconds:9.4f}" for seconds, _ in times))
        if name in there:
            ratios = [theirs / ours for (ours, _), (theirs, _) in zip(times, there[name], strict=True)]
            same = [ours == theirs for (_, ours), (_, theirs) in zip(times, there[name], strict=True)]
            different += not all(same)
            verdict = "identical plans" if all(same) else f"plans differ: {same}"
            print(f"{'times faster':>20} " + " ".join(f"{ratio:9.1f}" for ratio in ratios) + f"  {verdict}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
