"""Heads and labels of our displays against the manual's own samples, where the reference is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.displays import show
from tests.emulator.displays.cases import CASES
from tests.emulator.displays.states import LAYOUTS, view

PAGES = Path(__file__).parents[4] / "shared" / "reference" / "displays"
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
)
WANTED = [(page, head) for page, heads in HEADS for head in heads]


@pytest.fixture(scope="module")
def ours() -> set[str]:
    return {
        line.strip()
        for command, params in CASES.values()
        for layout in LAYOUTS.values()
        for line in show(command, params, view(layout=layout))
    }


@pytest.mark.shared
@pytest.mark.skipif(not PAGES.is_dir(), reason="the reference material is not beside the repository")
@pytest.mark.parametrize(("page", "head"), WANTED)
def test_our_heads_are_the_manuals(ours: set[str], page: str, head: str) -> None:
    text = (PAGES / f"display-{page}.md").read_text(encoding="utf-8")
    samples = [block.partition("```")[0] for block in text.split("```text\n")[1:]]
    lines = {line.strip() for sample in samples for line in sample.splitlines()}
    printed = {line for line in lines if line.startswith(head.strip())} & ours
    labels = {line.partition(":")[0] for line in lines if line.startswith(head.strip()) and ":" in line}
    assert printed or labels & {line.partition(":")[0] for line in ours}
