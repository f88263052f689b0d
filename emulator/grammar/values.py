"""Parameter types: what a token may be, and its canonical form.

A type is written as in the data file, e.g. `int 1..128`, `string 1..32 [A-Za-z0-9_.-] fold`, `ipv4`, `secret
1..255`. Words after the bounds: `[..]` allowed characters, `fold` letter case is ignored when compared,
`rest` takes the rest of the line, `!x` a forbidden value, `.zip,cfg` wanted file suffixes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

from emulator.grammar import interfaces

DELIMITERS = ("%^%#", "%#%#", "@%@%", "$1a$", "$1c$", "%@%@", "%+%#")
"""Marks around a stored ciphertext."""


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter type.

    Args:
        kind: name of the type, e.g. `int`.
        low: lower bound: of the number, of the length, or an address as a number.
        high: upper bound, inclusive.
        allowed: expression that each whole string must match; nothing when any visible character will do.
        fold: letter case makes no difference between two values.
        rest: the value takes the rest of the line.
        forbidden: values that are refused.
        suffixes: file name endings, one of which is needed.
    """

    kind: str
    low: int = 0
    high: int = 255
    allowed: re.Pattern[str] | None = None
    fold: bool = False
    rest: bool = False
    forbidden: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()

    def read(self, token: str) -> str:
        """Give the canonical form of a typed token, empty when it is not of this type."""
        text = _READERS[self.kind](self, token)
        return "" if text in self.forbidden else text

    def describe(self) -> str:
        """Give the name of the type as the help of `?` prints it."""
        return _NAMES.get(self.kind, "STRING<{low}-{high}>").format(low=self.low, high=self.high)


@cache
def value(notation: str) -> Value:
    """Read the notation of a type."""
    kind, *words = notation.split()
    fields: dict[str, object] = {}
    forbidden: set[str] = set()
    for word in words:
        if ".." in word:
            fields["low"], fields["high"] = (_bound(kind, part) for part in word.split(".."))
        elif word.startswith("["):
            fields["allowed"] = re.compile(f"{word}+")
        elif word.startswith("!"):
            forbidden.add(word[1:])
        elif word.startswith("."):
            fields["suffixes"] = tuple("." + part for part in word[1:].split(","))
        elif word == "link-local":
            kind = "link-local"
        else:
            fields[word] = True
    return Value(kind, forbidden=frozenset(forbidden), **fields)  # type: ignore[arg-type]  # names come from the notation


def _bound(kind: str, text: str) -> int:
    return int(IPv4Address(text)) if kind == "ipv4" else int(text)


def _integer(self: Value, token: str) -> str:
    if not (token.isascii() and token.isdigit()) or len(token) > 10:  # noqa: PLR2004 - digits of 2**32
        return ""
    return str(int(token)) if self.low <= int(token) <= self.high else ""


def _string(self: Value, token: str) -> str:
    bare = unquoted(token)
    if not self.low <= len(bare) <= self.high or not bare.isprintable():
        return ""
    if self.allowed and not self.allowed.fullmatch(bare):
        return ""
    if self.suffixes and not bare.lower().endswith(self.suffixes):
        return ""
    return bare if self.rest or " " not in bare else f'"{bare}"'


def unquoted(token: str) -> str:
    """Strip the quotes of a quoted token."""
    return token[1:-1] if len(token) > 1 and token[0] == token[-1] == '"' else token


def is_cipher(token: str) -> bool:
    """Tell whether a token is a stored ciphertext rather than a typed secret."""
    return any(
        len(token) > 2 * len(mark) and token.startswith(mark) and token.endswith(mark) for mark in DELIMITERS
    )


def _secret(self: Value, token: str) -> str:
    if is_cipher(token):
        return token
    bare = unquoted(token)
    fits = self.low <= len(bare) <= self.high and bare.isprintable()
    return (bare if " " not in bare else f'"{bare}"') if fits else ""


_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


def _dotted(token: str) -> IPv4Address | None:
    if not _DOTTED.fullmatch(token):
        return None
    try:
        return IPv4Address(".".join(str(int(part)) for part in token.split(".")))
    except AddressValueError:
        return None


def _ipv4(self: Value, token: str) -> str:
    address = _dotted(token)
    if address is None or (self.low and not self.low <= int(address) <= self.high):
        return ""
    return str(address)


def _ipv6(_: Value, token: str) -> str:
    if ":" not in token or "%" in token or "/" in token:
        return ""
    try:
        return str(IPv6Address(token)).upper()
    except AddressValueError:
        return ""


def _link_local(self: Value, token: str) -> str:
    text = _ipv6(self, token)
    return text if text and IPv6Address(text) in IPv6Network("FE80::/10") else ""


def _prefix6(self: Value, token: str) -> str:
    address, slash, length = token.partition("/")
    text = _ipv6(self, address)
    fits = (
        slash and text and length.isascii() and length.isdigit() and self.low <= int(length[:4]) <= self.high
    )
    return f"{text}/{int(length)}" if fits else ""


def _mask(_: Value, token: str) -> str:
    if token.isascii() and token.isdigit():
        return str(IPv4Address(_mask_bits(int(token)))) if len(token) <= 2 and int(token) <= 32 else ""  # noqa: PLR2004
    address = _dotted(token)
    return str(address) if address is not None and int(address) in _MASKS else ""


def _mask_bits(length: int) -> int:
    return (0xFFFFFFFF << (32 - length)) & 0xFFFFFFFF


_MASKS = frozenset(_mask_bits(length) for length in range(33))


def _wildcard(_: Value, token: str) -> str:
    address = _dotted("0.0.0.0" if not token.strip("0") else token)  # noqa: S104 - a wildcard mask, no socket
    return str(address) if address is not None else ""


