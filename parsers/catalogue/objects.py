"""Displays of VLANs, ACLs and VPN instances; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.objects import Acl, Vlan, VlanRow, VpnInstance

DISPLAYS: Final = (
    Display("display vlan", "display vlan", "vlan_list", VlanRow),
    Display("display vlan VID", r"display vlan \d+", "vlan", Vlan),
    Display(
        "display acl [ ipv6 ] { all | NUMBER | name NAME }",
        r"display acl( ipv6)? (all|\d+|name \S+)",
        "acl",
        Acl,
    ),
    Display(
        "display ip vpn-instance [ NAME ]",
        r"display ip vpn-instance( (?!verbose|interface)\S+)?",
        "vpn_instance",
        VpnInstance,
    ),
)
