"""Backed-up entries, memberships and neighbours of the one router whose displays are kept."""

# ruff: noqa: FBT003 - flags of the records, in tables of our own

from __future__ import annotations

from emulator.protocols.states import (
    GroupEntry,
    MembershipView,
    NeighbourEntry,
    Origin,
    OspfPeer,
    PimView,
    SnoopingEntry,
    UserEntry,
)

IGMP_INTERFACES = (
    MembershipView("Eth-Trunk70", "198.51.100.1", 3, True, "198.51.100.1", True, 2, 6, 1),
    MembershipView("GigabitEthernet3/0/1.10", "203.0.113.2", 2, False),
)

MLD_INTERFACES = (
    MembershipView("Eth-Trunk70", "fe80::70", 2, True, "fe80::1", False, 1, 5, 1),
    MembershipView("GigabitEthernet3/0/1.10", "fe80::2", 1, True, "fe80::2", True),
)

PIM = (
    PimView("GigabitEthernet3/0/1.10", "203.0.113.2", False, True, 1, "203.0.113.9"),
    PimView("LoopBack0", "192.0.2.1", False, True, 0, "192.0.2.1", True, 7, True, True),
    PimView("Eth-Trunk70", "198.51.100.1", False, False, 0, "198.51.100.1", True),
    PimView("GigabitEthernet3/0/1.10", "fe80::2", True, True, 1, "fe80::2e0:fcff:fe7a:1104", False, 1),
)

USERS = (
    UserEntry("198.51.100.7", "00e0-fcaa-0007", "Eth-Trunk70", "res", "north", 9.0, Origin.LOCAL),
    UserEntry("198.51.100.8", "00e0-fcaa-0008", "Eth-Trunk70", "res", "north", 9.0, Origin.REMOTE),
    UserEntry("2001:db8:70::9", "00e0-fcaa-0009", "Eth-Trunk70", "", "", 9.0, Origin.LOCAL),
)


def _group(interface: str, group: str, since: float, expires: float | None, **more: object) -> GroupEntry:
    facts = {
        "source": "",
        "reporter": "198.51.100.77",
        "origin": Origin.LOCAL,
        "interface_address": "198.51.100.1",
    }
    return GroupEntry(interface=interface, group=group, since=since, expires=expires, **{**facts, **more})  # type: ignore[arg-type] # a table of mixed facts


IGMP = (
    _group("Eth-Trunk70", "232.1.1.1", 10.0, 160.0),
    _group("Eth-Trunk70", "239.255.0.7", -90000.0, None, origin=Origin.REMOTE),
    _group(
        "GigabitEthernet3/0/1.10",
        "232.9.9.9",
        40.0,
        300.0,
        source="10.7.7.7",
        interface_address="203.0.113.2",
    ),
    _group(
        "GigabitEthernet3/0/1.10",
        "232.9.9.9",
        50.0,
        310.0,
        source="10.7.7.8",
        interface_address="203.0.113.2",
    ),
    _group("Eth-Trunk70", "232.0.0.99", 0.0, None, origin=Origin.STATIC),
)

MLD = (
    _group(
        "Eth-Trunk70",
        "ff1e::77",
        20.0,
        280.0,
        source="2001:db8:7::1",
        interface_address="fe80::1",
        reporter="fe80::77",
    ),
)

SNOOPING = (
    SnoopingEntry("vlan", "30", 30, "232.1.1.1", "", "GigabitEthernet3/1/0", True, False, 0.0, Origin.LOCAL),
    SnoopingEntry("vlan", "30", 30, "232.1.1.1", "", "Eth-Trunk70", False, False, 0.0, Origin.LOCAL),
    SnoopingEntry("vlan", "30", 30, "232.1.1.2", "10.7.7.7", "Eth-Trunk9", True, False, 0.0, Origin.STATIC),
    SnoopingEntry(
        "vsi", "tv", 31, "232.1.1.3", "", "GigabitEthernet3/1/0.1", True, False, 0.0, Origin.REMOTE
    ),
    SnoopingEntry("vlan", "30", 30, "ff1e::5", "", "GigabitEthernet3/1/0", True, True, 0.0, Origin.LOCAL),
)

ARP = (
    NeighbourEntry(
        "203.0.113.2", "00e0-fc10-0001", "GigabitEthernet3/0/1.10", "homes", 0.0, None, Origin.OWN, vlan=10
    ),
    NeighbourEntry(
        "203.0.113.50",
        "00e0-fcbb-0050",
        "GigabitEthernet3/0/1.10",
        "homes",
        30.0,
        1230.0,
        Origin.LOCAL,
        3,
        10,
    ),
    NeighbourEntry(
        "203.0.113.51", "00e0-fcbb-0051", "GigabitEthernet3/0/1.10", "homes", 30.0, None, Origin.REMOTE, 3
    ),
    NeighbourEntry("198.51.100.7", "00e0-fcbb-0007", "Eth-Trunk70", "", 0.0, None, Origin.STATIC),
)

ND = (
    NeighbourEntry(
        "2001:db8:5::77", "00e0-fcbb-0077", "GigabitEthernet3/0/1.10", "", 0.0, 700.0, Origin.LOCAL, 3, 10
    ),
)

OSPF_PEERS = (
    OspfPeer(
        1,
        "192.0.2.1",
        "0.0.0.0",  # noqa: S104 - the backbone area
        "GigabitEthernet3/1/1",
        "10.0.1.1",
        "192.0.2.2",
        "10.0.1.2",
        since=35.0,
        dr="10.0.1.2",
    ),
    OspfPeer(
        1, "192.0.2.1", "0.0.0.9", "GigabitEthernet3/1/0", "10.0.2.1", "192.0.0.9", "10.0.2.2", "Init", 100.0
    ),
)
