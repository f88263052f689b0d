"""VRRP and VRRP6: who answers for a virtual address (RFC 5798, section 6.4, and the manual's extensions).

A group leaves Initialize when its interface comes up (after the recover delay, if the interface or the device
had been up before). As Backup it becomes Master when it hears no Master for its hold multiplier times the
interval plus a skew, after the skew alone when the Master resigned, or after the preemption delay when it
hears one of lower priority; the failure of a tracked `peer` BFD session makes it Master at once. As Master it
yields to a higher priority, then to a higher address. A tracked `link` makes it Initialize.

A *member* of an mVRRP group sends nothing and follows that group: with `unflowdown` it mirrors its state,
without it is Master or Initialize and takes the interface's protocol down while it is not Master.
Authentication, interval or virtual addresses that differ make the two deaf to each other.
(Manual pages `vrrp vrid`, `vrrp vrid track ...`, `admin-vrrp vrid`, `vrrp recover-delay`.)
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from emulator.config import secrets
from emulator.protocols.facts import addresses, primary
from emulator.protocols.links import neighbours
from emulator.protocols.machine import keep, step
from emulator.protocols.machines.vrrp import TABLE, Advert, Event, Group
from emulator.protocols.routes import delivers
from emulator.protocols.settings.vrrp import GroupKey, GroupSettings
from emulator.protocols.states import VrrpChange, VrrpKind, VrrpState
from emulator.protocols.vrrp_tracks import OWNER, link_down, peer_bfd_down, run_priority
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings

_LOG_LENGTH = 10
_INIT, _BACKUP, _MASTER = VrrpState.INITIALIZE, VrrpState.BACKUP, VrrpState.MASTER


def react(net: Network, node: Node) -> bool:
    """Bring every group of a device to what it hears and follows; tell whether anything changed."""
    changed = False
    for key, settings in node.settings.vrrp.groups.items():
        group = node.groups[key]
        before = (group.state, group.run_priority)
        group.run_priority = run_priority(net, node, settings)
        event = _event(net, node, settings, group)
        if event is not None:
            _take(net, group, event)
        changed |= before != (group.state, group.run_priority)
    return changed


def _take(net: Network, group: Group, event: Event) -> None:
    after = step(TABLE, group.state, event)
    group.master_down_at = group.preempt_at = None
    if after is group.state:
        return
    if group.state is _MASTER and after is _INIT and event is not Event.INTERFACE_DOWN:
        group.resigned_at = net.now
    change = VrrpChange(net.now, group.state, after, event.value.rstrip())
    group.changes = (change, *group.changes)[:_LOG_LENGTH]
    group.state = after
    group.ready_at = None


def _event(net: Network, node: Node, settings: GroupSettings, group: Group) -> Event | None:
    """Say what the group meets now; nothing while it only waits."""
    if settings.kind is VrrpKind.MEMBER:
        return _driven(node, settings, group)
    if not _interface_up(node, settings):
        keeps = settings.ignore_if_down and group.ever_up
        return Event.INTERFACE_DOWN if group.state is not _INIT and not keeps else None
    if link_down(net, node, settings):
        return Event.LINK_DOWN if group.state is not _INIT else None
    if group.state is _INIT:
        return _starting(net, node, settings, group)
    deaf = net.flapping(node.name, "vrrp", f"{settings.key.interface} {settings.key.vrid}")
    group.heard = None if deaf else max(_adverts(net, node, settings), default=None)
    if group.state is _MASTER:
        outranked = group.heard is not None and group.heard > _own(node, settings, group)
        return Event.OUTRANKED if outranked else None
    return Event.TIMER_EXPIRED if deaf else _as_backup(net, node, settings, group)


def _interface_up(node: Node, settings: GroupSettings) -> bool:
    """The interface counts as up although a flow-down of another group holds its protocol."""
    name = settings.key.interface
    interface = node.interfaces.get(name)
    return bool(node.running and interface and interface.up and primary(node, name, ipv6=settings.key.ipv6))


def _driven(node: Node, settings: GroupSettings, group: Group) -> Event | None:
    leader = node.groups.get(settings.admin) if settings.admin is not None else None
    state = leader.state if leader is not None and _interface_up(node, settings) else _INIT
    if state is _BACKUP and not settings.unflowdown:
        state = _INIT
    if state is group.state:
        return None
    drives = {_MASTER: Event.ADMIN_MASTER, _BACKUP: Event.ADMIN_BACKUP, _INIT: Event.ADMIN_OTHER}
    return drives[state] if _interface_up(node, settings) else Event.INTERFACE_DOWN


def _starting(net: Network, node: Node, settings: GroupSettings, group: Group) -> Event | None:
    """Leave Initialize, after the recover delay when the interface or the device had been up before."""
    fast = settings.fast_resume and settings.delay == 0 and settings.preempt
    if group.ready_at is None:
        wait = 0.0 if fast else _recover_delay(node, settings, group)
        group.ready_at = net.after(node.name, wait * net.timing.scale)
    if net.now < group.ready_at:
        return None
    recovered = group.ever_up
    group.ever_up = True
    if group.run_priority == OWNER or (fast and recovered):
        return Event.OWNER_UP
    return Event.INTERFACE_UP


def _recover_delay(node: Node, settings: GroupSettings, group: Group) -> float:
    interface = node.settings.interfaces[settings.key.interface]
    own = interface.recover_delay6 if settings.key.ipv6 else interface.recover_delay
    delay = node.settings.vrrp.recover_delay if own is None else own
    restarted = node.booted > 0.0 and not group.ever_up and group.created == node.booted
    if restarted:
        return max(delay, node.settings.vrrp.first_delay)
    return delay if group.ever_up else 0.0


def _as_backup(net: Network, node: Node, settings: GroupSettings, group: Group) -> Event | None:
    failed = peer_bfd_down(net, node, settings)
    failed, group.peer_failed = failed and not group.peer_failed, failed
    if failed:
        return Event.PEER_BFD_DOWN
    if group.heard is None:
        group.preempt_at = None
        if group.master_down_at is None:
            wait = _skew(group) if _resigned(net, node, settings) else _master_down(settings, group)
            group.master_down_at = net.after(node.name, wait)
        return Event.TIMER_EXPIRED if net.now >= group.master_down_at else None
    group.master_down_at = None
    if not settings.preempt or group.run_priority <= group.heard.priority:
        group.preempt_at = None
        return None
    if group.preempt_at is None:
        group.preempt_at = net.after(node.name, _preempt_delay(net, node, settings, group))
    return Event.PREEMPT if net.now >= group.preempt_at else None


def _skew(group: Group) -> float:
    return (256 - group.run_priority) / 256


def _master_down(settings: GroupSettings, group: Group) -> float:
    return settings.hold * settings.advertise_ms / 1000 + _skew(group)


def _preempt_delay(net: Network, node: Node, settings: GroupSettings, group: Group) -> float:
    """The address owner never waits; without a delay, an interface that just came up waits a little."""
    if group.run_priority == OWNER:
        return 0.0
    if settings.delay:
        return settings.delay * net.timing.scale
    came_up = node.interfaces[settings.key.interface].last_up
    settled = (came_up or 0.0) + net.timing.vrrp_interface_preempt
    return max(0.0, settled - net.now)


def _own(node: Node, settings: GroupSettings, group: Group) -> Advert:
    text = settings.source or primary(node, settings.key.interface, ipv6=settings.key.ipv6)
    return Advert(group.run_priority, int(ip_address(text)), text)


def _others(net: Network, node: Node, settings: GroupSettings) -> Iterator[tuple[Node, GroupSettings, Group]]:
    """Yield the groups whose advertisements arrive and are accepted, whatever their state."""
    key = settings.key
    if settings.peer:
        yield from _unicast(net, node, settings)
        return
    here = End(node.name, key.interface)
    for far in neighbours(net, here):
        there = net.node(far.device)
        theirs = GroupKey(far.interface, key.vrid, key.ipv6)
        if theirs in there.groups and net.crossing(far, here) is not None:
            candidate = there.settings.vrrp.groups[theirs]
            if _accepts(settings, candidate) and there.running:
                yield there, candidate, there.groups[theirs]


def _unicast(
    net: Network, node: Node, settings: GroupSettings
) -> Iterator[tuple[Node, GroupSettings, Group]]:
    vrid = settings.key.vrid
    senders = {there.name: there for own in addresses(node) for there in net.holders("vrrp", (vrid, own))}
    for there in senders.values():
        for key, candidate in there.settings.vrrp.groups.items():
            if there.name == node.name or key.vrid != settings.key.vrid or not candidate.peer:
                continue
            source = candidate.source or primary(there, key.interface)
            way = delivers(net, there, source, candidate.peer)
            arrives = source == settings.peer and way is not None and way.device == node.name
            if arrives and _accepts(settings, candidate):
                yield there, candidate, there.groups[key]


def _accepts(mine: GroupSettings, theirs: GroupSettings) -> bool:
    (mode, key), (their_mode, their_key) = mine.auth, theirs.auth
    same = (mode, mine.advertise_ms, set(mine.virtual))
    return same == (their_mode, theirs.advertise_ms, set(theirs.virtual)) and secrets.alike(key, their_key)


def _adverts(net: Network, node: Node, settings: GroupSettings) -> Iterator[Advert]:
    for there, theirs, group in _others(net, node, settings):
        if group.state is _MASTER and theirs.kind is not VrrpKind.MEMBER and _interface_up(there, theirs):
            yield _own(there, theirs, group)


def _resigned(net: Network, node: Node, settings: GroupSettings) -> bool:
    return any(group.resigned_at == net.now for _, _, group in _others(net, node, settings))


def holds(net: Network, node: Node, interface: str) -> bool:
    """Tell whether an mVRRP group that is not Master keeps an interface's protocol down."""
    del net
    followed = [
        settings.admin
        for key, settings in node.settings.vrrp.groups.items()
        if key.interface == interface and settings.admin is not None and not settings.unflowdown
    ]
    track = node.settings.interfaces[interface].track_admin
    if track is not None:
        followed.append(GroupKey(*track, ipv6=False))
    return any(key not in node.groups or node.groups[key].state is not _MASTER for key in followed)


def listens(node: Node, interface: str) -> bool:
    """Tell whether hosts behind an interface talk to this device: it has no group there, or is Master."""
    groups = [group for key, group in node.groups.items() if key.interface == interface]
    return not groups or any(group.state is _MASTER for group in groups)


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every group."""
    del before
    keep(node.groups, node.settings.vrrp.groups, lambda _: Group(net.now))


def forget(node: Node) -> None:
    """Lose every group."""
    node.groups.clear()


def counterparts(settings: DeviceSettings) -> Iterator[tuple[str, object]]:
    """Yield the groups that speak to one peer."""
    for group in settings.vrrp.groups.values():
        if group.peer:
            yield "vrrp", (group.key.vrid, group.peer)
