"""IGMP, MLD and PIM interfaces as shown: state, querier, designated router.

The querier is the router with the lowest address (IGMPv2, MLD), or the master of the VRRP group that the
interface follows; the designated router has the highest priority, then the highest address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.protocols.entries import keeps
from emulator.protocols.facts import primary, usable
from emulator.protocols.links import neighbours
from emulator.protocols.machines.entries import Kind
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.settings.reading import address_value
from emulator.protocols.settings.vrrp import GroupKey
from emulator.protocols.states import MembershipView, Origin, PimView, VrrpState
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.settings.interfaces import InterfaceSettings
    from emulator.protocols.settings.membership import PimSettings


def membership(net: Network, node: Node, kind: Kind) -> tuple[MembershipView, ...]:
    """Show the interfaces that run IGMP, or MLD."""
    return tuple(
        _member(net, node, interface, kind, version)
        for interface in node.settings.interfaces.values()
        if (version := _version(interface, kind)) is not None and keeps(node, interface, kind)
    )


def _version(interface: InterfaceSettings, kind: Kind) -> int | None:
    if interface.multicast is None:
        return None
    return interface.multicast.mld if kind is Kind.MLD else interface.multicast.igmp


def _member(
    net: Network, node: Node, interface: InterfaceSettings, kind: Kind, version: int
) -> MembershipView:
    name = interface.name
    own = primary(node, name, ipv6=kind is Kind.MLD)
    up = usable(node, name)
    querier = _querier(net, node, interface, kind) if up else ""
    heard = {
        key.value
        for key, entry in node.entries.table.items()
        if (key.kind, key.interface) == (kind, name) and entry.origin is not Origin.STATIC
    }
    joins, leaves = node.entries.activity.get((name, kind), (0, 0))
    mine = bool(own) and querier == own
    return MembershipView(name, own, version, up, querier, mine, len(heard), joins, leaves)


def _querier(net: Network, node: Node, interface: InterfaceSettings, kind: Kind) -> str:
    followed = _followed(interface, kind)
    if followed is not None and followed in node.groups:
        return _master(node, followed)
    addresses = [primary(node, interface.name, ipv6=kind is Kind.MLD)]
    for other, theirs in _heard(net, node, interface.name):
        if keeps(other, theirs, kind):
            addresses.append(primary(other, theirs.name, ipv6=kind is Kind.MLD))
    return min(filter(None, addresses), key=address_value, default="")


def _followed(interface: InterfaceSettings, kind: Kind) -> GroupKey | None:
    settings, six = interface.multicast, kind is Kind.MLD
    followed = (settings.followed6 if six else settings.followed) if settings is not None else None
    return GroupKey(*followed, ipv6=six) if followed is not None else None


def _master(node: Node, key: GroupKey) -> str:
    """Return the address of the master of a followed group."""
    group = node.groups[key]
    if group.state is VrrpState.MASTER:
        return node.settings.vrrp.groups[key].source or primary(node, key.interface, ipv6=key.ipv6)
    heard = group.heard if group.state is VrrpState.BACKUP else None
    return heard.text if heard else ""


def _heard(net: Network, node: Node, name: str) -> Iterator[tuple[Node, InterfaceSettings]]:
    """Yield the routers that are heard on an interface."""
    here = End(node.name, name)
    for far in neighbours(net, here):
        other = net.node(far.device)
        if usable(other, far.interface) and net.crossing(far, here) is not None:
            yield other, other.settings.interfaces[far.interface]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A router in the election of the designated router."""

    priority: int
    address: str

    @property
    def rank(self) -> tuple[int, int]:
        """Return the order of the election."""
        return self.priority, int(address_value(self.address))


def pim(net: Network, node: Node) -> tuple[PimView, ...]:
    """Show the interfaces that run PIM, of both families."""
    multicast = node.settings.multicast
    families = [six for six, on in ((False, multicast.routing), (True, multicast.routing6)) if on]
    return tuple(
        _pim(net, node, interface.name, settings, six=six)
        for six in families
        for interface in node.settings.interfaces.values()
        if (settings := _of(interface, six=six)) is not None
    )


def _of(interface: InterfaceSettings, *, six: bool) -> PimSettings | None:
    if interface.multicast is None:
        return None
    return interface.multicast.pim6 if six else interface.multicast.pim


def _pim(net: Network, node: Node, name: str, settings: PimSettings, *, six: bool) -> PimView:
    own, up = primary(node, name, ipv6=six), usable(node, name)
    others = [
        _Candidate(theirs.priority, address)
        for other, interface in (_heard(net, node, name) if up else ())
        if (theirs := _of(interface, six=six)) is not None
        if (address := primary(other, interface.name, ipv6=six))
    ]
    candidates = [*others, *([_Candidate(settings.priority, own)] if own else [])]
    designated = max(candidates, key=lambda one: one.rank).address if candidates else ""
    return PimView(
        name,
        own,
        six,
        up,
        len(others),
        designated,
        bool(own) and designated == own,
        settings.priority,
        settings.ignore_dr,
        settings.ignore_assert,
    )
