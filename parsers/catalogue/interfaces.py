"""Displays of interfaces; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.interfaces import EthernetRow, InterfaceRow, IpInterfaceRow, Ipv6InterfaceRow
from parsers.records.ports import Interface, InterfaceDescription, IpInterface, Ipv6Interface

DISPLAYS: Final = (
    Display(
        "display interface ethernet brief",
        "display interface ethernet brief",
        "interface_ethernet_brief",
        EthernetRow,
    ),
    Display(
        "display interface brief [ main ]", "display interface brief( main)?", "interface_brief", InterfaceRow
    ),
    Display(
        "display ip interface brief [ SELECTOR ]",
        "display ip interface brief( .*)?",
        "ip_interface_brief",
        IpInterfaceRow,
    ),
    Display(
        "display ipv6 interface brief",
        "display ipv6 interface brief",
        "ipv6_interface_brief",
        Ipv6InterfaceRow,
    ),
    Display(
        "display interface description [ INTERFACE ]",
        "display interface description( .*)?",
        "interface_description",
        InterfaceDescription,
    ),
    Display(
        "display interface [ INTERFACE ]",
        r"display interface( (?!brief|description|ethernet)\S.*)?",
        "interface",
        Interface,
        rewrites=((r"(?<=PKTFMT_ETHNT_2), ?", " "),),
    ),
    Display(
        "display ip interface [ INTERFACE ]",
        r"display ip interface( (?!brief)\S.*)?",
        "ip_interface",
        IpInterface,
    ),
    Display(
        "display ipv6 interface [ INTERFACE ]",
        r"display ipv6 interface( (?!brief|description)\S.*)?",
        "ipv6_interface",
        Ipv6Interface,
    ),
)
