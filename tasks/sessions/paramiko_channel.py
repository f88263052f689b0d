"""What both drivers stand on: paramiko's transport, its host key, its login, and all that it may raise.

Netmiko and scrapli each open a paramiko transport. Which key a device must show, how a login goes and what an
error means are said here once, so that both behave alike.
"""

from __future__ import annotations

import codecs
import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Timer

import paramiko  # type: ignore[import-untyped] # ships no types

from inventory.errors import ConnectError
from tasks.sessions.channel import ChannelClosedError
from tasks.sessions.host_keys import known_keys
from tasks.sessions.protocol import Target

# paramiko tells its troubles to whoever listens, else to the terminal; ours are told once, as errors
logging.getLogger("paramiko").addHandler(logging.NullHandler())

_WRITE_S = 30.0  # a device that takes nothing for so long is gone

# Algorithms under which a key of a type is shown.
_ALGORITHMS = {"ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa")}


class Login:
    """One attempt to log in on a device.

    Args:
        target: where the device is and how to log in.

    Raises:
        ConnectError: no host key of the device is known.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self.keys = known_keys(target)
        self._authenticated = False
        self._question = ""
        self._silent = False
        self._wire: socket.socket | None = None
        self._transport: paramiko.Transport | None = None
        self._timer: Timer | None = None

    # ---- what the drivers call -----------------------------------------------------------------------------

    @contextmanager
    def opening(self, *theirs: type[Exception]) -> Iterator[None]:
        """Open a shell within the block: what a library raises is translated, and nothing is left open then.

        Args:
            theirs: the library's own errors, beside paramiko's and those of the socket.
        """
        try:
            yield
        except (paramiko.SSHException, OSError, EOFError, *theirs) as error:
            self.close()
            raise self._translated(error) from None
        except BaseException:
            self.close()
            raise
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def authenticated(self) -> paramiko.Transport:
        """Connect, check the host key and log in; a shell must follow as soon as anything else must."""
        where = (self.target.host, self.target.port)
        self._wire = socket.create_connection(where, timeout=self.target.timeout_s)
        self._wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._transport = transport = self._asking(self._wire)
        transport.start_client(timeout=self.target.timeout_s)
        self._log_in(transport)
        self._timer = Timer(self.target.timeout_s, self._give_up)
        self._timer.daemon = True
        self._timer.start()
        return transport

    def close(self) -> None:
        """End the connection. Never raises."""
        with suppress(paramiko.SSHException, OSError, EOFError):
            if self._transport is not None:
                self._transport.close()  # its thread must not meet a closed socket
            if self._wire is not None:
                self._wire.close()

    # ---- logging in ----------------------------------------------------------------------------------------

    def _asking(self, wire: socket.socket) -> paramiko.Transport:
        """Make a transport that asks the device for a key of a type that is known."""
        transport = paramiko.Transport(wire)
        transport.banner_timeout = transport.auth_timeout = self.target.timeout_s
        transport.channel_timeout = self.target.timeout_s
        options = transport.get_security_options()
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
                wanted="the known host key",
                found=f"{shown.get_name()} {shown.get_base64()}",
            )
        further = self._by_password(transport)
        if not transport.is_authenticated():
            raise self._not_let_in(further)
        self._authenticated = True

    def _by_password(self, transport: paramiko.Transport) -> Sequence[str]:
        """Log in by password, asked for as such or as a question; give what the device wants beside it."""
        try:
            further = transport.auth_password(
                self.target.username, self.target.password.reveal(), fallback=False
            )
        except paramiko.BadAuthenticationType as error:
            further = error.allowed_types
        except paramiko.AuthenticationException:
            if not transport.is_active():
                raise  # not refused: the connection ended
            return ()
        if transport.is_authenticated() or "keyboard-interactive" not in further:
            return tuple(further)
        try:
            return tuple(transport.auth_interactive(self.target.username, self._answers))
        except paramiko.AuthenticationException:
            if self._question:
                raise  # not refused: the question was not answered
            return ()

    def _answers(self, _title: str, text: str, questions: Sequence[tuple[str, bool]]) -> list[str]:
        """Answer the question for the password; any other ends the login.

        Called by paramiko on a thread of its own.
        """
        if len(questions) > 1 or not all("password" in asked.lower() for asked, _ in questions):
            self._question = " ".join(" ".join([text, *(asked for asked, _ in questions)]).split())
            raise paramiko.SSHException("a question that only a person can answer")
        return [self.target.password.reveal() for _ in questions]

    # ---- errors --------------------------------------------------------------------------------------------

    def _not_let_in(self, further: Sequence[str]) -> ConnectError:
        if further:
            return self._error(
                "wants more than the password",
                wanted="a login by password",
                found=f"it asks for {', '.join(further)}",
            )
        return self._error(
            "refused the login", wanted=f"user {self.target.username}", found="name or password not accepted"
        )

    def _translated(self, error: BaseException) -> ConnectError:
        """Say what an error of a library means, by where the login stands."""
        first = tuple(_causes(error))[-1]
        if self._question:
            return self._error(
                "asks at the login what only a person can answer",
                wanted="a login by password",
                found=self._question,
            )
        if self._silent:
            return self._error("gave no shell in time", wanted="a shell", found="silence")
        if self._authenticated:
            return self._error("has no free VTY line", wanted="a shell", found=_refusal(first))
        if isinstance(error, OSError | EOFError):
            return self._error("cannot be reached", found=_words(error))
        return self._error("cannot be reached over SSH", wanted="an SSH server", found=_words(first))

    def _error(self, what: str, *, wanted: str | None = None, found: str | None = None) -> ConnectError:
        return ConnectError(
            f"{self.target.member} {what}",
            wanted=wanted,
            found=found,
            member=self.target.member,
            where=f"{self.target.host}:{self.target.port}",
        )


def _algorithms(key: str) -> tuple[str, ...]:
    kind = key.split(maxsplit=1)[0]
    return _ALGORITHMS.get(kind, (kind,))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and what it was raised from, the first cause last."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refusal(error: BaseException) -> str:
    if isinstance(error, paramiko.ChannelException):
        return f"the channel was refused: {error.text}"
    return f"the shell was refused: {_words(error)}"


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


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


# ---- bytes -------------------------------------------------------------------------------------------------


class StreamChannel:
    """A channel over paramiko's shell.

    Args:
        stream: the open shell.
        end: ends the connection; must not raise.
    """

    def __init__(self, stream: paramiko.Channel, end: Callable[[], None]) -> None:
        self._stream = stream
        self._end = end
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def write(self, text: str) -> None:
        """Send text as it is."""
        with _lost_as_closed():
            self._stream.settimeout(_WRITE_S)
            self._stream.sendall(text.encode())

    def read(self, seconds: float) -> str:
        """Give what has arrived, or wait for it; empty when nothing came in that time."""
        with _lost_as_closed():
            self._stream.settimeout(seconds)
            try:
                data: bytes = self._stream.recv(65_535)
            except TimeoutError:
                return ""
        if not data:
            raise ChannelClosedError("end of stream")
        return self._decode(data)

    def close(self) -> None:
        """End the connection without a word: what is not committed is dropped by the device."""
        self._end()


@contextmanager
def _lost_as_closed() -> Iterator[None]:
    try:
        yield
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise ChannelClosedError(_words(error)) from error
