"""Hosts behind interfaces: what joins a group, and in which spelling an address is kept."""

from __future__ import annotations

from ipaddress import ip_address

from emulator.protocols.errors import ProtocolError
from emulator.protocols.machines.entries import Host
from emulator.protocols.wires import End


def joined(device: str, interface: str, group: str, host: str, source: str) -> Host:
    """Return the membership of a host in a group, of any or of one source.

    Args:
        device: router before it.
        interface: of that router.
        group: IPv4 or IPv6 address.
        host: its own address.
        source: whose packets it wants; empty for any.

    Raises:
        ProtocolError: a text is no address, or the group is none of multicast.
    """
    if not ip_address(spelt(group)).is_multicast:
        raise ProtocolError(f"{group} is no multicast group")
    wanted = spelt(source) if source else ""
    return Host(End(device, interface), True, spelt(group), wanted, spelt(host))  # noqa: FBT003 - record


def spelt(text: str) -> str:
    """Spell an address in one way.

    Raises:
        ProtocolError: the text is no address.
    """
    try:
        return str(ip_address(text))
    except ValueError as error:
        raise ProtocolError(f"{text!r} is no address") from error
