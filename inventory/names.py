"""Canonical spelling of interface names, addresses and MAC addresses, as the device prints them.

Source: reference table of canonical forms of `display current-configuration` (NE40E, VRP8).
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

# What may be typed (lower case) and what the device prints. An exact table: `ge`, `gi` and `gigabitethernet`
# are one type, while `100ge` is another; no expression tells them apart as plainly.
INTERFACE_TYPES = {
    "ethernet": "Ethernet",
    "gigabitethernet": "GigabitEthernet",
    "ge": "GigabitEthernet",
    "gi": "GigabitEthernet",
    "10ge": "10GE",
    "25ge": "25GE",
    "40ge": "40GE",
    "50ge": "50GE",
    "50|100ge": "50|100GE",
    "100ge": "100GE",
    "200ge": "200GE",
    "400ge": "400GE",
    "eth-trunk": "Eth-Trunk",
    "loopback": "LoopBack",
    "vlanif": "Vlanif",
    "vbdif": "Vbdif",
    "null": "NULL",
    "tunnel": "Tunnel",
    "virtual-ethernet": "Virtual-Ethernet",
    "ve": "Virtual-Ethernet",
    "global-ve": "Global-VE",
    "pw-ve": "PW-VE",
    "virtual-template": "Virtual-Template",
    "ip-trunk": "Ip-Trunk",
    "pos": "Pos",
}

KEPT = 1 << 14
"""Spellings that are kept: the same names and addresses come over again, in one pair and in many."""
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_NAME = re.compile(
    r"(?P<type>50\|100GE|\d*[A-Za-z][A-Za-z-]*)\s*(?P<number>\d+(?:/\d+){0,3}(?:\.\d+)?)", re.IGNORECASE
)
_MAC = re.compile(r"[0-9a-fA-F]{1,4}(?:-[0-9a-fA-F]{1,4}){2}")


def is_file_name(text: str) -> bool:
    """Tell whether a text names one file of a folder, and leads nowhere else.

    >>> is_file_name("hp-31b8e04b98"), is_file_name("../hp-31b8e04b98"), is_file_name("")
    (True, False, False)
    """
    return _FILE_NAME.fullmatch(text) is not None


@lru_cache(maxsize=KEPT)
def canonical_interface(text: str) -> str:
    """Spell an interface name as the device prints it.

    >>> canonical_interface("eth-trunk 1")
    'Eth-Trunk1'
    >>> canonical_interface("ge0/1/2.100")
    'GigabitEthernet0/1/2.100'

    Raises:
        ValueError: the text is not an interface type followed by a number.
    """
    match = _NAME.fullmatch(text.strip())
    kind = INTERFACE_TYPES.get(match["type"].lower()) if match else None
    if match is None or kind is None:
        raise ValueError(f"not an interface name: {text!r}; write it as GigabitEthernet0/1/2 or Eth-Trunk1")
    return kind + match["number"]


@lru_cache(maxsize=KEPT)
def canonical_mac(text: str) -> str:
    """Spell a MAC address as the device prints it: three groups of four lower-case digits.

    >>> canonical_mac("E0-FC12-3456")
    '00e0-fc12-3456'

    Raises:
        ValueError: the text is not H-H-H with one to four hexadecimal digits a group.
    """
    if not _MAC.fullmatch(text.strip()):
        raise ValueError(f"not a MAC address: {text!r}; write it as 00e0-fc12-3456")
    return "-".join(group.zfill(4) for group in text.strip().lower().split("-"))


@lru_cache(maxsize=KEPT)
def canonical_ipv4(text: str) -> str:
    """Spell an IPv4 address without leading zeros.

    >>> canonical_ipv4(" 192.0.2.1")
    '192.0.2.1'

    Raises:
        ValueError: it is no IPv4 address.
    """
    try:
        return str(IPv4Address(text.strip()))
    except AddressValueError:
        raise ValueError(f"not an IPv4 address: {text!r}") from None


@lru_cache(maxsize=KEPT)
def canonical_ipv6(text: str) -> str:
    """Spell an IPv6 address compressed and in upper case.

    >>> canonical_ipv6("2001:0db8:0:0::1")
    '2001:DB8::1'

    Raises:
        ValueError: it is no IPv6 address, or none that a device can have.
    """
    try:
        address = IPv6Address(text.strip())
    except AddressValueError:
        raise ValueError(f"not an IPv6 address: {text!r}") from None
    if address.scope_id is not None:
        raise ValueError(f"not an IPv6 address for a device: {text!r}")
    return str(address).upper()


def canonical_address(text: str) -> str:
    """Spell an address of either family; a wrong one raises ValueError.

    >>> canonical_address("2001:db8::a"), canonical_address("10.0.0.1")
    ('2001:DB8::A', '10.0.0.1')
    """
    return canonical_ipv6(text) if ":" in text else canonical_ipv4(text)
