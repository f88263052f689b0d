"""A Nornir user's own script: look at every router of an inventory, and plan its pairs.

    python docs/nornir_example.py hotpair-lab

Nothing is changed on the routers. `hotpair lab` starts a pair to try it on.
"""

from __future__ import annotations

import sys

from nornir import InitNornir
from nornir.core import Nornir
from nornir.core.filter import F

from inventory.model import Pair
from runbooks.nornir_tasks import display, plan


def main(directory: str) -> int:
    """Say of each member of each pair which backup services it has, and how far it is from its intent."""
    nornir = InitNornir(
        inventory={"plugin": "HotpairInventory", "options": {"directory": directory}},
        runner={"plugin": "hotpair-pairs"},  # both members of a pair are never worked on at once
        logging={"enabled": False},
    )
    with nornir:
        pairs = nornir.inventory.defaults.data["pairs"].values()
        return max((tell(nornir, pair) for pair in pairs), default=1)


def tell(nornir: Nornir, pair: Pair) -> int:
    """Look at one pair; give 1 when a router gave no answer."""
    members = nornir.filter(F(name__in=[pair.members.a, pair.members.b]))
    seen = members.run(task=display, command="display remote-backup-service")
    planned = members.run(task=plan, pair=pair)
    for host in members.inventory.hosts:
        if seen[host].failed or planned[host].failed:
            sys.stdout.write(f"{pair.name} {host}: {seen[host][0].exception or planned[host][0].exception}\n")
            continue
        services = [record.name for record in seen[host][0].result.records]
        lines = sum(len(stage.lines) for stage in planned[host][0].result.forward)
        sys.stdout.write(
            f"{pair.name} {host}: {', '.join(services) or 'no service'}, {lines} lines to type\n"
        )
    return int(seen.failed or planned.failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
