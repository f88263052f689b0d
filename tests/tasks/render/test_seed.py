"""The rendering of the seed pair against the configuration files that the guide prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.load import load_pair
from inventory.model import Side
from parsers.tree import facts as owned_facts
from parsers.tree import read_tree
from tasks.render import facts, text

ROOT = Path(__file__).parents[3]
PRINTED = ROOT / "tests" / "fixtures" / "seed-002"
PAIR = load_pair(ROOT / "inventory" / "lab" / "pairs" / "seed-igmp.yaml")
FOREIGN_PIM = (
    "interface GigabitEthernet0/1/1",
    "interface GigabitEthernet0/1/2",
    "interface GigabitEthernet0/1/3",
)


@pytest.mark.parametrize(("side", "file"), [("a", "DeviceA.cfg"), ("b", "DeviceB.cfg")])
def test_every_owned_line_equals_the_printed_file(side: Side, file: str) -> None:
    printed, _ = owned_facts(read_tree((PRINTED / file).read_text(encoding="utf-8"), file))
    # `pim sm` of the core ports could be expressed, but this intent does not name those ports
    ours = [one for one in printed if not (one.id == "if.pim-sm" and one.path[0] in FOREIGN_PIM)]
    keys = [one for one in ours if one.id == "et.security-key"]
    rendered = facts(PAIR, side)

    assert len(keys) == 1
    assert {(one.path, one.text) for one in ours if one not in keys} == {
        (one.path, one.text) for one in rendered if one.id != "et.security-key"
    }
    assert [one.text for one in rendered if one.id == "et.security-key"] == [
        "security-key cipher <secret:seed-igmp-etrunk>"
    ]


@pytest.mark.parametrize(("side", "file"), [("a", "DeviceA.cfg"), ("b", "DeviceB.cfg")])
def test_lines_of_a_view_come_in_the_printed_order(side: Side, file: str) -> None:
    printed = (PRINTED / file).read_text(encoding="utf-8").splitlines()
    for view in ("remote-backup-profile profile1", "interface Eth-Trunk1", "e-trunk 1"):
        ours = [one.text for one in facts(PAIR, side) if one.path == (view,)]
        start = printed.index(view) + 1
        theirs = [line.strip() for line in printed[start : printed.index("#", start)]]
        assert [line for line in theirs if line in ours] == [line for line in ours if line in theirs]


def test_the_text_has_the_form_of_a_configuration() -> None:
    lines = text(PAIR, "a").splitlines()

    assert lines[0] == "#"
    assert lines[-1] == "return"
    assert " peer 3.3.3.3 source 1.1.1.1 port 1025" in lines
    assert (
        lines.index("multicast routing-enable")
        < lines.index("e-trunk 1")
        < lines.index("interface Eth-Trunk1")
    )


def test_each_fact_says_where_it_was_asked_for() -> None:
    peer = next(one for one in facts(PAIR, "b") if one.id == "rbs.peer")

    assert peer.place is not None
    assert peer.place.path == "backup_services[0].address"
    line = Path(peer.place.source).read_text(encoding="utf-8").splitlines()[(peer.place.line or 0) - 1]
    assert "address: {a: 1.1.1.1, b: 3.3.3.3}" in line
