"""Sessions, groups, interfaces and entries of the one router whose displays are kept."""

# ruff: noqa: FBT003 - flags of the records, in tables of our own
from __future__ import annotations

from emulator.entry.printing import load
from emulator.protocols.states import (
    BfdKind,
    BfdState,
    BfdView,
    BindingView,
    DownBy,
    GroupEntry,
    InterfaceAddress,
    InterfaceState,
    MembershipView,
    MonitorGroupView,
    NeighbourEntry,
    Origin,
    OspfPeer,
    PhysicalState,
    PimView,
    SnoopingEntry,
    TrackerView,
    UserEntry,
    VrrpChange,
    VrrpKind,
    VrrpState,
    VrrpTrackView,
    VrrpView,
)

BFD = (
    BfdView(
        "hb",
        BfdKind.PEER_IP,
        BfdState.UP,
        11,
        12,
        "192.0.2.2",
        source="192.0.2.1",
        wait_to_restore=True,
        actual_tx_ms=50,
        actual_rx_ms=50,
        detect_ms=150,
        wtr_minutes=2,
        applications=("ETRUNK", "VRRP"),
        description="heartbeat",
        last_up=60.5,
        last_down=50.0,
        created=10.0,
        downs=3,
        sent=412,
        received=409,
    ),
    BfdView(
        "link",
        BfdKind.DEFAULT_IP,
        BfdState.DOWN,
        40,
        41,
        "",
        interface="Eth-Trunk70",
        process_interface_status=True,
        diagnostic="Control Detection Time Expired",
        not_up_reason="In negotiation",
    ),
    BfdView("far", BfdKind.PEER_IP, BfdState.INIT, 16384, 4294967295, "2001:db8:1:2:3::2", True),
    BfdView("dyn_16400", BfdKind.DYNAMIC, BfdState.UP, 16400, 16401, "192.0.2.2", detect_ms=30),
)
VRRP = (
    VrrpView(
        "GigabitEthernet3/0/1.10",
        5,
        False,
        VrrpState.BACKUP,
        VrrpKind.ADMIN,
        ("203.0.113.1", "203.0.113.9"),
        "203.0.113.3",
        "203.0.113.2",
        120,
        90,
        110,
        preempt_delay=600,
        remain=421.4,
        hold_multiplier=4,
        advertise_ms=1500,
        auth="MD5",
        mac="0000-5e00-0105",
        backup_forward=True,
        members=(("Eth-Trunk70", 20, VrrpState.INITIALIZE),),
        member_interfaces=(("Eth-Trunk70.5", False),),
        tracks=(
            VrrpTrackView("interface", "GigabitEthernet3/1/1", False, "reduced", 30),
            VrrpTrackView("bfd", "hb", True, "peer", None),
            VrrpTrackView("monitor-group", "up1", True, "reduced", 40, 50),
        ),
        last_change=3.0,
        changes=(
            VrrpChange(3.0, VrrpState.INITIALIZE, VrrpState.BACKUP, "Interface up"),
            VrrpChange(1.0, VrrpState.BACKUP, VrrpState.INITIALIZE, "Interface down"),
        ),
    ),
    VrrpView(
        "Eth-Trunk70",
        20,
        False,
        VrrpState.INITIALIZE,
        VrrpKind.MEMBER,
        ("198.51.100.9",),
        "",
        "198.51.100.1",
        preempt=False,
        mac="0000-5e00-0114",
        copy=True,
    ),
    VrrpView(
        "10GE3/0/9",
        6,
        True,
        VrrpState.MASTER,
        VrrpKind.ADMIN,
        ("fe80::6", "2001:db8:6::6"),
        "fe80::2",
        "fe80::2",
        master_priority=100,
        mac="0000-5e00-0206",
        last_change=9.0,
    ),
)
MONITOR_GROUPS = (
    MonitorGroupView(
        "up2",
        1,
        False,
        10,
        30,
        20,
        100,
        (
            BindingView("GigabitEthernet3/1/1", 7, 10, False, None, 4.0),
            BindingView("GigabitEthernet3/1/0", 6, 20, True, 2.0),
        ),
        (
            TrackerView("Eth-Trunk70", 1, 20, True, 1.0, 4.0),
            TrackerView("Eth-Trunk8", 2, None, False, valid=False),
        ),
    ),
    MonitorGroupView("up1", 2, True, 0, 0, 0, 0),
)
INTERFACES = (
    InterfaceState("NULL0", PhysicalState.UP, True, True),
    InterfaceState("LoopBack0", PhysicalState.UP, True, True, addresses=(InterfaceAddress("192.0.2.1", 32),)),
    InterfaceState(
        "GigabitEthernet3/0/10",
        PhysicalState.ADMIN_DOWN,
        False,
        addresses=(InterfaceAddress("10.0.0.1", 24),),
    ),
    InterfaceState("GigabitEthernet3/0/2", PhysicalState.UP, True, trunk=70),
    InterfaceState("GigabitEthernet3/0/3", PhysicalState.DOWN, False, trunk=70),
    InterfaceState(
        "GigabitEthernet3/0/1.10",
        PhysicalState.UP,
        True,
        addresses=(
            InterfaceAddress("203.0.113.2", 24),
            InterfaceAddress("fe80::2", 10, "link-local"),
            InterfaceAddress("2001:db8:5::2", 64, "global"),
        ),
        vpn="homes-and-offices",
        index=6,
        mac="00e0-fc10-0001",
        description="homes",
        last_up=3.0,
    ),
    InterfaceState(
        "GigabitEthernet3/0/1",
        PhysicalState.UP,
        False,
        index=7,
        description="to AGG-1, port 7: fibre",
        mac="00e0-fc10-0001",
        last_up=3.0,
        last_down=2.0,
        mtu=9000,
    ),
    InterfaceState("GigabitEthernet3/0/5", PhysicalState.UP, True, index=8, layer2=True, last_up=1.0),
    InterfaceState(
        "Eth-Trunk70",
        PhysicalState.DOWN,
        False,
        down_by=DownBy.E_TRUNK,
        addresses=(InterfaceAddress("198.51.100.1", 25),),
    ),
    InterfaceState("Eth-Trunk8", PhysicalState.DOWN, False, down_by=DownBy.BFD),
)
RUNNING = load(
    """
vlan batch 30 40 to 41
#
ip pool homes bas local
 gateway 198.51.100.254 255.255.255.0
 section 0 198.51.100.1 198.51.100.99
 section 1 198.51.100.200
#
ip pool leases server
#
acl number 3100 match-order auto
 step 10
 rule 10 permit ip source 192.0.2.0 0.0.0.255
 rule 20 deny ip
#
acl name guests basic
 rule 5 permit source 198.51.100.1 0
#
acl ipv6 2210
 rule 5 permit source 2001:DB8:77::/64
#
ip vpn-instance homes
 ipv4-family
  route-distinguisher 65001:7
 ipv6-family
  route-distinguisher 65001:6
#
ip vpn-instance mgmt
#
ssl policy hb
 certificate load pem-cert pe1.pem key-pair rsa key-file pe1-key.pem auth-code cipher %^%#abcdefghijkl%^%#
 trusted-ca load pem-ca ca.pem
#
ssl policy empty
#
vlan 30
 description iptv-a
#
interface GigabitEthernet3/0/5
 portswitch
 undo shutdown
 port trunk allow-pass vlan 30
 port default vlan 40
#
return
"""
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
