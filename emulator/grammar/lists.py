"""Lists in a line: VLANs and ports, as typed and as printed."""

from __future__ import annotations

import re

from emulator.grammar import interfaces

_VLANS = re.compile(r"\d{1,4}(?: to \d{1,4})?(?: \d{1,4}(?: to \d{1,4})?){0,9}", re.IGNORECASE)
_VLAN_ITEM = re.compile(r"(\d+)(?: to (\d+))?", re.IGNORECASE)
_LAST_VLAN = 4094


def vlan_ids(text: str) -> set[int]:
    """Return the numbers of a VLAN list such as `10 20 to 22`; empty when a number is out of range."""
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


def vlans(token: str) -> str:
    """Return a VLAN list as the device prints it; empty when it is none."""
    plain = " ".join(token.lower().split())
    return " ".join(vlan_parts(vlan_ids(plain))) if _VLANS.fullmatch(plain) else ""


_MEMBERS = re.compile(r"([A-Za-z-]+(?:\d+GE)?|\d+GE) +(\d[\d/]*(?: +(?:to +)?\d[\d/]*)*)", re.IGNORECASE)


def members(token: str) -> str:
    """Return the names of a port list such as `GigabitEthernet 0/1/1 to 0/1/3`; empty when it is none."""
    names = member_names(token) if _MEMBERS.fullmatch(token) else [""]
    return " ".join(names) if all(names) else ""


def member_names(text: str) -> list[str]:
    """Return the interface names of a port list such as `GigabitEthernet 0/1/1 to 0/1/3 0/2/0`."""
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
