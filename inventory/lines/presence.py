"""What a line relies on that no intent can express: addresses, pools, policies, IPv6 on the interface.

The device would refuse some lines without it, and take the rest without ever working: a channel whose source
address is on no interface never comes up (R3).
"""

from __future__ import annotations

from dataclasses import dataclass


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
BOUND_VSI = Presence("R31", _HERE, r"l2 binding vsi .+", "a VSI that {@interface} is bound to")
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
