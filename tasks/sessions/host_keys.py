"""Which public keys a device may show: those of its inventory entry, or of a known-hosts file.

Source of the file format: OpenSSH sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

from inventory.errors import ConnectError
from inventory.public_key import WANTED, is_public_key
from tasks.sessions.protocol import Target


def known_keys(target: Target) -> tuple[str, ...]:
    """Return the keys that the device may show, each as `ssh-ed25519 AAAA...`.

    Raises:
        ConnectError: no key is known, so nothing may be sent to whatever answers there.
    """
    if target.host_key is not None:
        if not is_public_key(target.host_key):
            raise ConnectError(
                f"the host key of {target.member} is not a public key",
                wanted=WANTED,
                found=repr(target.host_key[:60]),
                member=target.member,
            )
        return (" ".join(target.host_key.split()[:2]),)
    path = known_hosts_file(target)
    keys = recorded_keys(target)
    if not keys:
        raise ConnectError(
            f"the host key of {target.member} is not known",
            wanted=f"a key of {_names(target.host, target.port)[0]} in the inventory or in {path}",
            found="none",
            member=target.member,
            where=f"{target.host}:{target.port}",
            next_command=f"hotpair trust {target.member}",
        )
    return keys


def known_hosts_file(target: Target) -> Path:
    """Return the file in which keys of the device are looked for."""
    return target.known_hosts or Path.home() / ".ssh" / "known_hosts"


def known_in(target: Target) -> str:
    """Say where the key of the device is known from."""
    return "hosts.yaml (`host_key`)" if target.host_key is not None else str(known_hosts_file(target))


def recorded_keys(target: Target) -> tuple[str, ...]:
    """Return the keys of the device that are recorded in its file, each as `ssh-ed25519 AAAA...`."""
    return tuple(_keys_of(target.host, target.port, _read(known_hosts_file(target))))


def record(target: Target, key: str) -> None:
    """Add a key of the device to its file.

    Raises:
        OSError: the file cannot be written.
    """
    path = known_hosts_file(target)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = "" if _read(path)[-1:] in {"", "\n"} else "\n"
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(f"{begun}{_names(target.host, target.port)[0]} {key}\n")


def fingerprint(key: str) -> str:
    """Return the fingerprint of a public key, as `ssh-keygen -l` shows it.

    Args:
        key: `ssh-ed25519 AAAA...`.
    """
    digest = hashlib.sha256(base64.b64decode(key.split()[1])).digest()
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # no file: no key is known, which the caller reports


def _keys_of(host: str, port: int, text: str) -> Iterator[str]:
    names = _names(host, port)
    for line in text.splitlines():
        words = line.split()
        if len(words) < 3 or words[0].startswith(("#", "@")):  # noqa: PLR2004 - names, type, key
            continue
        if any(_matches(pattern, name) for pattern in words[0].split(",") for name in names):
            yield f"{words[1]} {words[2]}"


def _names(host: str, port: int) -> tuple[str, ...]:
    return (host,) if port == 22 else (f"[{host}]:{port}",)  # noqa: PLR2004 - the port of SSH


def _matches(pattern: str, name: str) -> bool:
    """Compare a name with a plain or hashed entry; wildcards are not followed."""
    if not pattern.startswith("|1|"):
        return pattern.lower() == name.lower()
    try:
        salt, digest = (base64.b64decode(part) for part in pattern.split("|")[2:4])
    except (ValueError, binascii.Error):
        return False
    return hmac.compare_digest(hmac.new(salt, name.encode(), hashlib.sha1).digest(), digest)
