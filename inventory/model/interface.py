"""What stands on a service or uplink interface: multicast, snooping and VRRP lines."""

from __future__ import annotations

from inventory.model.base import OFF, UNSET, Closed, Each, Placed
from inventory.model.types import (
    GroupName,
    IgmpVersion,
    IPv4,
    MldVersion,
    MulticastGroup,
    Seconds3600,
    Switch,
    Unsigned32,
    VlanList,
    Vrid,
    Weight1000,
)
from inventory.model.types import Interface as InterfaceName
from inventory.model.vrrp import Vrrp6Group, VrrpGroup


class AdminGroup(Closed):
    """An mVRRP or mVRRP6 group."""

    interface: Each[InterfaceName]
    vrid: Each[Vrid]


class MulticastTrack(Closed):
    """The group whose master forwards multicast: a common one or a management one, never both (R120)."""

    vrid: Each[Vrid | None] = UNSET
    """Common group on this interface."""
    admin: AdminGroup | None = None
    """Management group on another interface."""


class GroupFollowed(Closed):
    """A monitor group that takes an interface down."""

    group: Each[GroupName]
    trigger_down_weight: Each[Weight1000 | None] = UNSET


class StaticGroup(Placed):
    """A multicast group joined without a host."""

    group: Each[MulticastGroup]
    source: Each[IPv4 | None] = UNSET


class Interface(Placed):
    """The lines of hot backup on one interface; its addresses, VLANs and the rest are not touched."""

    name: Each[InterfaceName]
    """Interface of each member."""
    pim_sm: Each[Switch] = OFF
    pim_dr_priority: Each[Unsigned32 | None] = UNSET
    pim_ignore_dr_state: Each[Switch] = OFF
    pim_ignore_assert_state: Each[Switch] = OFF
    pim_ipv6_sm: Each[Switch] = OFF
    pim_ipv6_ignore_dr_state: Each[Switch] = OFF
    pim_ipv6_ignore_assert_state: Each[Switch] = OFF
    igmp: Each[Switch] = OFF
    igmp_version: Each[IgmpVersion | None] = UNSET
    igmp_static_groups: tuple[StaticGroup, ...] = ()
    mld: Each[Switch] = OFF
    mld_version: Each[MldVersion | None] = UNSET
    multicast_track: MulticastTrack = MulticastTrack.model_construct()
    """VRRP group that multicast follows."""
    multicast_ipv6_track: MulticastTrack = MulticastTrack.model_construct()
    """VRRP6 group that multicast of IPv6 follows."""
    igmp_snooping_backup_report: Each[Switch] = OFF
    """Let the backup forward IGMP reports (`igmp-snooping backup-report forward`)."""
    igmp_snooping_router_port_vlans: Each[VlanList | None] = UNSET
    """VLANs of a static router port, as `10` or `10 to 12 20`."""
    vrrp: tuple[VrrpGroup, ...] = ()
    vrrp6: tuple[Vrrp6Group, ...] = ()
    vrrp_recover_delay: Each[Seconds3600 | None] = UNSET
    """Seconds before VRRP acts on a recovered interface."""
    vrrp6_recover_delay: Each[Seconds3600 | None] = UNSET
    """Seconds before VRRP6 acts on a recovered interface."""
    track_monitor_group: GroupFollowed | None = None
    """Monitor group that takes the interface down."""
    track_admin_vrrp: AdminGroup | None = None
    """mVRRP group that an interface without a group follows."""
