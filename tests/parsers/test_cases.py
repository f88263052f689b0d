"""Displays as other releases and boards print them: every value is in the record, nothing is unparsed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from parsers.api import parse
from tests.parsers.test_displays import value_at

FOLDER = Path(__file__).parents[1] / "fixtures"

CASES: Mapping[str, tuple[str, int, Mapping[str, Any]]] = {
    "displays/vrrp-units.txt": (
        "display vrrp",
        1,
        {
            "0.interface": "GigabitEthernet0/4/2",
            "0.preempt_delay_s": 900,
            "0.timer_run": "2s",
            "0.create_time": "2026-03-18 11:14:48 UTC+10:59",
            "0.tracks.0.reduced": 70,
            "0.tracks.1.kind": "Service-location",
            "0.tracks.1.object": "2",
            "0.tracks.1.reduced": 50,
            "0.tracks.1.state": "up",
            "0.extra": {"Fast-resume": "disabled", "Config track link-bfd down-number": "0"},
        },
    ),
    "displays/vrrp-bfd-types.txt": (
        "display vrrp",
        1,
        {
            "0.config_type": "normal-vrrp",
            "0.auth_type": "none",
            "0.tracks.0.object": "up1",
            "0.tracks.0.type": "peer",
            "0.tracks.0.state": "up",
            "0.tracks.1.object": "link2",
            "0.tracks.1.type": "link",
            "0.tracks.1.state": "down",
            "0.create_time": "2026-02-23 10:15:28",
        },
    ),
    "displays/vrrp-brief-lengths.txt": (
        "display vrrp brief",
        3,
        {
            "0.interface": "GigabitEthernet0/4/1.12",
            "0.virtual_ip_length": None,
            "0.master_ip": "203.0.113.254",
            "0.master_ip_length": 24,
            "1.vrid": 112,
            "1.local_ip_length": 25,
            "2.master_ip": "0.0.0.0",  # noqa: S104 - no master
            "2.master_ip_length": None,
            "2.local_ip": "192.0.2.254",
        },
    ),
    "displays/bfd-multihop.txt": (
        "display bfd session all verbose",
        1,
        {
            "0.hop": "Multi Hop",
            "0.name": "core-12",
            "0.remote_discriminator": 21,
            "0.source_ip": "192.0.2.21",
            "0.process_interface_status": "enable(sub-if)",
            "0.process_pst": "disable",
            "0.bind_application": "ETRUNK | VRRP",
            "0.extra": {"PDT Index": "FSM-0 | RCV-0 | IF-0 | TOKEN-0"},
        },
    ),
    "displays/bfd-types.txt": (
        "display bfd session all",
        5,
        {
            "0.type": "S_IP_PEER",
            "0.interface": None,
            "1.peer_ip": "2001:db8:16::26",
            "2.peer_ip": None,
            "2.type": "S_PW(M)",
            "2.interface": "Virtual-Ethernet0/4/1.7",
            "4.state": "down",
        },
    ),
    "displays/interface-brief-legends.txt": (
        "display interface brief",
        5,
        {
            "1.name": "GigabitEthernet0/4/0",
            "2.phy_reason": "E",
            "3.protocol_reason": "D",
            "4.protocol_reason": "s",
        },
    ),
    "displays/eth-trunk-remark.txt": (
        "display eth-trunk 9 verbose",
        1,
        {
            "0.up_ports": 1,
            "0.port_key_mode": "Auto",
            "0.ports.0.flags": "r",
            "0.ports.1.status": "unselect",
            "0.partners.0.flags": "r",
            "0.partners.0.name": "GigabitEthernet0/4/1",
            "0.partners.1.port_number": 53249,
            "0.flows.0.name": "GigabitEthernet0/4/1",
            "0.flows.0.interval_s": 300,
            "0.flows.0.input_bytes": 15360,
            "0.flows.0.output_packets": 140,
        },
    ),
    "displays/rbs-pools.txt": (
        "display remote-backup-service chan-north",
        1,
        {
            "0.peer_ip": "192.0.2.2",
            "0.track_interfaces.0.object": "0/4/0",
            "0.track_interfaces.0.weight": 10,
            "0.track_interfaces.1.weight": None,
            "0.uplink_state": "2 (1:DOWN 2:UP)",
            "0.ip_pools.0.name": "local-7",
            "0.ip_pools.2.name": "home-7-bak",
            "0.ip_pools.2.metric": 20,
            "0.ipv6_pools.0.metric": 10,
            "0.failure_ratio": "100%",
            "0.nat_instance": "nat7",
            "0.protections.0.peer_ip": "198.51.100.9",
            "0.protections.0.users": 3,
            "0.protections.0.paths.0.interface": "GigabitEthernet0/4/2",
            "0.protections.0.paths.0.users": None,
            "0.extra": {"NULL0 Static route tag": ""},
        },
    ),
    "displays/rbp-state-below-interface.txt": (
        "display remote-backup-profile subs-north",
        1,
        {
            "0.vrrps.0.vrrp_id": 31,
            "0.vrrps.0.state": "slave",
            "0.vrrps.0.peer_state": "master",
            "0.interfaces": ("GigabitEthernet0/4/1.501",),
            "0.nas_logic_port": "GigabitEthernet0/4/0",
            "0.ip_pools": ("home-7",),
            "0.extra": {"dhcp-stb igmp-copy": "enable"},
        },
    ),
    "displays/rbp-tabs.txt": (
        "display remote-backup-profile subs-east",
        1,
        {"0.vrrps.0.state": "master", "0.vrrps.0.peer_state": "slave", "0.slot_number": 1},
    ),
    "displays/vrrp-statistics.txt": (
        "display vrrp statistics",
        1,
        {
            "0.interface": "GigabitEthernet0/4/5",
            "0.checksum_errors": 2,
            "0.vrid_errors": 1,
            "0.groups.0.vrid": 31,
            "0.groups.0.transited_to_master": 3,
            "0.groups.0.received": 40,
            "0.groups.0.received_priority_zero": 1,
            "0.groups.0.extra": {},
        },
    ),
    "displays/arp-without-timeout-line.txt": (
        "display arp interface GigabitEthernet0/1/0.2",
        2,
        {"0.interface": "GigabitEthernet0/1/0.2", "1.type": "D-6", "1.expires_min": 12},
    ),
    "displays/version-netengine8000.txt": (
        "display version",
        1,
        {"0.product": "NetEngine 8000", "0.release": "V800R023C00SPC500", "0.model": "NetEngine 8000 X8"},
    ),
    "captures/zone-after-blank.txt": (
        "display e-trunk 3",
        1,
        {"0.id": 3, "0.state": "master", "0.bfd_session": "north", "0.members.0.id": 10},
    ),
    "captures/rbs-peer-of-protection.txt": (
        "display remote-backup-service chan-east",
        1,
        {
            "0.peer_ip": "192.0.2.12",
            "0.ip_pools": (),
            "0.protections.0.peer_ip": "198.51.100.2",
            "0.protections.0.rbs_id": 0,
            "0.protections.0.paths.0.users": 12,
            "0.last_down_reason": "TCP closed for peer closed",
        },
    ),
    "captures/rbs-two-protections.txt": (
        "display remote-backup-service chan-west",
        1,
        {
            "0.peer_ip": "192.0.2.22",
            "0.ip_pools.1.name": "home_2",
            "0.ip_pools.2.name": "203.0.113.0_24",
            "0.ipv6_pools.1.name": "six-b",
            "0.protections.0.type": "public(LSP)",
            "0.protections.0.next_hop": None,
            "0.protections.0.paths.0.public_lsp_load": "true",
            "0.protections.1.peer_ip": "198.51.100.10",
            "0.protections.1.tunnel_state": "down",
            "0.protections.1.paths.0.users": 0,
        },
    ),
    "captures/rbp-pool-names.txt": (
        "display remote-backup-profile subs-4",
        1,
        {"0.interfaces": ("Eth-Trunk9.1",), "0.ip_pools": ("pool1", "pool-2")},
    ),
    "captures/rbp-state-after-interfaces.txt": (
        "display remote-backup-profile subs-5",
        1,
        {"0.vrrps.0.state": "master", "0.vrrps.0.peer_state": "slave", "0.interfaces": ("Eth-Trunk9.501",)},
    ),
    "captures/rbp-service-capitals.txt": (
        "display remote-backup-profile subs-8",
        1,
        {"0.services": ("mld",)},
    ),
    "captures/arp-wrapped-totals.txt": (
        "display arp all",
        4,
        {"0.vpn_instance": "__LOCAL_OAM_VPN__", "2.vlan": "201/-", "3.interface": "Eth-Trunk0"},
    ),
    "captures/device-of-a-slot.txt": (
        "display device 1",
        1,
        {"0.slot": 1, "0.register": "registered", "0.cpu_percent": 25.0, "0.up_since": "2025/02/03 04:05:06"},
    ),
}


def test_every_case_is_here() -> None:
    files = {
        path.relative_to(FOLDER).as_posix()
        for folder in ("displays", "captures")
        for path in (FOLDER / folder).glob("*.txt")
    }

    assert files == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_case_parses_whole(name: str) -> None:
    command, count, facts = CASES[name]

    parsed = parse(command, (FOLDER / name).read_text(encoding="utf-8"))

    assert parsed.unparsed == ()
    assert len(parsed.records) == count
    assert {path: value_at(parsed.records, path) for path in facts} == dict(facts)


def test_unparsed_lines_are_shown_as_the_device_printed_them() -> None:
    text = "VRID State Interface Type Virtual IP\nwhat is  this\n  and   that\n"

    parsed = parse("display vrrp brief", text)

    assert [(line.line, line.text) for line in parsed.unparsed] == [(2, "what is  this"), (3, "and   that")]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("rbs-peer-of-protection", (2, 0, 1)),
        ("rbs-two-protections", (1, 0, 2, 3)),
        ("rbs-two-protections", (2, 3, 1, 0)),
        ("rbs-two-protections", (0, 2, 3, 1)),
    ],
)
def test_blocks_of_a_service_come_in_any_order(name: str, order: tuple[int, ...]) -> None:
    text = (FOLDER / "captures" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = [block for block in re.split(r"^-+\n", text, flags=re.MULTILINE) if block.strip()]
    command = CASES[f"captures/{name}.txt"][0]

    turned = parse(command, "".join(blocks[place] for place in order))

    (record,), (wanted,) = turned.records, parse(command, text).records
    assert turned.unparsed == ()
    assert (record.name, record.peer_ip, record.ip_pools) == (wanted.name, wanted.peer_ip, wanted.ip_pools)
    assert record.protections == wanted.protections
