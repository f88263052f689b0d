"""Heads and labels of our displays against the manual's own samples, where the reference is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.displays import routes, show
from tests.emulator.displays.cases import CASES
from tests.emulator.displays.states import LAYOUTS, view

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
PAGES = (REFERENCE / "displays", REFERENCE / "displays-more")
HEADS = (
    ("remote-backup-service", ("SERVER ID", "Service-Index", "TCP-State  ", "SSL-State")),
    (
        "remote-backup-profile",
        ("PROFILE-ID", "Backup-ID", "track protocol    ", "E-Trunk  ID  ", "Slot-Number"),
    ),
    ("e-trunk", ("The E-Trunk information", "The Member information", "Type      ID")),
    ("e-trunk-brief", ("E-TRUNK-ID",)),
    ("e-trunk-other", ("Time      ", "E-Trunk-ID errors", "Received packets with authentication")),
    ("eth-trunk", ("ActorPortName", "(h): high", "PortName", "Interface      ", "Cfgd:")),
    ("lacp", ("Port      ", "Sequence", "System Priority:32768")),
    ("bfd-session", ("Local  Remote",)),
    ("bfd-session-verbose", ("Session Detect Mode", "Echo Passive", "Session Init TmrID")),
    ("vrrp-admin", ("VRID", "Time      ")),
    ("vrrp6", ("Check hop limit",)),
    ("monitor-group", ("monitor-group          ", "Bfdstatus")),
    ("interface-brief", ("PHY: Physical", "InUti/OutUti", "Interface          ")),
    ("ip-interface-brief", ("*down", "Interface       ")),
    ("igmp-group", ("Interface group report", "Group Address")),
    ("igmp-snooping-port-info", ("Flag: S:Static", "(Source, Group)")),
    ("arp", ("ARP timeout", "IP ADDRESS", "VLAN/CEVLAN PVC")),
    ("ospf-peer", ("(M) Indicates", "Peer Statistic", "Area Id ")),
    ("version", ("Huawei Versatile", "MPU version")),
    ("device", ("Slot #", "Pic#")),
    ("interface", ("Line protocol", "Unicast: ", "Last 300", "LongPacket:", "TxPause")),
    ("ip-ipv6-interface", ("Directed-broadcast", "ARP packet", "DHCP packet", "IPv6 is enabled", "ND DAD")),
    ("ip-routing-table", ("Route Flags", "Routing Table", "Destination/Mask")),
    ("vlan-acl-vpn", ("VID  Type", "VID  Status", "U: Up", "VPN-Instance", "Total VPN", "ACL's step")),
    ("vrrp-statistics", ("Transited", "Vrid errors", "Failed to learn", "VRRP protocol information")),
    ("igmp-mld-interface", ("Interface information", "Value of query", "IGMP limit", "Robustness")),
    ("pim-interface", ("Interface      State", "Interface           State", "PIM DR Priority", "PIM J/P")),
    ("access-user", ("Total users", "RUI Local users", "Domain-name", "Total Users Numer", "Wait leaving")),
    ("l2tp", ("LTID: local", "RG: Register", "Basic Info", "LSID  RSID")),
    ("dhcpv6", ("Index      IAID", "Interface                     PEVLAN", "IPv6 address      ")),
    ("ip-pool", ("IP address Statistic", "Vpn instance   : --", "Isolated")),
    ("ipv6-neighbors", ("D-Dynamic", "IPv6 Address         Link", "Secure FLAG")),
    ("ssl-policy", ("Policy Applicants", "Validity Not Before", "Trusted-CA")),
    ("alarm-log", ("Logging buffer", "Channel number", "Overwritten")),
)
WANTED = [(page, head) for page, heads in HEADS for head in heads]


@pytest.fixture(scope="module")
def ours() -> set[str]:
    shown = {
        line.strip()
        for command, params in CASES.values()
        for layout in LAYOUTS.values()
        for line in show(command, params, view(layout=layout))
    }
    return shown | {line.strip() for line in routes.table((), {})}


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference material is not beside the repository")
@pytest.mark.parametrize(("page", "head"), WANTED)
def test_our_heads_are_the_manuals(ours: set[str], page: str, head: str) -> None:
    pages = (folder / f"display-{page}.md" for folder in PAGES)
    text = next(found for found in pages if found.is_file()).read_text(encoding="utf-8")
    samples = [block.partition("```")[0] for block in text.split("```text\n")[1:]]
    lines = {line.strip() for sample in samples for line in sample.splitlines()}
    printed = {line for line in lines if line.startswith(head.strip())} & ours
    labels = {line.partition(":")[0] for line in lines if line.startswith(head.strip()) and ":" in line}
    assert printed or labels & {line.partition(":")[0] for line in ours}
