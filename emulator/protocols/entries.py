"""The backed-up entries: multicast groups, snooped groups, ARP and ND.

Hosts live behind an interface, or behind the switch that two routers share. A router hears them while its
interface serves them: its protocol is up and, with VRRP, it is Master (groups are heard by both). It learns
what they answer to its first query; entries live as long as the hosts answer.

Backup runs from a master profile to its peer over the connected channel, for the services of the profile:
a change is sent at once; when a pairing comes about (channel connected, role, services, interfaces changed),
on `batch-backup`, at its daily time, and in the hourly reconciliation, everything that the peer lacks is sent
at a limited rate. `backup block` stops either direction, and what was not sent stays missing until the next
batch. A copy stays when the channel is lost; after a switchover it becomes an entry of its own when the hosts
answer, or ends after the membership time. (Manual pages `service-type`, `batch-backup`, `backup block`,
`peer-backup rui-trigger-speed`; guide "Establishing a Dual-Device Backup Platform".)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

from emulator.protocols import rbp, vrrp
from emulator.protocols.facts import mac_of, primary, usable
from emulator.protocols.links import neighbours
from emulator.protocols.network import End
from emulator.protocols.states import GroupEntry, NeighbourEntry, Origin, Role, SnoopingEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.backup import RbpSettings, RbsSettings
    from emulator.protocols.settings.interfaces import InterfaceSettings

_TICK = 1.0
_HOUR = 3600.0
_DAY = 86400.0


class Kind(StrEnum):
    """What an entry is; the value is the service type that backs it up."""

    IGMP = "igmp"
    MLD = "mld"
    SNOOPING = "igmp-snooping"
    ARP = "arp"
    ND = "nd"


_BLOCKED_AS = {Kind.IGMP: "multicast", Kind.MLD: "multicast"}


class Key(NamedTuple):
    """An entry's identity: a group or address on an interface; source only for source-specific joins."""

    kind: Kind
    interface: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """Something that a host behind an interface answers for.

    Args:
        end: an interface behind which it lives.
        group: True for a multicast group that it joined, False for its own address.
        value: group or address.
        detail: the host's address for a group, its MAC address otherwise.
    """

    end: End
    group: bool
    value: str
    source: str = ""
    detail: str = ""


@dataclass(slots=True)
class Entry:
    """A learned or copied entry; `expires` is set once nobody confirms it."""

    origin: Origin
    since: float
    detail: str
    expires: float | None = None


@dataclass(slots=True)
class Sync:
    """How a master profile stands with its peer.

    Args:
        pairing: what the last full backup was made for; a different one starts another.
        known: keys that were already offered, so that later ones count as changes.
        batch: kinds that are being sent in full; `tick_at` when the next portion leaves.
    """

    pairing: object = None
    known: set[Key] = field(default_factory=set)
    batch: set[Kind] = field(default_factory=set)
    tick_at: float = 0.0
    reconcile_at: float | None = None


@dataclass(slots=True)
class Entries:
    """All entries of a device, and since when each interface hears hosts."""

    table: dict[Key, Entry] = field(default_factory=dict)
    hearing: dict[tuple[str, Kind], float] = field(default_factory=dict)
    sync: dict[str, Sync] = field(default_factory=dict)
    daily_at: dict[tuple[str, str], float] = field(default_factory=dict)

    def answers(self, address: str) -> bool:
        """Tell whether a host with that address has been heard."""
        return any(
            key.value == address and key.kind in {Kind.ARP, Kind.ND} and entry.origin is Origin.LOCAL
            for key, entry in self.table.items()
        )


def kind_of(node: Node, interface: InterfaceSettings, host: Host) -> Kind | None:
    """Give the kind of entry that a host makes on an interface, if the interface keeps such entries."""
    ipv6 = ip_address(host.value).version == 6  # noqa: PLR2004 - IP version
    if not host.group:
        return Kind.ND if ipv6 else Kind.ARP
    multicast = node.settings.multicast
    if interface.vsi or interface.layer2:
        snooped = interface.vsi in multicast.snooping_vsis or interface.vlans & multicast.snooping_vlans
        return Kind.SNOOPING if snooped else None
    if ipv6:
        return Kind.MLD if interface.mld and multicast.routing6 else None
    return Kind.IGMP if interface.igmp and multicast.routing else None


def attached(net: Network, end: End) -> tuple[End, ...]:
    """Give the interfaces behind which the same hosts live: a subnet's, or those of a shared edge."""
    node = net.node(end.device)
    ends = [end, *neighbours(net, end)]
    interface = node.settings.interfaces[end.interface]
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


