"""One router's state with something of everything, and the commands whose displays are kept beside it."""

# ruff: noqa: FBT003 - flags of the records, in tables of our own
from __future__ import annotations

from datetime import datetime, timedelta, timezone

from emulator.config.statement import Configuration, Statement
from emulator.displays import DeviceView
from emulator.displays.layouts import NEWER, OLDER, REFERENCE, Layout
from emulator.protocols.states import (
    BfdKind,
    BfdState,
    BfdView,
    BindingView,
    Causation,
    DailyBatch,
    DeviceState,
    DownBy,
    DynamicBfd,
    EthTrunkView,
    ETrunkRole,
    ETrunkView,
    GroupEntry,
    HelloCounters,
    InterfaceAddress,
    InterfaceState,
    LacpPartner,
    MemberChange,
    MemberView,
    MonitorGroupView,
    NeighbourEntry,
    Origin,
    OspfPeer,
    OspfProcess,
    Phys,
    PortStatus,
    RbpTrack,
    RbpView,
    RbsState,
    RbsView,
    Role,
    SnoopingEntry,
    TrackerView,
    TrunkPort,
    VrrpChange,
    VrrpKind,
    VrrpState,
    VrrpTrackView,
    VrrpView,
)

EPOCH = datetime(2031, 3, 4, 5, 6, 7, tzinfo=timezone(timedelta(hours=2), "EET"))
_PARTNER = LacpPartner(100, "00e0-fcaa-0001", 32768, 9, 561, "10111100")
_SILENT = LacpPartner()

