"""Where a line stands in the printed configuration.

The parser never depends on it; rendering and the predicted configuration put lines where the device does.
Source: order of sections and lines of the sample configurations of the guide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from inventory.facts import Foreign
from inventory.lines import OWNED, READINGS, Statement

# beginnings of lines, in printing order; the longest that fits a line ranks it
_PRINTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "system": (
            "sysname",
            "vrrp",
            "multicast routing-enable",
            "multicast ipv6 routing-enable",
            "vlan batch",
            "lacp priority",
            "lacp e-trunk system-id",
            "lacp e-trunk priority",
            "e-trunk port",
            "e-trunk ipv6 port",
            "peer-backup",
            "vlan",
            "igmp-snooping",
            "bfd",
            "monitor-group",
            "ip route-monitor-group",
            "mpls",
            "vsi",
            "ip pool",
            "ipv6 prefix",
            "ipv6 pool",
            "pki",
            "ssl",
            "e-trunk",
            "aaa",
            "remote-backup-service",
            "remote-backup-profile",
            "isis",
            "ospfv3",
            "interface Vlanif",
            "interface Eth-Trunk",
            "interface GigabitEthernet",
            "interface 10GE",
            "interface 25GE",
            "interface 100GE",
            "interface LoopBack",
            "interface NULL",
            "bgp",
            "bfd session",
            "ospf",
            "pim",
            "pim-ipv6",
            "ip route-static",
            "ipv6 route-static",
        ),
        "interface": (
            "portswitch",
            "description",
            "undo shutdown",
            "vlan-type dot1q",
            "mtu",
            "ip binding",
            "ipv6 enable",
            "ip address",
            "ipv6 address",
            "port link-type",
            "port default vlan",
            "port trunk allow-pass",
            "vrrp",
            "admin-vrrp",
            "vrrp6",
            "admin-vrrp6",
            "pim",
            "igmp",
            "mld",
            "multicast",
            "mode",
            "lacp",
            "e-trunk",
            "eth-trunk",
            "isis",
            "ospfv3",
            "l2 binding",
            "igmp-snooping",
            "track",
            "remote-backup-profile",
            "bas",
            "dhcp",
            "dcn",
        ),
    }
)
_ROWS = MappingProxyType({row: number for number, row in enumerate(OWNED)})
_PREFIXES = MappingProxyType(
    {
        view: tuple(sorted(((text.lower(), n) for n, text in enumerate(texts)), key=lambda x: -len(x[0])))
        for view, texts in _PRINTED.items()
    }
)


_AFTER_GROUPS = frozenset({"vrrp.interface-recover-delay", "vrrp6.recover-delay"})
_LAST_GROUP = 256
_TYPE = re.compile(r"^\d*[A-Za-z|-]+(?:\d*GE)?")
_PARTS = 3
_WIDEST = 1 << 32
Rank = tuple[int, int]
UNKNOWN: Rank = (-1, -1)
"""Place of a line that nothing is known about."""


def rank(view: str, line: Statement | Foreign) -> Rank:
    """Return the place of a line among the lines of its view: smaller is printed earlier.

    Args:
        view: view that holds the line.
        line: the line.

    Returns:
        Place among the known beginnings (-1 for an unknown one), then place in the owned table.
    """
    shown = line.text.lower()
    if isinstance(line, Foreign):
        return _beginning(view, shown), -1
    row = _ROWS[line.id]
    if line.row.opens == "bfd-session":
        shown = "bfd session"
    elif line.row.family:
        # the lines of one group stand together, `admin-vrrp` among them
        shown, row = line.row.family, int(line.params["vrid"]) * len(_ROWS) + row
    elif line.id in _AFTER_GROUPS:
        row += _LAST_GROUP * len(_ROWS)
    elif line.row.opens == "interface":
        return _beginning(view, shown), _numbered(line.params["interface"])
    return _beginning(view, shown), row


def _numbered(interface: str) -> int:
    """Order interfaces of one type by number, a sub-interface after its main interface.

    The number has up to three parts and a sub-number: `0/1/2.30`.
    """
    slots, _, sub = _TYPE.sub("", interface).partition(".")
    parts = [int(part) for part in slots.split("/") if part.isdigit()]
    place = 0
    for part in (*parts, *[0] * (_PARTS - len(parts)), int(sub or 0)):
        place = place * _WIDEST + part
    return place


@lru_cache(maxsize=READINGS)
def _beginning(view: str, text: str) -> int:
    for prefix, place in _PREFIXES.get(view, ()):
        after = text[len(prefix) : len(prefix) + 1]
        # an interface type is followed by its number, a keyword by a blank
        if text.startswith(prefix) and (after in {"", " "} or prefix.startswith("interface ")):
            return place
    return -1
