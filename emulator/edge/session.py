"""One terminal session, or one command, over one SSH channel.

What a client types is taken a line at a time and for a moment only, so that a paste lets other sessions in
between; while the client does not read what it is shown, nothing more of what it typed is taken. When it
closes its side, what it typed before is still done, and then the session ends.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import asyncssh

if TYPE_CHECKING:
    from emulator.edge.ssh import DeviceServer

_LINE = re.compile(rb"[^\r\n?\t]{0,1024}[\r\n?\t]?")
"""What is taken at once: no more than the keys that a terminal answers with many lines end."""
_SLICE = 0.01
"""Seconds of work before another session has its turn."""
_UNSENT = 1 << 16
"""Bytes of answers after which they are sent before the next line is taken."""
_AHEAD = 1 << 18
"""Bytes that a client may type ahead; more waits in its own buffers."""


class Shell(asyncssh.SSHServerSession[bytes]):
    """A login of a client on a device.

    Args:
        server: of the device.
        user: who logged in.
        origin: from where.
    """

    def __init__(self, server: DeviceServer, user: str, origin: str) -> None:
        self._server = server
        self._user = user
        self._origin = origin
        self._width = 0
        self._command = ""
        self._session: int | None = None
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._typed = bytearray()
        self._unread = False
        self._waiting = False
        self._last = False

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Take the channel that was opened."""
        self._channel = chan

    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:
        """Remember the width of the client's terminal."""
        del term_type, term_modes
        self._width = term_size[0]
        return True

    def shell_requested(self) -> bool:
        """Agree to a dialogue."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Agree to obey one command."""
        self._command = command
        return bool(command.strip())

    def session_started(self) -> None:
        """Log the user in."""
        server = self._server
        now = server.clock.now()
        if not server.device.vty_free():
            self._close()  # another channel took the last line since this one was asked for
            return
        self._session = server.device.connect(
            self._user, now, origin=self._origin, width=self._width, command=self._command
        )
        server.shells[self._session] = self
        self.show(server.device.output(self._session, now))
        self.close_if_ended()
        server.arm()

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Take what is typed; a client that types far ahead is held back."""
        del datatype
        if self._session is None or self._channel is None:
            return  # closing: what is still typed goes nowhere
        self._typed += data
        if len(self._typed) > _AHEAD:
            self._channel.pause_reading()
        if not self._waiting:
            self._take()

    def pause_writing(self) -> None:
        """Wait until the client has read what it was sent."""
        self._unread = True

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        self._unread = False
        self._later()

    def eof_received(self) -> bool:
        """Note that the client has closed its side."""
        self._last = True
        self._later()
        return True  # it is closed when what was typed before is done

    def _later(self) -> None:
        if not self._waiting:
            self._waiting = True
            asyncio.get_running_loop().call_soon(self._take)

    def _take(self) -> None:
        """Take typed lines for a moment, and the rest later."""
        self._waiting = False
        loop = asyncio.get_running_loop()
        until, shown = loop.time() + _SLICE, bytearray()
        while self._typed and self._session is not None and not self._unread:
            found = _LINE.match(self._typed)
            line = bytes(found.group()) if found else b""
            del self._typed[: len(line)]
            shown += self._server.device.receive(self._session, line, self._server.clock.now())
            if len(shown) > _UNSENT or loop.time() >= until or self._server.device.closed(self._session):
                break
        self.show(bytes(shown))
        self.close_if_ended()
        self._go_on()
        self._server.arm()

    def _go_on(self) -> None:
        if self._session is None or self._channel is None or self._unread:
            return
        if self._typed:
            self._later()
        elif self._last and not self._server.device.busy(self._session):
            self._hang_up()
        if len(self._typed) <= _AHEAD:
            self._channel.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Take it that the client is gone."""
        del exc
        self._hang_up()

    def _hang_up(self) -> None:
        if self._session is not None:
            session = self._forget()
            self._server.device.disconnect(session, self._server.clock.now())
            self._close()
            self._server.arm()

    def show(self, data: bytes) -> None:
        """Send what the terminal shows."""
        if data and self._channel is not None:
            self._channel.write(data)

    def close_if_ended(self) -> None:
        """Close the channel when the device has ended the session, or the client has and all is done."""
        if self._session is None:
            return
        if self._server.device.closed(self._session):
            self._forget()
            self._close()
        elif self._last and not self._typed and not self._server.device.busy(self._session):
            self._hang_up()

    def _close(self) -> None:
        if self._channel is not None:
            self._channel.exit(0)

    def _forget(self) -> int:
        session, self._session = self._session, None
        assert session is not None  # noqa: S101 - both callers have looked
        del self._server.shells[session]
        return session
