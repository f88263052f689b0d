"""Backup services as shown."""

from __future__ import annotations

from emulator.protocols.node import Node
from emulator.protocols.settings.backup import RbsSettings
from emulator.protocols.states import RbsView


def view(node: Node, settings: RbsSettings) -> RbsView:
    """Show one service."""
    channel = node.channels[settings.name]
    return RbsView(
        name=settings.name,
        index=settings.index,
        state=channel.state,
        peer=settings.peer,
        source=settings.source,
        port=settings.port,
        ssl_policy=settings.ssl_policy,
        track_bfd=settings.track_bfd,
        shutdown=settings.shutdown,
        daily=settings.daily,
        blocked_tx=settings.blocked_tx,
        blocked_rx=settings.blocked_rx,
        last_up=channel.last_up,
        sent=channel.sent,
        received=channel.received,
        uplink_failed=channel.uplink_failed,
    )
