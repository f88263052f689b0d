"""BFD: the three-way handshake of RFC 5880 (section 6.8.6) over the emulated network.

A session hears its counterpart when packets arrive and the discriminators mirror. While a session is down
packets are slow, so each step of the handshake takes a moment; loss is seen after the detection time:
the peer's multiplier x the larger of the peer's sending and the own receiving interval.

Kinds: to an address (several hops, or one over an interface); to the default multicast address over an
interface, answered by whatever is there; sharing the state of a tracked interface; one-arm echo; automatic
and dynamic ones that learn the discriminator. Static ones do not talk with those that learn.

For those who follow a session: AdminDown counts as up; Up counts only after the wait-to-restore; a session
that has never been up counts as down once negotiation has timed out, if `Timing.bfd_down_before_up`.
(Manual pages `bfd bind peer-ip`, `discriminator`, `delay-up`, `wtr`,
`process-interface-status`.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols import eth_trunk
from emulator.protocols.facts import addresses, owner
from emulator.protocols.links import neighbours
from emulator.protocols.machine import keep, step
from emulator.protocols.machines.bfd import TABLE, Event, Session
from emulator.protocols.routes import path
from emulator.protocols.settings.bfd import BfdSettings
from emulator.protocols.states import BfdKind, BfdState
from emulator.protocols.wires import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings


_RECEIVED = {
    BfdState.ADMIN_DOWN: Event.RX_ADMIN_DOWN,
    BfdState.DOWN: Event.RX_DOWN,
    BfdState.INIT: Event.RX_INIT,
    BfdState.UP: Event.RX_UP,
}
_DIAGNOSTICS = {
    Event.TIMEOUT: "Control Detection Time Expired",
    Event.RX_DOWN: "Neighbor Signaled Session Down",
    Event.RX_ADMIN_DOWN: "Neighbor Signaled Session Down (Receive AdminDown)",
    Event.SHUT: "Administratively Down",
}
_LEARNING = frozenset({BfdKind.AUTO, BfdKind.DYNAMIC})
_MINUTE = 60.0


def react(net: Network, node: Node) -> bool:
    """Bring every session of a device to what it hears; tell whether anything changed."""
    changed = False
    for name, settings in node.settings.bfd.items():
        session = node.sessions[name]
        event = _event(net, node, settings, session)
        changed |= event is not None and _take(net, node, settings, session, event)
        _count(net, settings, session)
    return changed


def _take(net: Network, node: Node, settings: BfdSettings, session: Session, event: Event) -> bool:
    """Let an event take effect: downwards at once, upwards after one handshake step.

    The last step, to Up, also waits for the device's `delay-up`.
    """
    after = step(TABLE, session.state, event)
    if after is session.state:
        session.due = None
        return False
    if after in {BfdState.INIT, BfdState.UP}:
        if session.due is None or step(TABLE, session.state, session.due) is not after:
            session.due, session.due_at = event, net.after(node.name, _pace(net, settings, session, after))
        if net.now < session.due_at:
            return False
    _stamp(net, node, settings, session, after)
    session.diagnostic = _DIAGNOSTICS.get(event, session.diagnostic)
    session.state, session.due = after, None
    return True


def _count(net: Network, settings: BfdSettings, session: Session) -> None:
    """Let packets be counted at the pace of the state: slowly while the session is not up."""
    interval, _ = session.remote_interval
    up = session.state is BfdState.UP
    sends = session.state is not BfdState.ADMIN_DOWN
    sent = (settings.min_tx_ms / 1000 if up else net.timing.bfd_step) if sends else None
    received = (
        (max(settings.min_rx_ms, interval) / 1000 if up else net.timing.bfd_step) if session.hears else None
    )
    session.sent = session.sent.running(net.now, sent)
    session.received = session.received.running(net.now, received)


def _pace(net: Network, settings: BfdSettings, session: Session, after: BfdState) -> float:
    """Return the seconds that a step of the handshake takes."""
    if session.brisk:
        return 0.0
    return net.timing.bfd_step + (settings.delay_up * net.timing.scale if after is BfdState.UP else 0.0)


def _stamp(net: Network, node: Node, settings: BfdSettings, session: Session, after: BfdState) -> None:
    if after is BfdState.UP:
        wait = settings.wtr_minutes * _MINUTE * net.timing.scale if session.ever_up else 0.0
        session.restored_at = net.after(node.name, wait)
        session.last_up, session.ever_up, session.brisk = net.now, True, False
    elif session.state is BfdState.UP:
        session.last_down, session.downs = net.now, session.downs + 1


def _event(net: Network, node: Node, settings: BfdSettings, session: Session) -> Event | None:
    session.hears = False
    if settings.shutdown or not node.running:
        return None if session.state is BfdState.ADMIN_DOWN else Event.SHUT
    if session.state is BfdState.ADMIN_DOWN:
        return Event.UNSHUT
    flapping = net.flapping(node.name, "bfd", settings.name)
    if flapping and session.state is not BfdState.DOWN:
        return Event.TIMEOUT
    heard = None if flapping else _heard(net, node, settings, session)
    session.hears = heard is not None
    if heard is not None:
        session.silent_at = None
        return _RECEIVED[heard]
    if session.state is BfdState.DOWN:
        session.due = None
        return None
    if session.silent_at is None:
        wait = detection_ms(settings, session) / 1000 if _ready(node, settings) else 0.0
        session.silent_at = net.after(node.name, wait)
    return Event.TIMEOUT if net.now >= session.silent_at else None


def detection_ms(settings: BfdSettings, session: Session) -> int:
    """Return the detection time in milliseconds."""
    interval, multiplier = session.remote_interval
    return multiplier * max(interval, settings.min_rx_ms)


def _ready(node: Node, settings: BfdSettings) -> bool:
    """Tell whether the interfaces that a session needs are up at this end."""
    for name in (settings.interface, settings.track_interface):
        if name and not _carries(node, name):
            return False
    return not settings.source or owner(node, settings.source, settings.vpn) is not None


def _carries(node: Node, name: str) -> bool:
    """Tell whether an interface can carry packets; a backup member trunk can on its links."""
    for number, trunk in node.settings.eth_trunks.items():
        if trunk.name == name and number in node.members:
            return eth_trunk.capable(node, trunk)
    return name in node.interfaces and node.interfaces[name].up


def _heard(net: Network, node: Node, settings: BfdSettings, session: Session) -> BfdState | None:
    """Return the state that arriving packets carry; nothing when none arrive or none fit."""
    if not _ready(node, settings):
        return None
    if settings.kind is BfdKind.ONE_ARM:
        there = path(net, node, settings.peer, settings.vpn)
        return session.state if there is not None and settings.local else None
    for other, theirs in _senders(net, node, settings):
        if theirs.shutdown:
            return BfdState.ADMIN_DOWN
        if _fits(settings, theirs):
            session.remote_interval, session.learned = (theirs.min_tx_ms, theirs.multiplier), theirs.local
            return other.sessions[theirs.name].state
    mirrored = bool(settings.local and settings.remote)
    return session.state if mirrored and _answered_by_switch(net, node, settings) else None


def counterpart(net: Network, node: Node, settings: BfdSettings) -> Iterator[tuple[Node, BfdSettings]]:
    """Return the session of another device that this one speaks with."""
    return (far for far in _senders(net, node, settings) if _fits(settings, far[1]))


def _answered_by_switch(net: Network, node: Node, settings: BfdSettings) -> bool:
    """An anonymous neighbour on the wire answers the default address."""
    return settings.kind is BfdKind.DEFAULT_IP and not any(
        neighbours(net, End(node.name, name))
        for name, entry in node.settings.interfaces.items()
        if entry.main == settings.interface
    )


def _fits(mine: BfdSettings, theirs: BfdSettings) -> bool:
    if (mine.kind in _LEARNING) != (theirs.kind in _LEARNING):
        return False
    if mine.kind in _LEARNING:
        return True
    complete = bool(mine.local and mine.remote)
    return complete and (mine.local, mine.remote) == (theirs.remote, theirs.local)


def _senders(net: Network, node: Node, settings: BfdSettings) -> Iterator[tuple[Node, BfdSettings]]:
    """Yield the sessions of other devices whose packets arrive at this one and come from its peer."""
    if settings.kind is BfdKind.DEFAULT_IP:
        yield from _on_wire(net, node, settings)
        return
    for there in {there.name: there for own in addresses(node) for there in net.holders("bfd", own)}.values():
        if there.name == node.name or not there.running:
            continue
        for theirs in there.settings.bfd.values():
            if _addressed(node, there, settings, theirs) and _ready(there, theirs):
                way = path(net, there, theirs.peer, theirs.vpn)
                if way is not None and way.device == node.name:
                    yield there, theirs


def _addressed(node: Node, there: Node, mine: BfdSettings, theirs: BfdSettings) -> bool:
    """Tell whether two sessions are configured towards each other's devices."""
    if theirs.kind in {BfdKind.DEFAULT_IP, BfdKind.ONE_ARM} or theirs.ipv6 != mine.ipv6:
        return False
    to_me = owner(node, theirs.peer, mine.vpn) is not None
    from_peer = any(
        entry.address == mine.peer for port in there.settings.interfaces.values() for entry in port.addresses
    )
    return to_me and from_peer and (not theirs.source or theirs.source == mine.peer)


