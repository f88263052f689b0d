"""Lines that are not ours but that rules look at: addresses, VLANs and VPN instances, and a few more.

They become facts as owned lines do, with the ids of the command table, so that a finding can name
the place. A line that no pattern takes is passed over: lint judges what it understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from inventory.facts import ConfigTree
from inventory.lines import Statement
from inventory.names import canonical_interface
from inventory.place import Place


@dataclass(frozen=True)
class ForeignLine:
    """A kind of foreign line.

    Args:
        id: key of the command.
        view: first words of the section that it stands in; nothing for the system view.
        pattern: the line, with its parameters as named groups.
    """

    id: str
    view: str
    pattern: re.Pattern[str]


def _line(name: str, view: str, pattern: str) -> ForeignLine:
    return ForeignLine(name, view, re.compile(pattern, re.IGNORECASE))


IF_IP = _line("if.ip", "interface ", r"ip address (?P<ip>\S+) (?P<mask>\S+)( (?P<sub>sub))?")
IF_VLAN_TYPE = _line("if.vlan-type", "interface ", r"vlan-type dot1q (?P<low>\d+)")
IF_DOT1Q_TERM = _line(
    "if.dot1q-term", "interface ", r"dot1q termination vid (?P<low>\d+)( to (?P<high>\d+))?"
)
IF_USER_VLAN = _line(
    "if.user-vlan",
    "interface ",
    r"user-vlan (?P<low>\d+)( (?P<high>\d+))?( qinq (?P<outer>\d+)( (?P<outer_high>\d+))?)?",
)
IF_VPN = _line("if.vpn", "interface ", r"ip binding vpn-instance (?P<vpn>\S+)")
POOL_VPN = _line("pool.vpn", "ip pool ", r"vpn-instance (?P<vpn>\S+)")
SSL_POLICY = _line("ssl.policy", "", r"ssl policy (?P<name>\S+)")
ARP_STATIC = _line("arp.static", "", r"arp static (?P<ip>\d+\.\d+\.\d+\.\d+)\b.*")
USER_STATIC = _line("user.static", "", r"static-user .+")
L2TP_BASE_ID = _line("l2tp.base-id", "", r"set l2tp tunnel base-id (?P<base>\d+)")
L2TP_HELLO = _line("l2tp.hello", "l2tp-group ", r"tunnel timer hello (?P<seconds>\d+)")
IF_URPF = _line("if.urpf", "interface ", r"(ip|ipv6) urpf( .+)?")
VRRP_FIRST_DELAY = _line("vrrp.first-delay", "", r"vrrp first-packet-delay (?P<seconds>\d+)")
FOREIGN = (
    IF_IP,
    IF_VLAN_TYPE,
    IF_DOT1Q_TERM,
    IF_USER_VLAN,
    IF_VPN,
    POOL_VPN,
    SSL_POLICY,
    ARP_STATIC,
    USER_STATIC,
    L2TP_BASE_ID,
    L2TP_HELLO,
    IF_URPF,
    VRRP_FIRST_DELAY,
)


@dataclass(frozen=True, slots=True)
class ForeignStatement:
    """A foreign line where it stands.

    Args:
        id: key of its kind; empty for a line of no kind that rules look at.
        path: texts of the views above it.
        text: as it was read.
        params: values by the names of its pattern.
        place: where it was written.
    """

    id: str
    path: tuple[str, ...]
    text: str
    params: Mapping[str, str] = field(default_factory=dict, compare=False)
    place: Place | None = field(default=None, compare=False)


Line: TypeAlias = Statement | ForeignStatement
"""A line that a finding can be about."""


def foreign_facts(tree: ConfigTree) -> Iterator[ForeignStatement]:
    """Read the foreign lines of a configuration that rules look at."""
    for path, line in tree.walk():
        for row in FOREIGN:
            inside = path[0].casefold().startswith(row.view) if len(path) == 1 and row.view else False
            match = row.pattern.fullmatch(line.text) if inside or (not path and not row.view) else None
            if match:
                params = {key: value for key, value in match.groupdict().items() if value is not None}
                yield ForeignStatement(row.id, tuple(map(_header, path)), line.text, params, line.place)


def _header(text: str) -> str:
    word, _, name = text.partition(" ")
    if word.casefold() != "interface":
        return text
    try:
        return f"interface {canonical_interface(name)}"
    except ValueError:
        return text
