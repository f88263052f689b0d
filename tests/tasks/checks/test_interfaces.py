"""Ports, addresses, monitor groups and the path between the members."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import Selection, checks_for, judge
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, outcomes, pair_of, spoiled

PAIR = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009,
     track: {interfaces: [{interface: GigabitEthernet1/0/1}]}}
e_trunks:
  - id: 40
    address: {a: "2001:db8:7::1", b: "2001:db8:7::2"}
    members:
      - {eth_trunk: 11, mode: lacp-static, ports: {a: [GigabitEthernet1/0/5], b: [GigabitEthernet2/0/5]}}
monitor_groups:
  - {name: up, interfaces: [{interface: GigabitEthernet1/0/1}]}
""")
CHECKS = checks_for(Selection(tags=("interface", "underlay", "monitor-group")))
BRIEF, IP, IP6 = "display interface brief", "display ip interface brief", "display ipv6 interface brief"
MONITOR = "display monitor-group up"


def brief(*rows: str) -> str:
    head = "Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors"
    return "\n".join(["PHY: Physical", "*down: administratively down", "(E): E-Trunk down", head, *rows])


def row(name: str, phy: str) -> str:
    return f"{name}   {phy}   up   0%   0%   0   0"


def ip(address: str, phy: str = "up") -> str:
    return f"""\
The number of interface that is {phy.upper()} in Physical is 1

Interface                   IP Address/Mask    Physical Protocol VPN
LoopBack0                   {address}    {phy}       up(s)    --
"""


def ip6(address: str) -> str:
    return f"""\
Interface                    Physical              Protocol    VPN
LoopBack0                    up                    up(s)       --
[IPv6 Address] {address}
"""


def ping(family: str, own: str, peer: str) -> tuple[str, str]:
    text = f"""\
  PING {peer} : 56 data bytes , press CTRL_C to break
    Request time out

  --{peer} ping statistics--
    5 packet(s) transmitted
    4 packet(s) received
    20.00% packet loss
    round-trip min/avg/max = 1/2/3 ms
"""
    return f"{family} -a {own} -c 5 {peer}", text


def monitor(state: str) -> str:
    return f"""\
monitor-group up
    Index            : 3
    Down weight      : 0
    Status           : Active
  monitor-group binding interface number : 1
    Interface name  :  GigabitEthernet1/0/1
    Down-weight     :  10
    Phystatus       :  {state}
"""


PINGS = [
    (A, ping("ping", "198.51.100.1", "198.51.100.2")),
    (B, ping("ping", "198.51.100.2", "198.51.100.1")),
    (A, ping("ping ipv6", "2001:DB8:7::1", "2001:DB8:7::2")),
    (B, ping("ping ipv6", "2001:DB8:7::2", "2001:DB8:7::1")),
]
HEALTHY: Texts = {
    (A, BRIEF): brief(row("GigabitEthernet1/0/1", "up"), row("GigabitEthernet1/0/5", "up")),
    (B, BRIEF): brief(row("GigabitEthernet1/0/1", "up"), row("GigabitEthernet2/0/5(10G)", "up(l)")),
    (A, IP): ip("198.51.100.1/32"),
    (B, IP): ip("198.51.100.2/32"),
    (A, IP6): ip6("2001:DB8:7::1/128"),
    (B, IP6): ip6("2001:DB8:7:0::2"),
    (A, MONITOR): monitor("UP"),
    (B, MONITOR): monitor("UP"),
    **{(device, command): text for device, (command, text) in PINGS},
}


def test_healthy_pair_passes_whole_one_lost_ping_included() -> None:
    assert complaints(judge(CHECKS, PAIR, observed(HEALTHY))) == []


@pytest.mark.parametrize(
    ("device", "command", "change", "failing", "says"),
    [
        (
            A,
            BRIEF,
            ("1/0/5   up", "1/0/5   *down"),
            "ports-up ports of North-1",
            "is shut down (undo shutdown)",
        ),
        (
            B,
            BRIEF,
            ("up(l)", "down(b)"),
            "ports-up ports of South-1",
            "2/0/5 is down: wanted up, found down(b)",
        ),
        (B, BRIEF, ("2/0/5", "2/0/6"), "ports-up ports of South-1", "2/0/5 is not there"),
        (
            A,
            IP,
            (".1/32    up", ".1/32    down"),
            "addresses-up North-1: 198.51.100.1 to 198.51.100.2",
            "LoopBack0",
        ),
        (B, IP, (".2/32", ".3/32"), "addresses-up South-1: 198.51.100.2 to 198.51.100.1", "on no interface"),
        (A, MONITOR, ("UP", "DOWN"), "monitor-groups-ready monitor group up of North-1", "found down"),
        (
            B,
            MONITOR,
            ("Active", "Inactive"),
            "monitor-groups-ready monitor group up of South-1",
            "found inactive",
        ),
        (
            A,
            PINGS[0][1][0],
            ("4 packet(s) received", "3 packet(s) received"),
            "underlay-reaches North-1: 198.51.100.1 to 198.51.100.2",
            "198.51.100.2 is not reached: wanted 4 or more of 5 packets, found 3",
        ),
    ],
)
def test_spoiled_picture_fails_where_it_should(
    device: str, command: str, change: tuple[str, str], failing: str, says: str
) -> None:
    spoilt = spoiled(HEALTHY, device, command, *change)

    assert outcomes(CHECKS, PAIR, spoilt) == {failing: "failure"}
    assert says in " | ".join(complaints(judge(CHECKS, PAIR, observed(spoilt))))