def _on_wire(net: Network, node: Node, settings: BfdSettings) -> Iterator[tuple[Node, BfdSettings]]:
    here = End(node.name, settings.interface)
    if settings.interface not in node.settings.interfaces:
        return
    for far in neighbours(net, here):
        there = net.node(far.device)
        for theirs in there.settings.bfd.values():
            same = theirs.kind is BfdKind.DEFAULT_IP and theirs.interface == far.interface
            sends = there.running and _ready(there, theirs) and net.crossing(far, here) is not None
            if same and sends and theirs.peer == settings.peer:
                yield there, theirs


def is_down(net: Network, node: Node, name: str) -> bool:
    """Tell whether those who follow a session take it as down; an unknown one is not."""
    session = node.sessions.get(name)
    if session is None or session.state is BfdState.ADMIN_DOWN:
        return False
    if session.state is BfdState.UP:
        return net.now < session.restored_at
    if session.ever_up:
        return True
    negotiated_by = session.created + net.timing.bfd_negotiation
    net.wake(node.name, negotiated_by)
    return net.timing.bfd_down_before_up and net.now >= negotiated_by


def named(node: Node, reference: str | int) -> str:
    """Return the name of a session by its name or local discriminator; empty when there is none."""
    text = str(reference).lower()
    for name, settings in node.settings.bfd.items():
        if text in {name, str(settings.local)}:
            return name
    return ""


def holds(node: Node, interface: str) -> bool:
    """Tell whether a session with `process-interface-status` keeps an interface's protocol down."""
    return any(
        settings.process_interface_status
        and settings.interface == interface
        and node.sessions[name].ever_up
        and node.sessions[name].state is BfdState.DOWN
        for name, settings in node.settings.bfd.items()
        if name in node.sessions
    )


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every session; one that became another negotiates anew."""
    for name, session in node.settings.bfd.items():
        if session.identity != before.bfd.get(name, session).identity:
            node.sessions.pop(name, None)  # timers and description change in place (R51)
    keep(node.sessions, node.settings.bfd, lambda _: Session(net.now))


def forget(node: Node) -> None:
    """Lose every session."""
    node.sessions.clear()


def counterparts(settings: DeviceSettings) -> Iterator[tuple[str, object]]:
    """Yield the sessions by their peers."""
    for session in settings.bfd.values():
        if session.peer:
            yield "bfd", session.peer
