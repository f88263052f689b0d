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
    """Return a role in lower case; `Init` and `Initialize` are one.

    >>> role("Init")
    'initialize'
    """
    low = text.lower()
    return ROLES.get(low, low)


def letters(text: str) -> str:
    """Return the letters of a mark in brackets, lower case.

    >>> letters(" (hr)")
    'hr'
    """
    return text.strip(" ()").lower()


def address(text: str) -> str:
    """Return an address in lower case, as IPv6 is written by the device in both."""
    return text.lower()


def is_nothing(text: str) -> bool:
    """Tell what stands for no value: nothing, dashes, an address of dashes.

    >>> is_nothing("--.--.--.--"), is_nothing("::"), is_nothing("NULL")
    (True, False, True)
    """
    return not text.strip(" -.") or text in NOTHING


def lower(text: str) -> str:
    """Return a word in lower case, its remark in brackets without a blank before it.

    >>> lower("Enable (Sub-If)")
    'enable(sub-if)'
    """
    return text.lower().replace(" (", "(")


def number(text: str) -> int:
    """Return the number before a unit.

    >>> number("900 s"), number("15 (s)"), number("100cs")
    (900, 15, 100)
    """
    return int(text.rstrip(" ()%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def delay(text: str) -> int | None:
    """Return seconds; nothing where the delay is switched off."""
    return None if text.lower().startswith("disable") else number(text)


def glued(text: str) -> str:
    """Return a value without the blank that some releases put before its unit or remark.

    >>> glued("2 s"), glued("S_PW (M)")
    ('2s', 'S_PW(M)')
    """
    return text.replace(" ", "")


def words(text: str) -> tuple[str, ...]:
    """Split a set at blanks; letter case makes no difference in it, and a lone dash is an empty one.

    >>> words("MLD igmp")
    ('mld', 'igmp')
    """
    return tuple(word.lower() for word in text.split() if not is_nothing(word))


@lru_cache(maxsize=4096)
def port(text: str) -> str:
    """Return the long name of an interface, without the mark of its speed; what is no known type stays.

    >>> port("GE0/1/4(10G)"), port("Serial1/0/0")
    ('GigabitEthernet0/1/4', 'Serial1/0/0')
    """
    bare = SPEED.sub("", text)
    try:
        return canonical_interface(bare)
    except ValueError:
        return bare


def bare(text: str) -> str:
    """Return what stands in brackets; letter case stays, `(e)` and `(E)` differ."""
    return text.strip(" ()")


def length(text: str) -> int:
    """Return the mask length behind an address.

    >>> length(" 24"), length("/24")
    (24, 24)
    """
    return int(text.strip(" /"))


def percent(text: str) -> float:
    """Return a share in percent.

    >>> percent("25%")
    25.0
    """
    return float(text.rstrip("%"))


def starred(text: str) -> bool:
    """Tell whether a mark stands there."""
    return text.strip() == "*"


def forwarder(text: str) -> str:
    """Return who forwards: `local`, `remote` or `not-both` (no active-active)."""
    return next(who for sentence, who in RUI_SENTENCES.items() if sentence.lower() == text.lower())


def marked(text: str) -> bool:
    """Tell whether a mark stands there, whichever.

    >>> marked("+ "), marked("")
    (True, False)
    """
    return bool(text.strip())


def size(text: str) -> int | None:
    """Return a size that is written with separators of thousands; nothing for a folder.

    >>> size("151,200,300")
    151200300
    """
    return None if is_nothing(text) else int(text.replace(",", ""))


def switch(text: str) -> str:
    """Return the word of a switch at the end of a sentence, which may have its full stop.

    >>> switch("Disabled.")
    'disabled'
    """
    return text.rstrip(".").lower()


def slash_pair(text: str) -> tuple[int, int]:
    """Return two numbers with a slash between them, with or without blanks.

    >>> slash_pair("3 / 0")
    (3, 0)
    """
    first, _, second = text.partition("/")
    return int(first), int(second)


Lower = Annotated[str, lower]
Switch = Annotated[str, switch]
Upper = Annotated[str, str.upper]
Role = Annotated[str, role]
Mark = Annotated[str, letters]
Address = Annotated[str, address]
Port = Annotated[str, port]
Words = Annotated[tuple[str, ...], words]
Reason = Annotated[str, bare]
Number = Annotated[int, number]
Delay = Annotated[int | None, delay]
Glued = Annotated[str, glued]
Length = Annotated[int, length]
Percent = Annotated[float, percent]
Starred = Annotated[bool, starred]
Forwarder = Annotated[str, forwarder]
Width = Annotated[int, len]
Size = Annotated[int | None, size]
Marked = Annotated[bool, marked]
SlashPair = Annotated[tuple[int, int], slash_pair]
