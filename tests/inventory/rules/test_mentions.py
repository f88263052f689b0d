"""What is used by no line, and what a line names that is not there, in whole configurations."""

from __future__ import annotations

import pytest

from inventory.rules import Finding, Member, lint_device
from tests.inventory.rules.bases import BASES
from tests.inventory.rules.test_rules import member

SESSION = "#\nbfd spare bind peer-ip 172.20.0.9\n discriminator local 77\n discriminator remote 78\n"
POOL = "#\nip pool spare bas local\n gateway 10.9.9.1 255.255.255.0\n"
GROUP = "#\nmonitor-group spare\n monitor enable\n binding interface GigabitEthernet0/1/0\n"


def told(base: str, more: str, rule: str, *, whole: bool = True) -> list[str]:
    """Return what a rule says of a clean member with more lines."""
    text = BASES[base][0].replace("#\nreturn\n", f"{more}#\nreturn\n")
    if not whole:
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("sysname"))
    return [one.message for one in of(member(text, "Oslo")) if one.rule == rule]


def of(one: Member) -> tuple[Finding, ...]:
    return lint_device(one)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (SESSION, "BFD session spare"),
        (POOL, "address pool spare"),
        (POOL.replace("ip pool", "ipv6 pool"), "IPv6 pool spare"),
        (GROUP, "monitor-group spare"),
        ("#\nip route-monitor-group spare\n", "ip route-monitor-group spare"),
        ("#\nssl policy spare\n", "SSL policy spare"),
        ("#\nssl policy spare\n pki-domain ring\n", "SSL policy spare"),
        ("#\nremote-backup-profile spare\n", "remote-backup-profile spare"),
        ("#\nremote-backup-service spare\n", "remote-backup-service spare"),
        ("#\ne-trunk 44\n", "e-trunk 44"),
    ],
)
def test_what_nobody_uses_is_told(more: str, says: str) -> None:
    assert told("trunk", more, "P3") == [f"{says} is used by no line"]
    described = "#\ninterface GigabitEthernet0/9/9\n description spare 44\n"
    assert told("trunk", more + described, "P3") == [f"{says} is used by no line"]
    assert told("trunk", more, "P3", whole=False) == []


@pytest.mark.parametrize(
    ("more", "user"),
    [
        (SESSION, "#\nip route-static 10.0.0.0 255.0.0.0 172.20.0.9 track bfd-session spare\n"),
        (SESSION, "#\ninterface Vlanif8\n vrrp vrid 8 track bfd-session 77 reduced 10\n"),
        (SESSION + " process-pst\n", ""),
        (POOL, "#\naaa\n domain homes\n  ip-pool spare\n"),
        (POOL.replace("bas local", "server"), ""),
        (GROUP, "#\ninterface GigabitEthernet0/9/9\n track monitor-group spare trigger-down-weight 5\n"),
        ("#\nssl policy spare\n", "#\nhttp secure-server ssl-policy spare\n"),
    ],
)
def test_what_somebody_uses_is_not(more: str, user: str) -> None:
    assert told("trunk", more + user, "P3") == []


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        (" track interface LoopBack9", "LoopBack9"),
        (" track interface GigabitEthernet0/9/9.7", "GigabitEthernet0/9/9.7"),
        (" protect ip-vpn-instance blue peer-ip 192.0.2.99", "VPN instance blue"),
        (" protect tnl-policy blue peer-ip 192.0.2.99", "tunnel policy blue"),
        (" l2tp-tunnel source loopback 9", "LoopBack 9"),
    ],
)
def test_what_a_line_names_stands_in_a_whole_configuration(line: str, lacks: str) -> None:
    more = f"#\nremote-backup-service chan\n{line}\n"
    text = f"`{line.strip()}` of remote-backup-service chan names {lacks}, which is not there"
    assert told("trunk", more, "P4") == [text]
    assert told("trunk", more, "P4", whole=False) == []
    made = "#\nip vpn-instance blue\n#\ntunnel-policy blue\n#\ninterface LoopBack9\n"
    assert told("trunk", f"{more}{made}#\ninterface GigabitEthernet0/9/9.7\n", "P4") == []


def test_a_port_that_no_line_configures_may_be_named() -> None:
    assert told("trunk", "#\nremote-backup-service chan\n track interface GigabitEthernet0/9/9\n", "P4") == []
