"""Nornir's own files, `hosts.yaml`, `groups.yaml` and `defaults.yaml`: every problem at its line."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

from nornir.core.inventory import (
    ConnectionOptions,
    Defaults,
    Group,
    Groups,
    Host,
    Hosts,
    Inventory,
    ParentGroups,
)
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from inventory.document import Document, read_file
from inventory.errors import IntentError
from inventory.explain import nearest, no_keys, problems_of
from inventory.logins import KEY as LOGINS
from inventory.logins import Logins
from inventory.model.types import printable
from inventory.place import Place
from inventory.problems import InvalidIntentError, Problem
from inventory.sources.model import Sourced

_SHOWN = 3
"""Folders that are named where the one that was given holds no inventory."""
HOSTS, GROUPS, DEFAULTS = "hosts.yaml", "groups.yaml", "defaults.yaml"
M = TypeVar("M", bound=BaseModel)
E = TypeVar("E", Host, Group)
_Word: TypeAlias = Annotated[str, AfterValidator(printable)]


class _Login(BaseModel):
    """How a host is reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hostname: _Word | None = None
    port: int | None = Field(default=None, ge=1, le=65535, strict=True)
    username: _Word | None = None
    password: Any = None
    platform: _Word | None = None


class _Options(_Login):
    """How one of Nornir's connection plugins reaches a host; not used for a pair's own connections."""

    extras: dict[str, Any] | None = None


class _Defaults(_Login):
    """What every host has that does not say otherwise."""

    data: dict[str, Any] | None = None
    connection_options: dict[str, _Options] | None = None


class _Entry(_Defaults):
    """A host or a group."""

    groups: tuple[_Word, ...] | None = None


@dataclass(frozen=True, slots=True)
class NornirFiles:
    """The three files as read, and the inventory that they make.

    Args:
        inventory: hosts, groups and defaults.
        hosts: `hosts.yaml`.
        groups: `groups.yaml`.
        defaults: `defaults.yaml`.
        sourced: where the hosts come from, if not from `hosts.yaml`.
    """

    inventory: Inventory
    hosts: Document
    groups: Document
    defaults: Document
    sourced: str = ""

    def place(self, host: Host, path: str = "") -> Place:
        """Tell where a value of a host was written: with it, with one of its groups, or with the defaults.

        Args:
            host: the host.
            path: below it, e.g. `data.driver`. What stands nowhere is placed at the host.
        """
        for document, name in (
            (self.hosts, host.name),
            *((self.groups, group.name) for group in host.extended_groups()),
            (self.defaults, ""),
        ):
            written = ".".join(filter(None, (name, path)))
            if written in document.lines:
                return document.place(written)
        return self.hosts.place(host.name)


def read_nornir(directory: Path, sourced: Sourced | None = None) -> NornirFiles:
    """Read the three files of a directory; `groups.yaml` and `defaults.yaml` may be absent.

    Args:
        directory: where they lie.
        sourced: hosts from elsewhere, in the place of `hosts.yaml`.

    Raises:
        IntentError: there is no `hosts.yaml`, or one beside another source, or a file is wrong; it holds the
            problems of all three.
    """
    there = (directory / HOSTS).is_file()
    if sourced is not None and there:
        raise IntentError(f"hosts come from {sourced.source}, and from {HOSTS} too", where=str(directory))
    if sourced is None and not there:
        raise _nowhere(directory)
    problems: list[Problem] = []
    hosts, groups, defaults = (_read(directory / name, problems) for name in (HOSTS, GROUPS, DEFAULTS))
    if sourced is not None:
        lines = {host.name: host.line for host in sourced.hosts if host.line is not None}
        hosts = Document(sourced.source, {host.name: host.entry for host in sourced.hosts}, lines)
    host_entries, group_entries = _entries(hosts, problems), _entries(groups, problems)
    given = _checked(_Defaults, defaults.values, defaults, (), problems)
    problems += _strangers(hosts, host_entries, group_entries)
    problems += _strangers(groups, group_entries, group_entries)
    problems += _circles(groups, group_entries)
    for name, group in group_entries.items():
        bears = (group.data or {}).get(LOGINS)
        if bears is not None:
            _checked(Logins, bears, groups, (name, "data", LOGINS), problems)
    if problems:
        raise InvalidIntentError(str(directory), problems)
    made = _inventory(host_entries, group_entries, given or _Defaults())
    return NornirFiles(made, hosts, groups, defaults, sourced.source if sourced else "")


