"""Lines of the system view that hot backup needs."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import model_validator

from inventory.model.base import OFF, SIDES, UNSET, Closed, Each, Placed, Side
from inventory.model.types import (
    IgmpVersion,
    LacpPriority,
    Mac,
    Seconds60,
    Seconds3600,
    SnoopedView,
    Speed400,
    Switch,
    Ttl15,
    UdpPort,
)

_MADE = re.compile(r"( static| auto)?( bd-mode)?$")
"""Words after the name of a VSI."""


class Lacp(Closed):
    """LACP of the whole device."""

    priority: Each[LacpPriority | None] = UNSET
    """System priority; without effect on Eth-Trunks of an E-Trunk (R83)."""
    e_trunk_system_id: Each[Mac | None] = UNSET
    """System ID that the E-Trunk's Eth-Trunks show, the same on both members (R81)."""
    e_trunk_priority: Each[LacpPriority | None] = UNSET
    """System priority that the E-Trunk's Eth-Trunks show, the same on both members (R83)."""


class SnoopingInstance(Placed):
    """A VLAN or VSI in which IGMP is snooped."""

    instance: Each[SnoopedView]
    """First line of its section in the configuration, as `vlan 100` or `vsi v123`."""
    enable: Each[Switch] = Each.model_construct(a=True, b=True)
    version: Each[IgmpVersion | None] = UNSET
    proxy: Each[Switch] = OFF
    querier: Each[Switch] = OFF
    backup_report: Each[Literal["forward", "source-mac-replace"] | None] = UNSET
    """In a VSI: let the backup forward reports, with its own source MAC address or not."""
    backup_query: Each[Literal["forward", "source-mac-replace"] | None] = UNSET
    """In a VSI: let the backup forward queries, with its own source MAC address or not."""

    def where(self, side: Side) -> str:
        """Tell the VLAN or VSI of a member without the words that only say how it was made."""
        text = self.instance.of(side)
        return text if text.startswith("vlan ") else _MADE.sub("", text)

    @model_validator(mode="after")
    def _backs_up_in_a_vsi(self) -> SnoopingInstance:
        for side in SIDES:
            if not self.instance.of(side).startswith("vsi ") and (
                self.backup_report.of(side) or self.backup_query.of(side)
            ):
                raise ValueError(
                    "`backup_report` and `backup_query` are lines of a VSI; in a VLAN there are none"
                )
        return self


class PeerBackup(Closed):
    """Backup of all services of the device."""

    download_vrrp_table_delay: Each[Seconds60 | None] = UNSET
    """Seconds before a new backup stops forwarding; only M2F, M2H, M2K and M2K-B have it (R151)."""
    batch_access: Each[Switch] = OFF
    """Let users go online during batch backup."""
    route_cost: Each[Literal["all", "exclude loopback"] | None] = UNSET
    """Advertise route costs by role (`peer-backup route-cost auto-advertising`)."""
    trigger_speed: Each[Speed400 | None] = UNSET
    """Users a second that are brought up from backup, the same on both (R107)."""
    ttl: Each[Ttl15 | None] = UNSET


class System(Closed):
    """Lines of the system view."""

    multicast: Each[Switch] = OFF
    """`multicast routing-enable`."""
    multicast_ipv6: Each[Switch] = OFF
    """`multicast ipv6 routing-enable`."""
    igmp_snooping: Each[Switch] = OFF
    """`igmp-snooping enable`."""
    igmp_snooping_instances: tuple[SnoopingInstance, ...] = ()
    lacp: Lacp = Lacp.model_construct()
    e_trunk_port: Each[UdpPort | None] = UNSET
    """UDP port of E-Trunk packets, the same on both (R78); the device takes 1025."""
    e_trunk_ipv6_port: Each[UdpPort | None] = UNSET
    """The same for IPv6."""
    vrrp_recover_delay: Each[Seconds3600 | None] = UNSET
    """Seconds before VRRP acts on a recovered interface."""
    peer_backup: PeerBackup = PeerBackup.model_construct()
