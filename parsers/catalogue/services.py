"""Displays of services, certificates and subscribers; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.services import DhcpCounters, ServiceLocation, SslPolicy, UserCounts

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
    Display("display access-user", "display access-user( .* summary)?", "access_user", UserCounts),
)
