"""Sessions, groups and interfaces of the one router whose displays are kept."""

# ruff: noqa: FBT003 - flags of the records, in tables of our own
from __future__ import annotations

from emulator.entry.printing import load
from emulator.protocols.states import (
    BfdKind,
    BfdState,
    BfdView,
    BindingView,
    DownBy,
    InterfaceAddress,
    InterfaceState,
    MonitorGroupView,
    PhysicalState,
    TrackerView,
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
