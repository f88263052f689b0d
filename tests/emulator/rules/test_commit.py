from __future__ import annotations

import pytest

from emulator.entry import engine
from emulator.rules import COMMIT_RULES
from tests.emulator.config.session import typed

GROUP = """interface gi 0/1/1
vrrp vrid 8 virtual-ip 10.3.0.9
quit
remote-backup-profile p
vrrp-id 8 interface gi 0/1/1
quit
"""
GROUP6 = """interface gi 0/1/1
ipv6 enable
ipv6 address fe80::1 link-local
vrrp6 vrid 8 virtual-ip fe80::8 link-local
quit
remote-backup-profile p
vrrp6-id 8 interface gi 0/1/1
quit
"""
TRUNK = """e-trunk 4
quit
interface eth 6
e-trunk 4
quit
interface gi 0/1/2
eth-trunk 6
quit
remote-backup-profile p
e-trunk 4 eth-trunk 6
quit
"""
SUBS = (
    GROUP
    + """remote-backup-profile p
service-type {service}
quit
interface gi 0/1/1.1
vlan-type dot1q 12
remote-backup-profile p
quit
interface gi 0/1/1.2
dot1q termination vid {low} to 20
remote-backup-profile p
"""
)

ROWS = {
    "R5": GROUP + "interface gi 0/1/1\nundo vrrp vrid 8",
    "R6": GROUP6 + "interface gi 0/1/1\nundo vrrp6 vrid 8",
    "R7": GROUP
    + "interface gi 0/1/3\nremote-backup-profile P\nquit\nremote-backup-profile p\nundo vrrp-id 8",
    "R9": TRUNK + "interface eth 6\nundo e-trunk",
    "R15": "bfd\nquit\nbfd far bind peer-ip 192.0.2.9\ndiscriminator local 5",
    "R115": SUBS.format(service="arp", low=12),
    "R32": "ssl policy t\nquit\nremote-backup-service s\nbind ssl-policy T",
    "R90": "bfd\nquit\nbfd a bind peer-ip 192.0.2.8\ndiscriminator local 5\ndiscriminator remote 6\nquit\n"
    "bfd b bind peer-ip 192.0.2.9\ndiscriminator local 5\ndiscriminator remote 7",
}


@pytest.mark.parametrize("rule", sorted(ROWS))
def test_a_candidate_is_refused_by_the_rule(rule: str) -> None:
    assert [refusal.rule for refusal in engine.validate(typed(ROWS[rule]))] == [rule]


def test_every_commit_rule_has_a_case() -> None:
    assert {rule.id for rule in COMMIT_RULES} == set(ROWS)


@pytest.mark.parametrize(
    "lines",
    [
        GROUP,
        GROUP6,
        TRUNK,
        SUBS.format(service="arp", low=13),
        SUBS.format(service="nd", low=12),
        "bfd\nquit\nbfd a bind peer-ip 192.0.2.8 source-ip 192.0.2.7 auto",
        "bfd\nquit\nbfd a bind peer-ip 192.0.2.8 interface gi 0/1/1 one-arm-echo\ndiscriminator local 5",
    ],
)
def test_a_complete_candidate_passes(lines: str) -> None:
    assert engine.validate(typed(lines)) == ()


def test_what_is_wrong_in_running_is_not_held_against_a_candidate() -> None:
    running = typed(ROWS["R15"])
    candidate = typed("sysname Other", running)
    assert engine.validate(candidate)
    assert engine.validate(candidate, running) == ()
