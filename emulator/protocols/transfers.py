"""How entries reach the peer.

Backup runs from a master profile to its peer over the connected channel, for the services of the profile:
a change is sent at once; when a pairing comes about (channel connected, role, services, interfaces changed),
on `batch-backup`, at its daily time, and in the hourly reconciliation, everything that the peer lacks is sent
at a limited rate. `backup block` stops either direction, and what was not sent stays missing until the next
batch. (Manual pages `service-type`, `batch-backup`, `backup block`, `peer-backup rui-trigger-speed`; guide
"Establishing a Dual-Device Backup Platform".)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.protocols import rbp
from emulator.protocols.entries import keeps
from emulator.protocols.machines.entries import Entry, Key, Kind
from emulator.protocols.machines.transfers import Sync
from emulator.protocols.states import Origin, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.backup import RbpSettings, RbsSettings

_TICK = 1.0
_HOUR = 3600.0
_DAY = 86400.0
_BLOCKED_AS = {Kind.IGMP: "multicast", Kind.MLD: "multicast"}


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
        """Return the key of an entry's copy; without interface when the peer has none for it."""
        return key._replace(interface=self.mapping.get(key.interface, ""))

    def lacks(self, key: Key) -> bool:
        """Tell whether the peer should have an entry and does not."""
        target = self.target(key)
        if key.kind not in self.allowed or not target.interface or target in self.there.entries.table:
            return False
        return keeps(self.there, self.there.settings.interfaces[target.interface], key.kind)


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
    learned = current - transfer.sync.known
    if learned and transfer.there.name in net.intake:
        transfer.sync.batch |= {key.kind for key in learned if transfer.lacks(key)}
        transfer.sync.tick_at = max(
            transfer.sync.tick_at, net.after(transfer.node.name, _pause(net, transfer))
        )
    else:
        for key in learned:
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
        for key in pending[: _rate(net, transfer)]:
            _copy(net, transfer, key)
        sync.tick_at = net.after(node.name, _pause(net, transfer))
    elif not pending:
        if sync.reconcile_at is None:
            sync.reconcile_at = net.after(node.name, _HOUR)
        if net.now >= sync.reconcile_at:
            start_batch(net, node, sync, transfer.allowed)
            sync.reconcile_at = None


def _rate(net: Network, transfer: Transfer) -> int:
    """Return how many entries a portion holds."""
    taken = net.intake.get(transfer.there.name)
    if taken is not None:
        return max(1, int(taken)) if taken else 0
    return transfer.node.settings.trigger_speed + net.timing.sync_extra


def _pause(net: Network, transfer: Transfer) -> float:
    """Return the seconds between two portions; a peer that takes less than one a second gets them singly."""
    taken = net.intake.get(transfer.there.name, _TICK)
    return _TICK / taken if 0 < taken < 1 else _TICK


def start_batch(net: Network, node: Node, sync: Sync, kinds: frozenset[Kind]) -> None:
    """Begin to send everything that the peer lacks."""
    sync.batch |= kinds
    sync.tick_at = net.after(node.name, _TICK)


def batch(net: Network, node: Node, service: str, what: str) -> None:
    """Begin a full backup of one service type, or of `all`, over a backup service."""
    kinds = frozenset(kind for kind in Kind if what in {"all", kind.value, _BLOCKED_AS.get(kind, kind.value)})
    for name, profile in node.settings.profiles.items():
        if profile.rbs == service:
            start_batch(net, node, node.syncs.setdefault(name, Sync()), kinds)


def resync(net: Network, node: Node, interface: str | None) -> None:
    """Begin a full backup of ARP entries for the profile of one interface, or of all."""
    for profile in node.settings.profiles.values():
        bound = [name for name, entry in node.settings.interfaces.items() if entry.rbp == profile.name]
        if interface is None or interface in bound:
            batch(net, node, profile.rbs, Kind.ARP)


def _daily(net: Network, node: Node, service: RbsSettings) -> None:
    """Begin the scheduled full backups when their time of day has come."""
    for plan in service.daily:
        key = (service.name, plan.service)
        due = node.daily_at.get(key)
        if due is not None and net.now >= due:
            batch(net, node, service.name, plan.service)
            due = None
        if due is None or due < net.now:
            hours, minutes, seconds = ([int(part) for part in plan.time.split(":")] + [0, 0])[:3]
            moment = hours * 3600 + minutes * 60 + seconds
            ahead = (moment - net.day_offset - net.now) % _DAY or _DAY
            node.daily_at[key] = net.after(node.name, ahead)


def react(net: Network, node: Node) -> bool:
    """Send to the peers of every profile; what arrives changes no machine, so nothing has to be looked at."""
    for name, profile in node.settings.profiles.items():
        _send(net, node, profile, node.syncs.setdefault(name, Sync()))
    for service in node.settings.services.values():
        _daily(net, node, service)
    return False


def forget(node: Node) -> None:
    """Lose what was sent to whom, and what is due daily."""
    node.syncs.clear()
    node.daily_at.clear()
