"""What others use too is described whole, told, and stays when the pair is taken away."""

from __future__ import annotations

import pytest

from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import Pair
from parsers.tree import read_tree
from tasks.learn import learn
from tasks.plan import plan_pair
from tests.inventory.rules.bases import BASES

SESSION = "bfd core bind peer-ip 192.0.2.22 source-ip 192.0.2.11"
ROUTE = "ip route-static 10.0.0.0 255.0.0.0 172.20.0.9 track bfd-session CORE"
OTHER_GROUP = "vrrp vrid 99 track bfd-session {local} reduced 20"


def trees(base: str, more: str) -> tuple[ConfigTree, ConfigTree]:
    locals_of = {"trunk": ("501", "502"), "vrrp": ("61", "62")}[base]
    texts = [
        text.replace("#\nreturn\n", f"#\n{more.format(local=local)}\n#\nreturn\n")
        for text, local in zip(BASES[base], locals_of, strict=True)
    ]
    return read_tree(texts[0], "a.cfg"), read_tree(texts[1], "b.cfg")


def typed(pair: Pair, running: tuple[ConfigTree, ConfigTree], *, remove: bool = False) -> list[str]:
    plan = plan_pair(pair, {"a": running[0], "b": running[1]}, remove=remove)
    return [command.text for stage in plan.a.forward for command in stage.commands]


@pytest.mark.parametrize(
    ("more", "user"),
    [
        (ROUTE, ROUTE),
        (
            f"interface Vlanif99\n vrrp vrid 99 virtual-ip 10.9.9.9\n {OTHER_GROUP}",
            "interface Vlanif99 / vrrp vrid 99 track bfd-session 501 reduced 20",
        ),
    ],
)
def test_a_session_that_others_follow_is_whole_told_and_stays(more: str, user: str) -> None:
    running = trees("trunk", more)
    learned = learn(*running, "p")
    pair = parse_pair(learned, "p.yaml")
    assert pair.bfd is not None
    assert [session.name.a for session in pair.bfd.sessions] == ["core", "edge"]
    assert f"#   {SESSION}: {user}\n" in learned
    assert "left out" not in learned
    assert typed(pair, running) == []
    gone = typed(pair, running, remove=True)
    assert "undo e-trunk track bfd-session" in gone
    assert "undo bfd edge" in gone
    assert "undo bfd core" not in gone


def test_a_monitor_group_that_others_follow_is_whole_and_told() -> None:
    line = "track monitor-group north trigger-down-weight 5"
    running = trees("vrrp", f"interface GigabitEthernet0/9/9\n {line}")
    learned = learn(*running, "p")
    pair = parse_pair(learned, "p.yaml")
    assert [group.name.a for group in pair.monitor_groups] == ["north"]
    assert f"#   monitor-group north: interface GigabitEthernet0/9/9 / {line}\n" in learned
    assert typed(pair, running) == []


def test_a_word_in_a_description_is_no_mention() -> None:
    running = trees("trunk", "interface GigabitEthernet0/9/9\n description to core")
    learned = learn(*running, "p")
    assert "shared with others" not in learned
    assert "undo bfd core" in typed(parse_pair(learned, "p.yaml"), running, remove=True)
