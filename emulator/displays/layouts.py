"""Layouts of displays: what the releases print differently.

A layout is data that the display functions read. Where the manual shows one command in two layouts
(command reference of the older release, configuration guide of the newer), each is a row here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EthTrunkLayout:
    """`display eth-trunk`, static LACP.

    Args:
        pair: column of the second pair of a line.
        preempt: label of the preemption delay.
        hash: label of the load balancing; `operate` of the trunk's state.
        colon: what stands after the label of the link numbers.
        local: mark of an own system id on an E-Trunk member.
        legend: explains and prints the flags of the ports, and the mode of the port key.
        actor: widths of the head of the actor table; `actor_row` of its rows.
        partner: widths of the head of the partner table; `partner_row` of its rows.
    """

    pair: int
    preempt: str
    hash: str
    operate: str
    colon: str
    local: str
    legend: bool
    rule: int
    actor: tuple[int, ...]
    actor_row: tuple[int, ...]
    partner: tuple[int, ...]
    partner_row: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one release lays out its displays.

    Args:
        connected: word for a connected backup channel.
        last_up_time: a connected channel shows since when.
        forwarding: a profile shows what its slave does with traffic.
        forwarding_indent: what stands before that line.
        snooping_copy: a profile for IGMP snooping shows its replication switch.
        profile_indent: what stands before the opening rule of a profile.
        empty_vpn: what stands in a VPN column on the public network.
        address_head: `display ip interface brief` has a head line.
        nested_ports: member ports are listed below their Eth-Trunk.
        lacp_gap: what stands after the colons of `display lacp brief`.
        arp_timeout: `display arp interface` begins with the ageing time.
        copy_line: a VRRP group shows whether entries are copied.
        ping_head: opening line of a ping; `ping_reply`, `ping_end` likewise.
    """

    eth_trunk: EthTrunkLayout
    connected: str = "Connected"
    last_up_time: bool = False
    forwarding: bool = False
    forwarding_indent: str = ""
    snooping_copy: bool = True
    profile_indent: str = ""
    empty_vpn: str = ""
    address_head: bool = False
    nested_ports: bool = False
    lacp_gap: str = ""
    arp_timeout: bool = True
    copy_line: bool = False
    ping_head: str = "  PING {target} : {size} data bytes , press CTRL_C to break"
    ping_reply: str = "    Reply from {target} : bytes={size} sequence={sequence} ttl=255 time = {ms}ms"
    ping_end: str = "  --{target} ping statistics--"


# configuration guide, "Example for configuring ... over E-Trunk", verification steps
NEWER = Layout(
    eth_trunk=EthTrunkLayout(
        pair=32,
        preempt="Preempt Delay",
        hash="Hash arithmetic",
        operate="Operate status",
        colon=": ",
        local="(Local)",
        legend=True,
        rule=80,
        actor=(26, 9, 9, 11, 9, 11, 12),
        actor_row=(26, 9, 9, 12, 8, 11, 13),
        partner=(22, 9, 16, 9, 9, 9),
        partner_row=(22, 9, 16, 9, 9, 10),
    ),
    connected="connected",
    last_up_time=True,
    forwarding=True,
    forwarding_indent=" ",
    snooping_copy=False,
    profile_indent=" ",
    empty_vpn="-",
    address_head=True,
    nested_ports=True,
    lacp_gap=" ",
    arp_timeout=False,
    copy_line=True,
    ping_head="  PING {target}: {size}  data bytes, press CTRL_C to break",
    ping_reply="    Reply from {target}: bytes={size} Sequence={sequence} ttl=255 time={ms} ms",
    ping_end="  --- {target} ping statistics ---",
)

# command reference, page "display eth-trunk", first sample
REFERENCE = Layout(
    eth_trunk=EthTrunkLayout(
        pair=28,
        preempt="Preempt Delay Time",
        hash="Hash arithmetic",
        operate="Operate status",
        colon=": ",
        local="",
        legend=False,
        rule=80,
        actor=(23, 9, 9, 8, 7, 8, 10),
        actor_row=(23, 9, 9, 8, 7, 8, 10),
        partner=(23, 10, 10, 8, 8, 10),
        partner_row=(23, 7, 16, 7, 6, 10),
    )
)

# command reference, page "display eth-trunk", sample of the verbose form
OLDER = Layout(
    eth_trunk=EthTrunkLayout(
        pair=31,
        preempt="Preempt Delay",
        hash="Hash Arithmetic",
        operate="Operate Status",
        colon=":",
        local="(LOCAL)",
        legend=False,
        rule=82,
        actor=(23, 10, 10, 8, 8, 10, 12),
        actor_row=(23, 10, 10, 8, 8, 11, 12),
        partner=(23, 10, 17, 8, 8, 10),
        partner_row=(23, 9, 16, 9, 9, 10),
    )
)

LAYOUTS: Mapping[str, Layout] = {"v8r22": NEWER, "v8r12": REFERENCE, "v8r5": OLDER}
"""Layout of each personality, by its name."""
