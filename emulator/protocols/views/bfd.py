"""BFD sessions as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.protocols import (
    bfd,
)
from emulator.protocols.network import Network
from emulator.protocols.node import Node
from emulator.protocols.settings.bfd import BfdSettings
from emulator.protocols.states import BfdKind, BfdState, BfdView

if TYPE_CHECKING:
    from collections.abc import Iterator


def view(net: Network, node: Node, settings: BfdSettings) -> BfdView:
    """Show one session."""
    session = node.sessions[settings.name]
    up = session.state is BfdState.UP
    interval, _ = session.remote_interval
    return BfdView(
        name=settings.name,
        kind=settings.kind,
        state=session.state,
        local=settings.local,
        remote=settings.remote or session.learned,
        peer=settings.peer,
        ipv6=settings.ipv6,
        interface=settings.interface,
        track_interface=settings.track_interface,
        source=settings.source,
        vpn=settings.vpn,
        wait_to_restore=up and net.now < session.restored_at,
        min_tx_ms=settings.min_tx_ms,
        min_rx_ms=settings.min_rx_ms,
        multiplier=settings.multiplier,
        actual_tx_ms=settings.min_tx_ms if up else _SLOW_MS,
        actual_rx_ms=max(settings.min_rx_ms, interval) if up else _SLOW_MS,
        detect_ms=bfd.detection_ms(settings, session) if up else None,
        wtr_minutes=settings.wtr_minutes,
        tos=settings.tos,
        process_interface_status=settings.process_interface_status,
        process_pst=settings.process_pst,
        diagnostic=session.diagnostic,
        not_up_reason="In negotiation" if session.state in {BfdState.DOWN, BfdState.INIT} else "",
        description=settings.description,
        applications=tuple(_applications(node, settings)),
        last_up=session.last_up,
        last_down=session.last_down,
        created=session.created,
        downs=session.downs,
        sent=session.sent.count(net.now),
        received=session.received.count(net.now),
    )


def _applications(node: Node, settings: BfdSettings) -> Iterator[str]:
    keys = {settings.name, str(settings.local)}
    if (
        any(entry.bfd == settings.name for entry in node.settings.e_trunks.values())
        or settings.kind is BfdKind.DYNAMIC
    ):
        yield "ETRUNK"
    if any(
        track.kind == "bfd" and track.object in keys
        for group in node.settings.vrrp.groups.values()
        for track in group.tracks
    ):
        yield "VRRP"
    if any(entry.track_bfd == settings.local for entry in node.settings.services.values()):
        yield "RBS"
    if settings.process_interface_status:
        yield "IFNET"


_SLOW_MS = 1000
