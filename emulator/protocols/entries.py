"""The backed-up entries: multicast groups, snooped groups, ARP, ND and subscribers.

Hosts live behind an interface, or behind the switch that two routers share. A router hears them while its
interface serves them: its protocol is up and, with VRRP, it is Master (groups are heard by both). It learns
what they answer to its first query; entries live as long as the hosts answer.

Copies of the peer's entries come over the backup channel (`transfers`) and stay when the channel is lost.
After a switchover a copy becomes an entry of its own when the hosts answer, or ends after the membership
time.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from emulator.protocols import vrrp
from emulator.protocols.facts import usable
from emulator.protocols.links import joined, neighbours
from emulator.protocols.machines.entries import AGING, Entries, Entry, Host, Key, Kind
from emulator.protocols.states import Origin, Role
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.interfaces import InterfaceSettings


def kind_of(node: Node, interface: InterfaceSettings, host: Host) -> Kind | None:
    """Return the kind of entry that a host makes on an interface, if the interface keeps such entries."""
    ipv6 = ip_address(host.value).version == 6  # noqa: PLR2004 - IP version
    if not host.group:
        if interface.bas:
            return Kind.USER
        return Kind.ND if ipv6 else Kind.ARP
    multicast = node.settings.multicast
    if interface.vsi or interface.layer2:
        snooped = interface.vsi in multicast.snooping_vsis or interface.vlans & multicast.snooping_vlans
        return Kind.SNOOPING if snooped else None
    kind = Kind.MLD if ipv6 else Kind.IGMP
    return kind if keeps(node, interface, kind) else None


def keeps(node: Node, interface: InterfaceSettings, kind: Kind) -> bool:
    """Tell whether an interface keeps entries of a kind at all.

    Groups only where their protocol runs, subscribers where they have their access.
    """
    multicast = node.settings.multicast
    if kind is Kind.IGMP:
        return interface.igmp and multicast.routing
    if kind is Kind.MLD:
        return interface.mld and multicast.routing6
    return interface.bas if kind is Kind.USER else True


def attached(net: Network, end: End) -> tuple[End, ...]:
    """Return the interfaces behind which the same hosts live: a subnet's, or those of a shared edge."""
    node = net.node(end.device)
    ends = [end, *neighbours(net, end)]
    interface = node.settings.interfaces[end.interface]
    ends += _access_ends(net, node, interface)
    for trunk in node.settings.eth_trunks.values():
        if trunk.name != interface.main or trunk.e_trunk is None:
            continue
        for name in sorted(node.partners):
            other = net.nodes[name].settings
            theirs = other.eth_trunks.get(trunk.remote or trunk.id)
            if theirs is not None and theirs.e_trunk == trunk.e_trunk:
                ends += [
                    End(name, entry.name)
                    for entry in other.interfaces.values()
                    if entry.main == theirs.name
                    and (entry.is_sub, entry.vlans) == (interface.is_sub, interface.vlans)
                ]
    return tuple(ends)


def _access_ends(net: Network, node: Node, interface: InterfaceSettings) -> list[End]:
    """Return the access interfaces of partners that have the same subscribers: of the same name and VLANs."""
    if not interface.bas:
        return []
    return [
        End(name, interface.name)
        for name in sorted(node.partners)
        if (theirs := net.nodes[name].settings.interfaces.get(interface.name)) is not None
        if theirs.bas and theirs.vlans == interface.vlans
    ]


def _hosts(net: Network, node: Node) -> Iterator[tuple[str, Kind, Host]]:
    """Yield the hosts that live behind interfaces of a device."""
    near = {node.name, *joined(net, node)}
    hosts = [entry for device in near for entry in net.hosts.get(device, {}).items()]
    for host, _ in sorted(hosts, key=lambda entry: entry[1]):
        homeless = host.end.interface not in net.node(host.end.device).settings.interfaces
        for end in () if homeless else attached(net, host.end):
            if end.device == node.name and end.interface in node.settings.interfaces:
                kind = kind_of(node, node.settings.interfaces[end.interface], host)
                if kind is not None:
                    yield end.interface, kind, host


def _serves(node: Node, name: str, kind: Kind) -> bool:
    """Tell whether an interface hears hosts for one kind of entry now."""
    if kind is Kind.SNOOPING:
        return node.running and node.interfaces[name].up
    if kind is Kind.USER:
        return node.running and node.interfaces[name].up and not _stands_by(node, name)
    return usable(node, name) and (kind in {Kind.IGMP, Kind.MLD} or vrrp.listens(node, name))


def _stands_by(node: Node, name: str) -> bool:
    """Tell whether the profile of an interface leaves its subscribers to the peer."""
    profile = node.profiles.get(node.settings.interfaces[name].rbp)
    return profile is not None and profile.role is Role.SLAVE


def react(net: Network, node: Node) -> bool:
    """Learn from hosts, forget what is gone; tell whether anything changed."""
    before = set(node.entries.table)
    if net.hosts or node.entries.table:
        _learn(net, node)
        _forget(net, node)
    return before != set(node.entries.table)


def _learn(net: Network, node: Node) -> None:
    entries = node.entries
    wanted: dict[tuple[str, Kind], list[Host]] = {}
    for name, kind, host in _hosts(net, node):
        wanted.setdefault((name, kind), []).append(host)
    for (name, kind), hosts in wanted.items():
        if not _serves(node, name, kind):
            entries.hearing.pop((name, kind), None)
            continue
        heard_at = entries.hearing.get((name, kind))
        if heard_at is None:
            heard_at = entries.hearing[name, kind] = net.after(node.name, net.timing.host_answer)
            _doubt(net, node, name, kind)
        if net.now >= heard_at:
            for host in hosts:
                _confirm(net, node, Key(kind, name, host.value, host.source), host)


def _doubt(net: Network, node: Node, name: str, kind: Kind) -> None:
    """When an interface begins to serve, its copies live on only if hosts confirm them."""
    for key, entry in node.entries.table.items():
        if (key.interface, key.kind) == (name, kind) and entry.origin is Origin.REMOTE:
            life = net.timing.arp_aging if kind in AGING else net.timing.membership
            entry.expires = net.after(node.name, life)


def _confirm(net: Network, node: Node, key: Key, host: Host) -> None:
    entry = node.entries.table.get(key)
    if entry is None:
        node.entries.table[key] = Entry(Origin.LOCAL, net.now, host.detail)
        node.entries.count(key, joins=1)
    else:
        entry.origin, entry.expires, entry.detail = Origin.LOCAL, None, host.detail


def _forget(net: Network, node: Node) -> None:
    """Drop entries whose interface stopped serving, whose host left, or whose time is over."""
    present = {Key(kind, name, host.value, host.source) for name, kind, host in _hosts(net, node)}
    for key, entry in list(node.entries.table.items()):
        gone = key.interface not in node.settings.interfaces
        if entry.origin is Origin.LOCAL:
            gone = gone or key not in present or not _serves(node, key.interface, key.kind)
        if gone or not node.running or (entry.expires is not None and net.now >= entry.expires):
            del node.entries.table[key]
            if entry.origin is Origin.LOCAL and key not in present:
                node.entries.count(key, leaves=1)


def forget(node: Node) -> None:
    """Lose every entry."""
    node.entries = Entries()
