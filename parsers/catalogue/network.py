"""Displays of neighbours and routes; a row per form of answer, the first match counts.

Source: manual pages of the commands named.
"""

from __future__ import annotations

from typing import Final

from parsers.catalogue.display import Display
from parsers.records.network import ArpCounters, ArpEntry, OspfPeers, OspfProcess, Ping
from parsers.records.routes import (
    Ipv6Neighbor,
    Ipv6NeighborCounts,
    Ipv6NeighborRow,
    Ipv6RoutingTable,
    RouteCounts,
    RouteDetail,
    RoutingTable,
)

DISPLAYS: Final = (
    Display(
        "display arp statistics SELECTOR",
        r"display arp statistics( .*)?",
        "arp_statistics",
        ArpCounters,
    ),
    Display(
        "display arp SELECTOR",
        r"display arp( .*)?",
        "arp",
        ArpEntry,
        whole=("Total",),
    ),
    Display(
        "display ospf [ PROCESS ] peer brief",
        r"display ospf( \d+)? peer brief",
        "ospf_peer_brief",
        OspfPeers,
    ),
    Display(
        "display ospf [ PROCESS ] peer [ SELECTOR ]",
        r"display ospf( \d+)? peer( .*)?",
        "ospf_peer",
        OspfProcess,
        rewrites=((r"\( ?(\S+?(?: \S+?)?) ?\)'s neighbors", r"(\1)'s neighbors"),),
    ),
    Display(
        "ping [ OPTIONS ] HOST",
        r"ping .+",
        "ping",
        Ping,
        rewrites=(
            (r"^\s*-{2,3} ?(\S+?) ping statistics ?-{2,3}\s*$", r"\1 ping statistics"),
            (r"[ \t]*=[ \t]*", "="),
            (r"[ \t]+,", ","),
            (r"(?<=\d)[ \t]*ms\s*$", " ms"),
            (r"\bSequence=", "sequence="),
        ),
    ),
    Display(
        "display ipv6 neighbors brief",
        "display ipv6 neighbors brief",
        "ipv6_neighbors_brief",
        Ipv6NeighborRow,
    ),
    Display(
        "display ipv6 neighbors [ SELECTOR ]",
        r"display ipv6 neighbors(?! statistics)( .*)?",
        "ipv6_neighbors",
        Ipv6Neighbor,
        rewrites=((r"(?<=SECURE)(?=Source IP)", "\n"),),
        whole=("Total",),
    ),
    Display(
        "display { ip | ipv6 } routing-table [ vpn-instance NAME ] statistics",
        r"display (ip|ipv6) routing-table( vpn-instance \S+)? statistics",
        "ip_route_counts",
        RouteCounts,
    ),
    Display(
        "display ip routing-table [ SELECTOR ] verbose",
        r"display ip routing-table( .*)? verbose",
        "ip_route_verbose",
        RouteDetail,
    ),
    Display(
        "display ip routing-table [ vpn-instance NAME ] [ ADDRESS [ MASK ] [ longer-match ] ]",
        r"display ip routing-table( vpn-instance \S+)?( [\d.]+( [\d.]+)?( longer-match)?)?",
        "ip_routing_table",
        RoutingTable,
    ),
    Display(
        "display ipv6 neighbors statistics all",
        "display ipv6 neighbors statistics( all)?",
        "ipv6_neighbor_statistics",
        Ipv6NeighborCounts,
    ),
    Display(
        "display ipv6 routing-table [ vpn-instance NAME ] [ ADDRESS [ LENGTH ] ]",
        r"display ipv6 routing-table( vpn-instance \S+)?( [\da-f:]+( \d+)?)?",
        "ipv6_routing_table",
        Ipv6RoutingTable,
    ),
)
