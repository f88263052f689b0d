"""Types of single values. Text becomes canonical once, here; ranges are those of the command reference."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from inventory.model.base import Closed
from inventory.names import (
    canonical_address,
    canonical_interface,
    canonical_ipv4,
    canonical_ipv6,
    canonical_mac,
)

Interface: TypeAlias = Annotated[
    str, AfterValidator(canonical_interface), Field(examples=["GigabitEthernet0/1/2", "Eth-Trunk1"])
]
Address: TypeAlias = Annotated[
    str, AfterValidator(canonical_address), Field(examples=["192.0.2.1", "2001:DB8::1"])
]
IPv4: TypeAlias = Annotated[str, AfterValidator(canonical_ipv4), Field(examples=["192.0.2.1"])]
IPv6: TypeAlias = Annotated[str, AfterValidator(canonical_ipv6), Field(examples=["2001:DB8::1"])]


def _configured_mac(text: str) -> str:
    mac = canonical_mac(text)
    if mac in {"0000-0000-0000", "ffff-ffff-ffff"}:
        raise ValueError(f"{mac} is not an address of its own")
    return mac


Mac: TypeAlias = Annotated[str, AfterValidator(_configured_mac), Field(examples=["00e0-fc12-3456"])]


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that are not seen: control, format, surrogate, line and paragraph."""
_LINK_LOCAL = re.compile("FE[89AB][0-9A-F]:")
_RANGE = re.compile(r"(\d+)(?: to (\d+))?")


def _link_local(text: str) -> str:
    address = canonical_ipv6(text)
    if not _LINK_LOCAL.match(address):
        raise ValueError(f"{address} is not a link-local address (FE80::/10)")
    return address


LinkLocal: TypeAlias = Annotated[str, AfterValidator(_link_local), Field(examples=["FE80::1"])]


def _global_ipv6(text: str) -> str:
    address = canonical_ipv6(text)
    if _LINK_LOCAL.match(address):
        raise ValueError(f"{address} is a link-local address; write it as `link_local: {address}`")
    return address


GlobalIPv6: TypeAlias = Annotated[str, AfterValidator(_global_ipv6), Field(examples=["2001:DB8::1"])]


def _prefix4(text: str) -> str:
    try:
        return str(IPv4Network(text.strip()))
    except ValueError:
        raise ValueError(f"not an IPv4 prefix: {text!r}; write it as 10.0.0.0/24") from None


Prefix4: TypeAlias = Annotated[str, AfterValidator(_prefix4), Field(examples=["10.0.0.0/24"])]


def _multicast_for_bfd(text: str) -> str:
    address = canonical_ipv4(text)
    first, *middle, last = (int(part) for part in address.split("."))
    # default-ip-address (BFD view): 224.0.0.107 to 224.0.0.250
    if first != 224 or middle != [0, 0] or not 107 <= last <= 250:  # noqa: PLR2004 - the manual's own bounds
        raise ValueError(f"{address} is outside 224.0.0.107 to 224.0.0.250")
    return address


BfdMulticast: TypeAlias = Annotated[str, AfterValidator(_multicast_for_bfd), Field(examples=["224.0.0.184"])]


def _joined_group(text: str) -> str:
    address = canonical_ipv4(text)
    # igmp static-group: 224.0.1.0 to 239.255.255.255
    if not IPv4Address("224.0.1.0") <= IPv4Address(address) <= IPv4Address("239.255.255.255"):
        raise ValueError(f"{address} is outside 224.0.1.0 to 239.255.255.255")
    return address


MulticastGroup: TypeAlias = Annotated[str, AfterValidator(_joined_group), Field(examples=["225.1.1.1"])]
HIGHEST_VLAN = 4094
MOST_RANGES = 10
"""Ranges of VLANs that one line takes (`igmp-snooping static-router-port`)."""


def _known_vlan(number: str) -> int:
    vlan = int(number)
    if not 1 <= vlan <= HIGHEST_VLAN:
        raise ValueError(f"there is no VLAN {vlan}; give 1 to {HIGHEST_VLAN}")
    return vlan


def _vlan_list(text: str) -> str:
    ranges = [[_known_vlan(number) for number in one.groups() if number] for one in _RANGE.finditer(text)]
    if len(ranges) > MOST_RANGES:
        raise ValueError(f"{len(ranges)} VLANs and ranges; the line takes {MOST_RANGES}")
    for backwards in (one for one in ranges if one[0] > one[-1]):
        raise ValueError(f"{backwards[0]} to {backwards[-1]} runs backwards; write the smaller VLAN first")
    return text


SNOOPED = r"vlan \d{1,4}|vsi (?:[^\s?\"]{1,31}|\"[^\r\n?\"]{1,31}\")(?: static| auto)?(?: bd-mode)?"


def _snooped_view(text: str) -> str:
    if not re.fullmatch(SNOOPED, text):
        raise ValueError(
            f"not the first line of a VLAN or VSI: {printable(text)!r}; write it as `vlan 100`, `vsi v123` "
            'or `vsi v123 static`, a name of 1 to 31 characters with a blank in it as `vsi "v 123"`'
        )
    if text.startswith("vlan "):
        _known_vlan(text.removeprefix("vlan "))
    return printable(text)


def _vpn_name(text: str) -> str:
    if text == "_public_":
        raise ValueError("_public_ is the public network's own name")
    return text


