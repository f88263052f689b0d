"""Secrets: named in files, looked up when they are needed, shown nowhere.

A secret is looked for in this order: the environment (`HOTPAIR_SECRET_<NAME>`), the file that
`HOTPAIR_SECRETS_FILE` names, `secrets.yaml` in the inventory, both of restricted mode, the keyring (extra
`keyring`), a command of the user's such as `pass show hotpair/{name}`.
"""

from __future__ import annotations

import difflib
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
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from inventory.errors import IntentError
from inventory.model.types import SecretRef

COMMAND_SECONDS = 60.0
"""How long a user's command may take; it may ask for a passphrase."""
WORDS_SHOWN = 200
"""How much of a command's last words is told."""
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


@dataclass(frozen=True, slots=True)
class Absent:
    """A secret is not kept in a place.

    Args:
        why: what the place said to that; empty when it says nothing.
    """

    why: str = ""


class Source(Protocol):
    """A place where secrets are kept."""

    def find(self, name: str) -> str | Absent:
        """Give the text of a secret, or why it is not kept here."""
        ...

    def __str__(self) -> str:
        """Say where a name was looked for; `{name}` stands for it."""
        ...


VARIABLE = "HOTPAIR_SECRET_"
"""What the variables of the environment that hold secrets begin with."""


def variable(name: str) -> str:
    """Give the environment variable of a secret.

    >>> variable("metro-1.etrunk")
    'HOTPAIR_SECRET_METRO_1_ETRUNK'
    """
    return VARIABLE + re.sub(r"[^A-Z0-9]", "_", name.upper())


@dataclass(frozen=True)
class EnvironmentSource:
    """Secrets in environment variables `HOTPAIR_SECRET_<NAME>`."""

    environ: Mapping[str, str]

    def find(self, name: str) -> str | Absent:
        """Give the value of the variable."""
        return self.environ.get(variable(name), Absent())

    def __str__(self) -> str:
        """Say where names are looked for."""
        return "the environment"


@dataclass(frozen=True)
class FileSource:
    """Secrets in a YAML file of names and values that only its owner may read.

    Args:
        path: the file.
        required: it was asked for by name, so that it must be there.
    """

    path: Path
    required: bool = False

    def find(self, name: str) -> str | Absent:
        """Give the value of the name; a file that others may read, or that is none, raises IntentError."""
        values = self._values()
        if name in values:
            return values[name]
        near = difflib.get_close_matches(name, values, n=1)
        return Absent(f"it has {near[0]}" if near else "")

    def names(self) -> Iterator[str]:
        """Give the names in the file; as `find`."""
        yield from self._values()

    def _values(self) -> Mapping[str, str]:
        try:
            mode = self.path.stat().st_mode
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            if self.required:
                raise IntentError("there is no such secrets file", where=str(self.path)) from None
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
        return self._checked(text)

    def _checked(self, text: str) -> Mapping[str, str]:
        """Read names and values; no value is ever told."""
        try:
            node = YAML(typ="rt", pure=True).load(text)
        except YAMLError as error:  # its text would show a part of the file
            mark = getattr(error, "problem_mark", None)
            line = "" if mark is None else f":{mark.line + 1}"
            raise IntentError("the secrets file is not YAML", where=f"{self.path}{line}") from None
        if node is None:
            return {}
        if not isinstance(node, CommentedMap):
            raise IntentError("the secrets file must hold names and values", where=str(self.path))
        for name, value in node.items():
            if not isinstance(value, str):
                raise IntentError(
                    f"the secret {name} is no text",
                    wanted="text; in quotes where it looks like a number, a date or a word of YAML",
                    found=_kind_of(value),
                    where=f"{self.path}:{node.lc.key(name)[0] + 1}",
                )
        return {str(name): str(value) for name, value in node.items()}

    def __str__(self) -> str:
        """Say where names are looked for."""
        return str(self.path)


