"""What the dialogue needs of a library: a stream of text in each direction."""

from __future__ import annotations

from typing import Protocol


class ChannelClosedError(Exception):
    """The other side, or the wire, ended the stream."""


class Channel(Protocol):
    """An interactive shell on a device, already authenticated."""

    def write(self, text: str) -> None:
        """Send text as it is.

        Raises:
            ChannelClosedError: the stream has ended.
        """
        ...

    def read(self, seconds: float) -> str:
        """Give what has arrived, or wait for it; empty when nothing came in that time.

        Raises:
            ChannelClosedError: the stream has ended and everything was read.
        """
        ...

    def close(self) -> None:
        """End the stream. Never raises."""
        ...
