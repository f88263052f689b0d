from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from emulator.config.statement import Configuration
from emulator.rules import ENTRY_RULES
from tests.emulator.config.session import refused, typed

PORT = "interface gi 0/1/1"
TRUNK = f"e-trunk 4\nquit\ninterface eth 6\ne-trunk 4\nquit\n{PORT}\neth-trunk 6\nquit"
GROUP = f"{PORT}\nip address 10.3.0.1 24\nvrrp vrid 8 virtual-ip 10.3.0.9\nquit"
GROUP6 = (
    f"{PORT}\nipv6 enable\nipv6 address 2001:db8:3::1 64\nvrrp6 vrid 8 virtual-ip fe80::8 link-local\nquit"
)
PROFILE = f"{GROUP}\nremote-backup-profile users\nvrrp-id 8 interface gi 0/1/1\nquit"


def _rows() -> list[tuple[str, str]]:
    """Read blocks of a rule id and the lines below it."""
    text = Path(__file__).with_name("refusals.txt").read_text(encoding="utf-8")
    blocks = [block.split("\n", 1) for block in text.split("\n\n")[1:]]
    return [(rule, textwrap.dedent(lines)) for rule, lines in blocks]


ROWS = _rows()


@pytest.mark.parametrize(("rule", "lines"), ROWS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(ROWS)])
def test_the_last_line_is_refused_by_the_rule(rule: str, lines: str) -> None:
    found = refused(lines)
    assert found.rule == rule, found
    assert found.message


def test_every_rule_refuses_something() -> None:
    refusals = [refused(lines) for _, lines in ROWS]
    silent = {
        (rule.id, rule.message)
        for rule in ENTRY_RULES
        if not any(r.rule == rule.id and r.message.startswith(rule.message.split("{")[0]) for r in refusals)
    }
    assert silent == {("R44", "The VRRP group is a unicast VRRP group.")}, "only this one can't be typed"


CLEAN = {
    "E-Trunk": f"""sysname Metro
        multicast routing-enable
        bfd
        quit
        interface loopback 0
        ip address 192.0.2.1 32
        quit
        bfd link bind peer-ip 192.0.2.2 source-ip 192.0.2.1
        discriminator local 5
        discriminator remote 6
        quit
        e-trunk 4
        priority 10
        peer-address 192.0.2.2 source-address 192.0.2.1
        security-key cipher Quiet9
        e-trunk track bfd-session session-name link
        quit
        interface eth 6
        mode lacp-static
        e-trunk 4
        e-trunk mode force-master
        ip address 10.6.0.1 24
        pim sm
        igmp enable
        quit
        {PORT}
        eth-trunk 6
        quit
        remote-backup-service svc
        peer 192.0.2.2 source 192.0.2.1 port 2001
        quit
        remote-backup-profile prof
        service-type igmp
        backup-id 12 remote-backup-service svc
        e-trunk 4 eth-trunk 6
        quit
        interface eth 6
        remote-backup-profile prof""",
    "VRRP6": f"""multicast ipv6 routing-enable
        {GROUP6}
        {PORT}
        vrrp6 vrid 8 virtual-ip 2001:db8:3::8
        vrrp6 vrid 8 preempt-mode timer delay 1800
        pim ipv6 sm
        mld enable
        multicast ipv6 track vrrp6 vrid 8
        quit
        remote-backup-profile p6
        service-type mld
        vrrp6-id 8 interface gi 0/1/1
        quit
        {PORT}
        remote-backup-profile p6""",
    "teardown": f"""{PROFILE}
        interface gi 0/1/2
        remote-backup-profile users
        undo remote-backup-profile users
        quit
        remote-backup-profile users
        undo vrrp-id 8
        quit
        undo remote-backup-profile users
        {PORT}
        undo vrrp vrid 8""",
    "sub-interfaces of one": f"""{PROFILE}
        interface gi 0/1/1.7
        vlan-type dot1q 7
        ip address 10.7.0.1 24
        remote-backup-profile users
        quit
        interface gi 0/1/1.8
        dot1q termination vid 8 to 9
        ip address 10.8.0.1 24
        remote-backup-profile users
        remote-backup-profile USERS""",
    "a session an interface": """bfd
        quit
        bfd one bind peer-ip default-ip interface gi 0/1/1
        process-interface-status
        quit
        bfd two bind peer-ip default-ip interface gi 0/1/2
        process-interface-status
        quit
        bfd one
        process-interface-status sub-if""",
    "pool with a prefix": """ipv6 prefix far local
        prefix 2001:db8:9::/48
        quit
        ipv6 pool far bas local
        prefix far
        quit
        remote-backup-service s
        ipv6-pool FAR""",
    "default left": f"interface eth 6\nquit\n{PORT}\neth-trunk 6\nquit\ninterface eth 6\nmode lacp-static",
    "mode kept": f"{TRUNK}\ninterface eth 6\nmode manual load-balance",
}


@pytest.mark.parametrize("name", sorted(CLEAN))
def test_the_documented_order_is_accepted(name: str) -> None:
    assert isinstance(typed(CLEAN[name]), Configuration)
