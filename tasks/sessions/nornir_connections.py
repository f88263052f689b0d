"""Nornir connection plugins: `open` gives our session, over netmiko or scrapli."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventory.errors import ConnectError
from inventory.secrets import Secret, store
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import DEFAULT_TIMEOUT_S, DRIVERS, SecretResolver, Session, Target

if TYPE_CHECKING:
    from nornir.core.configuration import Config

CONNECTION_NAMES = {"netmiko": "hotpair-netmiko", "scrapli": "hotpair-scrapli"}
"""Name of the connection plugin by driver."""

SSH_PORT = 22


@dataclass(frozen=True, slots=True)
class _Named:
    """A secret that is looked up when it is needed."""

    name: str
    resolve: SecretResolver = field(repr=False)

    def reveal(self) -> str:
        """Return the value in clear."""
        return self.resolve(self.name).reveal()


def target_of(options: Mapping[str, Any], resolve: SecretResolver) -> Target:
    """Read from the options of a connection where a device is and how to log in.

    Args:
        options: `hostname`, `username`, `port`, and of a host's data `member`, `driver`, `password_secret`,
            `private_key`, `passphrase_secret`, `agent`, `host_key`, `known_hosts`, `ssh_config`, `timeout_s`,
            and `jump`, the same of the host through which the connection goes.
        resolve: gives secrets by name, asked when they are needed.

    Raises:
        ConnectError: the options do not say where to connect.
    """
    member, host, username = (options.get(name) for name in ("member", "hostname", "username"))
    if not host or not username:
        raise ConnectError(
            "the inventory does not say how to log in", wanted="hostname and username", member=member or host
        )
    files = {name: Path(options[name]) for name in ("known_hosts", "ssh_config") if options.get(name)}
    secrets = {
        name: _Named(options[f"{name}_secret"], resolve)
        for name in ("password", "passphrase")
        if options.get(f"{name}_secret")
    }
    return Target(
        member=str(member or host),
        host=host,
        username=username,
        port=options.get("port") or SSH_PORT,
        driver=options.get("driver") or DRIVERS[0],
        host_key=options.get("host_key"),
        timeout_s=float(options.get("timeout_s") or DEFAULT_TIMEOUT_S),
        private_keys=(Path(options["private_key"]),) if options.get("private_key") else (),
        agent=bool(options.get("agent")),
        jump=target_of(options["jump"], resolve) if options.get("jump") else None,
        password=secrets.get("password"),
        passphrase=secrets.get("passphrase"),
        known_hosts=files.get("known_hosts"),
        ssh_config=files.get("ssh_config"),
        password_name=str(options.get("password_secret") or ""),
    )


def _nothing() -> None:
    """Wait for nobody."""


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
            extras: what `target_of` takes; `resolve`, which gives secrets by name, without it they come from
                the environment and from `secrets_file`; `before_login` and `before_dial`, of `open_session`.
                All optional.
            configuration: not used.

        Raises:
            ConnectError: no session.
            IntentError: a secret is not to be found.
        """
        options = dict(extras or {})
        kept = options.get("secrets_file")
        resolve: SecretResolver = options.get("resolve") or store(
            os.environ, file=Path(kept) if kept else None
        )
        options |= {"hostname": hostname, "username": username, "port": port, "driver": self.driver}
        target = target_of(options, resolve)
        if password:
            target = replace(target, password=Secret(password))
        before_login, before_dial = options.get("before_login"), options.get("before_dial")
        self._session = open_session(target, resolve, before_login or _nothing, before_dial or _nothing)

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
