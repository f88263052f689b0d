"""Sample pairs on emulated devices that are old enough to drill, and what a drill of them came to."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from emulator.lab import Lab
from inventory.errors import RefusedError
from inventory.model import Pair
from runbooks.drill.drilling import drill_pair
from runbooks.drill.model import Drilled, DrillOptions
from runbooks.drill.trigger import By
from tests.integration.scenarios.bridge import Stage, log_in, openers
from tests.integration.scenarios.pairs import deployed, sample

SEED, VRRP, SNOOPING = "seed-igmp", "igmp-vrrp", "igmp-snooping-etrunk"
MLD, BRAS, DHCP, ARP = "mld-active-active", "user-vrrp-bras", "user-vrrp-dhcp", "user-vrrp-arp"
RUNNING = "display current-configuration"
AGE_S = 300.0


@cache
def _aged(name: str) -> Lab:
    stage = deployed(name)
    if name == BRAS:
        stage.lab.world.add_host("BNG1", "GigabitEthernet0/1/0.1", "10.100.0.77", "00e0-fc00-0077")
    stage.lab.advance(AGE_S)
    return stage.lab


def old_enough(name: str) -> tuple[Stage, Pair]:
    """Return a pair of its own that has been well for a while."""
    return Stage(deepcopy(_aged(name))), sample(name)


def options(stage: Stage, journals: Path, side: str = "a") -> DrillOptions:
    return DrillOptions("b" if side == "b" else "a", journals, clock=stage.clock)


def running(stage: Stage, pair: Pair) -> dict[str, list[str]]:
    """Return the configuration of both members, without the comments above it."""
    return {
        name: [line for line in log_in(stage, name).run(RUNNING).splitlines() if not line.startswith("!")]
        for name in (pair.members.a, pair.members.b)
    }


def drilled(stage: Stage, pair: Pair, how: DrillOptions) -> Drilled:
    return drill_pair(pair, openers(stage, pair), how)


def ended(done: Drilled) -> dict[str, str]:
    return {result.check: str(result.outcome) for result in done.run.results}


def by_port(stage: Stage, journals: Path, port: str, side: str = "a") -> DrillOptions:
    return replace(options(stage, journals, side), by=By.SHUTDOWN, port=port)


def refused(stage: Stage, pair: Pair, how: DrillOptions) -> RefusedError:
    """Return the refusal of a drill, after which nothing may have been sent."""
    before = running(stage, pair)
    with pytest.raises(RefusedError) as told:
        drilled(stage, pair, how)
    assert running(stage, pair) == before
    assert not list(how.journals.glob("*.jsonl"))
    return told.value


class KilledError(BaseException):
    """The process dies here."""
