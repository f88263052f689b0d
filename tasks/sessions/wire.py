"""The wire to a device: a socket of which all that has come is read at once."""

from __future__ import annotations

import socket

_AT_ONCE = 65_536


class Wire(socket.socket):
    """A connection that reads ahead.

    Paramiko reads each packet in two pieces, and a device sends a packet for each line or so. Each reading
    costs two calls of the system and lets another thread go first: with many sessions in one process that was
    most of their threads' changing of places.

    Args:
        connected: the connection, which is taken over.
    """

    def __init__(self, connected: socket.socket) -> None:
        timeout = connected.gettimeout()
        super().__init__(connected.family, connected.type, connected.proto, connected.detach())
        self.settimeout(timeout)
        self._ahead = b""
        self._taken = 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Return what came and was not taken yet; where that is nothing, wait for more."""
        if self._taken == len(self._ahead):
            self._ahead, self._taken = super().recv(_AT_ONCE, flags), 0
        piece = self._ahead[self._taken : self._taken + size]
        self._taken += len(piece)
        return piece
