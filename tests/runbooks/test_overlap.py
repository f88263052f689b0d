"""Two pairs that own the same object of the same router are refused, and each names the other."""

from __future__ import annotations

import pytest

from inventory.load import parse_pair
from runbooks.overlap import overlapping

ONE = """\
pair: north
members: {a: Hub-1, b: Spoke-1}
system: {lacp: {priority: 100}}
bfd: {sessions: [{name: s1, address: {a: 192.0.2.1, b: 192.0.2.2}, discriminator: {a: 1, b: 2}}]}
backup_services:
  - {name: chan1, port: 4100, address: {a: 192.0.2.1, b: 192.0.2.2}}
interfaces:
  - {name: GigabitEthernet0/1/1, pim_sm: true, igmp: true}
"""
TWO = """\
pair: south
members: {a: Spoke-2, b: Hub-1}
backup_services:
  - {name: chan2, port: 4101, address: {a: 192.0.2.3, b: 192.0.2.1}}
interfaces:
  - {name: GigabitEthernet0/1/2, pim_sm: true, igmp: true}
"""


def told(*texts: str) -> dict[str, str]:
    pairs = [parse_pair(text, f"pairs/{number}.yaml") for number, text in enumerate(texts)]
    return {name: str(error) for name, error in overlapping(pairs).items()}


def test_pairs_with_objects_of_their_own_are_fine() -> None:
    assert told(ONE, TWO) == {}


@pytest.mark.parametrize(
    ("was", "becomes", "line"),
    [
        ("name: chan2", "name: chan1", "remote-backup-service chan1"),
        ("GigabitEthernet0/1/2", "GigabitEthernet0/1/1", "interface GigabitEthernet0/1/1"),
    ],
)
def test_an_object_that_two_pairs_own_is_refused_in_both(was: str, becomes: str, line: str) -> None:
    said = told(ONE, TWO.replace(was, becomes))
    assert set(said) == {"north", "south"}
    assert "pairs/0.yaml" in said["north"].split("`")[0]
    assert f"`{line}` of Hub-1 is pair south's too, pairs/1.yaml:" in said["north"]
    assert "pairs/1.yaml" in said["south"].split("`")[0]
    assert f"`{line}` of Hub-1 is pair north's too, pairs/0.yaml:" in said["south"]


def test_the_same_name_on_another_router_is_no_dispute() -> None:
    assert told(ONE, TWO.replace("name: chan2", "name: chan1").replace("Hub-1", "Hub-2")) == {}


SHARED = """\
system: {lacp: {priority: 100}}
bfd: {sessions: [{name: s1, address: {a: 192.0.2.2, b: 192.0.2.1}, discriminator: {a: 2, b: 1}}]}
"""


def test_what_pairs_may_share_is_no_dispute_as_long_as_they_agree() -> None:
    assert told(ONE, TWO + SHARED) == {}
    assert "`lacp priority 100` of Hub-1" in told(ONE, TWO + SHARED.replace("100", "200"))["north"]
    assert "`bfd s1" in told(ONE, TWO + SHARED.replace("b: 1}}]", "b: 7}}]"))["south"]
