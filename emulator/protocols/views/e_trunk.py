"""E-Trunks as shown."""

from __future__ import annotations

from emulator.protocols.facts import session_up
from emulator.protocols.machines.e_trunk import ETrunk, Refusal
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.settings.bfd import dynamic_name
from emulator.protocols.settings.trunks import ETrunkSettings
from emulator.protocols.states import DynamicBfd, ETrunkView, HelloCounters, MemberView


def view(net: Network, node: Node, settings: ETrunkSettings, members: tuple[MemberView, ...]) -> ETrunkView:
    """Show one E-Trunk."""
    machine = node.e_trunks[settings.id]
    role, causation = machine.phase.value
    return ETrunkView(
        id=settings.id,
        priority=settings.priority,
        system_id=node.mac,
        role=role,
        causation=causation,
        peer=settings.peer,
        source=settings.source,
        vpn=settings.vpn,
        revert_delay=settings.revert_delay,
        send_period=settings.hello,
        fail_time=settings.fail_time,
        peer_priority=machine.peer_priority,
        peer_system_id=machine.peer_system_id,
        peer_fail_time=machine.peer_fail_time,
        bfd_session=settings.bfd,
        description=settings.description,
        sequence=settings.sequence,
        dynamic_bfd=_dynamic_view(node, settings),
        counters=_counters(net.now, machine),
        members=members,
    )


def _dynamic_view(node: Node, settings: ETrunkSettings) -> DynamicBfd | None:
    if settings.dynamic is None:
        return None
    return DynamicBfd(session_up(node, dynamic_name(settings.id)), *settings.dynamic)


def _counters(now: float, machine: ETrunk) -> HelloCounters:
    dropped = machine.dropped.count(now)
    return HelloCounters(
        sent=machine.sent.count(now),
        received=machine.received.count(now),
        dropped=dropped,
        peer_ip_errors=dropped if machine.refusal is Refusal.ADDRESS else 0,
        authentication_errors=dropped if machine.refusal is Refusal.AUTHENTICATION else 0,
        tlv_errors=dropped if machine.refusal is Refusal.SEQUENCE else 0,
    )
