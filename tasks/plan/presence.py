"""What must stand on the device before a plan and no intent can express: addresses, pools, policies.

The device would refuse some of it, and take the rest without ever working: a channel whose source address
is on no interface never comes up (R3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inventory.errors import RefusedError
from inventory.facts import ConfigTree, Fact
from tasks.plan.items import Item, read_items


@dataclass(frozen=True, slots=True)
class Presence:
    """A foreign line that a wanted line relies on.

    Args:
        lines: rows that rely on it.
        under: pattern of the top-level line that holds it.
        line: pattern of the line below it; empty when the top-level line is enough. Values of the wanted
            line stand in braces, as `{source-ip}`.
        says: what is missing, for the operator.
        rule: rule id.
        forbidden: the line must not be there.
    """

    lines: tuple[str, ...]
    under: str
    line: str
    says: str
    rule: str
    forbidden: bool = False


_INTERFACE = r"interface .+"
_HERE = r"interface {@interface}"
NEEDED: tuple[Presence, ...] = (
    Presence(
        ("rbs.peer", "et.peer-address"),
        _INTERFACE,
        r"ip address {source-ip} .+",
        "an interface with address {source-ip}",
        "R3",
    ),
    Presence(
        ("rbs.peer-ipv6", "et.peer-ipv6"),
        _INTERFACE,
        r"ipv6 address {source-ipv6}[/ ].+",
        "an interface with address {source-ipv6}",
        "R3",
    ),
    Presence(
        ("rbs.bind-ssl",),
        r"ssl policy {policy-name}",
        r"(certificate load|pki-domain) .+",
        "SSL policy {policy-name} with a certificate",
        "R32",
    ),
    Presence(("rbs.ip-pool", "rbp.ip-pool"), r"ip pool {pool}( .+)?", "", "address pool {pool}", "R33"),
    Presence(("rbs.ipv6-pool", "rbp.ipv6-pool"), r"ipv6 pool {pool}( .+)?", "", "IPv6 pool {pool}", "R33"),
    Presence(("vrrp6.create", "if.pim6-sm", "if.mld"), _HERE, "ipv6 enable", "IPv6 on {@interface}", "R39"),
    Presence(
        ("if.igs-backup-report",), _HERE, r"l2 binding vsi .+", "a VSI that {@interface} is bound to", "R31"
    ),
    Presence(
        ("if.eth-trunk-join",),
        _HERE,
        r"ip(v6)? address .+|port link-type .+",
        "no address or link type on {@interface}, which joins an Eth-Trunk",
        "R11",
        forbidden=True,
    ),
)


def require_presence(member: str, want: tuple[Fact, ...], running: ConfigTree) -> None:
    """Refuse a plan when something that its lines rely on is not on the device.

    Args:
        member: device name.
        want: owned lines that shall be there.
        running: the member's configuration.

    Raises:
        RefusedError: with everything that is missing.
    """
    missing = dict.fromkeys(_missing(want, running))
    if missing:
        raise RefusedError(
            "the configuration lacks what the intent relies on; nothing is sent",
            wanted="; ".join(missing),
            member=member,
        )


def _missing(want: tuple[Fact, ...], running: ConfigTree) -> Iterator[str]:
    for item in read_items(want).values():
        for needed in NEEDED:
            if item.row.id in needed.lines and _stands(needed, item, running) is needed.forbidden:
                yield f"{_filled(needed.says, item.around)} ({needed.rule})"


def _stands(needed: Presence, item: Item, running: ConfigTree) -> bool:
    escaped = {name: re.escape(value) for name, value in item.around.items()}
    under = re.compile(_filled(needed.under, escaped), re.IGNORECASE)
    line = re.compile(_filled(needed.line, escaped), re.IGNORECASE) if needed.line else None
    return any(
        under.fullmatch(top.text)
        and (line is None or any(line.fullmatch(below.text) for below in top.children))
        for top in running.lines
    )


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{([@\w-]+)\}", lambda found: values.get(found[1], ""), pattern)
