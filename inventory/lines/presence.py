"""What a line relies on that no intent can express: addresses, pools, policies, IPv6 on the interface.

The device would refuse some lines without it, and take the rest without ever working: a channel whose source
address is on no interface never comes up (R3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from inventory.facts import ConfigLine, Fact


@dataclass(frozen=True, slots=True)
class Presence:
    """A foreign line that a line relies on. Values of the relying line stand in braces, as `{source-ip}`.

    Args:
        rule: rule id.
        under: first words of the top-level line that holds it.
        line: pattern of the line below it; empty when the top-level line is enough.
        says: what is missing, for the operator.
        forbidden: the line must not be there.
    """

    rule: str
    under: str
    line: str
    says: str
    forbidden: bool = False

    def missing(self, around: Mapping[str, str], sections: Sections) -> str:
        """Say what a line with these values lacks; nothing when it is there."""
        escaped = {name: re.escape(value) for name, value in around.items()}
        pattern = re.compile(_filled(self.line, escaped), re.IGNORECASE) if self.line else None
        stands = any(
            pattern is None or any(pattern.fullmatch(below.text) for below in top.children)
            for top in sections.under(_filled(self.under, around))
        )
        return _filled(self.says, around) if stands is self.forbidden else ""


class Sections:
    """The top-level lines of a configuration, by their first words."""

    def __init__(self, lines: Iterable[ConfigLine]) -> None:
        self._lines = tuple(lines)

    def under(self, words: str) -> tuple[ConfigLine, ...]:
        """Give the lines that begin with words; letter case makes no difference."""
        return tuple(self._by_words.get(tuple(words.casefold().split()), ()))

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], list[ConfigLine]]:
        found: dict[tuple[str, ...], list[ConfigLine]] = {}
        for line in self._lines:
            words = tuple(line.text.casefold().split())
            for count in range(1, min(len(words), _WORDS) + 1):
                found.setdefault(words[:count], []).append(line)
        return found


def around(fact: Fact) -> Mapping[str, str]:
    """Give the values that a line has, and with `@` the interface that it stands on."""
    on = fact.path[0].removeprefix("interface ") if fact.path else ""
    return {**fact.params, "@interface": on}


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{([@\w-]+)\}", lambda found: values.get(found[1], ""), pattern)


_WORDS = 4
_HERE = "interface {@interface}"
SOURCE = Presence("R3", "interface", r"ip address {source-ip} .+", "an interface with address {source-ip}")
SOURCE6 = Presence(
    "R3", "interface", r"ipv6 address {source-ipv6}[/ ].+", "an interface with address {source-ipv6}"
)
CERTIFICATE = Presence(
    "R32",
    "ssl policy {policy-name}",
    r"(certificate load|pki-domain) .+",
    "SSL policy {policy-name} with a certificate",
)
IPV4_POOL = Presence("R33", "ip pool {pool}", "", "address pool {pool}")
IPV6_POOL = Presence("R33", "ipv6 pool {pool}", "", "IPv6 pool {pool}")
IPV6 = Presence("R39", _HERE, "ipv6 enable", "IPv6 on {@interface}")
VSI = Presence("R31", _HERE, r"l2 binding vsi .+", "a VSI that {@interface} is bound to")
ROUTED = Presence(
    "R10",
    _HERE,
    r"portswitch( .+)?|port link-type .+",
    "no `portswitch` on {@interface}: an E-Trunk takes Layer 3 Eth-Trunks only",
    forbidden=True,
)
SWITCHED = Presence(
    "igmp-snooping static-router-port",
    _HERE,
    r"portswitch( .+)?|port link-type .+",
    "`portswitch` on {@interface}, which is a Layer 2 port then",
)
BARE_PORT = Presence(
    "R11",
    _HERE,
    r"ip(v6)? address .+|port link-type .+",
    "no address or link type on {@interface}, which joins an Eth-Trunk",
    forbidden=True,
)
