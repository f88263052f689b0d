"""Remote backup service (RBS): the TCP channel over which the master backs up its entries."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from inventory.model.base import OFF, SIDES, UNSET, Closed, Each, Placed, Side, other
from inventory.model.types import (
    Address,
    GroupName,
    Interface,
    IPv4,
    IPv6,
    LocalDiscriminator,
    Metric,
    Minutes30,
    Percent,
    PolicyName,
    Pool6Name,
    PoolName,
    RbsName,
    RbsPort,
    SslPolicyName,
    Switch,
    Tag,
    TimeOfDay,
    Unsigned31,
    VpnName,
    Weight100,
)

DailyService = Literal["all", "bras", "l2tp", "multicast", "igmp-snooping", "dhcp-server", "dhcpv6-relay"]
NowService = Literal[
    "all", "arp", "ipsec", "bras", "l2tp", "multicast", "igmp-snooping", "dhcp-server", "nd", "dhcpv6-relay"
]


class TrackedInterface(Placed):
    """An uplink whose failure counts towards a switchover."""

    interface: Each[Interface]
    """The uplink of each member."""
    weight: Each[Weight100 | None] = UNSET
    """Share of this uplink; the device takes 10."""


class TrackedGroup(Placed):
    """A monitor group whose failure ratio causes a switchover."""

    group: Each[GroupName]
    """Name of the monitor group."""
    failure_ratio: Each[Percent]
    """Failed share that causes the switchover, in percent."""


class SwitchoverUplink(Closed):
    """When failed uplinks cause a switchover."""

    failure_ratio: Each[Percent | None] = UNSET
    """Failed share, in percent; the device takes 100."""
    duration: Each[Minutes30 | None] = UNSET
    """How long the failure lasts first, 0 to 30 minutes; the device takes 0."""


class RbsTrack(Closed):
    """What the channel watches to decide on a switchover."""

    bfd: Each[LocalDiscriminator | str | None] = UNSET
    """BFD session on the network side: its name in this file, or its local discriminator."""
    interfaces: tuple[TrackedInterface, ...] = ()
    """Uplinks; not together with monitor groups (R127)."""
    monitor_groups: tuple[TrackedGroup, ...] = ()
    """Interface monitor groups, two at most."""
    route_monitor_groups: tuple[TrackedGroup, ...] = ()
    """Route monitor groups, two at most."""
    switchover_uplink: SwitchoverUplink = SwitchoverUplink.model_construct()
    """When failed uplinks count."""


class Redirect(Closed):
    """Protection path over a next hop."""

    next_hop: Each[IPv4]
    interface: Each[Interface]


class TunnelPolicy(Closed):
    """Protection path over a tunnel chosen by policy."""

    policy: Each[PolicyName]
    peer: Each[IPv4]
    interface: Each[Interface | None] = UNSET


class VpnTunnel(Placed):
    """Protection path inside a VPN instance."""

    vpn_instance: Each[VpnName]
    peer: Each[IPv4]
    interface: Each[Interface | None] = UNSET


class Protection(Closed):
    """Path for downstream traffic that still reaches the member which is now backup."""

    redirect: Redirect | None = None
    """`protect redirect ip-nexthop`."""
    tunnel_policy: TunnelPolicy | None = None
    """`protect tnl-policy`."""
    lsp_peer: Each[IPv4 | None] = UNSET
    """Peer of an LSP tunnel for all instances (`protect lsp-tunnel for-all-instance`)."""
    vpn_instances: tuple[VpnTunnel, ...] = ()
    """`protect ip-vpn-instance`, one a VPN."""


class RbsPool(Placed):
    """An IPv4 address pool shared over this channel."""

    name: Each[PoolName]
    metric: Each[Metric | None] = UNSET
    """Cost of the pool's route; master below backup."""


class RbsPool6(Placed):
    """An IPv6 address pool shared over this channel."""

    name: Each[Pool6Name]
    metric: Each[Metric | None] = UNSET
    """Cost of the pool's route; master below backup."""


class DailyBackup(Placed):
    """Batch backup at a time of day; one-way, so both members need it (R105)."""

    service: DailyService
    time: Each[TimeOfDay]
    """HH:MM:SS on the device's clock."""


