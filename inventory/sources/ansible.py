"""Hosts and pairs from Ansible's inventory files, INI or YAML, with `group_vars` and `host_vars` beside them.

Of a host these variables count: `ansible_host`, `ansible_port`, `ansible_user`, `hotpair_pair`,
`hotpair_member`, `hotpair_intent` (the pair without its members) and `hotpair_data` (what `hosts.yaml` has
below `data`). What stands nearest to the host counts, as Ansible has it: groups of the file, `group_vars` of
groups from the outermost to the innermost, the host in the file, `host_vars`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from inventory.document import read_file
from inventory.errors import IntentError
from inventory.sources.ansible_files import ALL, Inventory, read_inventory
from inventory.sources.model import Sourced, SourcedHost

ENDINGS = ("", ".yml", ".yaml", ".json")
PASSWORDS = ("ansible_password", "ansible_ssh_pass", "ansible_pass")
ENCRYPTED = "$ANSIBLE_VAULT"


class AnsibleSource(BaseModel):
    """An inventory file of Ansible."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Path
    """INI, or YAML by its ending; below the inventory's folder, or anywhere."""
    group: str = ALL
    """Only hosts of this group, or of groups below it."""


def ansible_hosts(source: AnsibleSource, directory: Path) -> Sourced:
    """Read the file, and the variables beside it.

    Raises:
        IntentError: a file cannot be read, is encrypted, or says what cannot be.
    """
    path = directory / source.file.expanduser()
    read = read_inventory(path)
    if source.group not in read.groups:
        known = ", ".join(sorted(read.groups))
        raise IntentError("there is no such group", wanted=known, found=source.group, where=str(path))
    names = [name for name in read.hosts if source.group in read.around(name)]
    return Sourced(str(path), tuple(_host(name, read, path) for name in names))


def _host(name: str, read: Inventory, path: Path) -> SourcedHost:
    known: dict[str, Any] = {}
    groups = read.around(name)
    for group in groups:
        known |= read.groups[group].variables
    for group in groups:
        known |= _beside(path.parent / "group_vars", group)
    known |= read.hosts[name].variables
    known |= _beside(path.parent / "host_vars", name)
    line = read.hosts[name].line
    where = str(path) if line is None else f"{path}:{line}"
    said = {key: _filled_in(key, known[key], name, where) for key in known if key in _READ}
    intent = said.get("hotpair_intent")
    if intent is not None and not isinstance(intent, Mapping):
        raise IntentError("hotpair_intent holds no keys and values", where=f"{where} {name}")
    pair, member = (str(said.get(key) or "") for key in ("hotpair_pair", "hotpair_member"))
    return SourcedHost(name, _entry(name, said), pair, member.lower(), intent, line)


_OURS = ("hotpair_pair", "hotpair_member", "hotpair_intent", "hotpair_data")
_READ = frozenset(("ansible_host", "ansible_port", "ansible_user", *_OURS, *PASSWORDS))


def _entry(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `hosts.yaml` would say; of a password only that there is one, which is refused later."""
    entry: dict[str, Any] = {"hostname": str(said.get("ansible_host") or name)}
    port = said.get("ansible_port")
    if port is not None:  # INI and templates leave it as text
        entry["port"] = int(port) if str(port).isdecimal() else port
    if said.get("ansible_user") is not None:
        entry["username"] = str(said["ansible_user"])
    if any(isinstance(said.get(key), str) for key in PASSWORDS):
        entry["password"] = True
    data = said.get("hotpair_data")
    return {**entry, "data": data} if data is not None else entry


def _filled_in(key: str, value: Any, name: str, where: str) -> Any:
    """Return a value that needs nothing of Ansible's to be known."""
    if isinstance(value, str) and "{{" in value:
        wanted = "a value that is written out"
        raise IntentError(
            f"only Ansible can fill in {key} of {name}", wanted=wanted, found=value, where=where
        )
    return value


def _beside(folder: Path, name: str) -> dict[str, Any]:
    """Read the variables of a group or host: a file of its name, or all files of a folder of its name."""
    found: dict[str, Any] = {}
    for ending in ENDINGS:
        place = folder / f"{name}{ending}"
        for file in sorted(place.iterdir()) if place.is_dir() else [place]:
            if file.is_file() and file.suffix in ENDINGS and not file.name.startswith("."):
                found |= dict(_variables(file))
    return found


def _variables(file: Path) -> Iterator[tuple[str, Any]]:
    with file.open(encoding="utf-8", errors="replace") as text:
        if text.readline().startswith(ENCRYPTED):
            wanted = "what is secret as {secret: NAME}, the rest in a file that can be read"
            raise IntentError("the file is encrypted by ansible-vault", wanted=wanted, where=str(file))
    values = read_file(file).values
    if values is None:
        return
    if not isinstance(values, dict):
        raise IntentError("the file holds no variables", where=str(file))
    yield from values.items()
