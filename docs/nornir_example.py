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
from tasks.nornir_tasks import display, plan


def main(directory: str) -> int:
    """Say of each router how its backup channels are, and how many lines would bring it to its intent."""
    nornir = InitNornir(
        inventory={"plugin": "HotpairInventory", "options": {"directory": directory}},
        runner={"plugin": "hotpair-pairs"},  # both members of a pair are never worked on at once
        logging={"enabled": False},
    )
    with nornir:
        return max(
            (tell(nornir, pair) for pair in nornir.inventory.defaults.data["pairs"].values()), default=1
        )


def tell(nornir: Nornir, pair: Pair) -> int:
    """Look at one pair; give 1 when a router gave no answer."""
    members = nornir.filter(F(name__in=[pair.members.a, pair.members.b]))
    planned = members.run(task=plan, pair=pair)
    for host, results in planned.items():
        if results.failed:
            sys.stdout.write(f"{pair.name} {host}: {results[0].exception}\n")
            continue
        lines = sum(len(stage.commands) for stage in results[0].result.forward)
        sys.stdout.write(f"{pair.name} {host}: {lines} lines to type\n")
    for service in pair.backup_services:
        seen = members.run(task=display, command=f"display remote-backup-service {service.name}")
        for host, results in seen.items():
            states = [] if results.failed else [record.tcp_state for record in results[0].result.records]
            sys.stdout.write(f"{pair.name} {host}: {service.name} {', '.join(states) or 'is not there'}\n")
    return int(planned.failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
