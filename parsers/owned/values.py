"""Kinds of values in owned lines: what text they match, and the one spelling that the device prints.

Source: `display current-configuration` as printed by VRP8 (full interface names without blank, dotted masks,
zero-padded lower-case MAC groups, upper-case IPv6, quoted names only where they hold blanks).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

# full spelling of each interface type, by its spelling in lower case; the CLI takes unique prefixes as well
_INTERFACE_TYPES = (
    "GigabitEthernet",
    "10GE",
    "25GE",
    "40GE",
    "50GE",
    "50|100GE",
    "100GE",
    "200GE",
    "400GE",
    "Ethernet",
    "Eth-Trunk",
    "LoopBack",
    "Vlanif",
    "Vbdif",
    "Virtual-Ethernet",
    "Global-VE",
    "PW-VE",
    "Tunnel",
    "NULL",
)
_FULL_NAME = MappingProxyType({name.lower(): name for name in _INTERFACE_TYPES} | {"ge": "GigabitEthernet"})
_INTERFACE = re.compile(r"(?P<kind>.*?[a-z])\s*(?P<number>\d[\d/]*(?:\.\d+)?)", re.IGNORECASE)


def canonical_interface(name: str) -> str:
    """Spell an interface as the device prints it.

    Args:
        name: e.g. `Eth-Trunk 1`, `gigabitethernet0/1/0`, `Loopback0`.

    Returns:
        The full name without blank, e.g. `LoopBack0`; an unknown type keeps its own spelling.

    >>> canonical_interface("gigabitethernet 0/1/0.12")
    'GigabitEthernet0/1/0.12'
    """
    found = _INTERFACE.fullmatch(name.strip())
    if found is None:
        return name
    kind = found["kind"]
    return _FULL_NAME.get(kind.lower(), kind) + found["number"]


def canonical_mac(text: str) -> str:
    """Spell a MAC address as the device prints it.

    >>> canonical_mac("E0-FC12-3456")
    '00e0-fc12-3456'
    """
    return "-".join(group.zfill(4) for group in text.lower().split("-"))


def canonical_ipv6(text: str) -> str:
    """Spell an IPv6 address as the device prints it.

    >>> canonical_ipv6("2001:db8:0::1")
    '2001:DB8::1'
    """
    try:
        return ipaddress.IPv6Address(text).compressed.upper()
    except ValueError:
        return text


def canonical_mask(text: str) -> str:
    """Spell an IPv4 mask, dotted or as a length, as the device prints it.

    >>> canonical_mask("24")
    '255.255.255.0'
    """
    if not text.isdigit() or int(text) > ipaddress.IPV4LENGTH:
        return text
    return str(ipaddress.IPv4Network(f"0.0.0.0/{text}").netmask)


def canonical_address(text: str) -> str:
    """Spell an address of either family as the device prints it."""
    return canonical_ipv6(text) if ":" in text else text


def canonical_name(text: str) -> str:
    """Drop quotation marks around a name without blanks."""
    bare = text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
    return f'"{bare}"' if " " in bare else bare


def _lower(text: str) -> str:
    return text.lower()


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Kind:
    """What a parameter may hold.

    Args:
        pattern: text that it matches on a line.
        canonical: gives the device's spelling.
        folded: letter case makes no difference (RBS, RBP, BFD and pool names).
    """

    pattern: str
    canonical: Callable[[str], str] = _same
    folded: bool = False


_NAME = r'"[^"]+"|\S+'
_V6 = r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"

KINDS = MappingProxyType(
    {
        "integer": Kind(r"\d+", lambda text: str(int(text))),
        "ipv4": Kind(r"\d+\.\d+\.\d+\.\d+"),
        "ipv6": Kind(_V6, canonical_ipv6),
        "address": Kind(rf"\d+\.\d+\.\d+\.\d+|{_V6}", canonical_address),
        "mask": Kind(r"\d+\.\d+\.\d+\.\d+|\d+", canonical_mask),
        "mac": Kind(r"[0-9A-Fa-f]{1,4}(?:-[0-9A-Fa-f]{1,4}){2}", canonical_mac),
        "interface": Kind(
            r"(?:[A-Za-z][\w-]*?|\d+GE|50\|100GE)\s?\d[\d/]*(?:\.\d+)?", canonical_interface, folded=True
        ),
        "name": Kind(_NAME, canonical_name, folded=True),
        "exact": Kind(_NAME, canonical_name),
        "time": Kind(r"\d\d?:\d\d:\d\d", lambda text: text.zfill(8)),
        "text": Kind(r"\S.*"),
        "secret": Kind(r"\S.*"),
        "ranges": Kind(r"all|\d+(?: to \d+)?(?: \d+(?: to \d+)?)*", lambda text: " ".join(text.split())),
    }
)


def choice(*words: str) -> Kind:
    """A parameter that holds one of some keywords."""
    pattern = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return Kind(pattern, lambda text: " ".join(text.lower().split()), folded=True)


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
