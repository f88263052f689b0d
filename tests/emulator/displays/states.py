"""The one router whose displays are kept: its state, with something of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from emulator.clock import Clock
from emulator.displays import DeviceView
from emulator.displays.layouts import NEWER, OLDER, REFERENCE, Layout
from emulator.protocols.states import DeviceState, OspfProcess
from tests.emulator.displays.entries import (
    ARP,
    IGMP,
    IGMP_INTERFACES,
    MLD,
    MLD_INTERFACES,
    ND,
    OSPF_PEERS,
    PIM,
    SNOOPING,
    USERS,
)
from tests.emulator.displays.sessions import (
    BFD,
    INTERFACES,
    MONITOR_GROUPS,
    RUNNING,
    VRRP,
)
from tests.emulator.displays.trunks import E_TRUNKS, ETH_TRUNKS, PROFILES, SERVICES

EPOCH = datetime(2031, 3, 4, 5, 6, 7, tzinfo=timezone(timedelta(hours=2), "EET"))
STATE = DeviceState(
    name="PE1",
    now=100.0,
    system_mac="00e0-fc10-0001",
    lacp_priority=200,
    booted=-94000.0,
    bfd_enabled=True,
    interfaces=tuple(replace(one, mac=one.mac or "00e0-fc10-0001") for one in INTERFACES),
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
    igmp_interfaces=IGMP_INTERFACES,
    mld_interfaces=MLD_INTERFACES,
    pim=PIM,
    users=USERS,
)
EMPTY = DeviceState(name="PE9", now=1.0, system_mac="00e0-fc10-0009")
LAYOUTS = {"newer": NEWER, "reference": REFERENCE, "older": OLDER}


def view(state: DeviceState = STATE, layout: Layout = NEWER) -> DeviceView:
    return DeviceView("PE1", state, Clock(EPOCH), RUNNING, "V800R021C00", layout)