def _hosts(net: Network, node: Node) -> Iterator[tuple[str, Kind, Host]]:
    """Give the hosts that live behind interfaces of a device."""
    for host in net.hosts:
        for end in attached(net, host.end):
            if end.device == node.name and end.interface in node.settings.interfaces:
                kind = kind_of(node, node.settings.interfaces[end.interface], host)
                if kind is not None:
                    yield end.interface, kind, host


def _serves(node: Node, name: str, kind: Kind) -> bool:
    """Tell whether an interface hears hosts for one kind of entry now."""
    if kind is Kind.SNOOPING:
        return node.running and node.interfaces[name].up
    return usable(node, name) and (kind in {Kind.IGMP, Kind.MLD} or vrrp.listens(node, name))


def react(net: Network, node: Node) -> bool:
    """Learn from hosts, forget what is gone, send to peers; tell whether anything changed."""
    before = set(node.entries.table)
    if net.hosts or node.entries.table:
        _learn(net, node)
        _forget(net, node)
    for name, profile in node.settings.profiles.items():
        _send(net, node, profile, node.entries.sync.setdefault(name, Sync()))
    for service in node.settings.services.values():
        _daily(net, node, service)
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
            life = net.timing.membership if kind not in {Kind.ARP, Kind.ND} else net.timing.arp_aging
            entry.expires = net.after(node.name, life)


def _confirm(net: Network, node: Node, key: Key, host: Host) -> None:
    entry = node.entries.table.get(key)
    if entry is None:
        node.entries.table[key] = Entry(Origin.LOCAL, net.now, host.detail)
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


@dataclass(frozen=True, slots=True)
class Transfer:
    """Backup of one profile to its peer at this moment.

    Args:
        peer: name of the peer's profile.
        allowed: kinds that may pass.
        mapping: the peer's interface for each of ours.
    """

    node: Node
    profile: RbpSettings
    there: Node
    peer: str
    allowed: frozenset[Kind]
    mapping: Mapping[str, str]
    sync: Sync

    def target(self, key: Key) -> Key:
        """Give the key of an entry's copy; without interface when the peer has none for it."""
        return key._replace(interface=self.mapping.get(key.interface, ""))

    def lacks(self, key: Key) -> bool:
        """Tell whether the peer should have an entry and does not."""
        target = self.target(key)
        return key.kind in self.allowed and bool(target.interface) and target not in self.there.entries.table


def _send(net: Network, node: Node, profile: RbpSettings, sync: Sync) -> None:
    """Back up a master profile's entries to its peer, as far as the channel and the blocks allow."""
    far = rbp.counterpart(net, node, profile)
    if far is None or node.profiles[profile.name].role is not Role.MASTER:
        sync.pairing = None
        sync.batch.clear()
        return
    there, theirs = far
    kinds = frozenset(kind for kind in Kind if kind in profile.services and kind in theirs.services)
    pairing = (node.channels[profile.rbs].last_up, there.name, theirs.name, kinds, _bound(node, profile))
    if pairing != sync.pairing:
        sync.pairing, sync.known, sync.reconcile_at = pairing, set(_own_keys(node, profile)), None
        start_batch(net, node, sync, kinds)
    allowed = frozenset(kind for kind in kinds if not _blocked(node, there, profile, theirs, kind))
    mapping = _mapping(node, profile, there, theirs)
    transfer = Transfer(node, profile, there, theirs.name, allowed, mapping, sync)
    _changes(net, transfer)
    _portion(net, transfer)


def _bound(node: Node, profile: RbpSettings) -> tuple[str, ...]:
    return tuple(name for name, entry in node.settings.interfaces.items() if entry.rbp == profile.name)


def _blocked(node: Node, there: Node, mine: RbpSettings, theirs: RbpSettings, kind: Kind) -> bool:
    names = {"all", kind.value, _BLOCKED_AS.get(kind, kind.value)}
    sending = node.settings.services[mine.rbs].blocked_tx
    receiving = there.settings.services[theirs.rbs].blocked_rx
    return bool(names & {*sending, *receiving})


def _mapping(node: Node, mine: RbpSettings, there: Node, theirs: RbpSettings) -> dict[str, str]:
    """Say which bound interface of the peer answers to which of ours: by name, by VLAN, or the only one."""
    ours, others = _bound(node, mine), _bound(there, theirs)
    mapping = {}
    for name in ours:
        vlans = node.settings.interfaces[name].vlans
        alike = [other for other in others if vlans and there.settings.interfaces[other].vlans == vlans]
        if name in others and not alike:
            alike = [name]
        if not alike and len(ours) == len(others) == 1:
            alike = list(others)
        if alike:
            mapping[name] = alike[0]
    return mapping


def _own_keys(node: Node, profile: RbpSettings) -> Iterator[Key]:
    bound = set(_bound(node, profile))
    return (key for key in node.entries.table if key.interface in bound)