class BackupBlock(Placed):
    """A direction in which backup is held back; an upgrade aid (R147)."""

    direction: Literal["send", "receive"]
    service: Literal["bras", "l2tp", "multicast", "igmp-snooping"] | None = None
    """One service, or all of them without this key."""


class StaticRoute(Placed):
    """Static routes to advertise by tag (`static-route if-match null 0 tag`)."""

    tag: Each[Tag]
    metric: Each[Metric | None] = UNSET
    rui_slave: Each[Switch] = OFF
    """Advertise as the backup; on the backup member only (R108)."""


class RadiusSource(Closed):
    """Source address of RADIUS authorization: an address, or that of the NAS."""

    address: Each[IPv4 | None] = UNSET
    vpn_instance: Each[VpnName | None] = UNSET
    same_as_nas_logic_ip: Each[Switch] = OFF

    @model_validator(mode="after")
    def _one_source(self) -> RadiusSource:
        for side in SIDES:
            address, vpn = self.address.of(side), self.vpn_instance.of(side)
            if (address is not None) is self.same_as_nas_logic_ip.of(side):
                raise ValueError("give `address` or `same_as_nas_logic_ip: true`, one of both on each member")
            if vpn is not None and address is None:
                raise ValueError("`vpn_instance` is that of an `address`")
        return self


class WebAuthSource(Closed):
    """Source address towards the web authentication server."""

    address: Each[Address]
    vpn_instance: Each[VpnName | None] = UNSET


class Dhcpv6Server(Closed):
    """DHCPv6 server that the relay of both members talks to."""

    destination: Each[IPv6]
    source: Each[IPv6]
    vpn_instance: Each[VpnName | None] = UNSET


class BackupService(Placed):
    """Remote backup service: one TCP channel between the members."""

    name: Each[RbsName]
    """Name of the service."""
    address: Each[Address]
    """Own address of each member; the peer address of a member is the other one's."""
    port: Each[RbsPort]
    """TCP port, the same on both."""
    peer: Each[Address | None] = UNSET
    """Only for an existing pair whose addresses do not mirror: what the member takes for its peer's."""
    ssl_policy: Each[SslPolicyName | None] = UNSET
    """SSL policy bound to the channel: both members or none."""
    shutdown: Each[Switch] = OFF
    """Keep the channel closed."""
    track: RbsTrack = RbsTrack.model_construct()
    """What the channel watches."""
    protect: Protection = Protection.model_construct()
    """Protection path for downstream traffic."""
    ip_pools: tuple[RbsPool, ...] = ()
    """IPv4 address pools in shared mode."""
    ipv6_pools: tuple[RbsPool6, ...] = ()
    """IPv6 address pools in shared mode."""
    batch_backup_daily: tuple[DailyBackup, ...] = ()
    """Batch backups at a time of day."""
    batch_backup_now: tuple[NowService, ...] = ()
    """Batch backups to start once after a deployment; an action, never part of the configuration."""
    backup_block: tuple[BackupBlock, ...] = ()
    """Directions in which backup is held back."""
    static_routes: tuple[StaticRoute, ...] = ()
    """Static routes advertised by role."""
    radius_authorization: RadiusSource | None = None
    """Source of RADIUS authorization."""
    web_auth_server: WebAuthSource | None = None
    """Source towards the web authentication server."""
    dhcpv6_server: Dhcpv6Server | None = None
    """DHCPv6 server behind the relay."""
    l2tp_source_loopback: Each[Unsigned31 | None] = UNSET
    """Number of the loopback that sources L2TP tunnels."""
    l2tp_protect_tunnel: Each[Switch] = Each.model_construct(a=True, b=True)
    """Protection tunnel for L2TP; on unless false."""

    def peer_of(self, side: Side) -> Address:
        """Tell the peer address of a member: the one given, or the other member's own."""
        return self.peer.of(side) or self.address.of(other(side))

    @model_validator(mode="after")
    def _one_family(self) -> BackupService:
        known = (self.address.a, self.address.b, self.peer.a, self.peer.b)
        if len({":" in address for address in known if address is not None}) > 1:
            raise ValueError("the addresses of both members must be of one family")
        return self
