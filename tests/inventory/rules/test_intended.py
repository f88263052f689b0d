"""Each member has addresses of its own, and the intended master is the one that would be master."""

from __future__ import annotations

import pytest

from inventory.load import parse_pair
from inventory.rules import Finding, Severity, lint, lint_device
from parsers.tree import read_tree
from tasks.render.members import configured_member, intended_member

INTENT = """\
pair: quay
members: {a: Quay-1, b: Quay-2}
e_trunks:
  - id: 12
    address: {a: 203.0.113.1, b: 203.0.113.2}
    priority: {a: 5, b: 9}
    security_key: {secret: quay-key}
    members: [{eth_trunk: 40, mode: lacp-static, ports: [GigabitEthernet0/2/4]}]
backup_services:
  - {name: ferry, port: 4300, address: {a: 203.0.113.1, b: 203.0.113.2}}
interfaces:
  - name: GigabitEthernet0/1/0.9
    vrrp: [{vrid: 3, virtual_ips: [10.3.0.1], priority: {a: 120, b: 90}}]
"""


def found(text: str, rule: str) -> list[Finding]:
    pair = parse_pair(text, "quay.yaml")
    findings = lint(intended_member(pair, "a"), intended_member(pair, "b"))
    return [one for one in findings if one.rule == rule]


@pytest.mark.parametrize(
    ("rule", "old", "new", "line"),
    [
        ("R70", "4300, address: {a: 203.0.113.1,", "4300, address: {a: 203.0.113.2,", 10),
        ("R74", "    address: {a: 203.0.113.1, b: 203.0.113.2}", "    address: 203.0.113.1", 5),
    ],
)
def test_two_equal_own_addresses_are_an_error(rule: str, old: str, new: str, line: int) -> None:
    same = [one for one in found(INTENT.replace(old, new), rule) if "as their own" in one.message]
    assert [one.severity for one in same] == [Severity.ERROR]
    assert {place.line for place in same[0].places} == {line}
    assert len({*same[0].found.values()}) == 1
    assert not found(INTENT, rule)


def test_an_intended_master_that_priorities_make_the_backup_is_warned_of() -> None:
    turned = INTENT.replace("{a: 5, b: 9}", "{a: 9, b: 5}").replace("{a: 120, b: 90}", "{a: 90, b: 120}")
    warned = [one for one in found(turned, "R79") if "intended master" in one.message]
    assert [one.severity for one in warned] == [Severity.WARNING] * 2
    assert [dict(one.found) for one in warned] == [
        {"Quay-1": "priority 9", "Quay-2": "priority 5"},
        {"Quay-1": "priority 90", "Quay-2": "priority 120"},
    ]


@pytest.mark.parametrize("shared", ["{a: 5, b: 9}", "{a: 120, b: 90}"])
def test_a_pair_that_shares_the_load_is_not(shared: str) -> None:
    first, second = shared.strip("{}").replace("a: ", "").replace("b: ", "").split(", ")
    turned = INTENT.replace(shared, f"{{a: {second}, b: {first}}}")
    assert not [one for one in found(turned, "R79") if "intended master" in one.message]


def test_entries_of_a_file_that_give_one_line_two_values_are_an_error() -> None:
    tracked = "GigabitEthernet0/5/0, weight"
    uplinks = f"track: {{interfaces: [{{interface: {tracked}: 30}}, {{interface: {tracked}: 40}}]}}"
    text = INTENT.replace("port: 4300", f"port: 4300, {uplinks}")
    told = found(text, "P5")

    line = "`track interface GigabitEthernet0/5/0 weight"
    says = f"{line} 30` and {line} 40` in remote-backup-service ferry: a device keeps one"
    assert [(one.severity, one.message) for one in told] == [(Severity.ERROR, says)] * 2
    assert {place.path for place in told[0].places} == {
        "backup_services[0].track.interfaces[0]",
        "backup_services[0].track.interfaces[1]",
    }
    assert not found(text.replace("weight: 40", "weight: 30"), "P5")


def test_a_key_is_not_repeated_where_two_are_given() -> None:
    text = "#\ne-trunk 9\n security-key simple hunter2\n security-key simple hunter3\n#\nreturn\n"
    told = [one for one in lint_device(configured_member("north", read_tree(text, "n"))) if one.rule == "P5"]

    assert len(told) == 1
    assert "hunter" not in str(told[0])
