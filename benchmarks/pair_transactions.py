"""Carry out pair transactions whose plans are made: what a transaction itself takes, beside a raw block.

    python -m benchmarks.pair_transactions INVENTORY PLANS WORKERS

PLANS holds the plans by name of the pair, as `runbooks.fleet.wire` writes them. That each pair converged is
taken for granted, as a raw block takes it; everything else is done as `hotpair deploy` does it.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path

from hotpair.__main__ import YOUNG
from inventory.model import Pair
from runbooks.deploy import Deployment, deploy
from runbooks.fleet.over import over_pairs
from runbooks.inventory_pairs import pairs_in
from runbooks.site import Openers, Work, open_inventory
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import Session
from tasks.transaction.model import Verdict


def taken_for_granted(_sessions: Mapping[str, Session]) -> Verdict:
    """Say that a pair holds, without a look."""
    return Verdict(held=True, text="not looked at")


def changing(plan: PairPlan, journals: Path) -> Work[Deployment]:
    def change(_pair: Pair, openers: Openers) -> Deployment:
        return deploy(plan, openers, taken_for_granted, journals, budget_s=60)

    return change


def main() -> None:
    inventory, plans, workers = sys.argv[1:]
    gc.set_threshold(YOUNG)  # as `hotpair` does
    made: dict[str, PairPlan] = pickle.loads(Path(plans).read_bytes()).value  # noqa: S301 - written by `transactions`
    nornir = open_inventory(Path(inventory))
    pairs = tuple(pairs_in(nornir).good.values())
    journals = Path(inventory) / "journals"
    ends = over_pairs(nornir, pairs, lambda pair: changing(made[pair.name], journals), workers=int(workers))
    bad = [problem for one in ends if (problem := one.error or (one.value and one.value.problem()))]
    sys.stderr.writelines(f"{problem}\n" for problem in bad)
    sys.stderr.flush()
    os._exit(bool(bad))  # nor does `hotpair` look through all that it made before it ends


if __name__ == "__main__":
    main()
