"""Scrapli as a mover of bytes: it connects, checks the host key, logs in and opens the shell.

Its own dialogue is left alone: its prompt expressions break on names over 64 characters, an uncommitted
candidate makes it hang on a question, and it takes two round trips for each line.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from scrapli.driver import GenericDriver
from scrapli.exceptions import ScrapliAuthenticationFailed, ScrapliConnectionNotOpened, ScrapliException
from scrapli.transport.plugins.paramiko.transport import ParamikoTransport

from inventory.errors import ConnectError
from tasks.sessions.channel import Channel, StreamChannel
from tasks.sessions.host_keys import known_keys
from tasks.sessions.protocol import Target

TERMINAL_WIDTH, TERMINAL_HEIGHT = 511, 1000


# paramiko tells its troubles to whoever listens, else to the terminal; ours are told once, as errors
logging.getLogger("paramiko").addHandler(logging.NullHandler())


class _HostKeyError(ScrapliException):
    """The device showed a key that is not known."""


class _Transport(ParamikoTransport):
    """Scrapli's paramiko transport with the host key checked per port and against every known key."""

    known_keys: tuple[str, ...] = ()

    def _verify_key(self) -> None:
        if self.session is None:
            raise _HostKeyError("no session")
        shown = self.session.get_remote_server_key()
        if f"{shown.get_name()} {shown.get_base64()}" not in self.known_keys:
            raise _HostKeyError(f"{shown.get_name()} {shown.get_base64()}")

    def _open_channel(self) -> None:
        super()._open_channel()
        if self.session_channel is not None:
            self.session_channel.resize_pty(TERMINAL_WIDTH, TERMINAL_HEIGHT)


def open_channel(target: Target) -> Channel:
    """Connect and log in with scrapli.

    Raises:
        ConnectError: no connection, unknown or wrong host key, wrong name or password.
    """
    keys = known_keys(target)
    driver = GenericDriver(
        host=target.host,
        port=target.port,
        auth_username=target.username,
        auth_password=target.password.reveal(),
        auth_strict_key=True,
        transport="paramiko",
        on_open=None,  # its own would read, and sometimes swallow, the greeting with the first prompt
        timeout_socket=target.timeout_s,
        timeout_transport=target.timeout_s,
    )
    stock = driver.transport
    transport = _Transport(stock._base_transport_args, stock.plugin_transport_args)  # noqa: SLF001 - no other way in
    transport.known_keys = keys
    driver.transport = transport
    driver.channel.transport = transport
    with _foreign_errors_as_ours(target):
        try:
            driver.open()
        except BaseException:
            _end(transport)
            raise
        if transport.socket is not None and transport.socket.sock is not None:
            transport.socket.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if transport.session_channel is None:
            raise ScrapliConnectionNotOpened("no shell was opened")
        return StreamChannel(transport.session_channel, lambda: _end(transport))


def _end(transport: _Transport) -> None:
    with suppress(ScrapliException, OSError, EOFError):
        if transport.session is not None:
            transport.session.close()  # its thread must not meet a closed socket
        wire = transport.socket
        transport.close()
        if wire is not None and wire.sock is not None:
            wire.sock.close()


@contextmanager
def _foreign_errors_as_ours(target: Target) -> Iterator[None]:
    """Translate what scrapli and the socket raise, so that the reason is named and no password is shown."""
    where = f"{target.host}:{target.port}"
    try:
        yield
    except _HostKeyError as error:
        raise ConnectError(
            f"{target.member} showed another host key than the known one",
            wanted="the known host key",
            found=str(error),
            member=target.member,
            where=where,
        ) from None
    except ScrapliAuthenticationFailed:
        raise ConnectError(
            f"{target.member} refused the login",
            wanted=f"user {target.username}",
            found="name or password not accepted",
            member=target.member,
            where=where,
        ) from None
    except ScrapliException as error:
        raise ConnectError(
            f"{target.member} cannot be reached over SSH",
            wanted="an SSH server",
            found=" ".join(str(error).split())[:200] or type(error).__name__,
            member=target.member,
            where=where,
        ) from None
    except (OSError, EOFError) as error:
        raise ConnectError(
            f"{target.member} cannot be reached", found=str(error), member=target.member, where=where
        ) from None
