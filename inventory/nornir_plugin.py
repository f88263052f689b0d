"""Nornir inventory of hot backup pairs: Nornir's own files, and `pairs/*.yaml` beside them.

    InitNornir(inventory={"plugin": "HotpairInventory", "options": {"directory": "inventory"}})

Every host of a pair has `host["pair"]` and `host["member"]` (`a` or `b`), and `host["pairs"]` when it has
several partners; `nornir.inventory.defaults.data["pairs"]` holds the pairs by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from nornir.core.inventory import ConnectionOptions, Host, Inventory
from nornir.plugins.inventory import SimpleInventory
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inventory.errors import IntentError
from inventory.load import load_pairs
from inventory.model import SIDES, Pair
from inventory.model.types import SecretRef
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
    """Reads `hosts.yaml`, `groups.yaml`, `defaults.yaml` and `pairs/*.yaml` of a directory.

    Args:
        directory: where the files are.
        driver: library that connects, before what the files say.
    """

    def __init__(self, directory: str, driver: str | None = None) -> None:
        self.directory = Path(directory).expanduser()
        self.driver = driver

    def load(self) -> Inventory:
        """Read the inventory.

        Raises:
            IntentError: a file is missing or wrong, a member is no host, or a host cannot be reached as
                described.
        """
        inventory = self._hosts()
        pairs = load_pairs(self.directory / "pairs")
        problems = [problem for pair in pairs.values() for problem in _assign(pair, inventory)]
        if problems:
            raise InvalidIntentError(str(self.directory), problems)
        inventory.defaults.data["pairs"] = pairs
        for host in inventory.hosts.values():
            if "pairs" in host.data:
                how = access(host, self.driver)
                host.data["driver"] = how.driver
                _connect(host, how, self.directory)
        return inventory

    def _hosts(self) -> Inventory:
        hosts = self.directory / "hosts.yaml"
        if not hosts.is_file():
            raise IntentError("there is no Nornir inventory", where=str(hosts), wanted="hosts.yaml")
        try:
            return SimpleInventory(
                host_file=str(hosts),
                group_file=str(self.directory / "groups.yaml"),
                defaults_file=str(self.directory / "defaults.yaml"),
            ).load()
        except Exception as error:  # Nornir raises what its parser raises: any of them is the file's fault
            raise IntentError(
                f"the Nornir inventory cannot be read: {error}", where=str(self.directory)
            ) from error


def access(host: Host, driver: str | None = None) -> Access:
    """Read from a host's data how to log in.

    Args:
        host: the host; its groups and the defaults count.
        driver: library that connects, before what the data say.

    Raises:
        IntentError: a value is wrong or missing.
    """
    if host.password is not None:
        raise IntentError(
            "a password stands in the inventory", member=host.name, wanted="data: {password: {secret: NAME}}"
        )
    known = host.extended_data()  # with its groups and the defaults
    given = {name: known[name] for name in Access.model_fields if name in known}
    if driver is not None:
        given["driver"] = driver
    try:
        return Access.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(("data", *map(str, first["loc"])))
        raise IntentError(
            f"the host's data are wrong: {first['msg']}", member=host.name, where=path
        ) from None


def _assign(pair: Pair, inventory: Inventory) -> list[Problem]:
    """Tell the hosts of a pair that they belong to it; give what is wrong."""
    problems = []
    for side in SIDES:
        name = pair.members.of(side)
        host = inventory.hosts.get(name)
        if host is None:
            place = pair.place(f"members.{side}")
            known = ", ".join(sorted(inventory.hosts)) or "none"
            problems.append(Problem(place, f"no host {name!r} in hosts.yaml; there is {known}"))
            continue
        host.data.setdefault("pair", pair.name)
        host.data.setdefault("member", side)
        host.data.setdefault("pairs", {})[pair.name] = side
    return problems


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
