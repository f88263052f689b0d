"""Logging in over paramiko's transport: by private keys, the agent, and the password, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import paramiko  # type: ignore[import-untyped] # ships no types
from paramiko.pkey import UnknownKeyType  # type: ignore[import-untyped]

from inventory.errors import ConnectError, reason
from tasks.sessions.protocol import SecretLike, Target

_NO_KEY = (paramiko.SSHException, UnknownKeyType, OSError, ValueError, TypeError)

_GAVE_UP = "Authentication timeout"
"""What paramiko says of a login that was not answered; its class is that of a refusal."""


class Authentication:
    """Logs in on a device that showed the right key, and knows how far that got.

    Args:
        target: where the device is and how to log in.

    Attributes:
        done: the device let us in.
        question: what it asked that only a person can answer.
        unanswered: it said neither yes nor no in time.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self.done = False
        self.question = ""
        self.unanswered = False

    def log_in(self, transport: paramiko.Transport) -> None:
        """Try the ways to log in that were given, one after the other.

        Raises:
            ConnectError: the device refused all of them, or wants another.
            paramiko.SSHException: the connection ended, or a login was not answered.
        """
        further: Sequence[str] = ()
        for attempt in self._attempts():
            further = attempt(transport)
            if transport.is_authenticated():
                self.done = True
                return
        raise self._not_let_in(further)

    def _attempts(self) -> Iterator[Callable[[paramiko.Transport], Sequence[str]]]:
        """Yield the ways to log in that were given, in their order."""
        for path in self._target.private_keys:
            yield partial(self._by_key, private_key(path, self._target))
        if self._target.agent:
            with closing(paramiko.Agent()) as agent:
                for key in agent.get_keys():
                    yield partial(self._by_key, key)
        if self._target.password is not None:
            yield partial(self._by_password, self._target.password)

    def _by_key(self, key: paramiko.PKey, transport: paramiko.Transport) -> Sequence[str]:
        """Log in by a key; give what the device wants beside it, or instead."""
        try:
            return tuple(transport.auth_publickey(self._target.username, key))
        except paramiko.BadAuthenticationType as error:
            return tuple(error.allowed_types)
        except paramiko.AuthenticationException as error:
            self._require_refusal(error, transport)
            return ()

    def _by_password(self, password: SecretLike, transport: paramiko.Transport) -> Sequence[str]:
        """Log in by password, asked for as such or as a question; give what the device wants beside it."""
        try:
            further = transport.auth_password(self._target.username, password.reveal(), fallback=False)
        except paramiko.BadAuthenticationType as error:
            further = error.allowed_types
        except paramiko.AuthenticationException as error:
            self._require_refusal(error, transport)
            return ()
        if transport.is_authenticated() or "keyboard-interactive" not in further:
            return tuple(further)
        try:
            return tuple(transport.auth_interactive(self._target.username, partial(self._answers, password)))
        except paramiko.AuthenticationException as error:
            if self.question:
                raise  # not refused: the question was not answered
            self._require_refusal(error, transport)
            return ()

    def _require_refusal(
        self, error: paramiko.AuthenticationException, transport: paramiko.Transport
    ) -> None:
        """Raise what is no refusal: the connection ended, or paramiko gave up waiting for a yes or a no."""
        self.unanswered = transport.is_active() and _GAVE_UP in str(error)
        if self.unanswered or not transport.is_active():
            raise error

    def _answers(
        self, password: SecretLike, _title: str, text: str, questions: Sequence[tuple[str, bool]]
    ) -> list[str]:
        """Answer the question for the password; any other ends the login.

        Called by paramiko on a thread of its own.
        """
        if len(questions) > 1 or not all("password" in asked.lower() for asked, _ in questions):
            self.question = " ".join(" ".join([text, *(asked for asked, _ in questions)]).split())
            raise paramiko.SSHException("a question that only a person can answer")
        return [password.reveal() for _ in questions]

    def _not_let_in(self, further: Sequence[str]) -> ConnectError:
        given = self._given()
        if further:
            return login_error(
                self._target,
                f"wants more than {given}" if given else "cannot be logged in to",
                wanted=f"a login by {given}" if given else "a password, a private key or the agent",
                found=f"it asks for {', '.join(further)}",
            )
        return login_error(
            self._target,
            "refused the login",
            wanted=f"user {self._target.username}",
            found=f"name or {given} not accepted{self._named()}"
            if given
            else "no password, private key or agent is given",
        )

    def _named(self) -> str:
        """Say which secret the password is, so that it can be looked up where it is kept."""
        name = self._target.password_name
        return f"; the password is the secret {name}" if name and self._target.password is not None else ""

    def _given(self) -> str:
        """Name the ways to log in that were given."""
        ways = {
            "key": bool(self._target.private_keys),
            "agent's keys": self._target.agent,
            "password": self._target.password is not None,
        }
        return ", ".join(name for name, given in ways.items() if given)


def login_error(
    target: Target, what: str, *, wanted: str | None = None, found: str | None = None
) -> ConnectError:
    """Return the error of a connection or login.

    Args:
        target: the device.
        what: what it did, after its name.
        wanted: what was wanted.
        found: what came instead.
    """
    return ConnectError(
        f"{target.member} {what}",
        wanted=wanted,
        found=found,
        member=target.member,
        where=f"{target.host}:{target.port}",
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
