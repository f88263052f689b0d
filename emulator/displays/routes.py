"""`display ip routing-table` and `display ipv6 routing-table` (command reference).

Each as a table, as the answer for one address, and as counts by protocol.
"""

from __future__ import annotations

from ipaddress import ip_network
from itertools import groupby
from typing import TYPE_CHECKING

from emulator.displays.text import row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from emulator.protocols.states import Route

_LEGEND = "Route Flags: R - relay, D - download to fib, T - to vpn-instance, B - black hole route"
_RULE = "-" * 78
_WIDTHS = (7, 5, 9, 6, 16)
_COUNTED = (11, 11, 11, 11, 11)
_PROTOCOLS = ("DIRECT", "STATIC", "RIP", "OSPF", "IS-IS", "BGP", "UNR", "OPR")


def mask_length(text: str) -> int | None:
    """Return the length of a mask that was typed as a number or dotted; None where none was."""
    if not text:
        return None
    return int(text) if text.isdigit() else ip_network(f"0.0.0.0/{text}").prefixlen


def table(found: Sequence[Route], params: Mapping[str, str]) -> list[str]:
    """Show routes under the head of their table; a query for an address counts them in one number."""
    vpn = params.get("vpn", "")
    title = f"Routing Table: {vpn}" if vpn else "Routing Table : _public_"
    prefixes = {route.prefix for route in found}
    if "ip" in params:
        if not found:
            return []
        counts = [f"Summary Count : {len(found)}"]
    else:
        counts = [f"         Destinations : {len(prefixes)}        Routes : {len(found)}"]
    head = "Destination/Mask    " + row(_WIDTHS, ("Proto", "Pre", "Cost", "Flags", "NextHop", "Interface"))
    rows = [
        line for _, group in groupby(found, key=lambda route: route.prefix) for line in _rows(list(group))
    ]
    return [_LEGEND, _RULE, title, *counts, "", head, "", *rows]


def table6(found: Sequence[Route], params: Mapping[str, str]) -> list[str]:
    """Show routes of IPv6, a record each; a query for an address indents them by a blank."""
    asked = "ip" in params
    if asked and not found:
        return []
    destinations = len({route.prefix for route in found})
    counts = (
        f"Summary Count : {len(found)}"
        if asked
        else f"         Destinations : {destinations}        Routes : {len(found)}"
    )
    head = [f"Routing Table : {params.get('vpn') or '_public_'}", counts]
    rows = [line for route in found for line in ("", *_record(route))]
    return [*head, *(f" {line}" if asked and line else line for line in rows)]


def _record(route: Route) -> list[str]:
    """Return the record of one route, two fields a line."""
    pairs = (
        ("Destination", route.prefix.network_address, "PrefixLength", route.prefix.prefixlen),
        ("NextHop", route.next_hop, "Preference", route.preference),
        ("Cost", route.cost, "Protocol", route.protocol),
        ("RelayNextHop", "::", "TunnelID", "0x0"),
        ("Interface", route.interface, "Flags", route.flags),
    )
    return [f"{left:<13}: {_spelt(one):<39}{right:<13}: {_spelt(other)}" for left, one, right, other in pairs]


def _spelt(value: object) -> str:
    """Spell a value as a router does: addresses of IPv6 in capital letters."""
    text = str(value)
    return text.upper() if ":" in text else text


def statistics(found: Sequence[Route]) -> list[str]:
    """Count routes by their protocol; what was added since the device began is what is there."""
    return [
        f"Summary Prefixes : {len({route.prefix for route in found})}",
        row(_COUNTED, ("Proto", "total", "active", "added", "deleted", "freed")),
        row(_COUNTED, ("", *["routes"] * 5)),
        *(
            row(_COUNTED, (word, *[count] * 3, 0, 0))
            for word in _PROTOCOLS
            for count in [sum(_counts_as(route) == word for route in found)]
        ),
        row(_COUNTED, ("Total", *[len(found)] * 3, 0, 0)),
    ]


def _counts_as(route: Route) -> str:
    return {"ISIS": "IS-IS", "OSPFv3": "OSPF"}.get(route.protocol, route.protocol.upper())


def _rows(group: Sequence[Route]) -> list[str]:
    """Return the rows of one destination: it stands in the first alone."""
    return [
        f"{str(route.prefix) if place == 0 else '':>18}  "
        + row(
            _WIDTHS,
            (
                route.protocol,
                route.preference,
                route.cost,
                f"{route.flags:>4}",
                route.next_hop,
                route.interface,
            ),
        )
        for place, route in enumerate(group)
    ]
