"""Clean pairs of configurations, into which the tests plant mistakes."""

from __future__ import annotations

from tests.fixtures.text import text_of

TRUNK = text_of("configurations/rules-e-trunk.cfg")

VRRP = text_of("configurations/rules-vrrp.cfg")

TRUNK_A = {
    "name": "Oslo",
    "own": "192.0.2.11",
    "peer": "192.0.2.22",
    "peers": "peer-address 192.0.2.22 source-address 192.0.2.11",
    "priority": "10",
    "local": "501",
    "remote": "502",
    "edge": "901",
}
TRUNK_B = {
    "name": "Bergen",
    "own": "192.0.2.22",
    "peer": "192.0.2.11",
    "peers": "peer-address 192.0.2.11 source-address 192.0.2.22",
    "priority": "20",
    "local": "502",
    "remote": "501",
    "edge": "902",
}
VRRP_A = {
    "name": "Lund",
    "own6": "2001:DB8::11",
    "peer6": "2001:DB8::22",
    "host": "1",
    "far": "2",
    "odd": "150",
    "even": "120",
    "metric": "5",
    "local": "61",
    "remote": "62",
    "delay6": "vrrp6 vrid 13 preempt-mode timer delay 700",
}
VRRP_B = {
    "name": "Visby",
    "own6": "2001:DB8::22",
    "peer6": "2001:DB8::11",
    "host": "2",
    "far": "1",
    "odd": "120",
    "even": "150",
    "metric": "15",
    "local": "62",
    "remote": "61",
    "delay6": "vrrp6 recover-delay 9",
}
BASES = {
    "trunk": (TRUNK.format(**TRUNK_A), TRUNK.format(**TRUNK_B)),
    "vrrp": (VRRP.format(**VRRP_A), VRRP.format(**VRRP_B)),
}
