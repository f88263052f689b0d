"""What both drivers stand on: paramiko's transport, its host key, its login, and all that it may raise.

Netmiko and scrapli each open a paramiko transport. Which key a device must show, how a login goes and what an
error means are said here once, so that both behave alike.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event, Timer

import paramiko  # type: ignore[import-untyped] # ships no types
from paramiko.pkey import UnknownKeyType  # type: ignore[import-untyped]

from inventory.errors import ConnectError, reason
from tasks.sessions.channel import StreamChannel
from tasks.sessions.host_keys import known_in, known_keys
from tasks.sessions.jump_hosts import Lookup, jump_of
from tasks.sessions.protocol import SecretLike, Target

# paramiko tells its troubles to whoever listens, else to the terminal; ours are told once, as errors
logging.getLogger("paramiko").addHandler(logging.NullHandler())

_NO_KEY = (paramiko.SSHException, UnknownKeyType, OSError, ValueError, TypeError)
_LOST = (paramiko.SSHException, OSError, EOFError)
"""What a connection that breaks may raise."""

_GAVE_UP = "Authentication timeout"
"""What paramiko says of a login that was not answered; its class is that of a refusal."""

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
        self._authenticated = False
        self._question = ""
        self._silent = self._unanswered = False
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
        wire = socket.create_connection(where, timeout=self.target.timeout_s)
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
        transport.channel_timeout = self.target.timeout_s
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
        further: Sequence[str] = ()
        for attempt in self._attempts():
            further = attempt(transport)
            if transport.is_authenticated():
                self._authenticated = True
                return
        raise self._not_let_in(further)

    def _attempts(self) -> Iterator[Callable[[paramiko.Transport], Sequence[str]]]:
        """Yield the ways to log in that were given, in their order."""
        for path in self.target.private_keys:
            yield partial(self._by_key, private_key(path, self.target))
        if self.target.agent:
            with closing(paramiko.Agent()) as agent:
                for key in agent.get_keys():
                    yield partial(self._by_key, key)
        if self.target.password is not None:
            yield partial(self._by_password, self.target.password)

    def _by_key(self, key: paramiko.PKey, transport: paramiko.Transport) -> Sequence[str]:
        """Log in by a key; give what the device wants beside it, or instead."""
        try:
            return tuple(transport.auth_publickey(self.target.username, key))
        except paramiko.BadAuthenticationType as error:
            return tuple(error.allowed_types)
        except paramiko.AuthenticationException as error:
            self._require_refusal(error, transport)
            return ()

    def _by_password(self, password: SecretLike, transport: paramiko.Transport) -> Sequence[str]:
        """Log in by password, asked for as such or as a question; give what the device wants beside it."""
        try:
            further = transport.auth_password(self.target.username, password.reveal(), fallback=False)
        except paramiko.BadAuthenticationType as error:
            further = error.allowed_types
        except paramiko.AuthenticationException as error:
            self._require_refusal(error, transport)
            return ()
        if transport.is_authenticated() or "keyboard-interactive" not in further:
            return tuple(further)
        try:
            return tuple(transport.auth_interactive(self.target.username, partial(self._answers, password)))
        except paramiko.AuthenticationException as error:
            if self._question:
                raise  # not refused: the question was not answered
            self._require_refusal(error, transport)
            return ()

    def _require_refusal(
        self, error: paramiko.AuthenticationException, transport: paramiko.Transport
    ) -> None:
        """Raise what is no refusal: the connection ended, or paramiko gave up waiting for a yes or a no."""
        self._unanswered = transport.is_active() and _GAVE_UP in str(error)
        if self._unanswered or not transport.is_active():
            raise error

    def _answers(
        self, password: SecretLike, _title: str, text: str, questions: Sequence[tuple[str, bool]]
    ) -> list[str]:
        """Answer the question for the password; any other ends the login.

        Called by paramiko on a thread of its own.
        """
        if len(questions) > 1 or not all("password" in asked.lower() for asked, _ in questions):
            self._question = " ".join(" ".join([text, *(asked for asked, _ in questions)]).split())
            raise paramiko.SSHException("a question that only a person can answer")
        return [password.reveal() for _ in questions]

    # ---- errors --------------------------------------------------------------------------------------------

    def _not_let_in(self, further: Sequence[str]) -> ConnectError:
        given = self._given()
        if further:
            return self._error(
                f"wants more than {given}" if given else "cannot be logged in to",
                wanted=f"a login by {given}" if given else "a password, a private key or the agent",
                found=f"it asks for {', '.join(further)}",
            )
        return self._error(
            "refused the login",
            wanted=f"user {self.target.username}",
            found=f"name or {given} not accepted" if given else "no password, private key or agent is given",
        )

    def _given(self) -> str:
        """Name the ways to log in that were given."""
        ways = {
            "key": bool(self.target.private_keys),
            "agent's keys": self.target.agent,
            "password": self.target.password is not None,
        }
        return ", ".join(name for name, given in ways.items() if given)

    def _translated(self, error: BaseException) -> ConnectError:
        """Say what an error of a library means, by where the login stands."""
        first = tuple(_causes(error))[-1]
        if self._question:
            return self._error(
                "asks at the login what only a person can answer",
                wanted="a login by password",
                found=self._question,
            )
        if self._unanswered:
            return self._error("did not answer the login in time", wanted="a yes or a no", found="silence")
        if self._silent:
            return self._error("gave no shell in time", wanted="a shell", found="silence")
        if self._authenticated:
            return self._error("has no free VTY line", wanted="a shell", found=_refusal(first))
        if isinstance(error, OSError | EOFError):
            return self._error("cannot be reached", found=reason(error))
        found = "silence" if isinstance(first, TimeoutError) else reason(first)
        return self._error("cannot be reached over SSH", wanted="an SSH server", found=found)

    def _error(self, what: str, *, wanted: str | None = None, found: str | None = None) -> ConnectError:
        return ConnectError(
            f"{self.target.member} {what}",
            wanted=wanted,
            found=found,
            member=self.target.member,
            where=f"{self.target.host}:{self.target.port}",
        )


def private_key(path: Path, target: Target) -> paramiko.PKey:
    """Read a private key.

    Raises:
        ConnectError: there is none in that file, or its passphrase is missing or wrong.
    """
    passphrase = target.passphrase.reveal().encode() if target.passphrase is not None else None
    try:
        return paramiko.PKey.from_path(path, passphrase)
    except _NO_KEY as error:
        raise ConnectError(
            f"the private key for {target.member} cannot be read",
            wanted="a private key that the given passphrase opens" if passphrase else "a private key",
            found=reason(error),
            member=target.member,
            where=str(path),
        ) from None


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
