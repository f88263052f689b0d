"""Reading single values from configuration statements."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emulator.config.statement import Configuration, Statement


def number(holder: Statement | Configuration, command: str, name: str, default: int) -> int:
    """Return a number of the first such line, or the default when the line is absent."""
    line = holder.first(command)
    return int(line.params[name]) if line is not None and name in line.params else default


def optional_number(holder: Statement | Configuration, command: str, name: str) -> int | None:
    """Return a number of the first such line, or nothing when the line is absent."""
    line = holder.first(command)
    return int(line.params[name]) if line is not None and name in line.params else None


def word(holder: Statement | Configuration, command: str, name: str, default: str = "") -> str:
    """Return a text of the first such line, or the default when the line or the value is absent."""
    line = holder.first(command)
    return line.params.get(name, default) if line is not None else default


def has(holder: Statement | Configuration, command: str) -> bool:
    """Tell whether a line stands there."""
    return holder.first(command) is not None


@lru_cache(maxsize=8192)
def address_value(text: str) -> IPv4Address | IPv6Address:
    """Return an address as a value; the same texts are asked for again and again."""
    return ip_address(text)


@lru_cache(maxsize=128)
def prefix_length(mask: str) -> int:
    """Return the length of a dotted IPv4 mask."""
    return ip_network(f"0.0.0.0/{mask}").prefixlen


def address(text: str) -> str:
    """Return an address in its one compressed lower-case form; empty stays empty."""
    return str(address_value(text)) if text else ""
