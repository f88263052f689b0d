"""Displays of subscribers' tunnels, associations and bindings; the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.subscribers import (
    Dhcpv6RelayConfiguration,
    Dhcpv6RelayCounters,
    Dhcpv6RelayUser,
    Dhcpv6User,
    IkeAssociations,
    IpsecAssociation,
    L2tpBackupSession,
    L2tpBackupTunnel,
    L2tpSession,
    L2tpSessionCount,
    L2tpTunnels,
)

DISPLAYS: Final = (
    Display(
        "display l2tp session rui [ SELECTOR ]",
        r"display l2tp session rui( .*)?",
        "l2tp_session_rui",
        L2tpBackupSession,
    ),
    Display(
        "display l2tp tunnel rui [ SELECTOR ]",
        r"display l2tp tunnel rui( .*)?",
        "l2tp_tunnel_rui",
        L2tpBackupTunnel,
    ),
    Display(
        "display l2tp session-number { lac | lns } [ source-ip ADDRESS ]",
        r"display l2tp session-number (lac|lns)( .*)?",
        "l2tp_session_number",
        L2tpSessionCount,
    ),
    Display(
        "display l2tp session { lac | lns slot NUMBER [ backup ] }",
        r"display l2tp session (lac|lns slot \d+( backup)?)",
        "l2tp_session",
        L2tpSession,
    ),
    Display(
        "display l2tp tunnel [ lac | lns slot NUMBER ]",
        r"display l2tp tunnel( lac| lns slot \d+)?",
        "l2tp_tunnel",
        L2tpTunnels,
    ),
    Display(
        "display ike sa [ SELECTOR ]", r"display ike sa( (?!verbose|status).*)?", "ike_sa", IkeAssociations
    ),
    Display(
        "display ipsec sa brief [ slot NUMBER ]",
        r"display ipsec sa brief( slot \d+)?",
        "ipsec_sa_brief",
        IpsecAssociation,
    ),
    Display(
        "display dhcpv6 relay userinfo table SELECTOR",
        r"display dhcpv6 relay userinfo table (?!.*(?:statistics|verbose)$).+",
        "dhcpv6_relay_users",
        Dhcpv6RelayUser,
    ),
    Display(
        "display dhcpv6 relay configuration",
        "display dhcpv6 relay configuration",
        "dhcpv6_relay_configuration",
        Dhcpv6RelayConfiguration,
    ),
    Display(
        "display dhcpv6 relay statistics [ interface INTERFACE ]",
        r"display dhcpv6 relay statistics( interface .*)?",
        "dhcpv6_relay_counters",
        Dhcpv6RelayCounters,
    ),
    Display(
        "display dhcpv6-access user-table all",
        "display dhcpv6-access user-table all",
        "dhcpv6_access_users",
        Dhcpv6User,
    ),
)
