"""How a host is logged in to: what its data say, its jump hosts, and what is wrong with either."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from nornir.core.inventory import ConnectionOptions, Host
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from inventory.document import Document
from inventory.explain import nearest, problems_of
from inventory.model.types import SecretRef
from inventory.nornir_files import DEFAULTS, HOSTS, NornirFiles
from inventory.problems import Problem
from inventory.public_key import WANTED, is_public_key

SECRETS_FILE = "secrets.yaml"
"""Where secrets may be kept beside the inventory, mode 0600; the environment comes first."""

CONNECTIONS = {"netmiko": "hotpair-netmiko", "scrapli": "hotpair-scrapli"}
"""Connection plugin of each driver."""


def _a_key(text: str) -> str:
    """Take a public key; anything else is refused."""
    if not is_public_key(text):
        raise ValueError(f"no key; wanted {WANTED}")
    return text


def _a_number(value: object) -> object:
    """Take what may be a number; `true` is none, whatever the validation library makes of it."""
    if isinstance(value, bool):
        raise ValueError("should be a number of seconds, as 30")  # noqa: TRY004 - the library takes no other
    return value


class Access(BaseModel):
    """What Hotpair needs of a host's data to log in; a group or the defaults may give it.

    Other keys of the data are the user's own.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    password: SecretRef | None = None
    """Login password by name: `{secret: NAME}`; it may be left out where a key or the agent logs in."""
    private_key: Path | None = None
    """File with a private key."""
    passphrase: SecretRef | None = None
    """What opens the private key, by name: `{secret: NAME}`."""
    agent: bool = False
    """Whether the keys of the user's SSH agent may be used."""
    jump_host: str | None = None
    """Name of the host through which the connection goes; it stands in hosts.yaml too."""
    ssh_config: Path | None = None
    """File whose `ProxyJump` for this host says so instead, e.g. `~/.ssh/config`."""
    driver: Literal["netmiko", "scrapli"] = "netmiko"
    """Library that connects."""
    host_key: Annotated[str, AfterValidator(_a_key)] | None = None
    """The device's public key, as in a known_hosts file after the host name."""
    known_hosts: Path | None = None
    """File with known host keys; without it and `host_key`, the user's own."""
    timeout: Annotated[float, BeforeValidator(_a_number)] = Field(
        default=30.0, gt=0, le=86_400, allow_inf_nan=False
    )
    """Seconds to wait for the device."""

    @model_validator(mode="after")
    def _can_log_in(self) -> Self:
        if self.password is None and self.private_key is None and not self.agent:
            raise ValueError("no way to log in")
        return self


def access(host: Host, driver: str | None = None) -> Access:
    """Read from a host's data how to log in.

    Args:
        host: the host; its groups and the defaults count.
        driver: library that connects, before what the data say.

    Raises:
        ValidationError: a value is wrong or missing; the inventory refuses such a host.
    """
    known = host.extended_data()  # with its groups and the defaults
    given = {name: known[name] for name in Access.model_fields if name in known}
    if driver is not None:
        given["driver"] = driver
    return Access.model_validate(given)


def login_problems(host: Host, files: NornirFiles, driver: str | None = None) -> tuple[Problem, ...]:
    """Find why a host could not be logged in to, its jump hosts included."""
    return read_login(host, files, driver)[0]


def read_login(
    host: Host, files: NornirFiles, driver: str | None
) -> tuple[tuple[Problem, ...], Access | None]:
    """Find why a host could not be logged in to, and read how it is."""
    problems, how = _login_alone(host, files, driver)
    if problems or how is None:
        return problems, how
    return tuple(_jump_problems(host, how, files)), how


def _login_alone(
    host: Host, files: NornirFiles, driver: str | None
) -> tuple[tuple[Problem, ...], Access | None]:
    """Do the same without its jump hosts."""
    problems = [
        Problem(files.place(host), f"host {host.name!r} has no {name}, nor have its groups or {DEFAULTS}")
        for name in ("hostname", "username")
        if not getattr(host, name)
    ]
    if host.password is not None:
        message = "a password stands in the inventory; wanted `data: {password: {secret: NAME}}`"
        return (*problems, Problem(files.place(host, "password"), message)), None
    try:
        return tuple(problems), access(host, driver)
    except ValidationError as error:
        data = {"data": host.extended_data()}
        wrong = problems_of(error, Document(HOSTS, data, {}), Access, ("data",))
        return (*problems, *(_placed(problem, host, files) for problem in wrong)), None


