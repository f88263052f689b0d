"""The general rules: every owned line relates as its row says, and the interfaces of the pair are alike."""

from __future__ import annotations

import pytest

from inventory.lines import OWNED
from inventory.lines.relation import Kind
from inventory.rules import Finding, Severity, lint
from inventory.rules.relations import compare
from tests.inventory.rules.bases import BASES
from tests.inventory.rules.test_rules import member


def found(base: str, old: str, new: str, *, sides: str = "b") -> tuple[Finding, ...]:
    texts = dict(zip("ab", BASES[base], strict=True))
    for side in sides:
        assert old in texts[side], "the mistake was not planted"
        texts[side] = texts[side].replace(old, new)
    return lint(member(texts["a"], "North"), member(texts["b"], "South"))


@pytest.mark.parametrize(
    ("base", "old", "new", "rule", "says"),
    [
        ("trunk", " igmp enable\n", "", "P1", "`igmp enable` of Eth-Trunk7 is on North only"),
        ("trunk", " igmp-snooping proxy\n", "", "P1", "`igmp-snooping proxy` of vlan 300 is on North only"),
        (
            "trunk",
            " peer 192.0.2.11 source",
            " shutdown\n peer 192.0.2.11 source",
            "P1",
            "`shutdown` of remote-backup-service chan is on South only",
        ),
        (
            "trunk",
            "source-address 192.0.2.22",
            "source-address 192.0.2.22 vpn-instance mgmt",
            "P1",
            "vpn of `peer-address source-address` of e-trunk 9 differs",
        ),
        (
            "vrrp",
            " nas logic-sysname twins\n",
            "",
            "P1",
            "`nas logic-sysname twins` of remote-backup-profile users is on North only",
        ),
        (
            "vrrp",
            "vlan-type dot1q 21\n",
            "vlan-type dot1q 20\n",
            "P2",
            "the VLANs of GigabitEthernet0/2/0.1 differ",
        ),
        ("vrrp", " ipv6 enable\n ipv6 address 2001:DB8:3::2", " ipv6 address 2001:DB8:3::2", "P2", "IPv6 of"),
        ("vrrp", "172.21.2.2 255.255.255.0", "172.21.3.2 255.255.255.0", "P2", "in no common subnet"),
        (
            "trunk",
            "interface LoopBack0",
            "arp static 172.20.0.77 00e0-fc00-0001\n#\ninterface LoopBack0",
            "P2",
            "the static entry of 172.20.0.77 is on South only",
        ),
    ],
)
def test_a_difference_is_told(base: str, old: str, new: str, rule: str, says: str) -> None:
    findings = [one for one in found(base, old, new) if one.severity is not Severity.ERROR]
    told = [one for one in findings if one.rule == rule and says in one.message]
    assert told, findings
    assert set(told[0].found) == {"North", "South"}
    assert told[0].places
    assert told[0].places[0].line


@pytest.mark.parametrize(
    ("base", "old", "new"),
    [
        pytest.param("trunk", " priority 20\n", " priority 20\n timer hello 10\n", id="a default typed"),
        pytest.param("trunk", "bfd core bind", "bfd nucleus bind", id="a session of another name"),
        pytest.param("trunk", " mode lacp-static\n", " mtu 1400\n mode lacp-static\n", id="nobody states it"),
        pytest.param("trunk", " e-trunk 9 eth-trunk 7\n", " E-TRUNK 9 ETH-TRUNK 7\n", id="letter case"),
        pytest.param(
            "vrrp",
            " binding interface GigabitEthernet0/1/0 down-weight 10\n",
            " binding interface GigabitEthernet0/4/0\n",
            id="uplinks of its own",
        ),
    ],
)
def test_what_looks_like_a_difference_and_is_none(base: str, old: str, new: str) -> None:
    findings = [one for one in found(base, old, new) if not {"core", "nucleus"} & set(one.message.split())]
    assert [one for one in findings if one.rule[0] == "P"] == []


