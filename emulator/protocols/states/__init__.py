"""What a router's protocols are at one moment: frozen values, from which displays are written.

Times are virtual seconds of the world's clock; `None` means never. Interface names are canonical and long
(`GigabitEthernet0/1/1`, `Eth-Trunk1`). Words in `StrEnum`s are the manual's own.
"""

from emulator.protocols.states.backup import DailyBatch, RbpTrack, RbpView, RbsState, RbsView, Role
from emulator.protocols.states.bfd import BfdKind, BfdState, BfdView
from emulator.protocols.states.device import DeviceState
from emulator.protocols.states.entries import GroupEntry, NeighbourEntry, Origin, SnoopingEntry, UserEntry
from emulator.protocols.states.interfaces import DownBy, InterfaceAddress, InterfaceState, PhysicalState
from emulator.protocols.states.membership import MembershipView, PimView
from emulator.protocols.states.monitors import BindingView, MonitorGroupView, TrackerView
from emulator.protocols.states.routing import OspfPeer, OspfProcess, PingReply, PingResult, Route
from emulator.protocols.states.trunks import (
    Causation,
    DynamicBfd,
    EthTrunkView,
    ETrunkRole,
    ETrunkView,
    HelloCounters,
    LacpPartner,
    MemberChange,
    MemberView,
    PortStatus,
    Rui,
    TrunkPort,
)
from emulator.protocols.states.vrrp import VrrpChange, VrrpKind, VrrpState, VrrpTrackView, VrrpView

__all__ = [
    "BfdKind",
    "BfdState",
    "BfdView",
    "BindingView",
    "Causation",
    "DailyBatch",
    "DeviceState",
    "DownBy",
    "DynamicBfd",
    "ETrunkRole",
    "ETrunkView",
    "EthTrunkView",
    "GroupEntry",
    "HelloCounters",
    "InterfaceAddress",
    "InterfaceState",
    "LacpPartner",
    "MemberChange",
    "MemberView",
    "MembershipView",
    "MonitorGroupView",
    "NeighbourEntry",
    "Origin",
    "OspfPeer",
    "OspfProcess",
    "PhysicalState",
    "PimView",
    "PingReply",
    "PingResult",
    "PortStatus",
    "RbpTrack",
    "RbpView",
    "RbsState",
    "RbsView",
    "Role",
    "Route",
    "Rui",
    "SnoopingEntry",
    "TrackerView",
    "TrunkPort",
    "UserEntry",
    "VrrpChange",
    "VrrpKind",
    "VrrpState",
    "VrrpTrackView",
    "VrrpView",
]