def _placed(problem: Problem, host: Host, files: NornirFiles) -> Problem:
    """Place a problem of a host's data where the value stands: with it, a group, or the defaults."""
    path = problem.place.path or "data"
    if path == "data":  # the one key that must be there is missing
        place = replace(files.place(host), path=f"{host.name}.data.password")
        near = difflib.get_close_matches("password", host.extended_data(), n=1)
        hint = f"; {near[0]!r} stands there" if near else ""
        return Problem(place, f"{problem.message}; wanted `password: {{secret: NAME}}`{hint}")
    return replace(problem, place=files.place(host, path))


def _jumps(host: Host, how: Access, hosts: Mapping[str, Host]) -> Iterator[Host]:
    """Yield the jump hosts of a host, nearest to it first.

    Raises:
        LookupError: one is no host, or they lead in a circle; it holds the name.
    """
    seen = {host.name}
    while (name := how.jump_host) is not None:
        if name not in hosts or name in seen:
            raise LookupError(name)
        seen.add(name)
        host = hosts[name]
        yield host
        how = access(host)


def login_secrets(host: Host, hosts: Mapping[str, Host]) -> Iterator[str]:
    """Name the secrets that logging in on a host takes, those of its jump hosts too."""
    first = access(host)
    for how in (first, *map(access, _jumps(host, first, hosts))):
        yield from (secret.secret for secret in (how.password, how.passphrase) if secret is not None)


def _jump_problems(host: Host, how: Access, files: NornirFiles) -> Iterator[Problem]:
    """Find why a host could not be reached through its jump hosts."""
    hosts = files.inventory.hosts
    try:
        for jump in _jumps(host, how, hosts):
            yield from _login_alone(jump, files, None)[0]
    except LookupError as error:
        name = str(error.args[0])
        wrong = (
            "leads in a circle"
            if name in hosts
            else f"is no host in {files.sourced or HOSTS}{nearest(name, hosts)}"
        )
        yield Problem(files.place(host, "data.jump_host"), f"jump host {name!r} {wrong}")
    except ValidationError:
        return  # told as the jump host's own problem


def way_to(host: Host, hosts: Mapping[str, Host], directory: Path) -> dict[str, Any]:
    """Return the options of a connection to a host, those of its jump hosts within.

    Args:
        host: the host.
        hosts: every host of the inventory.
        directory: folder of the inventory, from which files are named.

    Raises:
        ValidationError, LookupError: the inventory says it wrongly, see `login_problems`.
    """
    how = access(host)
    reached = {"hostname": host.hostname, "port": host.port, "username": host.username}
    return {**_extras(host, how, directory), **reached, "jump": _jump(host, how, hosts, directory)}


def _jump(host: Host, how: Access, hosts: Mapping[str, Host], directory: Path) -> dict[str, Any] | None:
    """Return the options of a host's jump host, those of the next one within."""
    inner: dict[str, Any] | None = None
    for one in reversed(tuple(_jumps(host, how, hosts))):
        reached = {"hostname": one.hostname, "port": one.port, "username": one.username}
        inner = {**_extras(one, access(one), directory), **reached, "jump": inner}
    return inner


def set_connections(host: Host, how: Access, hosts: Mapping[str, Host], directory: Path) -> None:
    """Give the host the options of both connection plugins.

    Args:
        host: changed in place.
        how: how it is logged in to.
        hosts: every host of the inventory, for its jump hosts.
        directory: folder of the inventory, from which files are named.

    Raises:
        LookupError: a jump host is no host, or they lead in a circle.
    """
    extras = {**_extras(host, how, directory), "jump": _jump(host, how, hosts, directory)}
    hostname, port, username, platform = host.hostname, host.port, host.username, host.platform
    for driver, plugin in CONNECTIONS.items():
        host.connection_options[plugin] = ConnectionOptions(
            hostname=hostname,
            port=port,
            username=username,
            platform=platform,
            extras={**extras, "driver": driver},
        )


def _extras(host: Host, how: Access, directory: Path) -> dict[str, Any]:
    """Return what a connection plugin is told beside address, port and name."""
    return {
        "member": host.name,
        "driver": how.driver,
        "password_secret": how.password.secret if how.password else None,
        "passphrase_secret": how.passphrase.secret if how.passphrase else None,
        "secrets_file": _secrets_file(directory),
        "host_key": how.host_key,
        "known_hosts": _file(how.known_hosts, directory),
        "private_key": _file(how.private_key, directory),
        "agent": how.agent,
        "ssh_config": _file(how.ssh_config, directory),
        "timeout_s": how.timeout,
    }


@lru_cache(maxsize=8)
def _secrets_file(directory: Path) -> str:
    return str(directory / SECRETS_FILE)


def _file(path: Path | None, directory: Path) -> str | None:
    """Return a file as it is meant: from the inventory's folder, `~` for the user's own."""
    return str(directory / path.expanduser()) if path else None
