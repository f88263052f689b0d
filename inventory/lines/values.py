"""Kinds of values in owned lines: what text they match, and the one spelling that the device prints.

Source: `display current-configuration` as printed by VRP8 (full interface names without blank, dotted masks,
zero-padded lower-case MAC groups, upper-case IPv6, quoted names only where they hold blanks).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPV4LENGTH, IPv4Network
from types import MappingProxyType

from inventory.names import canonical_interface, canonical_ipv6, canonical_mac


def _or_as_typed(canonical: Callable[[str], str]) -> Callable[[str], str]:
    """Spell a value as the device does, and leave alone what is no such value: the device will say so."""

    def spell(text: str) -> str:
        try:
            return canonical(text)
        except ValueError:
            return text

    return spell


def canonical_mask(text: str) -> str:
    """Spell an IPv4 mask, dotted or as a length, as the device prints it.

    >>> canonical_mask("24")
    '255.255.255.0'
    """
    if not (text.isascii() and text.isdigit()) or int(text) > IPV4LENGTH:
        return text
    return str(IPv4Network(f"0.0.0.0/{text}").netmask)


def canonical_name(text: str) -> str:
    """Drop quotation marks around a name without blanks."""
    bare = text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
    return f'"{bare}"' if " " in bare else bare


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Kind:
    """What a parameter may hold.

    Args:
        pattern: text that it matches on a line.
        canonical: gives the device's spelling.
        folded: letter case makes no difference (RBS, RBP, BFD and pool names).
        numeric: it is a number.
    """

    pattern: str
    canonical: Callable[[str], str] = _same
    folded: bool = False
    numeric: bool = False


_NAME = r'"[^"]+"|\S+'
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_V4 = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_V6 = r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"

KINDS = MappingProxyType(
    {
        "integer": Kind(r"\d+", lambda text: str(int(text)), numeric=True),
        "ipv4": Kind(_V4),
        "ipv6": Kind(_V6, _or_as_typed(canonical_ipv6)),
        "address": Kind(rf"{_V4}|{_V6}", _or_as_typed(canonical_ipv6)),
        "mask": Kind(rf"{_V4}|\d+", canonical_mask),
        "mac": Kind(r"[0-9A-Fa-f]{1,4}(?:-[0-9A-Fa-f]{1,4}){2}", _or_as_typed(canonical_mac)),
        "interface": Kind(
            r"(?:50\|100GE|\d*[A-Za-z][A-Za-z-]*)\s*\d+(?:/\d+)*(?:\.\d+)?",
            _or_as_typed(canonical_interface),
            folded=True,
        ),
        "name": Kind(_NAME, canonical_name, folded=True),
        "exact": Kind(_NAME, canonical_name),
        "time": Kind(r"\d\d?:\d\d:\d\d", lambda text: text.zfill(8)),
        "text": Kind(r"\S.*"),
        "secret": Kind(r"\S.*"),
        "ranges": Kind(r"all|\d+(?: to \d+)?(?: \d+(?: to \d+)?)*", lambda text: " ".join(text.split())),
    }
)


_LOGIC_PORT = re.compile(r"(eth-trunk|ethernet|gigabitethernet)\s*(\d[\d/.]*)", re.IGNORECASE)


def canonical_logic_port(text: str) -> str:
    """Spell a port as `nas logic-port` does, which is not as everywhere else; leave other text alone.

    >>> canonical_logic_port("GigabitEthernet0/1/0")
    'gigabitethernet 0/1/0'
    """
    found = _LOGIC_PORT.fullmatch(text)
    return f"{found[1].lower()} {found[2]}" if found else text


def choice(*words: str) -> Kind:
    """A parameter that holds one of some keywords."""
    pattern = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return Kind(
        pattern,
        lambda text: " ".join(text.lower().split()),
        folded=True,
        numeric=all(map(str.isdigit, words)),
    )


# the usual kind of each parameter name; a row states its own where it differs
USUAL: Mapping[str, Kind] = MappingProxyType(
    {
        name: KINDS[kind]
        for kind, names in {
            "ipv4": "peer-ip source-ip ip",
            "ipv6": "peer-ipv6 source-ipv6 ipv6 dst-ipv6 src-ipv6",
            "mask": "mask",
            "mac": "mac",
            "interface": "interface",
            "name": "rbs-name rbp-name bfd-name pool policy-name",
            "exact": "group vpn policy vsi slot slot2",
            "time": "time",
            "text": "text",
            "secret": "cipher-key simple-key key",
            "ranges": "vid",
            "integer": (
                "port backup-id vrid admin-vrid e-trunk-id eth-trunk-id trunk-id discr priority seconds ms n "
                "weight percent ratio minutes metric tag null-if number color value multiplier mb offset "
                "rate ttl code node centiseconds version"
            ),
        }.items()
        for name in names.split()
    }
)
