"""Displays of a router that has nothing to show, and of objects that are not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emulator.displays import handles, show
from emulator.displays.table import DISPLAYS
from emulator.protocols.states import DeviceState
from emulator.protocols.states.membership import MembershipView
from tests.emulator.displays.states import view

BARE = view(DeviceState(name="PE9", now=1.0, system_mac="00e0-fc10-0009", bfd_enabled=True))
SILENT = (
    "d.vrrp",
    "d.vrrp6",
    "d.vrrp-admin",
    "d.vrrp6-admin",
    "d.vrrp-binding",
    "d.vrrp6-binding",
    "d.igmp-group",
    "d.mld-group",
    "d.igmp-snooping-port-info",
    "d.mld-snooping-port-info",
    "d.ospf-peer",
)


@pytest.mark.parametrize("command", SILENT)
def test_nothing_configured_prints_nothing(command: str) -> None:
    assert show(command, {}, BARE) == []


@pytest.mark.parametrize(
    ("command", "params", "says"),
    [
        ("d.ethtrunk", {}, "Info: No valid trunk in the system."),
        ("d.ethtrunk", {"id": "5"}, "Info: No valid trunk in the system."),
        ("d.rbs", {}, "  Total 0,0 printed"),
        ("d.rbs", {"rbs-name": "x"}, "Error: The remote backup service does not exist."),
        ("d.rbp", {}, "  Total 0 printed."),
        ("d.rbp", {"rbp-name": "x"}, "Error: The remote backup profile does not exist."),
        ("d.rbp-slot", {"slot": "1"}, "  Total 0  printed."),
        ("d.etrunk", {"id": "4"}, "Error: The E-Trunk does not exist."),
        ("d.etrunk-changes", {"id": "4", "interface": "Eth-Trunk4"}, "Error: The E-Trunk does not exist."),
        ("d.etrunk", {"brief": "brief"}, "Total:0       Master:0     Backup:0         Init:0"),
        ("d.mg", {"group": "x"}, "Error: The monitor group does not exist."),
        ("d.mg", {}, "Monitor-group number : 0"),
        ("d.bfd", {"all": "all"}, "    Total UP/DOWN Session Number : 0/0"),
        ("d.arp", {"all": "all"}, "Total:0         Dynamic:0       Static:0    Interface:0    Remote:0"),
    ],
)
def test_what_is_not_there_is_said(command: str, params: dict[str, str], says: str) -> None:
    assert says in show(command, params, BARE)


def test_bfd_that_is_not_enabled_has_no_table() -> None:
    off = view(DeviceState(name="PE9", now=1.0, system_mac="00e0-fc10-0009"))
    assert show("d.bfd", {"all": "all"}, off) == ["Error: BFD is not enabled globally."]


@pytest.mark.parametrize(
    ("command", "params", "has", "lacks"),
    [
        ("d.ip-interface-brief", {"slot": "3"}, "GigabitEthernet3/0/10", "LoopBack0"),
        ("d.ip-interface-brief", {"interface": "LoopBack0"}, "LoopBack0", "NULL0"),
        ("d.ip-interface-brief", {}, "Eth-Trunk70", "GigabitEthernet3/0/5"),  # a switched port
        ("d.bfd", {"for-ipv6": "", "all": "all"}, "2001:db8:1:2:3::2", "192.0.2.2"),
        ("d.bfd", {"ipv6": "2001:DB8:1:2:3:0:0:2"}, "2001:db8:1:2:3::2", "192.0.2.2"),
        ("d.bfd", {"dynamic": "dynamic"}, "16400", "S_IP_PEER"),
        ("d.bfd", {"default-ip": "default-ip"}, "224.0.0.184", "192.0.2.2"),
        ("d.vrrp", {"vrid": "20", "brief": ""}, "Eth-Trunk70", "GE3/0/1.10"),
        ("d.vrrp-binding", {"member-vrrp": ""}, "Eth-Trunk70,", "Eth-Trunk70.5"),
        ("d.vrrp-binding", {"member-interface": ""}, "Eth-Trunk70.5", "Member-vrrp"),
        ("d.igmp-group", {"interface": "Eth-Trunk70"}, "232.1.1.1", "232.9.9.9"),
        ("d.igmp-group", {"group": "232.9.9.9"}, "232.9.9.9", "232.1.1.1"),
        ("d.mld-group", {"group": "FF1E::77"}, "FF1E::77", "FF1E::78"),
        ("d.igmp-snooping-port-info", {"vlan": "30", "group": "232.1.1.2"}, "232.1.1.2", "232.1.1.1"),
        ("d.igmp-snooping-port-info", {"vsi": "tv"}, "VSI tv", "VLAN 30"),
        ("d.ospf-peer", {"process": "2"}, "Process 2", "Process 1"),
        ("d.ospf-peer", {"interface": "GigabitEthernet3/1/0"}, "192.0.0.9", "192.0.2.2"),
        ("d.arp", {"interface": "Eth-Trunk70"}, "198.51.100.7", "203.0.113"),
        ("d.trunkmembership", {"id": "9"}, "Trunk ID: 9", "Trunk ID: 70"),
        ("d.lacp-statistics", {"id": "70", "interface": "GigabitEthernet3/0/3"}, "3/0/3", "3/0/2"),
        ("d.device", {"slot": "17"}, "MPU", "LPU"),
    ],
)
def test_selectors_leave_out_the_rest(command: str, params: dict[str, str], has: str, lacks: str) -> None:
    shown = "\n".join(show(command, params, view()))
    assert has in shown
    assert lacks not in shown


def test_only_displays_of_the_table_are_handled() -> None:
    assert all(handles(command) for command in DISPLAYS)
    assert not handles("d.current")


@pytest.mark.parametrize("verbose", [{}, {"verbose": "verbose"}])
def test_an_interface_without_an_address_speaks_no_igmp(verbose: dict[str, str]) -> None:
    bare, addressed = (MembershipView("Eth-Trunk30", address, 2, up=False) for address in ("", "192.0.2.9"))
    state = DeviceState(name="PE9", now=1.0, system_mac="00e0-fc10-0009", igmp_interfaces=(bare,))
    assert show("d.igmp-interface", verbose, view(state)) == []
    shown = show("d.igmp-interface", verbose, view(replace(state, igmp_interfaces=(addressed,))))
    assert " Eth-Trunk30(192.0.2.9):" in shown