def _area(_: Value, token: str) -> str:
    if token.isascii() and token.isdigit():
        return str(IPv4Address(int(token))) if len(token) <= 10 and int(token) < 1 << 32 else ""  # noqa: PLR2004
    address = _dotted(token)
    return str(address) if address is not None else ""


_MAC = re.compile(r"[0-9a-f]{1,4}-[0-9a-f]{1,4}-[0-9a-f]{1,4}")


def _mac(_: Value, token: str) -> str:
    low = token.lower()
    return "-".join(group.zfill(4) for group in low.split("-")) if _MAC.fullmatch(low) else ""


_TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})")


def _time(_: Value, token: str) -> str:
    found = _TIME.fullmatch(token)
    if not found:
        return ""
    hours, minutes, seconds = (int(part) for part in found.groups())
    return f"{hours:02}:{minutes:02}:{seconds:02}" if hours < 24 and minutes < 60 and seconds < 60 else ""  # noqa: PLR2004


_NSAP = re.compile(
    r"[0-9a-f]{2}(?:\.[0-9a-f]{2,4})*\.[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\.00", re.IGNORECASE
)


def _nsap(_: Value, token: str) -> str:
    return token if _NSAP.fullmatch(token) else ""


def _interface(_: Value, token: str) -> str:
    kind, number = interfaces.split(token)
    return interfaces.canonical(kind, number) if number else ""


_PORT_NAME = re.compile(r"(eth-trunk|ethernet|gigabitethernet) ?(\d[\d/]*)", re.IGNORECASE)


def _port_name(_: Value, token: str) -> str:
    found = _PORT_NAME.fullmatch(token)
    return f"{found[1].lower()} {found[2]}" if found else ""


_VLANS = re.compile(r"\d{1,4}(?: to \d{1,4})?(?: \d{1,4}(?: to \d{1,4})?){0,9}", re.IGNORECASE)
_VLAN_ITEM = re.compile(r"(\d+)(?: to (\d+))?", re.IGNORECASE)
_LAST_VLAN = 4094


def vlan_ids(text: str) -> set[int]:
    """Give the numbers of a VLAN list such as `10 20 to 22`; empty when a number is out of range."""
    ids: set[int] = set()
    for low, high in _VLAN_ITEM.findall(text):
        first, last = int(low), int(high or low)
        if not 1 <= first <= last <= _LAST_VLAN:
            return set()
        ids.update(range(first, last + 1))
    return ids


def vlan_parts(ids: set[int]) -> list[str]:
    """Write VLAN numbers as the device prints them: `["10", "20 to 22"]`."""
    parts: list[str] = []
    for number in sorted(ids):
        if number - 1 in ids:
            parts[-1] = f"{parts[-1].split()[0]} to {number}"
        else:
            parts.append(str(number))
    return parts


def _vlans(_: Value, token: str) -> str:
    plain = " ".join(token.lower().split())
    return " ".join(vlan_parts(vlan_ids(plain))) if _VLANS.fullmatch(plain) else ""


_MEMBERS = re.compile(r"([A-Za-z-]+(?:\d+GE)?|\d+GE) +(\d[\d/]*(?: +(?:to +)?\d[\d/]*)*)", re.IGNORECASE)


def _members(self: Value, token: str) -> str:
    whole = [_interface(self, word) for word in token.split()]
    if all(whole):
        return " ".join(whole)
    names = member_names(token) if _MEMBERS.fullmatch(token) else [""]
    return " ".join(names) if all(names) else ""


def member_names(text: str) -> list[str]:
    """Give the interface names of a port list such as `GigabitEthernet 0/1/1 to 0/1/3 0/2/0`."""
    kind, *words = text.split()
    names: list[str] = []
    previous = ""
    upto = False
    for word in words:
        if word.lower() == "to":
            upto = True
            continue
        stem, _, last = word.rpartition("/")
        first = int(previous.rpartition("/")[2]) + 1 if upto and previous else int(last or 0)
        names.extend(interfaces.canonical(kind, f"{stem}/{n}") for n in range(first, int(last or 0) + 1))
        previous, upto = word, False
    return names


_READERS: dict[str, Callable[[Value, str], str]] = {
    "int": _integer,
    "string": _string,
    "secret": _secret,
    "ipv4": _ipv4,
    "ipv6": _ipv6,
    "link-local": _link_local,
    "prefix6": _prefix6,
    "mask": _mask,
    "wildcard": _wildcard,
    "area": _area,
    "mac": _mac,
    "time": _time,
    "nsap": _nsap,
    "interface": _interface,
    "port-name": _port_name,
    "vlans": _vlans,
    "members": _members,
}

_NAMES = {
    "int": "INTEGER<{low}-{high}>",
    "ipv4": "X.X.X.X<X.X.X.X>",
    "ipv6": "X:X::X:X<X:X::X:X>",
    "link-local": "X:X::X:X<X:X::X:X>",
    "prefix6": "X:X::X:X/M<X:X::X:X/M>",
    "mask": "INTEGER<0-32>",
    "wildcard": "X.X.X.X<X.X.X.X>",
    "area": "INTEGER<0-4294967295>",
    "mac": "H-H-H<H-H-H>",
    "time": "HH:MM:SS",
    "nsap": "X..X.XXXX.XXXX.XXXX.00<NSAP>",
    "interface": "<interface-type><interface-number>",
    "vlans": "INTEGER<1-4094>",
    "members": "<interface-type>",
    "port-name": "<interface-type>",
}

GREEDY = frozenset({"vlans", "members"})
"""Types whose value is several words: the longest run that is of the type is taken."""
