"""Backed-up entries as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols.facts import mac_of, primary, usable
from emulator.protocols.links import neighbours
from emulator.protocols.machines.entries import Entry, Key, Kind
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.states import GroupEntry, NeighbourEntry, Origin, SnoopingEntry, UserEntry
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def groups(net: Network, node: Node, kind: Kind) -> tuple[GroupEntry, ...]:
    """Show the IGMP or MLD groups."""
    found, there = [], _by_interface(node, kind)
    for name, interface in node.settings.interfaces.items():
        shown = primary(node, name, ipv6=kind is Kind.MLD)
        if kind is Kind.IGMP and interface.igmp:
            found += [
                GroupEntry(name, shown, group, source, "0.0.0.0", 0.0, None, Origin.STATIC)  # noqa: S104 - no reporter
                for group, source in interface.static_groups
            ]
        found += [
            GroupEntry(
                name,
                shown,
                key.value,
                key.source,
                entry.detail,
                entry.since,
                _expiry(net, entry),
                entry.origin,
            )
            for key, entry in there.get(name, ())
        ]
    return tuple(found)


def _by_interface(node: Node, kind: Kind) -> Mapping[str, list[tuple[Key, Entry]]]:
    """Return the entries of a kind by interface."""
    found: dict[str, list[tuple[Key, Entry]]] = {}
    for key, entry in node.entries.table.items():
        if key.kind is kind:
            found.setdefault(key.interface, []).append((key, entry))
    return found


def _expiry(net: Network, entry: Entry) -> float | None:
    """Return the end of an entry: hosts answer every query, so a live one is always young."""
    if entry.origin is not Origin.LOCAL:
        return entry.expires
    return net.now + net.timing.membership - (net.now - entry.since) % net.timing.query_interval


def snooping(node: Node) -> tuple[SnoopingEntry, ...]:
    """Show the snooped groups."""
    return tuple(
        SnoopingEntry(
            scope="vsi" if interface.vsi else "vlan",
            scope_name=interface.vsi or str(min(interface.vlans)),
            vlan=min(interface.vlans, default=0),
            group=key.value,
            source=key.source,
            port=key.interface,
            port_up=node.interfaces[key.interface].up,
            ipv6=":" in key.value,
            since=entry.since,
            origin=entry.origin,
        )
        for key, entry in node.entries.table.items()
        if key.kind is Kind.SNOOPING
        for interface in [node.settings.interfaces[key.interface]]
    )


def users(node: Node) -> tuple[UserEntry, ...]:
    """Show the subscribers, those of the peer among them."""
    profiles = node.settings.profiles
    return tuple(
        UserEntry(
            key.value,
            entry.detail,
            key.interface,
            interface.domain,
            profiles[interface.rbp].rbs if interface.rbp in profiles else "",
            entry.since,
            entry.origin,
        )
        for key, entry in node.entries.table.items()
        if key.kind is Kind.USER
        for interface in [node.settings.interfaces[key.interface]]
    )


def neighbour_table(net: Network, node: Node, *, ipv6: bool) -> tuple[NeighbourEntry, ...]:
    """Show ARP, or ND: own addresses, neighbouring routers, hosts and copies."""
    kind = Kind.ND if ipv6 else Kind.ARP
    found: list[NeighbourEntry] = []
    there = _by_interface(node, kind)
    for name, interface in node.settings.interfaces.items():
        if usable(node, name) and not name.startswith("LoopBack"):
            found += _router_neighbours(net, node, name, ipv6=ipv6)
        for key, entry in there.get(name, ()):
            aging = net.timing.arp_aging
            young = net.now + aging - (net.now - entry.since) % aging
            found.append(
                NeighbourEntry(
                    key.value,
                    entry.detail,
                    name,
                    interface.vpn,
                    entry.since,
                    young if entry.origin is Origin.LOCAL else entry.expires,
                    entry.origin,
                    vlan=min(interface.vlans, default=None),
                )
            )
    return tuple(found)


def _router_neighbours(net: Network, node: Node, name: str, *, ipv6: bool) -> Iterator[NeighbourEntry]:
    """Yield an interface's own addresses and those of the routers that it hears."""
    interface, here = node.settings.interfaces[name], End(node.name, name)
    vlan = min(interface.vlans, default=None)
    up_since = node.interfaces[name].last_up or 0.0
    for entry in interface.addresses:
        if (":" in entry.address) == ipv6:
            mac = mac_of(node, name)
            yield NeighbourEntry(
                entry.address, mac, name, interface.vpn, up_since, None, Origin.OWN, vlan=vlan
            )
    for far in neighbours(net, here):
        other = net.node(far.device)
        if usable(other, far.interface) and net.crossing(far, here) is not None:
            for entry in other.settings.interfaces[far.interface].addresses:
                if (":" in entry.address) == ipv6:
                    age = (net.now - up_since) % net.timing.arp_aging
                    yield NeighbourEntry(
                        entry.address,
                        mac_of(other, far.interface),
                        name,
                        interface.vpn,
                        up_since,
                        net.now + net.timing.arp_aging - age,
                        Origin.LOCAL,
                        vlan=vlan,
                    )
