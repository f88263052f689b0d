"""E-Trunk: two routers elect which of them serves the trunks that they share.

Each sends hellos to the other. A hello is heard when it arrives and passes the reception check (addresses
mirrored, same key and authentication mode, sequence on both or neither, same UDP port). Events:

    WIN, LOSE   the peer is heard; smaller priority, then smaller system id, is Master; equal: both win.
                With `e-trunk select` more usable links (or bandwidth) win before that.
    SILENCE     no hello for the fail time that the peer's hellos carried (the own one if none came)
    BFD_DOWN    the tracked session is down: believed even while hellos arrive
    PEER_DEAF   the peer is heard, but says that it does not hear us

(Manual pages `priority`, `e-trunk select`, `timer hello`, `peer-address source-address`, `sequence enable`;
ETRUNK_STATUS_CHANGE for the causations.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.config import secrets
from emulator.protocols import bfd, eth_trunk
from emulator.protocols.facts import addresses, owner
from emulator.protocols.machine import keep
from emulator.protocols.machines.e_trunk import ETrunk, Event, Phase, Refusal, after
from emulator.protocols.routes import delivers
from emulator.protocols.settings.bfd import dynamic_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emulator.protocols.network import Network
    from emulator.protocols.node import Node
    from emulator.protocols.settings.device import DeviceSettings
    from emulator.protocols.settings.trunks import ETrunkSettings

_TICK = 0.1  # seconds in a unit of 100 ms


def create(net: Network, node: Node, settings: ETrunkSettings) -> ETrunk:
    """Start an E-Trunk."""
    return ETrunk(net.now, net.after(node.name, settings.fail_time * _TICK))


def react(net: Network, node: Node) -> bool:
    """Bring every E-Trunk of a device to what it hears; tell whether anything changed."""
    changed = False
    for number, settings in node.settings.e_trunks.items():
        e_trunk = node.e_trunks[number]
        before = (e_trunk.phase, e_trunk.heard, e_trunk.peer_lacp_id, e_trunk.peer)
        _listen(net, node, settings, e_trunk)
        event = _event(net, node, settings, e_trunk)
        if event is not None:
            e_trunk.phase = after(e_trunk.phase, event)
        e_trunk.peer_lacp_id = _peer_lacp_id(net, settings, e_trunk)
        changed |= before != (e_trunk.phase, e_trunk.heard, e_trunk.peer_lacp_id, e_trunk.peer)
    return changed


def _listen(net: Network, node: Node, settings: ETrunkSettings, e_trunk: ETrunk) -> None:
    """Follow which hellos come: enough of them make the peer heard, silence makes it lost."""
    sender, refusal = _incoming(net, node, settings)
    sending = bool(settings.peer) and owner(node, settings.source, settings.vpn) is not None
    e_trunk.sent = e_trunk.sent.running(net.now, settings.hello * _TICK if sending else None)
    period = sender[1].hello * _TICK if sender else None
    e_trunk.received = e_trunk.received.running(net.now, period if refusal is None else None)
    drops = refusal not in {None, Refusal.NOTHING, Refusal.UNKNOWN}
    e_trunk.dropped = e_trunk.dropped.running(net.now, period if drops else None)
    e_trunk.refusal = refusal if drops and refusal else e_trunk.refusal
    if sender is None or refusal is not None:
        _miss(net, node, settings, e_trunk)
        return
    there, theirs, delay = sender
    e_trunk.silent_at = float("inf")
    if e_trunk.ready_at is None:
        wait = (net.timing.hellos * theirs.hello * _TICK if not e_trunk.heard else 0.0) + delay
        e_trunk.ready_at = net.after(node.name, wait)
    if net.now >= e_trunk.ready_at:
        e_trunk.heard, e_trunk.peer = True, there.name
        e_trunk.peer_priority, e_trunk.peer_system_id = theirs.priority, there.mac
        e_trunk.peer_fail_time = theirs.fail_time


def _miss(net: Network, node: Node, settings: ETrunkSettings, e_trunk: ETrunk) -> None:
    if e_trunk.ready_at is not None:
        fail_time = settings.fail_time if e_trunk.peer_fail_time is None else e_trunk.peer_fail_time
        e_trunk.ready_at = None
        e_trunk.silent_at = net.after(node.name, fail_time * _TICK)
    if net.now >= e_trunk.silent_at:
        e_trunk.heard = False


def _incoming(
    net: Network, node: Node, settings: ETrunkSettings
) -> tuple[tuple[Node, ETrunkSettings, float] | None, Refusal | None]:
    """Return the sender whose hellos arrive here, and why they are refused, if they are."""
    worst: tuple[tuple[Node, ETrunkSettings, float] | None, Refusal | None] = (None, Refusal.NOTHING)
    for there, theirs in _senders(net, node, settings):
        way = delivers(net, there, theirs.source, theirs.peer, theirs.vpn)
        if way is None or way.device != node.name:
            continue
        refusal = _refusal(settings, theirs)
        worst = ((there, theirs, way.delay), refusal)
        if refusal is None:
            break
    return worst


def _senders(net: Network, node: Node, settings: ETrunkSettings) -> Iterator[tuple[Node, ETrunkSettings]]:
    """Yield the other devices that send this E-Trunk's hellos to an address of this one."""
    for address in addresses(node):
        for there in net.holders("e-trunk", (settings.id, address)):
            if there.name != node.name and there.running:
                yield there, there.settings.e_trunks[settings.id]


