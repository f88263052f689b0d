"""Plain facts about one device that every protocol asks for: addresses, usable interfaces, who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.states import BfdState, VrrpState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.node import Node


def usable(node: Node, name: str) -> bool:
    """Tell whether an interface exists and its line protocol is up."""
    interface = node.interfaces.get(name)
    return node.running and interface is not None and interface.protocol


def owner(node: Node, address: str, vpn: str = "") -> str | None:
    """Return the usable interface of a device that holds an address."""
    name = node.settings.owners.get((vpn, address))
    return name if name is not None and usable(node, name) else None


def addresses(node: Node) -> Iterator[str]:
    """Yield every address of a device, whether usable or not."""
    for settings in node.settings.interfaces.values():
        yield from (entry.address for entry in settings.addresses)


def link_local(node: Node, name: str) -> str:
    """Return the link-local address of an interface: configured, or made from its MAC address (EUI-64)."""
    settings = node.settings.interfaces[name]
    for entry in settings.addresses:
        if entry.role == "link-local":
            return entry.address
    digits = mac_of(node, name).replace("-", "")
    first = f"{int(digits[:2], 16) ^ 2:02x}"
    groups = (f"{first}{digits[2:4]}", f"{digits[4:6]}ff", f"fe{digits[6:8]}", digits[8:])
    return "fe80::" + ":".join(group.lstrip("0") or "0" for group in groups)


def mac_of(node: Node, name: str) -> str:
    """Return the MAC address of an interface."""
    settings = node.settings.interfaces[name]
    return settings.mac or node.mac


def primary(node: Node, name: str, *, ipv6: bool = False) -> str:
    """Return the address that an interface speaks with; empty when it has none."""
    if ipv6:
        return link_local(node, name) if node.settings.interfaces[name].ipv6 else ""
    addresses = node.settings.interfaces[name].addresses
    return next((entry.address for entry in addresses if entry.role == "primary"), "")


def answers(node: Node, address: str) -> bool:
    """Tell whether a device is VRRP Master of a virtual address."""
    return any(
        group.state is VrrpState.MASTER and address in node.settings.vrrp.groups[key].virtual
        for key, group in node.groups.items()
        if key in node.settings.vrrp.groups
    )


def session_up(node: Node, name: str) -> bool:
    """Tell whether a BFD session is up."""
    session = node.sessions.get(name)
    return session is not None and session.state is BfdState.UP
