"""The sample pairs: each way of hot backup as an engineer would write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.load import load_pairs
from inventory.model import SIDES, Pair, Side
from inventory.rules import lint
from inventory.rules.finding import Severity
from parsers.tree import add_line, read_tree
from tasks.render import facts
from tasks.render.members import configured_member, intended_member

LAB = Path(__file__).parents[2] / "inventory" / "lab"
PAIRS = load_pairs(LAB / "pairs").good
CLEAN = [pair for name, pair in PAIRS.items() if name != "seed-igmp"]


def before(pair: Pair, side: Side) -> Path:
    folder = "devices" if pair.name == "seed-igmp" else "before"
    return LAB / folder / f"{pair.members.of(side)}.cfg"


def test_there_is_a_pair_for_each_way() -> None:
    tracks = {
        (pair.backup_profiles[0].track.e_trunk is not None, profile_service)
        for pair in PAIRS.values()
        for profile in pair.backup_profiles
        for profile_service in profile.services.a
    }
    assert tracks == {
        (True, "igmp-snooping"),
        (False, "igmp"),
        (True, "igmp"),
        (True, "mld"),
        (False, "arp"),
        (False, "nd"),
        (False, "bras"),
        (False, "dhcp-server"),
    }


@pytest.mark.parametrize("pair", CLEAN, ids=lambda pair: pair.name)
def test_a_sample_pair_has_no_finding_but_advice(pair: Pair) -> None:
    findings = lint(intended_member(pair, "a"), intended_member(pair, "b"))
    assert [one for one in findings if one.severity is not Severity.ADVICE] == []
    in_clear = any(service.ssl_policy.of(side) is None for service in pair.backup_services for side in SIDES)
    assert ("R32" in {one.rule for one in findings}) is in_clear


def test_the_pair_of_the_guide_has_its_known_findings() -> None:
    pair = PAIRS["seed-igmp"]
    findings = lint(intended_member(pair, "a"), intended_member(pair, "b"))

    assert {one.rule: str(one.severity) for one in findings} == {
        "R79": "warning",
        "R81": "warning",
        "R83": "warning",
        "R32": "advice",
    }
    by_rule = {one.rule: one for one in findings}
    assert by_rule["R81"].found == {"DeviceA": "00e0-fc12-3455", "DeviceB": "00e0-fc12-3456"}
    assert by_rule["R79"].found == {"DeviceA": "100", "DeviceB": "100"}
    assert by_rule["R81"].places[0].path == "system.lacp.e_trunk_system_id"


def test_the_printed_configurations_of_the_guide_have_the_same_findings_and_one_of_layer_3() -> None:
    printed = Path(__file__).parents[1] / "fixtures" / "seed-002"
    members = [
        configured_member(
            name, read_tree((printed / f"{name}.cfg").read_text(encoding="utf-8"), f"{name}.cfg")
        )
        for name in ("DeviceA", "DeviceB")
    ]
    findings = lint(members[0], members[1])

    assert [one.rule for one in findings] == ["R79", "R81", "R83", "R85", "R32"]
    assert findings[1].places[0].line == 11
    assert findings[3].found == {"DeviceA": "10.0.15.1/24", "DeviceB": "10.0.35.3/24"}


@pytest.mark.parametrize("pair", CLEAN, ids=lambda pair: pair.name)
def test_a_sample_pair_fits_the_configurations_that_it_is_deployed_on(pair: Pair) -> None:
    members = []
    for side in SIDES:
        tree = read_tree(before(pair, side).read_text(encoding="utf-8"), before(pair, side).name)
        for fact in facts(pair, side):
            tree = add_line(tree, fact.path, fact.text)
        members.append(configured_member(pair.members.of(side), tree))

    assert [one for one in lint(members[0], members[1]) if one.severity == "error"] == []
