"""Where alerts go: routes of `watch.yaml`."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from inventory.model.types import SecretRef
from tasks.checks.policy import Severity

_PORTS = 65_535


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def with_a_port(text: str) -> str:
    """Take a place; one whose port cannot be is refused: an address of UDP would take it for another one."""
    port = re.match(r"^(?:\w+://)?[^/]*:(\d+)(?:/|$)", text)
    if port and not 0 < int(port[1]) <= _PORTS:
        raise ValueError(f"wanted a port from 1 to {_PORTS}, found {port[1]}")
    return text


Place: TypeAlias = Annotated[str, AfterValidator(with_a_port)]


class Webhook(_Closed):
    """A URL that takes alerts by POST.

    Args:
        url: http or https.
        key: secret with which each delivery is signed (HMAC-SHA256).
    """

    url: Place = Field(pattern=r"^https?://[^/\s@]+(/\S*)?$")
    key: SecretRef | None = None


class Syslog(_Closed):
    """A server of the system log (RFC 5424).

    Args:
        to: `udp://host:port`, `tcp://host:port` or `unix:/dev/log`.
    """

    to: Place = Field(pattern=r"^(?:(?:udp|tcp)://\[?[\w.:-]+?\]?:\d{1,5}|unix:/\S+)$")


class Mail(_Closed):
    """A mail server.

    Args:
        server, port: where it listens.
        sender: address that the mail is from.
        to: addresses that it goes to.
        tls: `starttls`, `tls` from the start, or `none`.
        user, password: for a server that asks.
    """

    server: str = Field(min_length=1)
    port: int = Field(25, ge=1, le=65535)
    sender: str = Field(pattern=r"^[^\s@]+@[^\s@]+$")
    to: tuple[str, ...] = Field(min_length=1)
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: SecretRef | None = None

    @model_validator(mode="after")
    def _both(self) -> Mail:
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password belong together")
        if self.user is not None and self.tls == "none":
            raise ValueError("a password is not sent without TLS; wanted tls: starttls or tls")
        return self


class Command(_Closed):
    """A program that is told on its standard input, as one line of JSON.

    Args:
        run: program and arguments; no shell reads them.
        timeout_s: seconds that it may take.
    """

    run: tuple[str, ...] = Field(min_length=1)
    timeout_s: float = Field(30.0, gt=0, le=600)


class Plugin(_Closed):
    """A function of another package: an entry point of the group `hotpair.alerts`.

    Args:
        name: of the entry point; it is called with the alert and the options.
        options: what it is told.
    """

    name: str = Field(min_length=1)
    options: dict[str, str] = Field(default_factory=dict)


class Route(_Closed):
    """One way out of the house; exactly one kind.

    Args:
        name: of the route, once in the file.
        least: severity from which on it is told.
    """

    name: str = Field(min_length=1, max_length=64)
    least: Severity = Severity.WARNING
    webhook: Webhook | None = None
    syslog: Syslog | None = None
    mail: Mail | None = None
    command: Command | None = None
    plugin: Plugin | None = None

    @model_validator(mode="after")
    def _one(self) -> Route:
        kinds = ("webhook", "syslog", "mail", "command", "plugin")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"wanted one of {', '.join(kinds)}, found {', '.join(given) or 'none'}")
        return self


class DampingSettings(_Closed):
    """From when on a cause that comes and goes is flapping.

    Args:
        changes: so many times it came or went,
        minutes: within so many minutes.
    """

    changes: int = Field(4, ge=2, le=100)
    minutes: float = Field(60.0, gt=0, le=1440)


class Alerts(_Closed):
    """Who is told, and how.

    Args:
        routes: ways out.
        damping: from when on a cause is flapping.
        keep: so many alerts wait for a route that does not take them; the oldest are dropped, which is told.
    """

    routes: tuple[Route, ...] = ()
    damping: DampingSettings = DampingSettings()
    keep: int = Field(1000, ge=1, le=100_000)

    @model_validator(mode="after")
    def _names(self) -> Alerts:
        names = [route.name for route in self.routes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two routes are named {', '.join(twice)}")
        return self
