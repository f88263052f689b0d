"""Advice of the manual that a configuration shows to be followed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.eth_trunk import IF_ETH_TRUNK_JOIN
from inventory.lines.multicast import IF_MC6_TRACK_ADMIN, IF_MC_TRACK_ADMIN
from inventory.lines.profile import RBP_E_TRUNK, RBP_SERVICE_TYPE
from inventory.lines.system import PB_VRRP_TABLE
from inventory.rules.finding import Breach
from inventory.rules.foreign import VRRP_FIRST_DELAY
from inventory.rules.groups import deciding, groups
from inventory.rules.member import Member

TRUNK_SERVICES = frozenset({"igmp-snooping", "igmp", "mld", "arp", "ipsec"})
"""Services whose pages have an E-Trunk for their roles (R116, R118)."""
VRRP_ONLY = frozenset({"dhcp-server", "dhcpv6-relay"})
"""Services that R117 judges."""
LEAST_INTERVAL = 1000
_PORT = re.compile(r"(.*[A-Za-z-])?(?P<slot>\d+)/.+")
MODELS = "NE40E-M2F, M2H, M2K or M2K-B"


def trunk_services(member: Member) -> Iterator[Breach]:
    """R118: an E-Trunk decides the roles of services whose pages say so."""
    for fact in member.all(RBP_E_TRUNK):
        for line in member.all(RBP_SERVICE_TYPE, path=fact.path):
            service = line.params["service"]
            if service not in TRUNK_SERVICES | VRRP_ONLY:
                yield Breach(
                    f"{fact.path[0]} backs up {service} by an E-Trunk, which no page shows",
                    (line, fact),
                    f"a VRRP group, or one of {', '.join(sorted(TRUNK_SERVICES))}",
                    {member.name: f"{line.text}; {fact.text}"},
                )


def calm_interval(member: Member) -> Iterator[Breach]:
    """R98: a group that decides the roles of a profile advertises no faster than each second.

    The manual advises more than the 1 s that the device takes by itself; its samples leave it at that.
    """
    decides = deciding(member)
    for group in groups(member):
        lines = group.all(group.rows.advertise) + group.all(group.rows.advertise_ms)
        if (
            lines
            and (group.family, group.vrid, group.interface) in decides
            and group.interval < LEAST_INTERVAL
        ):
            yield Breach(
                f"{group.name} advertises too often for hot backup",
                lines[:1],
                f"{LEAST_INTERVAL} ms or more",
                {member.name: f"{group.interval} ms"},
            )


def common_group_for_mld(member: Member) -> Iterator[Breach]:
    """R122: MLD follows a common VRRP6 group rather than a management group."""
    for fact in member.all(IF_MC6_TRACK_ADMIN):
        yield Breach(
            f"IPv6 multicast of {fact.path[0].removeprefix('interface ')} follows a management group",
            (fact,),
            "a common VRRP6 group: multicast ipv6 track vrrp6",
            {member.name: fact.text},
        )


def management_on_same_board(member: Member) -> Iterator[Breach]:
    """R122: a management group that multicast follows sits on no physical port of another board."""
    for fact in member.all(IF_MC_TRACK_ADMIN, IF_MC6_TRACK_ADMIN):
        interface, boards = fact.path[0].removeprefix("interface "), _boards(member, fact)
        board = _board(fact.params["interface"])
        if board and boards and board not in boards:
            yield Breach(
                f"multicast of {interface} follows a group on a port of another board and may come twice",
                (fact,),
                "the management group on an Eth-Trunk or Vlanif",
                {member.name: fact.text},
            )


def _board(interface: str) -> str | None:
    """Return the slot of a physical port or of its sub-interface."""
    match = _PORT.fullmatch(interface)
    return match["slot"] if match else None


def _boards(member: Member, fact: Statement) -> set[str]:
    """Return the slots that an interface is on: its own, or those of the ports of its Eth-Trunk."""
    name = fact.path[0].removeprefix("interface ").split(".", maxsplit=1)[0]
    number = name.removeprefix("Eth-Trunk")
    joined = [one for one in member.all(IF_ETH_TRUNK_JOIN) if one.params["trunk-id"] == number]
    ports = [one.path[0].removeprefix("interface ") for one in joined] if number != name else [name]
    return {board for port in ports if (board := _board(port))}


def no_hurry_left(member: Member) -> Iterator[Breach]:
    """R142: the delay of the first VRRP packet is 0 only while a pair is deployed."""
    for fact in member.foreign(VRRP_FIRST_DELAY):
        if int(fact.params["seconds"]) == 0:
            yield Breach(
                "the delay of the first VRRP packet was left at 0",
                (fact,),
                "undo vrrp first-packet-delay after the deployment",
                {member.name: fact.text},
            )


def table_delay_of_some_models(member: Member) -> Iterator[Breach]:
    """R151: the delay of the VRRP table is a command of some models only."""
    for fact in member.all(PB_VRRP_TABLE):
        yield Breach(
            f"`{fact.text}` is a command of some models only",
            (fact,),
            MODELS,
            {member.name: fact.text},
        )
