"""What both drivers stand on: paramiko's transport, its host key, its shell, and all that it may raise.

Netmiko and scrapli each open a paramiko transport. Which key a device must show, and what an error means, are
said here once, and how a login goes in `tasks.sessions.paramiko_login`, so that both behave alike.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Timer

import paramiko  # type: ignore[import-untyped] # ships no types

from inventory.errors import ConnectError, reason
from tasks.sessions.channel import StreamChannel
from tasks.sessions.host_keys import known_in, known_keys
from tasks.sessions.jump_hosts import Lookup, jump_of
from tasks.sessions.paramiko_login import Authentication, login_error
from tasks.sessions.protocol import Target
from tasks.sessions.wire import Wire

# paramiko tells its troubles to whoever listens, else to the terminal; ours are told once, as errors
logging.getLogger("paramiko").addHandler(logging.NullHandler())

_LOST = (paramiko.SSHException, OSError, EOFError)
"""What a connection that breaks may raise."""

_REST_S = 5.0
"""How long a socket at rest is waited for at a time: what comes, and its end, wake whoever waits."""

# Algorithms under which a key of a type is shown.
_ALGORITHMS = {"ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa")}


class Login:
    """One attempt to log in on a device.

    Args:
        target: where the device is and how to log in.
        keys: keys that it may show; nothing: those that the target says.

    Raises:
        ConnectError: no host key of the device is known.
    """

    def __init__(self, target: Target, *, keys: Sequence[str] | None = None) -> None:
        self.target = target
        self.keys = known_keys(target) if keys is None else keys
        self._authentication = Authentication(target)
        self._silent = False
        self._wire: socket.socket | paramiko.Channel | None = None
        self._jump: Login | None = None
        self._transport: paramiko.Transport | None = None
        self._timer: Timer | None = None
        self._agreed = Event()

    # ---- what the drivers call -----------------------------------------------------------------------------

    @contextmanager
    def opening(self, *theirs: type[Exception]) -> Iterator[None]:
        """Open a shell within the block: what a library raises is translated, and nothing is left open then.

        Args:
            theirs: the library's own errors, beside paramiko's and those of the socket.
        """
        try:
            yield
        except (*_LOST, *theirs) as error:
            self.close()
            raise self._translated(error) from None
        except BaseException:
            self.close()
            raise
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def begin(self) -> None:
        """Connect, and let keys be agreed on while something else is done, e.g. a library is loaded."""
        jump = self.target.jump
        if jump is None and self.target.ssh_config is not None:
            jump = jump_of(self.target, _configured(self.target.ssh_config, self.target))
        self._wire = self._direct() if jump is None else self._through(jump)
        self._transport = self._asking(self._wire)
        self._transport.start_client(event=self._agreed)

    def authenticated(self) -> paramiko.Transport:
        """Check the host key and log in; a shell must follow as soon as anything else must."""
        transport = self._connected()
        self._timer = Timer(self.target.timeout_s, self._give_up)
        self._timer.daemon = True
        self._timer.start()
        return transport

    def channel(self, shell: paramiko.Channel) -> StreamChannel:
        """Return the channel over a shell that was opened."""
        return StreamChannel(shell, self.close, _LOST)

    def shown_key(self) -> str:
        """Return the key that the device shows, as `ssh-ed25519 AAAA...`, without logging in."""
        transport = self._met()
        shown = transport.get_remote_server_key()
        return f"{shown.get_name()} {shown.get_base64()}"

    def close(self) -> None:
        """End the connection. Never raises.

        The wire is shut first: its thread may be waiting on it, and what is only closed stays open until it
        wakes, so that the device would count a session that we have left.
        """
        with suppress(*_LOST):
            if self._wire is not None:
                self._wire.shutdown(socket.SHUT_RDWR)
        with suppress(*_LOST):
            if self._transport is not None:
                self._transport.close()  # its thread must not meet a closed socket
            if self._wire is not None:
                self._wire.close()
            if self._jump is not None:
                self._jump.close()

    # ---- connecting ----------------------------------------------------------------------------------------

    def _connected(self) -> paramiko.Transport:
        """Connect, check the host key and log in."""
        transport = self._met()
        self._log_in(transport)
        if isinstance(self._wire, socket.socket):  # else each session wakes ten times a second, for nothing
            self._wire.settimeout(_REST_S)
        return transport

    def _met(self) -> paramiko.Transport:
        """Connect, unless that was begun, and agree on keys; nothing of ours is told yet."""
        if self._transport is None:
            self.begin()
        transport: paramiko.Transport = self._transport
        agreed = self._agreed.wait(2 * self.target.timeout_s)  # the banner may take it once, the keys too
        if not agreed or not transport.is_active():
            error = transport.get_exception()
            if error is None or transport.packetizer.handshake_timed_out():  # of which paramiko says EOFError
                error = paramiko.SSHException("no keys were agreed on in time")
            raise error
        return transport

    def _direct(self) -> socket.socket:
        where = (self.target.host, self.target.port)
        wire = Wire(socket.create_connection(where, timeout=self.target.timeout_s))
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return wire

    def _through(self, jump: Target) -> paramiko.Channel:
        """Log in on a jump host and let it connect to the device."""
        self._jump = Login(jump)
        with self._jump.opening():
            transport = self._jump._connected()  # noqa: SLF001 - of its own kind
        where = (self.target.host, self.target.port)
        try:
            return transport.open_channel("direct-tcpip", where, ("127.0.0.1", 0), timeout=jump.timeout_s)
        except _LOST as error:
            raise self._error(
                f"cannot be reached through {jump.member}",
                wanted="a forwarded connection",
                found=reason(error),
            ) from None

    # ---- logging in ----------------------------------------------------------------------------------------

    def _asking(self, wire: socket.socket | paramiko.Channel) -> paramiko.Transport:
        """Make a transport that asks the device for a key of a type that is known.

        Ciphers that authenticate by themselves are asked for first: paramiko compares each digest of the
        others in Python, which costs a quarter of a session's processor time.
        """
        transport = paramiko.Transport(wire)
        transport.banner_timeout = transport.auth_timeout = self.target.timeout_s
        transport.handshake_timeout = self.target.timeout_s
        transport.channel_timeout = 2 * self.target.timeout_s  # `_give_up` comes first, and knows silence
        options = transport.get_security_options()
        options.ciphers = sorted(options.ciphers, key=lambda name: "gcm" not in name)
        known = [name for key in self.keys for name in _algorithms(key)]
        wanted = [name for name in dict.fromkeys(known) if name in options.key_types]
        options.key_types = [*wanted, *(name for name in options.key_types if name not in wanted)]
        return transport

    def _give_up(self) -> None:
        """End the wait for a shell: paramiko itself would wait for ever. Called on a thread of its own."""
        self._silent = True
        self.close()

    def _log_in(self, transport: paramiko.Transport) -> None:
        """Check the host key, then log in; nothing is sent to whoever shows another key.

        Raises:
            ConnectError: another key, a refused login, or a question that only a person can answer.
        """
        shown = transport.get_remote_server_key()
        if f"{shown.get_name()} {shown.get_base64()}" not in self.keys:
            raise self._error(
                "showed another host key than the known one",
                wanted=f"the key of it in {known_in(self.target)}",
                found=f"{shown.get_name()} {shown.get_base64()}",
            )
        self._authentication.log_in(transport)

    # ---- errors --------------------------------------------------------------------------------------------

    def _translated(self, error: BaseException) -> ConnectError:
        """Say what an error of a library means, by where the login stands."""
        first = tuple(_causes(error))[-1]
        if self._authentication.question:
            return self._error(
                "asks at the login what only a person can answer",
                wanted="a login by password",
                found=self._authentication.question,
            )
        if self._authentication.unanswered:
            return self._error("did not answer the login in time", wanted="a yes or a no", found="silence")
        if self._silent:
            return self._error("gave no shell in time", wanted="a shell", found="silence")
        if self._authentication.done:
            return self._error("has no free VTY line", wanted="a shell", found=_refusal(first))
        if isinstance(error, OSError | EOFError):
            return self._error("cannot be reached", found=reason(error))
        found = "silence" if isinstance(first, TimeoutError) else reason(first)
        return self._error("cannot be reached over SSH", wanted="an SSH server", found=found)

    def _error(self, what: str, *, wanted: str | None = None, found: str | None = None) -> ConnectError:
        return login_error(self.target, what, wanted=wanted, found=found)


def _configured(path: Path, target: Target) -> Lookup:
    """Read an ssh_config; give what it says of a host."""
    try:
        config = paramiko.SSHConfig.from_path(str(path))
    except (OSError, paramiko.SSHException) as error:
        raise ConnectError(
            "the ssh_config cannot be read", found=reason(error), member=target.member, where=str(path)
        ) from None
    return lambda host: dict(config.lookup(host))


def _algorithms(key: str) -> tuple[str, ...]:
    kind = key.split(maxsplit=1)[0]
    return _ALGORITHMS.get(kind, (kind,))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it was raised from, the first cause last."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refusal(error: BaseException) -> str:
    if isinstance(error, paramiko.ChannelException):
        return f"the channel was refused: {error.text}"
    return f"the shell was refused: {reason(error)}"


def open_shell(transport: paramiko.Transport, width: int, height: int) -> paramiko.Channel:
    """Open a shell on a terminal; the terminal is not waited for, so that both take one round trip.

    Paramiko's own `get_pty` asks for an answer. A device that gives no terminal gives no shell either, or one
    whose echo is missed at the login.

    Args:
        transport: logged in.
        width: of the terminal, in characters.
        height: likewise.

    Source: RFC 4254, 6.2 and 6.5.
    """
    shell = transport.open_session()
    asked = paramiko.Message()
    asked.add_byte(paramiko.common.cMSG_CHANNEL_REQUEST)
    asked.add_int(shell.remote_chanid)
    asked.add_string("pty-req")
    asked.add_boolean(False)  # noqa: FBT003 - no answer is wanted
    asked.add_string("vt100")
    for number in (width, height, 0, 0):
        asked.add_int(number)
    asked.add_string(b"")
    transport._send_user_message(asked)  # noqa: SLF001 - `get_pty` does the same, and waits
    shell.invoke_shell()
    return shell


class Client(paramiko.SSHClient):  # type: ignore[misc] # paramiko ships no types
    """Paramiko's client, as libraries hold it, that logs in our way.

    Args:
        login: how.
    """

    def __init__(self, login: Login) -> None:
        super().__init__()
        self._login = login

    def connect(self, *_where: object, **_how: object) -> None:
        """Connect as the target says, whatever the library asks for."""
        self._transport = self._login.authenticated()

    def invoke_shell(self, *, width: int, height: int, **_rest: object) -> paramiko.Channel:
        """Open the shell that the library asks for."""
        return open_shell(self._transport, width, height)
