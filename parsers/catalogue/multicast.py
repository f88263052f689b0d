"""Displays of multicast; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.membership import MembershipInstance, PimInstance
from parsers.records.multicast import MulticastForwarder, MulticastInstance, SnoopingScope

DISPLAYS: Final = (
    Display(
        "display { igmp | mld } [ SELECTOR ] group [ SELECTOR ] [ verbose ]",
        r"display (igmp|mld)( vpn-instance \S+| all-instance)? group( .*)?",
        "multicast_group",
        MulticastInstance,
    ),
    Display(
        "display { igmp-snooping | mld-snooping } port-info [ SELECTOR ]",
        r"display (igmp|mld)-snooping port-info( .*)?",
        "snooping_port_info",
        SnoopingScope,
    ),
    Display(
        "display multicast rui source S group G eth-trunk ID",
        r"display multicast rui( vpn(-instance)? \S+)? source \S+ group \S+ eth-trunk ?\d+",
        "multicast_rui",
        MulticastForwarder,
    ),
    Display(
        "display pim [ ipv6 ] [ SELECTOR ] interface [ INTERFACE ] verbose",
        r"display pim( ipv6)?( vpn-instance \S+| all-instance)? interface( .*)? verbose",
        "pim_interface_verbose",
        PimInstance,
    ),
    Display(
        "display pim [ ipv6 ] [ SELECTOR ] interface [ INTERFACE | up | down ]",
        r"display pim( ipv6)?( vpn-instance \S+| all-instance)? interface( .*)?",
        "pim_interface",
        PimInstance,
        rewrites=((r"(:[0-9A-Fa-f]{1,4}): *(\(local\))?\s*$", r"\1 \2"),),  # an address cut to its column
    ),
    Display(
        "display { igmp | mld } [ SELECTOR ] interface [ INTERFACE | up | down ] [ verbose ]",
        r"display (igmp|mld)( vpn-instance \S+| all-instance)? interface( .*)?",
        "multicast_interface",
        MembershipInstance,
    ),
)
