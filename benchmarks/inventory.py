"""Inventories that grow, in two builds: reading all pairs, one pair's command, and the units of a run.

    python benchmarks/inventory.py [--against REVISION] [--pairs N ...] [--turns N]

Each build reads, in a process of its own, the same folder: pairs of two routers each, with an E-Trunk, a
channel, a profile and an interface. CPU seconds, the best turn of each. A ratio of twice the pairs shows what
grows faster than their number.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))  # last: the rooms are those of the build that is measured

from benchmarks.revisions import FIRST, Build, here, revision

PAIR = """\
pair: metro-{n}
members: {{a: north-{n}, b: south-{n}}}
system:
  lacp: {{e_trunk_system_id: {{a: 00e0-fc12-3455, b: 00e0-fc12-3456}}}}
e_trunks:
  - id: 1
    address: {{a: 198.51.100.1, b: 198.51.100.2}}
    priority: {{a: 10, b: 20}}
    security_key: {{secret: metro-key}}
    members:
      - {{eth_trunk: 1, mode: lacp-static, ports: {{a: [GigabitEthernet0/1/2], b: [GigabitEthernet0/1/3]}}}}
backup_services:
  - {{name: service1, address: {{a: 198.51.100.1, b: 198.51.100.2}}, port: 1025}}
backup_profiles:
  - name: profile1
    backup_id: 10
    service: service1
    services: [igmp]
    track: {{e_trunk: {{e_trunk: 1, eth_trunk: 1}}}}
    interfaces: [Eth-Trunk1]
interfaces:
  - {{name: Eth-Trunk1, pim_sm: true, igmp: true}}
"""
DEFAULTS = "username: ops\ndata: {password: {secret: lab-password}}\n"


def write(folder: Path, pairs: int) -> None:
    """Write an inventory of so many pairs."""
    (folder / "pairs").mkdir(parents=True)
    hosts = []
    for n in range(pairs):
        (folder / "pairs" / f"metro-{n}.yaml").write_text(PAIR.format(n=n))
        hosts += [f"{side}-{n}: {{hostname: 10.0.{n // 250}.{n % 250}}}\n" for side in ("north", "south")]
    (folder / "hosts.yaml").write_text("".join(hosts))
    (folder / "defaults.yaml").write_text(DEFAULTS)


def spent(work: Callable[[], Any]) -> float:
    """Return the CPU seconds of some work."""
    begin = process_time()
    work()
    return process_time() - begin


def measure(folder: Path) -> dict[str, float]:
    """Measure the rooms of this process."""
    from inventory.load import load_pair
    from runbooks.inventory_pairs import pair_named
    from runbooks.site import on_pair, open_inventory
    from tasks.runner import pair_units

    file = folder / "pairs" / "metro-0.yaml"
    load_pair(file)  # imports and validators are no part of it
    times = {"one file": min(spent(lambda: load_pair(file)) for _ in range(20))}
    alone = {"pair": "metro-0"} if "pair" in inspect.signature(open_inventory).parameters else {}
    open_inventory(folder, **alone)  # an index is made once
    times["one pair's command"] = spent(lambda: pair_named(open_inventory(folder, **alone), "metro-0"))
    begin = process_time()
    nornir = open_inventory(folder)
    pair = pair_named(nornir, "metro-0")
    times["all pairs"] = process_time() - begin
    hosts = list(nornir.inventory.hosts.values())
    times["units of a run"] = spent(lambda: pair_units(hosts))
    times["hosts of a pair"] = spent(lambda: on_pair(nornir, pair, lambda _pair, _openers: None))
    return times


def measured(build: Build, folder: Path, turns: int) -> dict[str, float]:
    """Measure a build in processes of its own, and give the best of each."""
    runs = [json.loads(build.output(Path(__file__), "--measure", str(folder))) for _ in range(turns)]
    return {name: min(run[name] for run in runs) for name in runs[0]}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--against", default=FIRST, metavar="REVISION")
    parser.add_argument("--pairs", type=int, nargs="+", default=[500, 1000])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="this tree alone")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure)))
        return
    builds = (here(),) if given.alone else (revision(given.against), here())
    for pairs in given.pairs:
        with TemporaryDirectory() as home:
            folder = Path(home, "inventory")
            write(folder, pairs)
            rows = [measured(build, folder, given.turns) for build in builds]
        print(f"{f'{pairs} pairs':22}" + "".join(f"{build.name:>14}" for build in builds))
        for name in rows[0]:
            ratio = f"{rows[0][name] / rows[1][name]:10.1f} times" if len(rows) > 1 else ""
            print(f"{name:22}" + "".join(f"{row[name]:14.5f}" for row in rows) + ratio)


if __name__ == "__main__":
    main()
