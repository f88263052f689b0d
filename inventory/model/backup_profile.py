"""Remote backup profile (RBP): what is backed up, over which service, and what decides who is master."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from inventory.model.base import OFF, UNSET, Closed, Each, Placed
from inventory.model.types import (
    BackupId,
    EthTrunkId,
    ETrunkId,
    Interface,
    IPv4,
    Mac,
    Megabytes,
    Metric,
    Minutes1440,
    NasName,
    Node,
    Offset5,
    Pool6Name,
    PoolName,
    RbpName,
    RbsName,
    SessionSysname,
    Switch,
    Vrid,
)

ServiceType = Literal[
    "arp",
    "ipsec",
    "igmp-snooping",
    "igmp",
    "mld",
    "bras",
    "multicast",
    "l2tp",
    "no-host-multicast",
    "dhcp-server",
    "nd",
    "dhcpv6-relay",
]


class ETrunkTrack(Closed):
    """The E-Trunk election decides who is master."""

    e_trunk: Each[ETrunkId]
    eth_trunk: Each[EthTrunkId]


class VrrpTrack(Placed):
    """A VRRP group decides who is master."""

    vrid: Each[Vrid]
    interface: Each[Interface]
    mac: Each[Literal["odd", "even"] | None] = UNSET
    """Users whose MAC address is odd or even: two groups, one of each (R103)."""


class Vrrp6Track(Placed):
    """A VRRP6 group decides who is master."""

    vrid: Each[Vrid]
    interface: Each[Interface]


class ProfileTrack(Closed):
    """The protocol that decides who is master: E-Trunk, or VRRP groups, or VRRP6 groups."""

    e_trunk: ETrunkTrack | None = None
    vrrp: tuple[VrrpTrack, ...] = ()
    vrrp6: tuple[Vrrp6Track, ...] = ()


class LogicPort(Closed):
    """Port that is reported to the RADIUS server."""

    type: Literal["eth-trunk", "ethernet", "gigabitethernet"]
    number: str = Field(pattern=r"^\d+(/\d+){0,3}(\.\d+)?$")


class Nas(Closed):
    """What both members report to the RADIUS server, so that they look like one."""

    logic_ip: Each[IPv4 | None] = UNSET
    logic_port: Each[LogicPort | None] = UNSET
    logic_sysname: Each[NasName | None] = UNSET


class TrafficBackup(Closed):
    """When the traffic counters of users are backed up."""

    interval: Each[Minutes1440 | None] = UNSET
    """Minutes, 0 to 1440; the device takes 10."""
    threshold: Each[Megabytes | None] = UNSET
    """Megabytes, 0 to 100000; the device takes 50."""


class PoolInclude(Placed):
    """A pool of the peer inside a pool of ours."""

    source: PoolName
    destination: PoolName
    node: Each[Node | None] = UNSET


class LoadBalance(Closed):
    """How users are spread over both members; the same on both (R54)."""

    arithmetic: Each[Literal["arithmetic1", "arithmetic2"]]
    mac_offset: Each[Offset5 | None] = UNSET
    """1 to 5."""


class RemarkMac(Placed):
    """MAC address shown to users of one parity."""

    mac: Each[Mac]
    parity: Literal["odd", "even"]


class AddressPool(Placed):
    """DHCP server address pool that is bound to the profile in its own view."""

    name: Each[PoolName]
    type: Each[Literal["server", "bas local", "bas local rui-slave", "bas remote"]] = Each.model_construct(
        a="server", b="server"
    )
    """Words after the name in the pool's line of the configuration."""


class BackupProfile(Placed):
    """Remote backup profile: services, channel, track protocol and the interfaces that it is bound to."""

    name: Each[RbpName]
    """Name of the profile."""
    backup_id: Each[BackupId]
    """User backup ID, the same on both members and used by no other profile (R71)."""
    service: Each[RbsName]
    """Name of the backup service that carries the entries."""
    services: Each[tuple[ServiceType, ...]] = Each.model_construct(a=(), b=())
    """What is backed up."""
    mode: Each[Literal["hot", "warm", "virtual"]] = Each.model_construct(a="hot", b="hot")
    """Kind of backup; `virtual` for BRAS only (R119)."""
    track: ProfileTrack = ProfileTrack.model_construct()
    """The protocol that decides who is master."""
    interfaces: Each[tuple[Interface, ...]] = Each.model_construct(a=(), b=())
    """Main interface, or sub-interfaces of one main interface, that the profile is bound to (R114)."""
    address_pools: tuple[AddressPool, ...] = ()
    """DHCP server pools bound to this profile in the pool view."""
    slave_forwarding: Each[Switch] = Each.model_construct(a=True, b=True)
    """Whether the backup forwards; false is `rui-slave inbound without-forwarding`."""
    nas: Nas = Nas.model_construct()
    """What the RADIUS server sees."""
    traffic_backup: TrafficBackup = TrafficBackup.model_construct()
    """When traffic counters are backed up."""
    accounting_sysname: Each[SessionSysname | None] = UNSET
    """`acct-session-id nas-logic-sysname`, 1 to 7 characters."""
    frame_route_metric: Each[Metric | None] = UNSET
    """Cost of routes from the RADIUS server."""
    ip_pools: Each[tuple[PoolName, ...]] = Each.model_construct(a=(), b=())
    """IPv4 address pools in exclusive mode."""
    ip_pool_includes: tuple[PoolInclude, ...] = ()
    """IPv4 pools inside other pools."""
    ipv6_pools: Each[tuple[Pool6Name, ...]] = Each.model_construct(a=(), b=())
    """IPv6 address pools in exclusive mode."""
    load_balance: LoadBalance | None = None
    """How users are spread over the members."""
    remark_macs: tuple[RemarkMac, ...] = ()
    """MAC addresses shown to users."""
    igmp_copy: Each[Switch] = OFF
    """`dhcp-stb igmp-copy`, for IPoE set-top boxes; the device does it by itself."""
