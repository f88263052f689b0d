"""The sample pairs on emulated devices without I/O: deployed as planned, seen through their displays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from emulator.lab import Lab
from emulator.personalities import DEFAULT, Personality
from inventory.load import load_pair
from inventory.model import SIDES, Pair
from inventory.rules import Severity, lint
from parsers.tree import read_tree, write_tree
from tasks.checks.catalog import checks_for, displays_for, judge
from tasks.checks.check import Check
from tasks.checks.model import CheckResult
from tasks.plan import plan_member
from tasks.render import facts
from tasks.render.members import configured_member
from tests.emulator.client import at
from tests.tasks.checks.bench import Texts, observed

FLEET = Path(__file__).parents[3] / "inventory" / "lab"
PAIRS = tuple(sorted(path.stem for path in (FLEET / "pairs").glob("*.yaml")))
SECRET = re.compile(r"<secret:[^>]*>")
SETTLED_S = 300.0
"""Virtual seconds until the longest delay of the samples is over."""


def before(device: str) -> str:
    """Return what a device holds before the pair is deployed."""
    files = [FLEET / folder / f"{device}.cfg" for folder in ("before", "devices")]
    return next(file for file in files if file.is_file()).read_text(encoding="utf-8")


@cache
def sample(name: str) -> Pair:
    """Read a sample pair."""
    return load_pair(FLEET / "pairs" / f"{name}.yaml")


@cache
def readers(name: str, command: str) -> tuple[Check, ...]:
    """Return the checks that read a display of a sample; what another check says does not depend on it."""
    return tuple(
        check
        for check in checks_for()
        if any(need.command == command for need in check.all_needs(sample(name)))
    )


@cache
def deployed(name: str) -> Mapping[str, str]:
    """Return the configuration of both members, and of the devices around the worked example, as deployed."""
    pair = sample(name)
    texts = {}
    for side in SIDES:
        device = pair.members.of(side)
        plan = plan_member(device, facts(pair, side), read_tree(before(device), device))
        texts[device] = SECRET.sub("moonlight1", write_tree(plan.predicted))
    if "DeviceA" in texts:
        texts |= {device: before(device) for device in ("DeviceC", "DeviceD")}
    return texts


def running(name: str, texts: Mapping[str, str], personality: Personality = DEFAULT) -> Lab:
    """Start devices, let them settle, and save, so that running and saved are one."""
    lab = Lab(texts, personality=personality)
    lab.advance(SETTLED_S)
    pair = sample(name)
    for side in SIDES:
        at(lab.device(pair.members.of(side)), now=lab.now).type("save", "y")
    return lab


def shown(name: str, lab: Lab) -> Texts:
    """Take all displays of all checks from both members."""
    pair, checks = sample(name), checks_for()
    texts: dict[tuple[str, str], str] = {}
    for side in SIDES:
        device = pair.members.of(side)
        client = at(lab.device(device), now=lab.now)
        texts.update(
            {(device, command): client.type(command) for command in displays_for(checks, pair, side)}
        )
    return texts


def looked_at(name: str, lab: Lab) -> tuple[CheckResult, ...]:
    """Take all displays of all checks from both members and judge them."""
    return judge(checks_for(), sample(name), observed(shown(name, lab)))


def boots_wrong(name: str, lab: Lab) -> frozenset[str]:
    """Name the check that fails too where what is saved is no valid pair, as `hotpair lint` says."""
    pair = sample(name)
    trees = []
    for side in SIDES:
        device = pair.members.of(side)
        store = lab.device(device).store
        if store.next_file not in store.files:
            return frozenset({"boots-into-pair"})
        trees.append(configured_member(device, read_tree(store.files[store.next_file], device)))
    wrong = any(one.severity is Severity.ERROR for one in lint(*trees))
    return frozenset({"boots-into-pair"} if wrong else ())
