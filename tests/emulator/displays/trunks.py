"""Backup services, profiles, E-Trunks and Eth-Trunks of the one router whose displays are kept."""

# ruff: noqa: FBT003 - flags of the records, in tables of our own
from __future__ import annotations

from emulator.protocols.states import (
    Causation,
    DailyBatch,
    DynamicBfd,
    EthTrunkView,
    ETrunkRole,
    ETrunkView,
    HelloCounters,
    LacpPartner,
    MemberChange,
    MemberView,
    PortStatus,
    RbpTrack,
    RbpView,
    RbsState,
    RbsView,
    Role,
    TrunkPort,
)

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
