"""Parameter types: what a token may be, and its canonical form.

A type is written as in the data file, e.g. `int 1..128`, `string 1..32 [A-Za-z0-9_.-] fold`, `ipv4`, `secret
1..255`. Words after the bounds: `[..]` allowed characters, `fold` letter case is ignored when compared,
`rest` takes the rest of the line, `!x` a forbidden value, `.zip,cfg` wanted file suffixes.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

from emulator.grammar import interfaces, lists

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
        """Return the canonical form of a typed token, empty when it is not of this type."""
        text = _READERS[self.kind](self, token)
        return "" if text in self.forbidden else text

    @property
    def is_word(self) -> bool:
        """Whether a value is always one word of the line."""
        return not self.rest and self.kind != "secret" and self.kind not in GREEDY

    def describe(self) -> str:
        """Return the name of the type as the help of `?` prints it."""
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


def _dotted(token: str) -> bytes | None:
    """Return the four numbers of a dotted quad."""
    if not _DOTTED.fullmatch(token):
        return None
    try:
        return bytes(map(int, token.split(".")))
    except ValueError:
        return None


def _ipv4(self: Value, token: str) -> str:
    numbers = _dotted(token)
    if numbers is None or (self.low and not self.low <= int.from_bytes(numbers, "big") <= self.high):
        return ""
    return socket.inet_ntoa(numbers)


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
    return _mask_text(token)


@lru_cache(maxsize=128)
def _mask_text(token: str) -> str:
    if token.isascii() and token.isdigit():
        return str(IPv4Address(_mask_bits(int(token)))) if len(token) <= 2 and int(token) <= 32 else ""  # noqa: PLR2004
    numbers = _dotted(token)
    return socket.inet_ntoa(numbers) if numbers and int.from_bytes(numbers, "big") in _MASKS else ""


def _mask_bits(length: int) -> int:
    return (0xFFFFFFFF << (32 - length)) & 0xFFFFFFFF


_MASKS = frozenset(_mask_bits(length) for length in range(33))


def _wildcard(_: Value, token: str) -> str:
    numbers = _dotted("0.0.0.0" if not token.strip("0") else token)  # noqa: S104 - a wildcard mask, no socket
    return socket.inet_ntoa(numbers) if numbers else ""


def _area(_: Value, token: str) -> str:
    if token.isascii() and token.isdigit():
        return str(IPv4Address(int(token))) if len(token) <= 10 and int(token) < 1 << 32 else ""  # noqa: PLR2004
    numbers = _dotted(token)
    return socket.inet_ntoa(numbers) if numbers else ""


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


def _vlans(_: Value, token: str) -> str:
    return lists.vlans(token)


def _members(self: Value, token: str) -> str:
    whole = [_interface(self, word) for word in token.split()]
    return " ".join(whole) if all(whole) else lists.members(token)


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