TWO = """\
bfd second bind peer-ip {far} source-ip {near}
 discriminator local {local}
 discriminator remote {remote}
#
"""


def test_two_sessions_between_the_same_addresses_belong_together_by_their_discriminators() -> None:
    ends = (("192.0.2.22", "192.0.2.11", 601, 602), ("192.0.2.11", "192.0.2.22", 602, 601))
    texts = [
        text.replace("bfd edge", TWO.format(far=far, near=near, local=local, remote=remote) + "bfd edge")
        for text, (far, near, local, remote) in zip(BASES["trunk"], ends, strict=True)
    ]
    swapped = texts[1].replace("bfd second", "bfd x").replace("bfd core bind", "bfd second bind")
    swapped = swapped.replace("bfd x bind", "bfd core bind").replace(
        "session-name core", "session-name second"
    )
    findings = lint(member(texts[0], "North"), member(swapped, "South"))
    assert {one.rule for one in findings} == {"P3"}  # one of them is followed by nobody


def test_a_rule_of_its_own_speaks_alone() -> None:
    findings = found("trunk", "port 4000", "port 4009")
    assert [one.rule for one in findings] == ["R69"]


def test_every_owned_line_that_relates_is_compared() -> None:
    compared = {
        one.row.id
        for base in BASES
        for one in compare(member(BASES[base][0], "North"), member(BASES[base][1], "South"))
    }
    both = {
        fact.id
        for base in BASES
        for fact in member(BASES[base][0], "North").facts
        if OWNED[fact.id].relation.kind is not Kind.OWN
    }
    keys_alone = {row for row in both if set(OWNED[row].params) <= set(OWNED[row].key)}
    # a session on the multicast address runs to a neighbour on the link, not to the other member
    assert both - compared - keys_alone == {"bfd.bind-default", "bfd.pis"}


def test_a_hidden_key_is_never_called_equal() -> None:
    keys = [
        one
        for one in compare(*(member(text, name) for text, name in zip(BASES["trunk"], "ab", strict=True)))
        if one.row.id == "et.security-key"
    ]
    assert [one.holds for one in keys] == [None]
    assert "Oslo-shows" not in str([one.values for one in keys])


@pytest.mark.parametrize(
    ("base", "more", "says"),
    [
        ("trunk", "vsi green static\n igmp-snooping enable\n#\n", "`igmp-snooping enable` of vsi green"),
        ("trunk", "vlan 301\n igmp-snooping enable\n#\n", "`igmp-snooping enable` of vlan 301"),
        (
            "trunk",
            "interface Eth-Trunk7.5\n igmp-snooping backup-report forward\n l2 binding vsi green\n#\n",
            "`igmp-snooping backup-report forward` of Eth-Trunk7.5",
        ),
        (
            "trunk",
            "interface GigabitEthernet0/5/0\n portswitch\n igmp-snooping static-router-port vlan 300\n#\n",
            "`igmp-snooping static-router-port vlan 300` of GigabitEthernet0/5/0",
        ),
        ("trunk", "monitor-group south\n#\n", "`monitor-group south`"),
        ("trunk", "ip route-monitor-group south\n#\n", "`ip route-monitor-group south`"),
    ],
)
def test_a_view_that_one_member_alone_has_is_compared_with_an_empty_one(
    base: str, more: str, says: str
) -> None:
    place = "interface LoopBack0"
    for sides, name in (("a", "North"), ("b", "South")):
        told = [one.message for one in found(base, place, more + place, sides=sides) if one.rule == "P1"]
        assert told == [f"{says} is on {name} only"]
    assert [one for one in found(base, place, more + place, sides="ab") if one.rule == "P1"] == []


def test_a_static_route_of_one_member_alone_is_told() -> None:
    route = " static-route if-match null 0 tag 77 metric 15\n"
    told = [one for one in found("vrrp", route, "") if one.rule == "P1"]
    assert ["is on North only" in one.message for one in told] == [True]
