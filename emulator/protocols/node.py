"""One device of the emulated network: its settings and the running machines of its protocols."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.protocols.machines.bfd import Session
    from emulator.protocols.machines.e_trunk import ETrunk
    from emulator.protocols.machines.e_trunk_member import Member
    from emulator.protocols.machines.entries import Entries
    from emulator.protocols.machines.eth_trunk import EthTrunk
    from emulator.protocols.machines.igp import Adjacency, AdjacencyKey
    from emulator.protocols.machines.interfaces import Interface
    from emulator.protocols.machines.monitor_group import MonitorGroup
    from emulator.protocols.machines.rbp import Profile
    from emulator.protocols.machines.rbs import Channel
    from emulator.protocols.machines.route_monitor_group import RouteMonitor
    from emulator.protocols.machines.transfers import Sync
    from emulator.protocols.machines.vrrp import Group
    from emulator.protocols.settings.device import DeviceSettings
    from emulator.protocols.settings.vrrp import GroupKey


@dataclass(slots=True)
class Node:
    """A device and its machines.

    Args:
        order: position in which it joined, from 0; system MAC addresses follow it.
        syncs: how each profile stands with its peer.
        daily_at: when the next daily backup of a service and type is due.
        partners: devices that mirror its E-Trunks or backup services.
    """

    name: str
    order: int
    mac: str
    settings: DeviceSettings
    entries: Entries
    running: bool = True
    booted: float = 0.0
    partners: set[str] = field(default_factory=set)
    interfaces: dict[str, Interface] = field(default_factory=dict)
    adjacencies: dict[AdjacencyKey, Adjacency] = field(default_factory=dict)
    trunks: dict[int, EthTrunk] = field(default_factory=dict)
    e_trunks: dict[int, ETrunk] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    groups: dict[GroupKey, Group] = field(default_factory=dict)
    syncs: dict[str, Sync] = field(default_factory=dict)
    daily_at: dict[tuple[str, str], float] = field(default_factory=dict)
    monitors: dict[str, MonitorGroup] = field(default_factory=dict)
    route_monitors: dict[str, RouteMonitor] = field(default_factory=dict)