SERVICES = (
    RbsView(
        "north", 1, RbsState.CONNECTED, "192.0.2.2", "192.0.2.1", 2048, last_up=61.0, sent=17, received=4
    ),
    RbsView(
        "south",
        12,
        RbsState.CONNECTING,
        "2001:db8::2",
        "2001:db8::1",
        55535,
        ssl_policy="tls-1",
        track_bfd=40,
        daily=(DailyBatch("multicast", "02:30:00"),),
        blocked_tx=("bras", "l2tp"),
        blocked_rx=("all",),
    ),
    RbsView("bare", 13, RbsState.UNSET),
)
PROFILES = (
    RbpView(
        "iptv", 0x1000, ("igmp", "mld"), "north", 33, (), (7, 70), Role.MASTER, interfaces=("Eth-Trunk70",)
    ),
    RbpView(
        "homes",
        0x1001,
        ("arp", "igmp-snooping"),
        "north",
        34,
        (
            RbpTrack(5, "GigabitEthernet3/0/1.10", parity="odd-mac", role=Role.MASTER, peer=Role.SLAVE),
            RbpTrack(6, "GigabitEthernet3/0/1.10", parity="even-mac"),
        ),
        interfaces=("GigabitEthernet3/0/1.10", "GigabitEthernet3/0/1.11"),
        forwarding=False,
        slot=(3, 0, 1),
    ),
    RbpView("six", 0x1002, ("nd",), "north", 35, (RbpTrack(9, "Eth-Trunk70.5", ipv6=True),)),
    RbpView("empty", 0x1003),
)
E_TRUNKS = (
    ETrunkView(
        7,
        10,
        "00e0-fc10-0001",
        ETrunkRole.BACKUP,
        Causation.PRI,
        "192.0.2.2",
        "192.0.2.1",
        revert_delay=None,
        peer_priority=5,
        peer_system_id="00e0-fc10-0002",
        peer_fail_time=150,
        bfd_session="hb",
        description="to PE2: left",
        sequence=True,
        counters=HelloCounters(812, 790, 3, 1, 2, 1),
        members=(
            MemberView(
                70,
                True,
                "auto",
                ETrunkRole.MASTER,
                Causation.PEER_MEMBER_DOWN,
                71,
                (
                    MemberChange(50.0, ETrunkRole.BACKUP, ETrunkRole.MASTER, Causation.PEER_MEMBER_DOWN),
                    MemberChange(2.5, ETrunkRole.INITIALIZE, ETrunkRole.BACKUP, Causation.ETRUNK_BACKUP),
                ),
            ),
            MemberView(8, False, "force-backup", ETrunkRole.BACKUP, Causation.FORCE_BACKUP),
        ),
    ),
    ETrunkView(
        128,
        100,
        "00e0-fc10-0001",
        ETrunkRole.INITIALIZE,
        Causation.INIT,
        "2001:db8::2",
        "2001:db8::1",
        "mgmt",
        dynamic_bfd=DynamicBfd(up=False, tx_ms=100, rx_ms=200, multiplier=4),
        members=(MemberView(9, True, "auto", ETrunkRole.INITIALIZE, Causation.ETRUNK_INIT),),
    ),
)
ETH_TRUNKS = (
    EthTrunkView(
        70,
        "lacp-static",
        True,
        (
            TrunkPort(
                "GigabitEthernet3/0/2",
                PortStatus.SELECTED,
                "1GE",
                100,
                1,
                561,
                "11111100",
                2,
                True,
                True,
                _PARTNER,
                31,
                30,
            ),
            TrunkPort(
                "GigabitEthernet3/0/3", PortStatus.UNSELECT, "1GE", 32768, 32770, 561, partner=_SILENT, sent=7
            ),
        ),
        30,
        200,
        "00e0-fc10-0001",
        least_active=1,
        max_active=4,
        timeout="Fast",
        timeout_seconds=9,
        e_trunk=7,
        role=ETrunkRole.MASTER,
        bandwidth_mbps=1000,
    ),
    EthTrunkView(
        8, "lacp-static", False, (), None, 200, "00e0-fc10-0002", True, e_trunk=7, role=ETrunkRole.BACKUP
    ),
    EthTrunkView(
        9,
        "manual load-balance",
        True,
        (
            TrunkPort("GigabitEthernet3/1/0", PortStatus.UP, weight=3),
            TrunkPort("GigabitEthernet3/1/1", PortStatus.DOWN),
        ),
        bandwidth_mbps=1000,
    ),
    EthTrunkView(
        10,
        "manual backup",
        True,
        (
            TrunkPort("GigabitEthernet3/2/0", PortStatus.DOWN),
            TrunkPort("GigabitEthernet3/2/1", PortStatus.UP),
        ),
        active_port="GigabitEthernet3/2/1",
    ),
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
    InterfaceState("NULL0", Phys.UP, True, True),
    InterfaceState("LoopBack0", Phys.UP, True, True, addresses=(InterfaceAddress("192.0.2.1", 32),)),
    InterfaceState(
        "GigabitEthernet3/0/10", Phys.ADMIN_DOWN, False, addresses=(InterfaceAddress("10.0.0.1", 24),)
    ),
    InterfaceState("GigabitEthernet3/0/2", Phys.UP, True, trunk=70),
    InterfaceState("GigabitEthernet3/0/3", Phys.DOWN, False, trunk=70),
    InterfaceState(
        "GigabitEthernet3/0/1.10",
        Phys.UP,
        True,
        addresses=(
            InterfaceAddress("203.0.113.2", 24),
            InterfaceAddress("fe80::2", 10, "link-local"),
            InterfaceAddress("2001:db8:5::2", 64, "global"),
        ),
        vpn="homes-and-offices",
    ),
    InterfaceState("GigabitEthernet3/0/1", Phys.UP, False),
    InterfaceState("GigabitEthernet3/0/5", Phys.UP, True),
    InterfaceState(
        "Eth-Trunk70",
        Phys.DOWN,
        False,
        down_by=DownBy.E_TRUNK,
        addresses=(InterfaceAddress("198.51.100.1", 25),),
    ),
    InterfaceState("Eth-Trunk8", Phys.DOWN, False, down_by=DownBy.BFD),
)
RUNNING = Configuration(
    (
        Statement(
            "if.ge",
            "interface GigabitEthernet3/0/5",
            view="if-ge",
            children=(Statement("if.portswitch", "portswitch"),),
        ),
    )
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
STATE = DeviceState(
    name="PE1",
    now=100.0,
    system_mac="00e0-fc10-0001",
    lacp_priority=200,
    booted=-94000.0,
    bfd_enabled=True,
    interfaces=INTERFACES,
    services=SERVICES,
    profiles=PROFILES,
    e_trunks=E_TRUNKS,
    eth_trunks=ETH_TRUNKS,
    bfd=BFD,
    vrrp=VRRP,
    monitor_groups=MONITOR_GROUPS,
    ospf=(OspfProcess(1, "192.0.2.1"), OspfProcess(2, "192.0.2.99")),
    ospf_peers=OSPF_PEERS,
    igmp=IGMP,
    mld=MLD,
    snooping=SNOOPING,
    arp=ARP,
    nd=ND,
)
EMPTY = DeviceState(name="PE9", now=1.0, system_mac="00e0-fc10-0009")
LAYOUTS = {"newer": NEWER, "reference": REFERENCE, "older": OLDER}


def view(state: DeviceState = STATE, layout: Layout = NEWER) -> DeviceView:
    return DeviceView("PE1", state, EPOCH, RUNNING, "V800R021C00", layout)


CASES: dict[str, tuple[str, dict[str, str]]] = {
    "display remote-backup-service": ("d.rbs", {}),
    "display remote-backup-service north": ("d.rbs", {"rbs-name": "North"}),
    "display remote-backup-service north verbose": ("d.rbs", {"rbs-name": "north", "verbose": "verbose"}),
    "display remote-backup-service south": ("d.rbs", {"rbs-name": "south"}),
    "display remote-backup-service bare": ("d.rbs", {"rbs-name": "bare"}),
    "display remote-backup-profile": ("d.rbp", {}),
    "display remote-backup-profile iptv": ("d.rbp", {"rbp-name": "iptv"}),
    "display remote-backup-profile homes": ("d.rbp", {"rbp-name": "HOMES"}),
    "display remote-backup-profile six": ("d.rbp", {"rbp-name": "six"}),
    "display remote-backup-profile empty": ("d.rbp", {"rbp-name": "empty"}),
    "display remote-backup-profile slot 3": ("d.rbp-slot", {"slot": "3"}),
    "display remote-backup-profile slot 3 homes": ("d.rbp-slot", {"slot": "3", "rbp-name": "homes"}),
    "display remote-backup-profile slave": ("d.rbp-slave", {}),
    "display remote-backup-profile slave homes": ("d.rbp-slave", {"rbp-name": "homes"}),
    "display e-trunk 7": ("d.etrunk", {"id": "7"}),
    "display e-trunk 128": ("d.etrunk", {"id": "128"}),
    "display e-trunk brief": ("d.etrunk", {"brief": "brief"}),
    "display e-trunk bfd session all": ("d.etrunk-bfd", {}),
    "display e-trunk packet-statistics": ("d.etrunk-packets", {}),
    "display e-trunk packet-statistics e-trunk-id 7": (
        "d.etrunk-packets",
        {"e-trunk-id": "e-trunk-id", "id": "7"},
    ),
    "display e-trunk 7 state-change member-interface Eth-Trunk70": (
        "d.etrunk-changes",
        {"id": "7", "interface": "Eth-Trunk70"},
    ),
    "display eth-trunk": ("d.ethtrunk", {}),
    "display eth-trunk 70 interface GE3-0-3": (
        "d.ethtrunk",
        {"id": "70", "interface": "GigabitEthernet3/0/3"},
    ),
    "display eth-trunk 9 verbose": ("d.ethtrunk", {"id": "9", "verbose": "verbose"}),
    "display eth-trunk brief": ("d.ethtrunk", {"brief": "brief"}),
    "display trunkmembership eth-trunk": ("d.trunkmembership", {}),
    "display lacp brief": ("d.lacp-brief", {}),
    "display lacp statistics eth-trunk": ("d.lacp-statistics", {}),
    "display lacp troubleshooting": ("d.lacp-troubleshooting", {}),
    "display bfd session all": ("d.bfd", {"all": "all"}),
    "display bfd session static verbose": ("d.bfd", {"static": "static", "verbose": "verbose"}),
    "display bfd session discriminator 40": ("d.bfd", {"n": "40"}),
    "display vrrp": ("d.vrrp", {}),
    "display vrrp brief": ("d.vrrp", {"brief": "brief"}),
    "display vrrp admin-vrrp": ("d.vrrp-admin", {}),
    "display vrrp binding admin-vrrp": ("d.vrrp-binding", {}),
    "display vrrp state-change": ("d.vrrp-changes", {"interface": "GigabitEthernet3/0/1.10", "vrid": "5"}),
    "display vrrp6": ("d.vrrp6", {}),
    "display vrrp6 verbose": ("d.vrrp6", {"verbose": "verbose"}),
    "display vrrp6 brief": ("d.vrrp6", {"brief": "brief"}),
    "display vrrp6 admin-vrrp6": ("d.vrrp6-admin", {}),
    "display vrrp6 binding admin-vrrp6": ("d.vrrp6-binding", {}),
    "display monitor-group": ("d.mg", {}),
    "display monitor-group up2": ("d.mg", {"group": "UP2"}),
    "display interface brief": ("d.interface-brief", {}),
    "display interface brief main": ("d.interface-brief", {"main": "main"}),
    "display interface ethernet brief": ("d.interface-brief", {"ethernet": "ethernet"}),
    "display ip interface brief": ("d.ip-interface-brief", {}),
    "display ip interface brief ip-configured": ("d.ip-interface-brief", {"ip-configured": "ip-configured"}),
    "display ipv6 interface brief": ("d.ipv6-interface-brief", {}),
    "display igmp group": ("d.igmp-group", {}),
    "display igmp group verbose": ("d.igmp-group", {"verbose": "verbose"}),
    "display igmp group static": ("d.igmp-group", {"static": "static"}),
    "display mld group": ("d.mld-group", {}),
    "display mld group verbose": ("d.mld-group", {"verbose": "verbose"}),
    "display igmp-snooping port-info": ("d.igmp-snooping-port-info", {}),
    "display mld-snooping port-info": ("d.mld-snooping-port-info", {}),
    "display arp all": ("d.arp", {"all": "all"}),
    "display arp statistics all": ("d.arp-statistics", {"all": "all"}),
    "display ipv6 neighbors": ("d.nd", {}),
    "display ospf peer": ("d.ospf-peer", {}),
    "display ospf 1 peer brief": ("d.ospf-peer", {"process": "1", "brief": "brief"}),
    "display version": ("d.version", {}),
    "display device": ("d.device", {}),
    "display device pic-status": ("d.device", {"pic-status": "pic-status"}),
    "display clock": ("d.clock", {}),
}
OTHER_LAYOUTS = (
    "display remote-backup-service north",
    "display remote-backup-profile iptv",
    "display remote-backup-profile homes",
    "display e-trunk brief",
    "display eth-trunk",
    "display lacp brief",
    "display interface brief",
    "display ip interface brief",
    "display vrrp",
)
