"""What the dialogue needs of a library: a stream of text in each direction."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from inventory.errors import reason

_WRITE_S = 30.0  # a device that takes nothing for so long is gone


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
        """Return what has arrived, or wait for it; empty when nothing came in that time.

        Raises:
            ChannelClosedError: the stream has ended and everything was read.
        """
        ...

    def close(self) -> None:
        """End the stream. Never raises."""
        ...


class ByteStream(Protocol):
    """What the libraries hold underneath: a stream of bytes with a timeout."""

    def sendall(self, data: bytes, /) -> object:
        """Send all of it."""
        ...

    def recv(self, size: int, /) -> bytes:
        """Return what has arrived, wait for it, or raise TimeoutError; empty at the end."""
        ...

    def settimeout(self, seconds: float, /) -> object:
        """Say how long the others wait."""
        ...


class StreamChannel:
    """A channel over a stream of bytes.

    Args:
        stream: the open shell.
        end: ends the connection; must not raise.
        broken: what the stream raises when the connection breaks.
    """

    def __init__(
        self, stream: ByteStream, end: Callable[[], None], broken: tuple[type[Exception], ...]
    ) -> None:
        self._stream = stream
        self._end = end
        self._broken = broken
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def write(self, text: str) -> None:
        """Send text as it is."""
        with self._broken_as_closed():
            self._stream.settimeout(_WRITE_S)
            self._stream.sendall(text.encode())

    def read(self, seconds: float) -> str:
        """Return what has arrived, or wait for it; empty when nothing came in that time."""
        with self._broken_as_closed():
            self._stream.settimeout(seconds)
            try:
                data = self._stream.recv(65_535)
            except TimeoutError:
                return ""
        if not data:
            raise ChannelClosedError("end of stream")
        return self._decode(data)

    def close(self) -> None:
        """End the connection without a word: what is not committed is dropped by the device."""
        self._end()

    @contextmanager
    def _broken_as_closed(self) -> Iterator[None]:
        try:
            yield
        except self._broken as error:
            raise ChannelClosedError(reason(error)) from error