def _refusal(mine: ETrunkSettings, theirs: ETrunkSettings) -> Refusal | None:
    """Check a hello in the order in which a receiver can."""
    if mine.udp_port != theirs.udp_port:
        return Refusal.PORT
    if (mine.peer, mine.source) != (theirs.source, theirs.peer):
        return Refusal.ADDRESS
    if mine.auth_mode != theirs.auth_mode or not secrets.alike(mine.key, theirs.key):
        return Refusal.AUTHENTICATION
    return Refusal.SEQUENCE if mine.sequence != theirs.sequence else None


def _event(net: Network, node: Node, settings: ETrunkSettings, e_trunk: ETrunk) -> Event | None:
    """Say what the E-Trunk meets now; nothing while it waits for its first hellos."""
    if _bfd_down(net, node, settings):
        return Event.BFD_DOWN
    if not e_trunk.heard:
        return Event.SILENCE if net.now >= e_trunk.silent_at else None
    there = net.nodes.get(e_trunk.peer)
    theirs = there.settings.e_trunks.get(settings.id) if there else None
    if there is None or theirs is None or e_trunk.ready_at is None:
        return None
    if e_trunk.phase is not Phase.INIT and _deaf(net, there, theirs):
        return Event.PEER_DEAF
    return Event.WIN if _rank(node, settings) <= _rank(there, theirs) else Event.LOSE


def _deaf(net: Network, there: Node, theirs: ETrunkSettings) -> bool:
    """Tell whether the peer's hellos say that it hears nothing from us."""
    timed_out = there.e_trunks[theirs.id].phase is Phase.MASTER_TIMEOUT
    return timed_out and _incoming(net, there, theirs)[1] is not None


def _rank(node: Node, settings: ETrunkSettings) -> tuple[int, int, str]:
    """Return what an election compares; the smaller is Master."""
    links = 0
    for trunk in node.settings.eth_trunks.values():
        if trunk.e_trunk == settings.id and eth_trunk.capable(node, trunk):
            up = [name for name in trunk.ports if node.trunks[trunk.id].ports[name].up]
            speeds = [node.settings.interfaces[name].speed_mbps for name in up]
            links += {"link-number": len(up), "bandwidth": sum(speeds)}.get(settings.select, 0)
    return (-links, settings.priority, node.mac)


def _bfd_down(net: Network, node: Node, settings: ETrunkSettings) -> bool:
    names = [settings.bfd] if settings.bfd else []
    if settings.dynamic:
        names.append(dynamic_name(settings.id))
    return any(bfd.is_down(net, node, name) for name in names)


def _peer_lacp_id(net: Network, settings: ETrunkSettings, e_trunk: ETrunk) -> str:
    """Return the LACP system id that a Backup takes over from the Master."""
    there = net.nodes.get(e_trunk.peer)
    if not e_trunk.heard or e_trunk.phase is not Phase.BACKUP or there is None:
        return e_trunk.peer_lacp_id if e_trunk.heard else ""
    shared = [trunk for trunk in there.settings.eth_trunks.values() if trunk.e_trunk == settings.id]
    return shared[0].system_id or shared[0].e_trunk_system_id or there.mac if shared else ""


def clear_counters(now: float, e_trunk: ETrunk) -> None:
    """Start all packet counters of an E-Trunk at zero."""
    e_trunk.sent = e_trunk.sent.cleared(now)
    e_trunk.received = e_trunk.received.cleared(now)
    e_trunk.dropped = e_trunk.dropped.cleared(now)


def renew(net: Network, node: Node, before: DeviceSettings) -> None:
    """Keep a machine for every E-Trunk."""
    del before
    keep(node.e_trunks, node.settings.e_trunks, lambda key: create(net, node, node.settings.e_trunks[key]))


def forget(node: Node) -> None:
    """Lose every E-Trunk."""
    node.e_trunks.clear()


def counterparts(settings: DeviceSettings) -> Iterator[tuple[str, object]]:
    """Yield the E-Trunks by number and peer."""
    for number, one in settings.e_trunks.items():
        if one.peer:
            yield "e-trunk", (number, one.peer)
