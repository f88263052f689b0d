"""Everything that the protocols of one device show at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.protocols.states.backup import RbpView, RbsView
    from emulator.protocols.states.bfd import BfdView
    from emulator.protocols.states.entries import GroupEntry, NeighbourEntry, SnoopingEntry, UserEntry
    from emulator.protocols.states.interfaces import InterfaceState
    from emulator.protocols.states.membership import MembershipView, PimView
    from emulator.protocols.states.monitors import MonitorGroupView
    from emulator.protocols.states.routing import OspfPeer, OspfProcess
    from emulator.protocols.states.trunks import EthTrunkView, ETrunkView
    from emulator.protocols.states.vrrp import VrrpView


@dataclass(frozen=True, slots=True)
class DeviceState:
    """Everything that the protocols of one device show at one moment.

    Args:
        now: virtual seconds.
        system_mac: the bridge MAC.
        lacp_priority: device-wide LACP system priority.
        booted: when the device last started.
    """

    name: str
    now: float
    system_mac: str
    lacp_priority: int = 32768
    booted: float = 0.0
    bfd_enabled: bool = False
    interfaces: tuple[InterfaceState, ...] = ()
    services: tuple[RbsView, ...] = ()
    profiles: tuple[RbpView, ...] = ()
    e_trunks: tuple[ETrunkView, ...] = ()
    eth_trunks: tuple[EthTrunkView, ...] = ()
    bfd: tuple[BfdView, ...] = ()
    vrrp: tuple[VrrpView, ...] = ()
    monitor_groups: tuple[MonitorGroupView, ...] = ()
    ospf: tuple[OspfProcess, ...] = ()
    ospf_peers: tuple[OspfPeer, ...] = ()
    igmp: tuple[GroupEntry, ...] = ()
    mld: tuple[GroupEntry, ...] = ()
    snooping: tuple[SnoopingEntry, ...] = ()
    igmp_interfaces: tuple[MembershipView, ...] = ()
    mld_interfaces: tuple[MembershipView, ...] = ()
    pim: tuple[PimView, ...] = ()
    arp: tuple[NeighbourEntry, ...] = ()
    nd: tuple[NeighbourEntry, ...] = ()
    users: tuple[UserEntry, ...] = ()