def _nowhere(directory: Path) -> IntentError:
    """Return the error of a folder that is no inventory, with those below it that are, or the one above."""
    below = sorted(directory.glob(f"*/{HOSTS}"))[:_SHOWN]
    near = below or [file for file in (folder / HOSTS for folder in _above(directory)) if file.is_file()][:1]
    told = f"; {'below' if below else 'above'} it: {', '.join(map(str, near))}" if near else ""
    absent = "a file, and no folder" if directory.is_file() else "no such folder"
    file = directory / HOSTS
    other = "a link to nothing" if file.is_symlink() else "a folder" if file.is_dir() else "no such file"
    found = other if directory.is_dir() else absent
    return IntentError(
        "there is no inventory in that folder; -i FOLDER, or HOTPAIR_INVENTORY, names another",
        where=str(directory / HOSTS),
        wanted=HOSTS,
        found=found + told,
        next_command=f"hotpair list -i {shlex.quote(str(near[0].parent))}" if near else None,
    )


def _above(directory: Path) -> Iterator[Path]:
    """Yield the folders in which a folder lies, as they are typed from here."""
    for _ in range(_SHOWN):
        directory = directory.parent if directory.name not in {"", ".."} else directory / ".."
        yield directory


def _read(path: Path, problems: list[Problem]) -> Document:
    """Read a file of keys and values; an absent or empty one has none."""
    try:
        document = read_file(path) if os.path.lexists(path) else Document(str(path), {}, {})
    except InvalidIntentError as error:
        problems += error.problems
        return Document(str(path), {}, {})
    if document.values is None:
        return Document(document.source, {}, {})
    if not isinstance(document.values, dict):
        problems.append(no_keys(document))
        return Document(document.source, {}, {})
    return document


def _entries(document: Document, problems: list[Problem]) -> dict[str, _Entry]:
    """Check each host or group; one that says nothing is fine."""
    values: Mapping[str, object] = document.values if isinstance(document.values, dict) else {}
    problems += _unseen(document, values)
    checked = {name: _checked(_Entry, value, document, (name,), problems) for name, value in values.items()}
    return {name: entry or _Entry() for name, entry in checked.items()}


def _unseen(document: Document, names: Iterable[str]) -> Iterator[Problem]:
    """Find names of hosts or groups that hold what a terminal does not show as it is."""
    for name in names:
        try:
            printable(name)
        except ValueError as error:
            yield Problem(document.place(name), f"the name {name!r}: {error}")


def _checked(
    model: type[M], value: object, document: Document, at: tuple[str, ...], problems: list[Problem]
) -> M | None:
    """Check one part of a file by a model."""
    try:
        return model.model_validate({} if value is None else value)
    except ValidationError as error:
        problems += problems_of(error, document, model, at)
        return None


def _strangers(
    document: Document, entries: Mapping[str, _Entry], groups: Mapping[str, _Entry]
) -> Iterator[Problem]:
    """Find groups that are named and not there."""
    for name, entry in entries.items():
        for number, group in enumerate(entry.groups or ()):
            if group not in groups:
                place = document.place(f"{name}.groups[{number}]")
                yield Problem(place, f"no group {group!r} in {GROUPS}{nearest(group, groups)}")


def _circles(document: Document, groups: Mapping[str, _Entry]) -> Iterator[Problem]:
    """Find groups that belong to themselves."""
    for name in groups:
        above = set(groups[name].groups or ())
        while more := {up for group in above & groups.keys() for up in groups[group].groups or ()} - above:
            above |= more
        if name in above:
            yield Problem(document.place(name), f"group {name!r} belongs to itself")


def _inventory(hosts: Mapping[str, _Entry], groups: Mapping[str, _Entry], given: _Defaults) -> Inventory:
    """Make Nornir's inventory."""
    defaults = Defaults(
        hostname=given.hostname,
        port=given.port,
        username=given.username,
        password=given.password,
        platform=given.platform,
        data=given.data,
        connection_options=_connections(given),
    )
    known = Groups({name: _element(Group, name, entry, defaults) for name, entry in groups.items()})
    members = Hosts({name: _element(Host, name, entry, defaults) for name, entry in hosts.items()})
    for element, entry in (
        *((known[name], entry) for name, entry in groups.items()),
        *((members[name], entry) for name, entry in hosts.items()),
    ):
        element.groups = ParentGroups([known[name] for name in entry.groups or ()])
    return Inventory(hosts=members, groups=known, defaults=defaults)


def _element(kind: type[E], name: str, entry: _Entry, defaults: Defaults) -> E:
    return kind(
        name=name,
        hostname=entry.hostname,
        port=entry.port,
        username=entry.username,
        password=entry.password,
        platform=entry.platform,
        data=entry.data,
        defaults=defaults,
        connection_options=_connections(entry),
    )


def _connections(entry: _Defaults) -> dict[str, ConnectionOptions]:
    return {
        name: ConnectionOptions(**options.model_dump())
        for name, options in (entry.connection_options or {}).items()
    }
