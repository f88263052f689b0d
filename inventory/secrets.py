"""Secrets: named in files, looked up when they are needed, shown nowhere.

A secret is looked for in this order: the environment (`HOTPAIR_SECRET_<NAME>`), the file that
`HOTPAIR_SECRETS_FILE` names, `secrets.yaml` in the inventory, both of restricted mode, the keyring (extra
`keyring`), a command of the user's such as `pass show hotpair/{name}`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

from pydantic import BaseModel

from inventory.errors import IntentError
from inventory.guests import guests
from inventory.model.types import SecretRef
from inventory.secret_sources import (
    CONTROL,
    Absent,
    CommandSource,
    EnvironmentSource,
    FileSource,
    KeyringSource,
    Source,
    variable,
)
from inventory.vault import VaultSource

GROUP = "hotpair.secrets"
"""Entry points of other packages: functions of the environment that give a `Source`, or nothing."""


@final
class Secret:
    """A secret in memory. Neither `str` nor `repr` shows it, it cannot be pickled, and it has no length."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text; only for the moment of writing it to a device."""
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
    """Return a value that tells whether a secret changed, and nothing else about it.

    Args:
        secret: the secret.
        salt: random bytes, 16 or more, kept beside the fingerprint.

    Returns:
        Hexadecimal digits of scrypt, slow on purpose: a short secret shall not be found by trying.
    """
    return hashlib.scrypt(secret.reveal().encode(), salt=salt, n=2**14, r=8, p=1, dklen=32).hex()


@dataclass(frozen=True)
class SecretStore:
    """Places where secrets are looked for, in order; the first that has one gives it."""

    sources: tuple[Source, ...]

    def __call__(self, name: str) -> Secret:
        """Return one secret; a missing one raises IntentError."""
        return self.all([name])[name]

    def all(self, names: Iterable[str]) -> dict[str, Secret]:
        """Return every secret of some names.

        Args:
            names: what is needed.

        Raises:
            IntentError: some are missing, or hold what cannot be typed; it names all of them.
        """
        wanted = tuple(dict.fromkeys(names))
        looked = {name: self._look(name) for name in wanted}
        missing = {name: text for name, text in looked.items() if isinstance(text, Absent)}
        if missing:
            said = dict.fromkeys(absent.why for absent in missing.values())
            variables = [variable(name) for name in missing]
            them = "it" if len(variables) == 1 else "them"
            read = " && ".join(f"read -rs {name}" for name in variables)  # not shown, nor kept by the shell
            raise IntentError(
                f"no secret named {', '.join(missing)}",
                wanted=f"{', '.join(variables)} in the environment, or a place that has {them}",
                found="; ".join(said),
                next_command=f"{read} && export {' '.join(variables)}",
            )
        found = {name: text for name, text in looked.items() if isinstance(text, str)}
        odd = [name for name, text in found.items() if CONTROL.search(text)]
        if odd:
            raise IntentError(f"control characters in the secret {', '.join(odd)}", wanted="printable text")
        return {name: Secret(text) for name, text in found.items()}

    def _look(self, name: str) -> str | Absent:
        """Ask each place in turn; an empty text is none."""
        asked: list[str] = []
        for source in self.sources:
            found = source.find(name)
            if isinstance(found, str) and found:
                return found
            why = found.why if isinstance(found, Absent) else "it is empty"
            asked.append(f"{source} ({why})" if why else str(source))
        return Absent(f"not in {', '.join(asked) or 'any place'}")


def store(
    environ: Mapping[str, str],
    *,
    file: Path | None = None,
    keyring: str | None = None,
    command: str | None = None,
) -> SecretStore:
    """Make the store that a user asked for.

    Args:
        environ: the environment; a file that `HOTPAIR_SECRETS_FILE` names is asked before `file`, and
            `HOTPAIR_SECRETS_KEYRING` and `HOTPAIR_SECRETS_COMMAND` stand in for arguments that are not given;
            `HOTPAIR_SECRETS_VAULT` names a path in Vault.
        file: YAML file of names and values, mode 0600; it may be absent.
        keyring: service name in the keyring.
        command: command that prints a secret, `{name}` in it is its name.
    """
    named = environ.get("HOTPAIR_SECRETS_FILE")
    service = keyring or environ.get("HOTPAIR_SECRETS_KEYRING")
    vault = environ.get("HOTPAIR_SECRETS_VAULT")
    argv = command or environ.get("HOTPAIR_SECRETS_COMMAND")
    sources: list[Source] = [EnvironmentSource(environ)]
    if named:
        sources.append(FileSource(Path(named).expanduser(), required=True))
    if file and file != Path(named or ""):
        sources.append(FileSource(file))
    if service:
        sources.append(KeyringSource(service))
    if vault:
        sources.append(VaultSource(vault, environ))
    if argv:
        sources.append(CommandSource(argv))
    return SecretStore((*sources, *_of_others(environ)))


def _of_others(environ: Mapping[str, str]) -> Iterator[Source]:
    """Yield the places of other packages: a function each, given the environment, that may give none."""
    for door in guests(GROUP):
        source = door(environ)
        if source is not None:
            yield source


def named_in_file(path: Path) -> tuple[str, ...]:
    """Return the names that a file of secrets holds; of one that is absent none.

    Raises:
        IntentError: others may read it, or it is no such file.
    """
    return tuple(FileSource(path).names())


def needed_by(value: object) -> tuple[str, ...]:
    """Return the names of all secrets in an intent value, each once, in order.

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
