"""Kinds of values in records: how a text becomes the value, beside the type that it has."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Final

from inventory.names import canonical_interface

NOTHING: Final = frozenset({"", "-", "--", "---", "----", "NULL", "null"})
"""What devices print for `not set` and `not learned`."""

ROLES: Final = {"init": "initialize"}
SPEED = re.compile(r" ?\(\d+G\)$", re.IGNORECASE)


RUI_SENTENCES: Final = {
    "Active-active is not configured for multicast services on this Eth-Trunk interface.": "not-both",
    "The multicast traffic is forwarded through this Eth-Trunk interface on the local device.": "local",
    "The multicast traffic is forwarded through the Eth-Trunk interface on the remote device.": "remote",
}
"""The three answers of `display multicast rui`, and what each of them says."""


def role(text: str) -> str:
    """Give a role in lower case; `Init` and `Initialize` are one.

    >>> role("Init")
    'initialize'
    """
    low = text.lower()
    return ROLES.get(low, low)


def letters(text: str) -> str:
    """Give the letters of a mark in brackets, lower case.

    >>> letters(" (hr)")
    'hr'
    """
    return text.strip(" ()").lower()


def address(text: str) -> str:
    """Give an address in lower case, as IPv6 is written by the device in both."""
    return text.lower()


def words(text: str) -> tuple[str, ...]:
    """Split at blanks; a lone dash is an empty set."""
    return tuple(word for word in text.split() if word not in NOTHING)


@lru_cache(maxsize=4096)
def port(text: str) -> str:
    """Give the long name of an interface, without the mark of its speed; what is no known type stays.

    >>> port("GE0/1/4(10G)"), port("Serial1/0/0")
    ('GigabitEthernet0/1/4', 'Serial1/0/0')
    """
    bare = SPEED.sub("", text)
    try:
        return canonical_interface(bare)
    except ValueError:
        return bare


def bare(text: str) -> str:
    """Give what stands in brackets; letter case stays, `(e)` and `(E)` differ."""
    return text.strip(" ()")


def seconds(text: str) -> int:
    """Give the number before a unit.

    >>> seconds("600s")
    600
    """
    return int(text.rstrip("sS"))


def starred(text: str) -> bool:
    """Tell whether a mark stands there."""
    return text.strip() == "*"


def forwarder(text: str) -> str:
    """Give who forwards: `local`, `remote` or `not-both` (no active-active)."""
    return next(who for sentence, who in RUI_SENTENCES.items() if sentence.lower() == text.lower())


Lower = Annotated[str, str.lower]
Upper = Annotated[str, str.upper]
Role = Annotated[str, role]
Mark = Annotated[str, letters]
Address = Annotated[str, address]
Port = Annotated[str, port]
Words = Annotated[tuple[str, ...], words]
Reason = Annotated[str, bare]
Seconds = Annotated[int, seconds]
Starred = Annotated[bool, starred]
Forwarder = Annotated[str, forwarder]
Width = Annotated[int, len]
