"""`inventory.yaml`: where hosts and pairs come from, when it is not `hosts.yaml`."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from inventory.document import read_file
from inventory.errors import IntentError
from inventory.explain import no_keys, problems_of
from inventory.guests import guests_by_name
from inventory.model.types import SecretRef
from inventory.pair_files import SOURCES
from inventory.problems import InvalidIntentError
from inventory.secrets import store
from inventory.sources.ansible import AnsibleSource, ansible_hosts
from inventory.sources.model import Sourced, SourcedHost
from inventory.sources.netbox import NetBoxSource, netbox_hosts
from inventory.sources.table import TableSource, table_hosts

GROUP = "hotpair.inventories"
"""Entry points of other packages: functions of options and the folder that give `SourcedHost`s."""
SECRETS = "secrets.yaml"


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Plugin(_Closed):
    """A function of another package."""

    name: str = Field(min_length=1)
    """Of the entry point of the group `hotpair.inventories`."""
    options: dict[str, str] = Field(default_factory=dict)
    """What it is told."""


class Settings(_Closed):
    """One source, and what all its hosts have in common."""

    netbox: NetBoxSource | None = None
    ansible: AnsibleSource | None = None
    csv: TableSource | None = None
    plugin: Plugin | None = None
    groups: tuple[str, ...] = ()
    """Groups of `groups.yaml` that every host is in."""

    @model_validator(mode="after")
    def _one(self) -> Settings:
        kinds = ("netbox", "ansible", "csv", "plugin")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"wanted one of {', '.join(kinds)}, found {', '.join(given) or 'none'}")
        return self


def read_sourced(directory: Path) -> Sourced | None:
    """Read the hosts of the source that `inventory.yaml` names; nothing where there is no such file.

    Raises:
        IntentError: the file is wrong, or the source holds what cannot be.
        DeviceError: the source is away.
    """
    file = directory / SOURCES
    if not os.path.lexists(file):
        return None
    settings = _settings(file)
    sourced = _asked(settings, directory)
    names = [host.name for host in sourced.hosts]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise IntentError("two hosts have one name", found=", ".join(twice), where=sourced.source)
    if not settings.groups:
        return sourced
    return Sourced(sourced.source, tuple(_in_groups(host, settings.groups) for host in sourced.hosts))


def _settings(file: Path) -> Settings:
    document = read_file(file)
    if not isinstance(document.values, dict):
        raise InvalidIntentError(str(file), [no_keys(document)])
    try:
        return Settings.model_validate(document.values)
    except ValidationError as error:
        raise InvalidIntentError(str(file), problems_of(error, document, Settings)) from None


def _asked(settings: Settings, directory: Path) -> Sourced:
    if settings.netbox is not None:
        token = settings.netbox.token
        return netbox_hosts(settings.netbox, _secret(token, directory) if token else None)
    if settings.ansible is not None:
        return ansible_hosts(settings.ansible, directory)
    if settings.csv is not None:
        return table_hosts(settings.csv, directory)
    if settings.plugin is None:
        raise AssertionError("one of them is given")
    known = guests_by_name(GROUP)
    name = settings.plugin.name
    if name not in known:
        wanted = ", ".join(sorted(known)) or f"an entry point of the group {GROUP}"
        raise IntentError(f"no package offers the inventory {name}", wanted=wanted, found=name)
    return Sourced(f"the inventory {name}", tuple(known[name](settings.plugin.options, directory)))


def _secret(ref: SecretRef, directory: Path) -> str:
    return store(os.environ, file=directory / SECRETS)(ref.secret).reveal()


def _in_groups(host: SourcedHost, groups: tuple[str, ...]) -> SourcedHost:
    entry = {**host.entry, "groups": [*host.entry.get("groups", ()), *groups]}
    return SourcedHost(host.name, entry, host.pair, host.member, host.intent, host.line)
