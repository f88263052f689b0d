"""A wire with a round-trip time: a relay that passes every byte on half a round trip later.

It lies below SSH, so that the handshake, each keystroke and each reply pay the distance as they would
on the way to a real router.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque


class _End(asyncio.Protocol):
    """One end of the wire: what arrives here leaves at the other end after the delay."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.other: _End | None = None
        self.transport: asyncio.Transport | None = None
        self._in_flight: deque[bytes] = deque()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def data_received(self, data: bytes) -> None:
        # one timer a chunk, but always the oldest chunk first: timers of the same instant have no order
        self._in_flight.append(data)
        asyncio.get_running_loop().call_later(self.delay, self._arrive)

    def _arrive(self) -> None:
        data = self._in_flight.popleft()
        if self.other is not None and self.other.transport is not None:
            self.other.transport.write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        asyncio.get_running_loop().call_later(self.delay, self._close_other)

    def _close_other(self) -> None:
        if self.other is not None and self.other.transport is not None:
            self.other.transport.close()


async def lengthened(near: socket.socket, round_trip: float) -> socket.socket:
    """Return a socket that reaches the peer of `near` over a wire of `round_trip` seconds."""
    loop = asyncio.get_running_loop()
    far, relay = socket.socketpair()
    left, right = _End(round_trip / 2), _End(round_trip / 2)
    left.other, right.other = right, left
    relay.settimeout(0)
    await loop.connect_accepted_socket(lambda: left, near)
    await loop.connect_accepted_socket(lambda: right, relay)
    return far
