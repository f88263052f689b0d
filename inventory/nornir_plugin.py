"""Nornir inventory of hot backup pairs: Nornir's own files, and the pair files below `pairs/` beside them.

    InitNornir(inventory={"plugin": "HotpairInventory", "options": {"directory": "inventory"}})

Every host of a pair has `host["pair"]` and `host["member"]` (`a` or `b`), and `host["pairs"]` when it has
several partners; `nornir.inventory.defaults.data["pairs"]` holds the pairs by name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from nornir.core.inventory import ConnectionOptions, Host, Inventory
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inventory.document import Document
from inventory.explain import nearest, problems_of
from inventory.load import load_pairs
from inventory.model import SIDES, Pair, Side
from inventory.model.types import SecretRef
from inventory.nornir_files import DEFAULTS, HOSTS, NornirFiles, read_nornir
from inventory.problems import InvalidIntentError, Problem

SECRETS_FILE = "secrets.yaml"
"""Where secrets may be kept beside the inventory, mode 0600; the environment comes first."""

CONNECTIONS = {"netmiko": "hotpair-netmiko", "scrapli": "hotpair-scrapli"}
"""Connection plugin of each driver."""


class Access(BaseModel):
    """What Hotpair needs of a host's data to log in; a group or the defaults may give it.

    Other keys of the data are the user's own.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    password: SecretRef
    """Login password by name: `{secret: NAME}`."""
    driver: Literal["netmiko", "scrapli"] = "netmiko"
    """Library that connects."""
    host_key: str | None = Field(
        default=None, pattern=r"^(ssh-|ecdsa-sha2-|rsa-sha2-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?$"
    )
    """The device's public key, as in a known_hosts file after the host name."""
    known_hosts: Path | None = None
    """File with known host keys; without it and `host_key`, the user's own."""
    timeout: float = Field(default=30.0, gt=0)
    """Seconds to wait for the device."""


class HotpairInventory:
    """Reads `hosts.yaml`, `groups.yaml`, `defaults.yaml` and the pair files below `pairs/` of a directory.

    Args:
        directory: where the files are.
        driver: library that connects, before what the files say.
        broken: what happens to pairs whose file or hosts are wrong: `refuse` the whole inventory, or `keep`
            the others and give what is wrong as `defaults.data["broken_pairs"]`.
    """

    def __init__(
        self, directory: str, driver: str | None = None, broken: Literal["refuse", "keep"] = "refuse"
    ) -> None:
        self.directory = Path(directory).expanduser()
        self.driver = driver
        self.broken = broken

    def load(self) -> Inventory:
        """Read the inventory.

        Raises:
            IntentError: Nornir's own files are wrong; or, unless the others are kept, a pair file is wrong, a
                member is no host, or a host cannot be reached as described.
        """
        files = read_nornir(self.directory)
        read = load_pairs(self.directory / "pairs")
        broken = dict(read.broken)
        for pair in read.good.values():
            problems = [one for side in SIDES for one in self._assign(pair, side, files)]
            if problems:
                broken[pair.name] = InvalidIntentError(f"pair {pair.name}", problems)
        if broken and self.broken == "refuse":
            every = (problem for error in broken.values() for problem in error.problems)
            raise InvalidIntentError(str(self.directory), every)
        data = files.inventory.defaults.data
        data["pairs"] = {name: pair for name, pair in read.good.items() if name not in broken}
        data["broken_pairs"] = broken
        return files.inventory

    def _assign(self, pair: Pair, side: Side, files: NornirFiles) -> Iterator[Problem]:
        """Tell a host that it is a member, and how it is reached; give what is wrong."""
        name = pair.members.of(side)
        host = files.inventory.hosts.get(name)
        if host is None:
            known = nearest(name, files.inventory.hosts)
            yield Problem(pair.place(f"members.{side}"), f"no host {name!r} in {HOSTS}{known}")
            return
        problems = tuple(_problems_of(host, files, self.driver))
        yield from problems
        if problems:
            return
        host.data.setdefault("pair", pair.name)
        host.data.setdefault("member", side)
        host.data.setdefault("pairs", {})[pair.name] = side
        how = access(host, self.driver)
        host.data["driver"] = how.driver
        _connect(host, how, self.directory)


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


def _problems_of(host: Host, files: NornirFiles, driver: str | None) -> Iterator[Problem]:
    """Find why a host could not be logged in to."""
    for name in ("hostname", "username"):
        if not getattr(host, name):
            message = f"host {host.name!r} has no {name}, nor have its groups or {DEFAULTS}"
            yield Problem(files.place(host), message)
    if host.password is not None:
        message = "a password stands in the inventory; wanted `data: {password: {secret: NAME}}`"
        yield Problem(files.place(host, "password"), message)
        return
    try:
        access(host, driver)
    except ValidationError as error:
        data = {"data": host.extended_data()}
        for problem in problems_of(error, Document(HOSTS, data, {}), Access, ("data",)):
            yield _placed(problem, host, files)


def _placed(problem: Problem, host: Host, files: NornirFiles) -> Problem:
    """Place a problem of a host's data where the value stands: with it, a group, or the defaults."""
    path = problem.place.path or "data"
    if path == "data":  # the one key that must be there is missing
        place = replace(files.place(host), path=f"{host.name}.data.password")
        near = difflib.get_close_matches("password", host.extended_data(), n=1)
        hint = f"; {near[0]!r} stands there" if near else ""
        return Problem(place, f"{problem.message}; wanted `password: {{secret: NAME}}`{hint}")
    return replace(problem, place=files.place(host, path))


def _connect(host: Host, how: Access, directory: Path) -> None:
    """Give the host the options of both connection plugins."""
    extras: dict[str, Any] = {
        "member": host.name,
        "driver": how.driver,
        "password_secret": how.password.secret,
        "secrets_file": str(directory / SECRETS_FILE),
        "host_key": how.host_key,
        "known_hosts": str(directory / how.known_hosts) if how.known_hosts else None,
        "timeout_s": how.timeout,
    }
    for driver, plugin in CONNECTIONS.items():
        host.connection_options[plugin] = ConnectionOptions(
            hostname=host.hostname,
            port=host.port,
            username=host.username,
            platform=host.platform,
            extras={**extras, "driver": driver},
        )


__all__ = ["Access", "HotpairInventory", "access"]
