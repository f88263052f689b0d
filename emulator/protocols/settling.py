"""Looking at the machines of every device that a change can concern, until none of them moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.errors import ProtocolError
from emulator.protocols.links import component
from emulator.protocols.table import PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from emulator.protocols.network import Network

_MAX_ROUNDS = 200


def settle(net: Network, devices: Iterable[str]) -> None:
    """Look at every concerned device, layer by layer from the wires up, until no machine moves.

    Args:
        net: all devices.
        devices: names of those on which something changed.

    Raises:
        ProtocolError: the machines do not come to rest.
    """
    concerned = around(net, devices)
    nodes = sorted((net.nodes[name] for name in concerned), key=lambda node: node.order)
    for _ in range(_MAX_ROUNDS):
        moved = [protocol.react(net, node) for protocol in PROTOCOLS for node in nodes]
        if not any(moved):
            return
    raise ProtocolError(f"the protocols of {', '.join(sorted(concerned))} do not come to rest")


def rewired(net: Network, devices: set[str]) -> None:
    """Derive afresh who is wired to whom around devices that were configured, and look at them."""
    net.forget_topology(devices)
    reached = around(net, devices)
    net.forget_topology(reached)
    settle(net, reached)


def around(net: Network, devices: Iterable[str]) -> set[str]:
    """Return the devices that a change on some can concern."""
    concerned: set[str] = set()
    for device in devices:
        if device not in concerned:
            concerned |= component(net, device)
    return concerned
