"""Each field of the intent against the line that the manual wants for it, on both members."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from inventory.lines import OWNED
from inventory.load import parse_pair
from inventory.model import SIDES, Side
from parsers.tree import facts as owned_facts
from parsers.tree import read_tree
from tasks.render import facts, text

FRAME = "pair: forms\nmembers: {a: left, b: right}\n"
CASES = YAML(typ="safe").load(Path(__file__).with_name("forms.yaml").read_text(encoding="utf-8"))
PROFILE = CASES["profile"]["intent"]


def rendered(body: str, side: Side) -> list[str]:
    pair = parse_pair(FRAME + body, "forms.yaml")
    return ["|".join((*one.path, one.text)) for one in facts(pair, side)]


@pytest.mark.parametrize("name", CASES)
def test_fields_become_the_lines_of_the_manual(name: str) -> None:
    case = CASES[name]
    on_a, on_b = (rendered(case["intent"], side) for side in SIDES)

    assert [line for line in case["a"] if line not in on_a] == []
    assert [line for line in case.get("b", ()) if line not in on_b] == []
    assert [line for line in case.get("not on b", ()) if line in on_b] == []


@pytest.mark.parametrize("name", CASES)
def test_the_rendered_text_reads_back_to_the_same_lines(name: str) -> None:
    pair = parse_pair(FRAME + CASES[name]["intent"], "forms.yaml")
    for side in SIDES:
        back, foreign = owned_facts(read_tree(text(pair, side), "text"))
        assert not foreign
        assert {(one.id, one.path, one.text, frozenset(one.params.items())) for one in back} == {
            (one.id, one.path, one.text, frozenset(one.params.items())) for one in facts(pair, side)
        }


def test_the_cases_reach_every_line_of_the_owned_table() -> None:
    pairs = [parse_pair(FRAME + case["intent"], "forms.yaml") for case in CASES.values()]
    reached = {one.id for pair in pairs for side in SIDES for one in facts(pair, side)}
    views = {"if.enter", "dhcp.pool", "vlan.enter", "vsi.enter"}  # only in the path of their lines
    by_itself = {"rbp.igmp-copy"}  # what the device does anyway

    assert sorted(set(OWNED) - reached - views) == sorted(by_itself)


def test_what_the_device_does_anyway_is_not_written() -> None:
    body = """\
e_trunks:
  - id: 4
    address: {a: 10.9.0.1, b: 10.9.0.2}
    priority: 100
    members:
      - {eth_trunk: 1, ports: [GE0/1/0], mode: manual load-balance, least_active: 1, role: auto}
"""
    assert rendered(body, "a") == [
        "e-trunk 4",
        "e-trunk 4|peer-address 10.9.0.2 source-address 10.9.0.1",
        "interface Eth-Trunk1|e-trunk 4",
        "interface GigabitEthernet0/1/0|eth-trunk 1",
    ]


def test_what_the_device_shows_anyway_is_written() -> None:
    body = PROFILE.replace("    mode: virtual\n", "")

    assert "remote-backup-profile p|peer-backup hot" in rendered(body, "a")


def test_what_stands_on_one_member_only_is_not_on_the_other() -> None:
    body = PROFILE.replace("  - name: p\n", "  - only: b\n    name: p\n")

    assert not [line for line in rendered(body, "a") if "remote-backup-profile" in line]
    assert "remote-backup-profile p" in rendered(body, "b")
