"""A deployment in a process of its own, to be interrupted or killed while its checks run.

Arguments: devices as JSON, folder of the journals, driver. Says `converging` and then waits for a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from runbooks.deploy import Deployment, deploy
from runbooks.lab import ServedDevice
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import Session
from tasks.transaction.model import Converge, Verdict
from tests.integration.served import ServedPair
from tests.tasks.transaction.bench import NAMES, member_plan


def deployed(pair: ServedPair, driver: str, journals: Path, converge: Converge) -> Deployment:
    """Plan from what runs, and deploy."""
    openers = {name: partial(pair.open, name, driver) for name in NAMES}
    plans = []
    for name in NAMES:
        session = openers[name]()
        plans.append(member_plan(name, session.run("display current-configuration")))
        session.close()
    return deploy(PairPlan("lyon", *plans), openers, converge, journals, budget_s=30)


def _wait(_sessions: Mapping[str, Session]) -> Verdict:
    sys.stdout.write("converging\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return Verdict(held=True)


if __name__ == "__main__":
    described, journals, driver = sys.argv[1:]
    devices = {name: ServedDevice(**device) for name, device in json.loads(described).items()}
    ended = deployed(ServedPair(devices, Path()), driver, Path(journals), _wait)
    sys.stdout.write(f"{ended.outcome.state}\n")
