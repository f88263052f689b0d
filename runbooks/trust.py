"""Record the host key of a device after somebody compared its fingerprint."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inventory.errors import IntentError, RefusedError
from inventory.host_access import SECRETS_FILE, login_problems, way_to
from inventory.nornir_files import read_nornir
from inventory.problems import InvalidIntentError
from inventory.secrets import store
from inventory.sources.settings import read_sourced
from runbooks import interrupts
from tasks.sessions.host_keys import fingerprint, known_in, record, recorded_keys
from tasks.sessions.nornir_connections import target_of
from tasks.sessions.opening import shown_key
from tasks.sessions.protocol import Target


@dataclass(frozen=True, slots=True)
class ShownKey:
    """The key that a device showed.

    Args:
        host: name in the inventory.
        where: address and port.
        key: as `ssh-ed25519 AAAA...`.
        fingerprint: `SHA256:...`.
        file: where its key is known from, or recorded.
    """

    host: str
    where: str
    key: str
    fingerprint: str
    file: str


def trust(directory: Path, name: str, agree: Callable[[ShownKey], bool]) -> tuple[ShownKey, bool]:
    """Record the key that a host shows, after a yes; give it, and whether it had to be recorded.

    Args:
        directory: folder of the inventory.
        name: a host of it, a jump host too.
        agree: asked with the key; false refuses.

    Raises:
        IntentError: there is no such host, or its data are wrong.
        ConnectError: it shows no key.
        RefusedError: another key is known already, or nobody agreed.
    """
    target = _target(directory, name)
    known = (" ".join(target.host_key.split()[:2]),) if target.host_key else recorded_keys(target)
    interrupts.raise_if_interrupted()
    key = shown_key(target, known)
    shown = ShownKey(name, f"{target.host}:{target.port}", key, fingerprint(key), known_in(target))
    if key in known:
        return shown, False
    if known:
        raise RefusedError(
            f"{name} shows another key than the known one; nothing was recorded",
            wanted=" or ".join(fingerprint(one) for one in known),
            found=shown.fingerprint,
            member=name,
            where=shown.file,
        )
    if not agree(shown):
        raise RefusedError("the key was not agreed to; nothing was recorded", member=name)
    interrupts.raise_if_interrupted()
    try:
        with interrupts.held_back():
            record(target, key)
    except OSError as error:
        raise IntentError(
            "the key cannot be recorded", found=error.strerror, member=name, where=shown.file
        ) from None
    return shown, True


def _target(directory: Path, name: str) -> Target:
    """Read how a host is reached; no secret is looked up but where a jump host wants it."""
    files = read_nornir(directory, read_sourced(directory))
    hosts = files.inventory.hosts
    if name not in hosts:
        near = difflib.get_close_matches(name, hosts, n=1)
        raise IntentError(
            f"no host is named {name}" + (f"; did you mean {near[0]}?" if near else ""),
            wanted=", ".join(sorted(hosts)[:20]) or "a host in hosts.yaml",
            found=name,
        )
    problems = login_problems(hosts[name], files)
    if problems:
        raise InvalidIntentError(str(directory), problems)
    options = way_to(hosts[name], hosts, directory)
    return target_of(options, store(os.environ, file=directory / SECRETS_FILE))
