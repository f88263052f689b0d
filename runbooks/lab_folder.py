"""The inventory of an emulated lab, in a folder that is marked: a user's own files are never written over.

The mark holds the sum of each file that was written, so that a file which is no longer as we wrote it, or
never was ours, is known. It is locked for as long as the lab runs.
"""

from __future__ import annotations

import fcntl
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from ruamel.yaml import YAML

from inventory.errors import IntentError, RefusedError
from inventory.load import load_pair
from inventory.model import SIDES, Pair
from inventory.schema import FILE as SCHEMA
from inventory.secrets import needed_by
from runbooks import interrupts
from runbooks.lab import LAB, ServedDevice
from runbooks.whole_files import write_over

MARK = ".hotpair-lab"
"""File that marks a lab's folder."""
HOSTS, SECRETS = "hosts.yaml", "secrets.yaml"
SERVED = frozenset({HOSTS, SECRETS})
"""Files that tell how to reach the devices of today; the others may be the user's version of ours."""
LOGIN = "lab-password"
"""Secret that the lab's defaults name for the login."""


@contextmanager
def held(folder: Path | None) -> Iterator[None]:
    """Keep a lab's folder for one lab for as long as the block lasts.

    Args:
        folder: made and marked when missing; nothing for a lab without one.

    Raises:
        IntentError: it has a `hosts.yaml` or `secrets.yaml` that is not ours, or cannot be made.
        RefusedError: another lab runs in it.
    """
    if folder is None:
        yield
        return
    _require_ours(folder, SERVED)
    with _kept_there(folder):
        folder.mkdir(parents=True, exist_ok=True)
        mark = (folder / MARK).open("a", encoding="utf-8")
    with mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RefusedError(
                "a lab runs in that folder", wanted="another folder, or that lab ended", where=str(folder)
            ) from None
        yield


def write_inventory(folder: Path, served: Mapping[str, ServedDevice], pair_file: Path | None = None) -> None:
    """Write a Nornir inventory of served devices: hosts with ports and host keys, a pair, the secrets.

    Args:
        folder: where; made and marked when missing. `secrets.yaml` in it is readable by its owner only.
        served: the devices by name.
        pair_file: a pair of theirs; its secrets are made up.

    Raises:
        IntentError: a file that we did not write stands in the way.
    """
    pair = None if pair_file is None else load_pair(pair_file)
    contents = {HOSTS: _hosts(served, pair), SECRETS: _secrets(served, pair)}
    for name in ("groups.yaml", "defaults.yaml"):
        contents[name] = (LAB / name).read_text(encoding="utf-8")
    if pair_file is not None:
        contents[f"pairs/{pair_file.name}"] = _elsewhere(pair_file.read_text(encoding="utf-8"))
    with _kept_there(folder):
        (folder / "pairs").mkdir(parents=True, exist_ok=True)
    edited = {name for name in contents if name not in SERVED and _is_users(folder, name)}
    if (folder / MARK).exists():  # an earlier lab's: what the user made of its files stays
        contents = {name: text for name, text in contents.items() if name not in edited}
    _require_ours(folder, contents)
    with interrupts.held_back(), _kept_there(folder):
        _write(folder, contents)


@contextmanager
def _kept_there(folder: Path) -> Iterator[None]:
    """Say why a lab's folder or a file in it cannot be made.

    Raises:
        IntentError: it cannot.
    """
    try:
        yield
    except OSError as error:
        place = Path(error.filename or folder)
        link = place.is_symlink() and not place.exists()
        kind = "a file, and no folder" if place.is_file() else "a link that leads nowhere" if link else None
        found = kind if isinstance(error, FileExistsError) and kind else error.strerror
        raise IntentError("the lab cannot be kept there", found=found, where=str(place)) from error


def _write(folder: Path, contents: Mapping[str, str]) -> None:
    """Write files and mark them as ours."""
    with (folder / MARK).open("a", encoding="utf-8") as mark:
        mark.writelines(f"{_sum(text.encode())}  {name}\n" for name, text in contents.items())
    for name, text in contents.items():
        write_over(folder / name, text, mode=0o600 if name == SECRETS else None)


def _elsewhere(text: str) -> str:
    """Let an editor find the schema of a sample that is written to another folder."""
    return text.replace("$schema=../../schema/pair.json", f"$schema={SCHEMA.resolve().as_uri()}")


def _require_ours(folder: Path, names: Mapping[str, str] | frozenset[str]) -> None:
    """Refuse to write over files that are not as we wrote them."""
    users = sorted(name for name in names if _is_users(folder, name))
    if users:
        raise IntentError(
            "files that no lab wrote would be written over",
            wanted="another folder, or these files moved away",
            found=", ".join(users),
            where=str(folder),
        )


def _is_users(folder: Path, name: str) -> bool:
    """Tell whether a file is there and is not as we wrote it."""
    path, mark = folder / name, folder / MARK
    if not path.exists() and not path.is_symlink():
        return False
    ours = mark.read_text(encoding="utf-8").splitlines() if mark.is_file() else []
    return not path.is_file() or f"{_sum(path.read_bytes())}  {name}" not in ours


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


def _hosts(served: Mapping[str, ServedDevice], pair: Pair | None) -> str:
    """Return the members of the pair as Nornir's hosts, or all devices without one."""
    names = served if pair is None else [pair.members.of(side) for side in SIDES]
    return _yaml({name: _host(served[name]) for name in names})


def _host(device: ServedDevice) -> dict[str, object]:
    """Return a served device as a host of Nornir."""
    return {
        "hostname": device.host,
        "port": device.port,
        "username": device.username,
        "groups": ["ne40e"],
        "data": {"host_key": device.host_key},
    }


def _secrets(served: Mapping[str, ServedDevice], pair: Pair | None) -> str:
    """Return the login of the devices, which is one, and a fresh value for each secret of the pair."""
    (password,) = {device.password for device in served.values()}
    named = () if pair is None else needed_by(pair)
    return _yaml({LOGIN: password, **{name: token_urlsafe(12) for name in named}})


def _yaml(values: Mapping[str, object]) -> str:
    text = io.StringIO()
    YAML().dump(dict(values), text)
    return text.getvalue()
