"""A line is read once: what is counted is how often a form is held against a text."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from inventory.facts import ConfigTree
from inventory.lines import read
from inventory.lines.form import Form
from inventory.load import parse_pair
from inventory.model import Side
from parsers.tree import read_tree, write_tree
from tasks.plan import PairPlan, plan_pair

PROFILES = range(1, 41)
INTENT = (
    "pair: many\nmembers: {a: left, b: right}\n"
    "backup_services: [{name: chan, port: 4100, address: {a: 198.51.100.1, b: 198.51.100.2}}]\n"
    "backup_profiles:\n"
    + "".join(
        f"  - {{name: users{n}, backup_id: {n}, service: chan, services: [arp], "
        f"track: {{vrrp: [{{vrid: {n}, interface: Vlanif{n}}}]}}, interfaces: [Vlanif{n}]}}\n"
        for n in PROFILES
    )
    + "interfaces:\n"
    + "".join(
        f"  - {{name: Vlanif{n}, vrrp: [{{vrid: {n}, virtual_ips: [10.0.{n}.254], "
        f"priority: {{a: 120, b: 100}}, preempt_delay: {{a: 1200, b: 0}}}}]}}\n"
        for n in PROFILES
    )
)
BARE = "sysname {}\n" + "".join(
    f"#\ninterface Vlanif{n}\n ip address 10.0.{n}.{{}} 255.255.255.0\n" for n in PROFILES
)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that a form was held against, in order; nothing is remembered from before."""
    texts: list[str] = []
    whole = Form.read

    def counted(self: Form, text: str) -> dict[str, str] | None:
        texts.append(text)
        return whole(self, text)

    monkeypatch.setattr(Form, "read", counted)
    read.cache_clear()
    return texts


def running(texts: tuple[str, str]) -> Mapping[Side, ConfigTree]:
    return {"a": read_tree(texts[0], "left"), "b": read_tree(texts[1], "right")}


def bare(name: str, host: int, own: str) -> str:
    filled = BARE.replace("{}", name, 1).replace("{}", str(host))
    return f"{filled}#\ninterface LoopBack0\n ip address {own} 255.255.255.255\n"


def asked() -> int:
    """Count how often a reading was asked for, those that were kept included."""
    info = read.cache_info()
    return info.hits + info.misses


def lines(trees: Mapping[Side, ConfigTree]) -> int:
    return sum(1 for tree in trees.values() for _ in tree.walk())


def typed(plan: PairPlan) -> int:
    stages = (stage for one in (plan.a, plan.b) for stage in (*one.forward, *one.back))
    return sum(len(stage.commands) for stage in stages)


def test_no_line_is_read_twice_from_configuration_to_plan(readings: list[str]) -> None:
    pair = parse_pair(INTENT, "many.yaml")
    before = running((bare("left", 1, "198.51.100.1"), bare("right", 2, "198.51.100.2")))
    of_the_configurations = asked()
    first = plan_pair(pair, before)
    assert typed(first) > 16 * len(PROFILES)
    assert asked() - of_the_configurations <= typed(first), "the prediction alone reads text"
    assert len(readings) <= lines(before) + typed(first)

    shown = (write_tree(first.a.predicted), write_tree(first.b.predicted))
    read.cache_clear()
    readings.clear()
    after = running(shown)
    assert len(readings) <= lines(after)
    assert asked() == lines(after)
    assert plan_pair(pair, after).empty
    assert asked() == lines(after), "a plan of what was read asks for no reading, not even a kept one"
