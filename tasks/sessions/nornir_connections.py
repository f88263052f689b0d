"""Nornir connection plugins: `open` gives our session, over netmiko or scrapli."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventory.errors import ConnectError
from inventory.secrets import Secret, store
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import DEFAULT_TIMEOUT_S, SecretResolver, Session, Target

if TYPE_CHECKING:
    from nornir.core.configuration import Config

CONNECTION_NAMES = {"netmiko": "hotpair-netmiko", "scrapli": "hotpair-scrapli"}
"""Name of the connection plugin by driver."""


class _Connection:
    """A Nornir connection that holds a session."""

    driver = ""

    def __init__(self) -> None:
        self._session: Session | None = None

    def open(  # noqa: PLR0917 - Nornir's signature
        self,
        hostname: str | None,
        username: str | None,
        password: str | None,
        port: int | None,
        platform: str | None,  # noqa: ARG002 - Nornir's signature; ours is always VRP8
        extras: dict[str, Any] | None = None,
        configuration: Config | None = None,  # noqa: ARG002 - Nornir's signature
    ) -> None:
        """Log in.

        Args:
            hostname: address of the device.
            username: login name.
            password: login password; nothing: the secret that `extras["password_secret"]` names.
            port: TCP port, 22 when absent.
            platform: not used.
            extras: `member`, `password_secret`, `host_key`, `known_hosts`, `timeout_s` and `resolve`, which
                gives secrets by name; all optional. Without it they come from the environment and from
                `secrets_file`.
            configuration: not used.

        Raises:
            ConnectError: no session.
            IntentError: the secret is not to be found.
        """
        options = extras or {}
        member = options.get("member") or hostname
        kept = options.get("secrets_file")
        resolve: SecretResolver = options.get("resolve") or store(
            os.environ, file=Path(kept) if kept else None
        )
        named = options.get("password_secret")
        if not hostname or not username or not (password or named):
            raise ConnectError(
                "the inventory does not say how to log in",
                wanted="hostname, username and password",
                member=member,
            )
        known_hosts = options.get("known_hosts")
        target = Target(
            member=str(member),
            host=hostname,
            port=port or 22,
            username=username,
            password=Secret(password) if password else resolve(str(named)),
            driver=self.driver,
            host_key=options.get("host_key"),
            known_hosts=Path(known_hosts) if known_hosts else None,
            timeout_s=float(options.get("timeout_s") or DEFAULT_TIMEOUT_S),
        )
        self._session = open_session(target, resolve)

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()
            self._session = None

    @property
    def connection(self) -> Session:
        """The open session."""
        if self._session is None:
            raise ConnectError("the connection is not open")
        return self._session


class NetmikoConnection(_Connection):
    """Connection plugin `hotpair-netmiko`."""

    driver = "netmiko"


class ScrapliConnection(_Connection):
    """Connection plugin `hotpair-scrapli`."""

    driver = "scrapli"
