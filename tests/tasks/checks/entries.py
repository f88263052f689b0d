"""Pairs with entries to back up, and displays of their members that hold them."""

from __future__ import annotations

from tasks.checks.catalog import Selection, checks_for
from tasks.checks.check import Limits
from tests.tasks.checks.bench import A, B, Texts, pair_of

PAIR = pair_of("""\
backup_services:
  - {name: chan-9, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
e_trunks:
  - id: 40
    address: {a: 198.51.100.1, b: 198.51.100.2}
    priority: {a: 90, b: 20}
    members:
      - eth_trunk: {a: 11, b: 12}
        mode: lacp-static
        ports: {a: [GigabitEthernet1/0/5], b: [GigabitEthernet2/0/5]}
backup_profiles:
  - name: tv
    backup_id: 77
    service: chan-9
    services: [igmp, igmp-snooping, arp]
    track: {e_trunk: {e_trunk: 40, eth_trunk: {a: 11, b: 12}}}
    interfaces: {a: [Eth-Trunk11], b: [Eth-Trunk12]}
""")
CHECKS = checks_for(Selection(tags=("entries",)))
IGMP_A, IGMP_B = "display igmp group interface Eth-Trunk11", "display igmp group interface Eth-Trunk12"
ARP_A, ARP_B = "display arp interface Eth-Trunk11", "display arp interface Eth-Trunk12"
SNOOPING = "display igmp-snooping port-info"


def igmp(trunk: int, *groups: str) -> str:
    rows = "\n".join(f"   {group}       192.0.2.9       00:02:04    00:01:17" for group in groups)
    return f"""\
Interface group report information of VPN-Instance: public net
 Eth-Trunk{trunk}(192.0.2.{trunk}):
  Total {len(groups)} IGMP Groups reported
   Group Address   Last Reporter   Uptime      Expires
{rows}
"""


def arp(trunk: int, *rows: str) -> str:
    return "\n".join([
        "ARP timeout:1200s",
        "IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE",
        *(f"{row}    Eth-Trunk{trunk}" for row in rows),
        f"Total:{len(rows)}         Dynamic:1       Static:0    Interface:1    Remote:0",
    ])  # fmt: skip


OWN = "192.0.2.1     0a0b-0c0d-0001            I -"
LEARNED = "192.0.2.77    0a0b-0c0d-0077   11        D-2"
REMOTE = "192.0.2.77    0a0b-0c0d-0077   11        R-2"

HEALTHY: Texts = {
    (A, IGMP_A): igmp(11, "239.1.1.1", "239.1.1.2"),
    (B, IGMP_B): igmp(12, "239.1.1.2", "239.1.1.1"),
    (A, ARP_A): arp(11, OWN, REMOTE),
    (B, ARP_B): arp(12, OWN.replace("0001", "0002"), LEARNED),
    (A, SNOOPING): "",
    (B, SNOOPING): """\
 VLAN 10, 1 Entry(s)
                     (*, 239.1.1.1)                                             P--
                                      Eth-Trunk12                               -D-
                                                        1 port(s) include
""",
}
RBP_TEXT = "-----\n Profile-Name         : {}\n Backup mode          : hot\n"
NONE_MISSING = Limits()