def printable(text: str) -> str:
    """Refuse what a terminal does not show as it is: control, bidirectional and line-breaking characters."""
    if text.isascii() and text.isprintable():
        return text
    for position, character in enumerate(text, start=1):
        if unicodedata.category(character) in _UNSEEN:
            name = unicodedata.name(character, "a control character")
            raise ValueError(f"character {position} cannot be typed: U+{ord(character):04X} ({name.lower()})")
    return text


def _description(text: str) -> str:
    if text != text.strip():
        raise ValueError("a blank at its beginning or end, which the device does not keep; take it away")
    return printable(text)


def _prose(text: str) -> str:
    for line in re.split("[\\n\\t]", text):
        printable(line)
    return text


# Names: lengths and characters of the respective command pages.
Hostname: TypeAlias = Annotated[
    str, Field(pattern=r"^[^\s?](?:[^\r\n?]{0,244}[^\s?])?$"), AfterValidator(printable)
]
PairName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
SecretName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
RbsName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,32}$")]
RbpName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,128}$")]
SslPolicyName: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,23}$")]
BfdName: TypeAlias = Annotated[str, Field(pattern=r"^[^\s?\"]{1,64}$"), AfterValidator(printable)]
GroupName: TypeAlias = Annotated[str, Field(pattern=r"^[^\s?\"]{1,31}$"), AfterValidator(printable)]
VpnName: TypeAlias = Annotated[
    str, AfterValidator(_vpn_name), Field(pattern=r"^[^\s?\"]{1,31}$"), AfterValidator(printable)
]
PolicyName: TypeAlias = Annotated[str, Field(pattern=r"^[^\s?\"]{1,39}$"), AfterValidator(printable)]
PoolName: TypeAlias = Annotated[str, Field(pattern=r"^[^\s?\"]{1,128}$"), AfterValidator(printable)]
Pool6Name: TypeAlias = Annotated[str, Field(pattern=r"^[^\s?\"]{1,32}$"), AfterValidator(printable)]
NasName: TypeAlias = Annotated[str, Field(pattern=r"^[^\s?\"]{1,30}$"), AfterValidator(printable)]
Text242: TypeAlias = Annotated[str, Field(pattern=r"^[^\r\n?]{1,242}$"), AfterValidator(_description)]
Text51: TypeAlias = Annotated[str, Field(pattern=r"^[^\r\n?]{1,51}$"), AfterValidator(_description)]
VlanList: TypeAlias = Annotated[
    str, Field(pattern=r"^\d+( to \d+)?( \d+( to \d+)?)*$"), AfterValidator(_vlan_list)
]
Prose: TypeAlias = Annotated[str, AfterValidator(_prose)]
"""Lines for a reader, which no device is told."""
TimeOfDay: TypeAlias = Annotated[
    str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$", examples=["02:30:00"])
]


RbsPort: TypeAlias = Annotated[int, Field(strict=True, ge=1024, le=55535)]
UdpPort: TypeAlias = Annotated[int, Field(strict=True, ge=1025, le=65535)]
BackupId: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=4095)]
ETrunkId: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=128)]
EthTrunkId: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=65535)]
Priority254: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=254)]
LacpPriority: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=65535)]
Vrid: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=255)]
LocalDiscriminator: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=16384)]
RemoteDiscriminator: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=4294967295)]
Percent: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=100)]
Change255: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=255)]
Weight100: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=100)]
Weight1000: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=1000)]
Metric: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=65535)]
Milliseconds: TypeAlias = Annotated[int, Field(strict=True, ge=3, le=20000)]
Multiplier50: TypeAlias = Annotated[int, Field(strict=True, ge=3, le=50)]
Seconds3600: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=3600)]
Seconds10800: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=10800)]
Seconds180: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=180)]
Seconds1000: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=1000)]
Seconds600: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=600)]
Seconds60: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=60)]
Minutes30: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=30)]
Minutes60: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=60)]
Minutes1440: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=1440)]
Megabytes: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=100000)]
Unsigned31: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=2147483647)]
Unsigned32: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=4294967295)]
Hello: TypeAlias = Annotated[int, Field(strict=True, ge=5, le=100)]
HoldMultiplier: TypeAlias = Annotated[int, Field(strict=True, ge=3, le=300)]
Linknumber32: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=32)]
Linknumber64: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=64)]
LacpTimeout: TypeAlias = Literal["slow", "fast"] | Annotated[int, Field(strict=True, ge=3, le=90)]
Count8: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=8)]
Tos: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=7)]
Multiplier10: TypeAlias = Annotated[int, Field(strict=True, ge=3, le=10)]
Seconds255: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=255)]
Centiseconds: TypeAlias = Annotated[int, Field(strict=True, ge=100, le=4095)]
Speed400: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=400)]
Ttl15: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=15)]
SnoopedView: TypeAlias = Annotated[
    str,
    Field(
        json_schema_extra={"pattern": f"^(?:{SNOOPED})$"},
        examples=["vlan 100", "vsi v123", "vsi v123 static"],
    ),
    AfterValidator(_snooped_view),
]
IgmpVersion: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=3)]
MldVersion: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=2)]
Tag: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=4294967295)]
Offset5: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=5)]
Node: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=65534)]
SessionSysname: TypeAlias = Annotated[str, Field(pattern=r"^[^\s?\"]{1,7}$"), AfterValidator(printable)]
Switch: TypeAlias = Annotated[bool, Field(strict=True)]


class SecretRef(Closed):
    """A secret by name; its text is looked up when it is needed and never written down."""

    secret: SecretName
    """Name under which the secret is kept (environment, file, keyring or command)."""