def _changes(net: Network, transfer: Transfer) -> None:
    """Send what was learned or forgotten since last time."""
    current = set(_own_keys(transfer.node, transfer.profile))
    for key in current - transfer.sync.known:
        _copy(net, transfer, key)
    copies = transfer.there.entries.table
    for key in transfer.sync.known - current:
        target = transfer.target(key)
        if key.kind in transfer.allowed and target in copies and copies[target].origin is Origin.REMOTE:
            del copies[target]
    transfer.sync.known = current


def _copy(net: Network, transfer: Transfer, key: Key) -> None:
    """Install one entry at the peer, if it lacks it."""
    if transfer.lacks(key):
        entry = Entry(Origin.REMOTE, net.now, transfer.node.entries.table[key].detail)
        transfer.there.entries.table[transfer.target(key)] = entry
        transfer.node.channels[transfer.profile.rbs].sent += 1
        transfer.there.channels[transfer.there.settings.profiles[transfer.peer].rbs].received += 1


def _portion(net: Network, transfer: Transfer) -> None:
    """Send the next portion of a full backup, and begin the hourly reconciliation when something lacks."""
    node, sync = transfer.node, transfer.sync
    missing = [key for key in _own_keys(node, transfer.profile) if transfer.lacks(key)]
    if not missing:
        sync.batch.clear()
        sync.reconcile_at = None
        return
    pending = [key for key in missing if key.kind in sync.batch]
    if pending and net.now >= sync.tick_at:
        rate = node.settings.trigger_speed + net.timing.sync_extra
        for key in pending[:rate]:
            _copy(net, transfer, key)
        sync.tick_at = net.after(node.name, _TICK)
    elif not pending:
        if sync.reconcile_at is None:
            sync.reconcile_at = net.after(node.name, _HOUR)
        if net.now >= sync.reconcile_at:
            start_batch(net, node, sync, transfer.allowed)
            sync.reconcile_at = None


def start_batch(net: Network, node: Node, sync: Sync, kinds: frozenset[Kind]) -> None:
    """Begin to send everything that the peer lacks."""
    sync.batch |= kinds
    sync.tick_at = net.after(node.name, _TICK)


def batch(net: Network, node: Node, service: str, what: str) -> None:
    """Begin a full backup of one service type, or of `all`, over a backup service."""
    kinds = frozenset(kind for kind in Kind if what in {"all", kind.value, _BLOCKED_AS.get(kind, kind.value)})
    for name, profile in node.settings.profiles.items():
        if profile.rbs == service:
            start_batch(net, node, node.entries.sync.setdefault(name, Sync()), kinds)


def _daily(net: Network, node: Node, service: RbsSettings) -> None:
    """Begin the scheduled full backups when their time of day has come."""
    for plan in service.daily:
        key = (service.name, plan.service)
        due = node.entries.daily_at.get(key)
        if due is not None and net.now >= due:
            batch(net, node, service.name, plan.service)
            due = None
        if due is None or due < net.now:
            hours, minutes, seconds = ([int(part) for part in plan.time.split(":")] + [0, 0])[:3]
            moment = hours * 3600 + minutes * 60 + seconds
            ahead = (moment - net.day_offset - net.now) % _DAY or _DAY
            node.entries.daily_at[key] = net.after(node.name, ahead)


def groups(net: Network, node: Node, kind: Kind) -> tuple[GroupEntry, ...]:
    """Show the IGMP or MLD groups."""
    found = []
    for name, interface in node.settings.interfaces.items():
        shown = primary(node, name, ipv6=kind is Kind.MLD)
        if kind is Kind.IGMP and interface.igmp:
            found += [
                GroupEntry(name, shown, group, source, "0.0.0.0", 0.0, None, Origin.STATIC)  # noqa: S104 - no reporter
                for group, source in interface.static_groups
            ]
        for key, entry in node.entries.table.items():
            if (key.kind, key.interface) == (kind, name):
                found.append(
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
                )
    return tuple(found)


def _expiry(net: Network, entry: Entry) -> float | None:
    """Give the end of an entry: hosts answer every query, so a live one is always young."""
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


def neighbour_table(net: Network, node: Node, *, ipv6: bool) -> tuple[NeighbourEntry, ...]:
    """Show ARP, or ND: own addresses, neighbouring routers, hosts and copies."""
    kind = Kind.ND if ipv6 else Kind.ARP
    found: list[NeighbourEntry] = []
    for name, interface in node.settings.interfaces.items():
        if usable(node, name) and not name.startswith("LoopBack"):
            found += _router_neighbours(net, node, name, ipv6=ipv6)
        for key, entry in node.entries.table.items():
            if (key.kind, key.interface) == (kind, name):
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
    """Give an interface's own addresses and those of the routers that it hears."""
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
