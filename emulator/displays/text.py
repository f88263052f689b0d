"""Small shapes that many displays share: padded cells, pairs, short names, times."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

NEVER = "0000-00-00 00:00:00"
_SHORT_PREFIX = "GigabitEthernet"


def row(widths: Sequence[int], cells: Sequence[object]) -> str:
    """Lay cells side by side, left-aligned; a cell that overflows is followed by one blank.

    >>> row((4, 3), ("ab", "cdef", "g"))
    'ab  cdef g'
    """
    last = len(cells) - 1
    padded = (
        str(cell) if place == last else f"{cell!s:<{widths[place] - 1}} " for place, cell in enumerate(cells)
    )
    return "".join(padded)


def pair(column: int, left: str, right: str) -> str:
    """Lay two `label: value` texts on one line, the second from `column` on.

    >>> pair(8, "a: 1", "b: 2")
    'a: 1    b: 2'
    """
    return row((column,), (left, right))


def short(interface: str) -> str:
    """Return the short name that tables print.

    >>> short("GigabitEthernet0/2/3.10")
    'GE0/2/3.10'
    """
    speed, found, position = interface.partition(_SHORT_PREFIX)
    return f"{speed}GE{position}" if found else interface


def ipv6(address: str) -> str:
    """Return an IPv6 address as the device prints it: link-local and multicast ones in capitals.

    >>> ipv6("fe80::1a"), ipv6("2001:db8::1a")
    ('FE80::1A', '2001:db8::1a')
    """
    return address.upper() if address.lower().startswith(("fe80:", "ff")) else address


def shown(value: object, missing: str = "--") -> str:
    """Return a value, or the mark of a missing one."""
    return missing if value is None or value == "" else str(value)


def plain_time(moment: datetime | None, missing: str = NEVER) -> str:
    """Return a time without its zone, `2030-05-06 07:08:09`."""
    return missing if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


def zoned_time(moment: datetime | None, missing: str = "-") -> str:
    """Return a time with its zone, `2030-05-06 07:08:09+02:00`."""
    if moment is None:
        return missing
    zone = f"{moment:%z}"
    return f"{moment:%Y-%m-%d %H:%M:%S}{zone[:3]}:{zone[3:5]}"


def duration(seconds: float) -> str:
    """Return a duration as `hh:mm:ss`; hours grow beyond two digits when they must.

    >>> duration(3725.9)
    '01:02:05'
    """
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def interface_order(name: str) -> tuple[str, tuple[int, ...]]:
    """Sort interfaces by type, then by position as numbers.

    >>> sorted(["GigabitEthernet0/1/10", "Eth-Trunk2", "GigabitEthernet0/1/2"], key=interface_order)
    ['Eth-Trunk2', 'GigabitEthernet0/1/2', 'GigabitEthernet0/1/10']
    """
    kind = name.rstrip("0123456789/.:")
    position = name[len(kind) :].replace(".", "/").replace(":", "/")
    return kind, tuple(int(number) for number in position.split("/") if number)
