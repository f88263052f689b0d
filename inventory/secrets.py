"""Secrets: named in files, looked up when they are needed, shown nowhere.

A secret is looked for in this order: the environment (`HOTPAIR_SECRET_<NAME>`), a file of restricted mode,
the keyring (extra `keyring`), a command of the user's such as `pass show hotpair/{name}`.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib
import re
import shlex
import stat
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, final

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from inventory.errors import IntentError
from inventory.model.types import SecretRef

COMMAND_SECONDS = 60.0
"""How long a user's command may take; it may ask for a passphrase."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@final
class Secret:
    """A secret in memory. Neither `str` nor `repr` shows it, it cannot be pickled, and it has no length."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Give the text; only for the moment of writing it to a device."""
        return self._text

    def __repr__(self) -> str:
        """Show that there is a secret, and nothing of it."""
        return "<secret>"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        """Compare in a time that tells nothing."""
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        """Hash like any value."""
        return hash(("Secret", self._text))

    def __reduce__(self) -> str:
        """Refuse to be written anywhere."""
        raise TypeError("a secret is not written anywhere")


def fingerprint(secret: Secret, salt: bytes) -> str:
    """Give a value that tells whether a secret changed, and nothing else about it.

    Args:
        secret: the secret.
        salt: random bytes, 16 or more, kept beside the fingerprint.

    Returns:
        Hexadecimal digits of scrypt, slow on purpose: a short secret shall not be found by trying.
    """
    return hashlib.scrypt(secret.reveal().encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()


class Source(Protocol):
    """A place where secrets are kept."""

    def find(self, name: str) -> str | None:
        """Give the text of a secret, or nothing when it is not kept here."""
        ...

    def __str__(self) -> str:
        """Say where a name was looked for; `{name}` stands for it."""
        ...


def variable(name: str) -> str:
    """Give the environment variable of a secret.

    >>> variable("metro-1.etrunk")
    'HOTPAIR_SECRET_METRO_1_ETRUNK'
    """
    return "HOTPAIR_SECRET_" + re.sub(r"[^A-Z0-9]", "_", name.upper())


@dataclass(frozen=True)
class EnvironmentSource:
    """Secrets in environment variables `HOTPAIR_SECRET_<NAME>`."""

    environ: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """Give the value of the variable."""
        return self.environ.get(variable(name))

    def __str__(self) -> str:
        """Say where names are looked for."""
        return "the environment"


@dataclass(frozen=True)
class FileSource:
    """Secrets in a YAML file of names and values that only its owner may read."""

    path: Path

    def find(self, name: str) -> str | None:
        """Give the value of the name; a file that others may read, or that is none, raises IntentError."""
        value = self._values().get(name)
        return None if value is None else str(value)

    def _values(self) -> Mapping[str, object]:
        try:
            mode = self.path.stat().st_mode
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise IntentError(f"the secrets file cannot be read: {reason}", where=str(self.path)) from None
        if stat.S_IMODE(mode) & 0o077:
            raise IntentError(
                "others may read the secrets file",
                where=str(self.path),
                wanted="mode 0600",
                found=f"mode {stat.S_IMODE(mode):04o}",
            )
        try:
            values = YAML(typ="safe", pure=True).load(text) or {}
        except YAMLError:  # its text would show a part of the file
            raise IntentError("the secrets file is not YAML", where=str(self.path)) from None
        if not isinstance(values, dict):
            raise IntentError("the secrets file must hold names and values", where=str(self.path))
        return values

    def __str__(self) -> str:
        """Say where names are looked for."""
        return str(self.path)


@dataclass(frozen=True)
class KeyringSource:
    """Secrets in the keyring of the desktop or operating system (extra `keyring`)."""

    service: str

    def find(self, name: str) -> str | None:
        """Ask the keyring; without the extra or a keyring, raise IntentError."""
        try:
            keyring = importlib.import_module("keyring")
        except ImportError:
            raise IntentError("the keyring needs the extra: pip install 'hotpair[keyring]'") from None
        try:
            found: str | None = keyring.get_password(self.service, name)
        except keyring.errors.KeyringError as error:
            raise IntentError(f"the keyring did not answer: {type(error).__name__}") from None
        return found

    def __str__(self) -> str:
        """Say where names are looked for."""
        return f"the keyring (service {self.service})"


@dataclass(frozen=True)
class CommandSource:
    """Secrets that a command of the user's prints, as `pass show hotpair/{name}`."""

    command: str

    def find(self, name: str) -> str | None:
        """Run the command without a shell and take its first line; a failing one has no such secret."""
        argv = [word.replace("{name}", name) for word in shlex.split(self.command)]
        if not argv:
            raise IntentError("the secrets command is empty")
        try:
            done = subprocess.run(argv, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise IntentError(
                f"the secrets command could not be run: {type(error).__name__}", where=argv[0]
            ) from None
        return done.stdout.split("\n", 1)[0].rstrip("\r") if done.returncode == 0 else None

    def __str__(self) -> str:
        """Say where names are looked for."""
        return f"`{self.command}`"


@dataclass(frozen=True)
class SecretStore:
    """Places where secrets are looked for, in order; the first that has one gives it."""

    sources: tuple[Source, ...]

    def __call__(self, name: str) -> Secret:
        """Give one secret; a missing one raises IntentError."""
        return self.all([name])[name]

    def all(self, names: Iterable[str]) -> dict[str, Secret]:
        """Give every secret of some names.

        Args:
            names: what is needed.

        Raises:
            IntentError: some are missing, or hold what cannot be typed; it names all of them.
        """
        wanted = tuple(dict.fromkeys(names))
        found = {name: self._find(name) for name in wanted}
        missing = [name for name in wanted if not found[name]]
        if missing:
            raise IntentError(
                f"no secret named {', '.join(missing)}",
                wanted=f"{variable(missing[0])} in the environment, or a place that has it",
                found=f"not in {', '.join(map(str, self.sources)) or 'any place'}",
            )
        odd = [name for name, text in found.items() if text and _CONTROL.search(text)]
        if odd:
            raise IntentError(f"control characters in the secret {', '.join(odd)}", wanted="printable text")
        return {name: Secret(text) for name, text in found.items() if text}

    def _find(self, name: str) -> str | None:
        return next((text for source in self.sources if (text := source.find(name))), None)


def store(
    environ: Mapping[str, str],
    *,
    file: Path | None = None,
    keyring: str | None = None,
    command: str | None = None,
) -> SecretStore:
    """Make the store that a user asked for.

    Args:
        environ: the environment; `HOTPAIR_SECRETS_FILE`, `HOTPAIR_SECRETS_KEYRING` and
            `HOTPAIR_SECRETS_COMMAND` in it stand in for arguments that are not given.
        file: YAML file of names and values, mode 0600.
        keyring: service name in the keyring.
        command: command that prints a secret, `{name}` in it is its name.
    """
    path = file or environ.get("HOTPAIR_SECRETS_FILE")
    service = keyring or environ.get("HOTPAIR_SECRETS_KEYRING")
    argv = command or environ.get("HOTPAIR_SECRETS_COMMAND")
    sources: list[Source] = [EnvironmentSource(environ)]
    if path:
        sources.append(FileSource(Path(path)))
    if service:
        sources.append(KeyringSource(service))
    if argv:
        sources.append(CommandSource(argv))
    return SecretStore(tuple(sources))


def needed_by(value: object) -> tuple[str, ...]:
    """Give the names of all secrets in an intent value, each once, in order.

    Args:
        value: a pair, or any part of one.
    """
    return tuple(dict.fromkeys(_names(value)))


def _names(value: object) -> Iterator[str]:
    if isinstance(value, SecretRef):
        yield value.secret
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _names(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _names(item)
