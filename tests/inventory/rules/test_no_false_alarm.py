"""What looks like a mistake in addresses, VLANs, VPN instances or advice, and is none."""

from __future__ import annotations

import pytest

from inventory.rules import Member, lint
from inventory.rules.foreign import IF_IP, IF_VLAN_TYPE, SSL_POLICY, ForeignLine
from tests.inventory.rules.bases import BASES
from tests.inventory.rules.test_rules import member

LAST = "#\ninterface LoopBack3\n"
PORT = "#\ninterface GigabitEthernet0/4/0\n ip address "
ACCEPTED = {
    "an overlap with another broadcast address": f"{PORT}172.21.1.77 255.255.0.0\n",
    "the same address in another VPN instance": (
        "#\ninterface GigabitEthernet0/4/0\n ip binding vpn-instance blue\n ip address 172.21.2.{host} 24\n"
    ),
    "both addresses of a link of two": (
        f"{PORT}10.9.9.0 31\n#\ninterface GigabitEthernet0/5/0\n ip address 10.9.9.1 31\n"
    ),
    "32 bits on a loopback": "#\ninterface LoopBack77\n ip address 10.9.9.9 255.255.255.255\n",
    "a second address in the subnet of the first": f"{PORT}10.9.9.1 24\n ip address 10.9.9.2 24 sub\n",
    "255 secondary addresses": PORT
    + "10.9.9.1 24\n"
    + "".join(f" ip address 10.7.{n}.1 24 sub\n" for n in range(255)),
    "the VLAN of a sub-interface of another main interface": (
        "#\ninterface GigabitEthernet0/4/0.1\n vlan-type dot1q 21\n"
    ),
    "a user VLAN with an outer tag": (
        "#\ninterface GigabitEthernet0/2/2.7\n user-vlan 100 qinq 7\n remote-backup-profile houses\n"
    ),
    "a VLAN next to a range": (
        "#\ninterface GigabitEthernet0/2/2.7\n user-vlan 200 250\n remote-backup-profile houses\n"
    ),
    "four SSL policies": "".join(f"#\nssl policy other{n}\n" for n in range(3)),
    "a delay of the first packet": "#\nvrrp first-packet-delay 300\n",
    "a fast group that decides no roles": (
        "#\ninterface Vlanif8\n ip address 10.9.8.{host} 24\n vrrp vrid 8 virtual-ip 10.9.8.254\n"
        " vrrp vrid 8 priority {host}00\n"
        " vrrp vrid 8 timer advertise millisecond 200\n"
    ),
    "three more partners": "".join(
        f"#\nremote-backup-service m{n}-{{host}}\n peer 198.51.100.{n} source 172.21.1.{{host}} port 4001\n"
        for n in range(3)
    ),
}


def both_with(more: str) -> tuple[Member, Member]:
    """Return the clean VRRP pair with more lines on both members."""
    texts = [text.replace(LAST, more.format(host=host) + LAST) for host, text in enumerate(BASES["vrrp"], 1)]
    assert all(more.format(host=host) in text for host, text in enumerate(texts, 1))
    return member(texts[0], "Lund"), member(texts[1], "Visby")


@pytest.mark.parametrize("what", ACCEPTED)
def test_what_the_manual_accepts_is_no_finding(what: str) -> None:
    findings = [one for one in lint(*both_with(ACCEPTED[what])) if one.rule != "P3"]  # nobody uses them
    assert findings == []


def test_a_group_on_the_board_of_the_trunk_sends_nothing_twice() -> None:
    follows = " igmp enable\n multicast track admin-vrrp interface {} vrid 2\n"

    def rules(interface: str) -> set[str]:
        texts = [text.replace(" igmp enable\n", follows.format(interface)) for text in BASES["trunk"]]
        findings = lint(member(texts[0], "Oslo"), member(texts[1], "Bergen"))
        return {one.rule for one in findings} - {"P4", "R21"}  # neither interface nor group is there

    assert rules("Eth-Trunk3") == set()
    assert rules("Vlanif20") == set()
    assert rules("GigabitEthernet0/8/1") == set()
    assert rules("100GE5/0/1.7") == {"R122"}


def test_rules_of_foreign_lines_are_silent_for_an_intent() -> None:
    members = [member(text, name) for text, name in zip(BASES["vrrp"], ("Lund", "Visby"), strict=True)]
    a, b = (Member(one.name, one.facts) for one in members)

    assert lint(a, b) == ()


@pytest.mark.parametrize("kind", [IF_IP, IF_VLAN_TYPE, SSL_POLICY], ids=lambda kind: kind.id)
def test_foreign_lines_know_their_place(kind: ForeignLine) -> None:
    facts = member(BASES["vrrp"][0], "Lund").foreign(kind)

    assert facts
    for fact in facts:
        assert fact.place is not None
        assert fact.place.line is not None
        assert BASES["vrrp"][0].splitlines()[fact.place.line - 1].strip() == fact.text
