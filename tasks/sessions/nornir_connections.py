"""Nornir connection plugins: `open` gives our session, over netmiko or scrapli."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventory.errors import ConnectError
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import SecretLike, Session, Target

if TYPE_CHECKING:
    from nornir.core.configuration import Config

CONNECTION_NAMES = {"netmiko": "hotpair-netmiko", "scrapli": "hotpair-scrapli"}
"""Name of the connection plugin by driver."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A password that came as text."""

    value: str = field(repr=False)

    def reveal(self) -> str:
        return self.value


class _Connection:
    """A Nornir connection that holds a session."""

    driver = ""

    def __init__(self) -> None:
        self._session: Session | None = None

    def open(
        self,
        hostname: str | None,
        username: str | None,
        password: str | SecretLike | None,
        port: int | None,
        platform: str | None,  # noqa: ARG002 - Nornir's signature; ours is always VRP8
        extras: dict[str, Any] | None = None,
        configuration: Config | None = None,  # noqa: ARG002 - Nornir's signature
    ) -> None:
        """Log in.

        Args:
            hostname: address of the device.
            username: login name.
            password: login password, as text or as a value that reveals itself.
            port: TCP port, 22 when absent.
            platform: not used.
            extras: `member`, `host_key`, `known_hosts`, `timeout_s` and `resolve` of a `Target`, all optional.
            configuration: not used.

        Raises:
            ConnectError: no session.
        """
        options = dict(extras or {})
        if not hostname or not username or not password:
            raise ConnectError(
                "the inventory does not say how to log in",
                wanted="hostname, username and password",
                member=options.get("member") or hostname,
            )
        resolve = options.pop("resolve", None)
        known_hosts = options.pop("known_hosts", None)
        target = Target(
            member=options.pop("member", None) or hostname,
            host=hostname,
            port=port or 22,
            username=username,
            password=_Given(password) if isinstance(password, str) else password,
            driver=self.driver,
            known_hosts=Path(known_hosts) if known_hosts else None,
            **options,
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
