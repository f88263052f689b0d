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


GROUP = "monitor_groups: [{name: up, interfaces: [{interface: GigabitEthernet0/1/%s}]}]\n"
SNOOPING = "system: {igmp_snooping: true, igmp_snooping_instances: [{instance: vlan 100%s}]}\n"
SESSION = (
    "bfd: {sessions: [{name: %s, address: {a: 192.0.2.%s, b: 192.0.2.%s}, "
    "discriminator: {a: %s, b: %s}%s}]}\n"
)
CHANNEL = "backup_services:\n  - {name: %s, port: 4100, address: {a: 192.0.2.1, b: 192.0.2.2}%s}\n"
VRRP = "interfaces: [{name: GigabitEthernet0/1/%s, vrrp: [{vrid: %s, virtual_ips: [10.0.%s.9]%s}]}]\n"
PROFILE = (
    "backup_profiles: [{name: %s, backup_id: 10, service: %s, services: [arp], "
    "track: {vrrp: [{vrid: %s, interface: GigabitEthernet0/1/%s}]}}]\n"
)
FOLLOWING = VRRP % (3, 30, 3, ", track: {admin: {interface: GigabitEthernet0/1/2, vrid: 20}}")
POOLS = ", ip_pools: [{name: homes}]"


@pytest.mark.parametrize(
    ("one", "other", "line", "undoing"),
    [
        (
            GROUP % 8,
            GROUP % 9,
            "monitor-group up / binding interface GigabitEthernet0/1/9 down-weight 10",
            "north",
        ),
        (SNOOPING % "", SNOOPING % ", proxy: true", "vlan 100 / igmp-snooping proxy", "north"),
        (
            SESSION % ("s1", 1, 2, 1, 2, ""),
            SESSION % ("s1", 1, 2, 1, 2, ", min_tx: 50"),
            "bfd s1 bind peer-ip 192.0.2.2 source-ip 192.0.2.1 / min-tx-interval 50",
            "north",
        ),
        (CHANNEL % ("chan1", ""), CHANNEL % ("chan2", ""), "remote-backup-service chan2", "north"),
        (
            FOLLOWING,
            VRRP % (2, 20, 2, ", admin: true"),
            "interface GigabitEthernet0/1/2 / vrrp vrid 20 virtual-ip 10.0.2.9",
            "north",
        ),
    ],
    ids=["monitor group", "snooping", "session", "the same channel", "a followed group"],
)
def test_what_a_plan_of_another_pair_would_undo_is_refused_in_both(
    one: str, other: str, line: str, undoing: str
) -> None:
    said = told(
        *(
            f"pair: {name}\nmembers: {{a: Hub-1, b: Spoke-1}}\n{text}"
            for name, text in (("north", one), ("south", other))
        )
    )
    assert f"`{line}` of Hub-1 is pair south's, pairs/1.yaml:" in said[undoing]
    assert "a plan of this pair would undo it" in said[undoing]
    assert f"`{line}` of Hub-1 would be undone by a plan of pair {undoing}, pairs/0.yaml" in said["south"]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            SESSION % ("s1", 1, 2, 7, 8, ""),
            SESSION % ("s2", 1, 3, 7, 9, ""),
            "local discriminator 7 is used twice on Hub-1, by pair {} too, pairs/{}.yaml:3 (",
        ),
        (
            CHANNEL % ("c1", "") + PROFILE % ("p1", "c1", 20, 2) + VRRP % (2, 20, 2, ""),
            CHANNEL.replace("4100", "4101") % ("c2", "")
            + PROFILE % ("p2", "c2", 30, 3)
            + VRRP % (3, 30, 3, ""),
            "backup ID 10 is used by",
        ),
        (
            CHANNEL % ("c1", POOLS),
            CHANNEL.replace("4100", "4101") % ("c2", POOLS),
            "pool homes is bound to",
        ),
    ],
    ids=["discriminator", "backup ID", "pool"],
)
def test_what_a_router_has_once_is_refused_in_both(one: str, other: str, words: str) -> None:
    said = told(
        f"pair: north\nmembers: {{a: Hub-1, b: Spoke-1}}\n{one}",
        f"pair: south\nmembers: {{a: Hub-1, b: Spoke-2}}\n{other}",
    )
    assert words.format("south", 1) in said["north"]
    assert words.format("north", 0) in said["south"]
