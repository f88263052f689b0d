"""The sample pairs of the lab, each on devices that run what they ran before the pair was deployed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator.lab import Lab, TerminalUser
from inventory.load import load_pair
from inventory.model import SIDES, Pair
from runbooks.change import ChangeOptions, change_pair
from runbooks.lab import LAB
from runbooks.observe import observe
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for, judge
from tasks.checks.model import CheckResult
from tasks.checks.waiting import Patience
from tests.integration.scenarios.bridge import Stage, openers

PAIRS = tuple(sorted(path.stem for path in (LAB / "pairs").glob("*.yaml")))


def sample(name: str) -> Pair:
    """Read a sample pair."""
    return load_pair(LAB / "pairs" / f"{name}.yaml")


def files(pair: Pair) -> dict[str, Path]:
    """Return the configuration of each device around a pair, by name."""
    folder = LAB / "before"
    if (folder / f"{pair.members.a}.cfg").exists():
        return {name: folder / f"{name}.cfg" for name in (pair.members.a, pair.members.b)}
    return {path.stem: path for path in sorted((LAB / "devices").glob("*.cfg"))}


def bare(pair: Pair) -> Stage:
    """Boot the devices as they are before the deployment, and let their network come up.

    Somebody has changed a word on each of them since: there is a commit point to go back to.
    """
    stage = Stage(Lab({name: path.read_text() for name, path in files(pair).items()}))
    for name in stage.lab.devices:
        edit(stage, name, "interface LoopBack0", "description router ID")
    add_hosts(stage, pair)
    stage.lab.advance(60)
    return stage


def edit(stage: Stage, device: str, *lines: str, save: bool = True) -> None:
    """Change a device as somebody at its terminal would; every line must be taken.

    Lines are typed from the system view on; `return` is implied.
    """
    typist = TerminalUser(stage.lab, device)
    shown = typist.types("system-view", *lines, "commit", "return")
    if save:
        shown += typist.types("save", "y")
    typist.types("quit")
    assert "Error" not in shown, shown


Hosts = tuple[tuple[str, str, str], ...]
"""Device, interface and what a host there wants or is: a group that it joins, or its address."""

GROUPS: Mapping[str, Hosts] = {
    "igmp-snooping-etrunk": (
        ("PE1", "Eth-Trunk10.100", "232.8.0.1"),
        ("PE1", "Eth-Trunk10.100", "232.8.0.2"),
    ),
    "igmp-vrrp": (("AGG1", "GigabitEthernet0/3/0", "239.4.4.4"),),
    "mld-active-active": (("EDGE1", "Eth-Trunk20", "ff1e::4:1"),),
    "seed-igmp": (("DeviceA", "Eth-Trunk1", "225.7.7.7"), ("DeviceA", "Eth-Trunk1", "225.7.7.8")),
}
NEIGHBOURS: Mapping[str, Hosts] = {
    "user-vrrp-arp": (
        ("GW1", "GigabitEthernet0/1/0.40", "10.60.40.77"),
        ("GW1", "GigabitEthernet0/1/0.60", "2001:db8:60::77"),
    ),
}


def add_hosts(stage: Stage, pair: Pair) -> None:
    """Put hosts behind the members, whose entries are backed up."""
    for device, interface, group in GROUPS.get(pair.name, ()):
        stage.lab.world.join(device, interface, group, f"fe80::{len(group)}" if ":" in group else "10.9.9.9")
    for device, interface, address in NEIGHBOURS.get(pair.name, ()):
        stage.lab.world.add_host(device, interface, address, "00e0-fcaa-0077")


def look(stage: Stage, pair: Pair) -> tuple[CheckResult, ...]:
    """Judge a pair once by every check."""
    ways = openers(stage, pair)
    sessions = {side: ways[pair.members.of(side)]() for side in SIDES}
    checks = checks_for()
    results = judge(checks, pair, observe(checks, pair, sessions))
    for session in sessions.values():
        session.close()
    return results


@cache
def _deployed(name: str) -> Lab:
    """Deploy a sample pair once, and keep the lab."""
    pair = sample(name)
    stage = bare(pair)
    with TemporaryDirectory() as journals:
        options = ChangeOptions(
            checks_for(CONVERGING),
            Patience(budget_s=convergence_budget(pair), interval_s=5, eager_s=5),
            Path(journals),
            clock=stage.clock,
        )
        change = change_pair(pair, openers(stage, pair), options)
    assert change.problem is None, change.problem
    stage.lab.advance(60)
    return stage.lab


def deployed(name: str) -> Stage:
    """Return a lab of its own in which a sample pair is deployed, saved and well."""
    return Stage(deepcopy(_deployed(name)))
