"""Displays of services, certificates and subscribers; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.services import (
    BackupUsers,
    DhcpCounters,
    DhcpDatabase,
    DhcpRelayAddress,
    IpPool,
    IpsecInstance,
    IpsecInstanceRow,
    ServiceLocation,
    SslPolicy,
    UserCounts,
)

DISPLAYS: Final = (
    Display("display ssl policy [ NAME ]", r"display ssl policy( \S+)?", "ssl_policy", SslPolicy),
    Display(
        "display service-location [ ID ]",
        r"display service-location( \d+)?",
        "service_location",
        ServiceLocation,
    ),
    Display(
        "display dhcp { server | relay } statistics",
        r"display dhcp (server|relay) statistics( .*)?",
        "dhcp_counters",
        DhcpCounters,
    ),
    Display(
        "display access-user [ SELECTOR summary ]",
        "display access-user( .* summary)?",
        "access_user",
        UserCounts,
    ),
    Display(
        "display ip pool [ vpn-instance NAME ]",
        r"display ip pool( vpn-instance \S+)?",
        "ip_pool",
        IpPool,
        rewrites=((r"^\s*(IP address pool Statistic)\s*$", r"Pool-Name : \1"),),
    ),
    Display("display backup-user", "display backup-user", "backup_user", BackupUsers),
    Display("display dhcp server database", "display dhcp server database", "dhcp_database", DhcpDatabase),
    Display(
        "display dhcp relay address { all | interface INTERFACE }",
        r"display dhcp relay address( .*)?",
        "dhcp_relay_address",
        DhcpRelayAddress,
    ),
    Display(
        "display ipsec instance brief",
        "display ipsec instance brief",
        "ipsec_instances",
        IpsecInstanceRow,
    ),
    Display(
        "display ipsec instance [ id ID ]",
        r"display ipsec instance( id \d+)?",
        "ipsec_instance",
        IpsecInstance,
    ),
)