def _kind_of(value: object) -> str:
    """Say what a value is, and nothing of what it says."""
    if value is None:
        return "nothing"
    kinds = (
        (CommentedMap, "keys and values"),
        (list, "a list"),
        (bool, "true or false"),
        ((int, float), "a number"),
    )
    return next((said for kind, said in kinds if isinstance(value, kind)), "a value of another kind")


@dataclass(frozen=True)
class KeyringSource:
    """Secrets in the keyring of the desktop or operating system (extra `keyring`)."""

    service: str

    def find(self, name: str) -> str | Absent:
        """Ask the keyring; without the extra or a keyring, raise IntentError."""
        try:
            keyring = importlib.import_module("keyring")
        except ImportError:
            raise IntentError("the keyring needs the extra: pip install 'hotpair[keyring]'") from None
        try:
            found: str | None = keyring.get_password(self.service, name)
        except keyring.errors.KeyringError as error:
            raise IntentError(f"the keyring did not answer: {type(error).__name__}") from None
        return Absent() if found is None else found

    def __str__(self) -> str:
        """Say where names are looked for."""
        return f"the keyring (service {self.service})"


@dataclass(frozen=True)
class CommandSource:
    """Secrets that a command of the user's prints, as `pass show hotpair/{name}`."""

    command: str
    seconds: float = COMMAND_SECONDS

    def find(self, name: str) -> str | Absent:
        """Run the command without a shell and take its first line.

        A failing one has no such secret; its exit code and its last words are told.

        Raises:
            IntentError: it could not be run, or did not end in time.
        """
        argv = [word.replace("{name}", name) for word in shlex.split(self.command)]
        if not argv:
            raise IntentError("the secrets command is empty")
        try:  # in our own process group: it may ask for a passphrase on the terminal
            done = subprocess.run(argv, capture_output=True, text=True, timeout=self.seconds, check=False)
        except subprocess.TimeoutExpired:
            raise IntentError(
                "the secrets command did not end",
                wanted=f"a secret within {self.seconds:g} s",
                where=argv[0],
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "what it prints is not text"
            raise IntentError("the secrets command could not be run", found=reason, where=argv[0]) from None
        if done.returncode == 0:
            return done.stdout.split("\n", 1)[0].rstrip("\r")
        words = [line for line in done.stderr.splitlines() if line.strip()]
        last = _CONTROL.sub(" ", words[-1]).strip()[:WORDS_SHOWN] if words else ""
        return Absent(f"exit code {done.returncode}" + (f": {last}" if last else ""))

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
        looked = {name: self._look(name) for name in wanted}
        missing = {name: text for name, text in looked.items() if isinstance(text, Absent)}
        if missing:
            said = dict.fromkeys(absent.why for absent in missing.values())
            raise IntentError(
                f"no secret named {', '.join(missing)}",
                wanted=f"{variable(next(iter(missing)))} in the environment, or a place that has it",
                found="; ".join(said),
            )
        found = {name: text for name, text in looked.items() if isinstance(text, str)}
        odd = [name for name, text in found.items() if _CONTROL.search(text)]
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
            `HOTPAIR_SECRETS_KEYRING` and `HOTPAIR_SECRETS_COMMAND` stand in for arguments that are not given.
        file: YAML file of names and values, mode 0600; it may be absent.
        keyring: service name in the keyring.
        command: command that prints a secret, `{name}` in it is its name.
    """
    named = environ.get("HOTPAIR_SECRETS_FILE")
    service = keyring or environ.get("HOTPAIR_SECRETS_KEYRING")
    argv = command or environ.get("HOTPAIR_SECRETS_COMMAND")
    sources: list[Source] = [EnvironmentSource(environ)]
    if named:
        sources.append(FileSource(Path(named).expanduser(), required=True))
    if file and file != Path(named or ""):
        sources.append(FileSource(file))
    if service:
        sources.append(KeyringSource(service))
    if argv:
        sources.append(CommandSource(argv))
    return SecretStore(tuple(sources))


def named_in_file(path: Path) -> tuple[str, ...]:
    """Give the names that a file of secrets holds; of one that is absent none.

    Raises:
        IntentError: others may read it, or it is no such file.
    """
    return tuple(FileSource(path).names())


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
