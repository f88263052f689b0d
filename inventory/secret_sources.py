"""Places where secrets are kept: environment, files, keyring, a command of the user's."""

from __future__ import annotations

import difflib
import importlib
import re
import shlex
import stat
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from inventory.errors import SecretsError, reason

COMMAND_SECONDS = 60.0
"""How long a user's command may take; it may ask for a passphrase."""
WORDS_SHOWN = 200
"""How much of a command's last words is told."""
NAMES = "`name: 'text'`, a line each"
"""What a secrets file holds."""
ASKED = "HOTPAIR_SECRETS_COMMAND='PROGRAM {name}', which prints the secret of that name"
"""How a command is set."""
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
"""What no secret and no line of a log holds."""


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
        """Return the text of a secret, or why it is not kept here."""
        ...

    def __str__(self) -> str:
        """Say where a name was looked for; `{name}` stands for it."""
        ...


VARIABLE = "HOTPAIR_SECRET_"
"""What the variables of the environment that hold secrets begin with."""


def variable(name: str) -> str:
    """Return the environment variable of a secret.

    >>> variable("metro-1.etrunk")
    'HOTPAIR_SECRET_METRO_1_ETRUNK'
    """
    return VARIABLE + re.sub(r"[^A-Z0-9]", "_", name.upper())


@dataclass(frozen=True)
class EnvironmentSource:
    """Secrets in environment variables `HOTPAIR_SECRET_<NAME>`."""

    environ: Mapping[str, str]

    def find(self, name: str) -> str | Absent:
        """Return the value of the variable."""
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
        """Return the value of the name; a file that others may read, or that is none, raises SecretsError."""
        values = self._values()
        if name in values:
            return values[name]
        near = difflib.get_close_matches(name, values, n=1)
        return Absent(f"it has {near[0]}" if near else "")

    def names(self) -> Iterator[str]:
        """Yield the names in the file; as `find`."""
        yield from self._values()

    def _values(self) -> Mapping[str, str]:
        try:
            mode = self.path.stat().st_mode
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            if self.required or self.path.is_symlink():
                wanted = "the file that HOTPAIR_SECRETS_FILE names"
                raise SecretsError(
                    "there is no such secrets file", wanted=wanted, where=str(self.path)
                ) from None
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise SecretsError(
                "the secrets file cannot be read", wanted=NAMES, found=reason(error), where=str(self.path)
            ) from None
        if stat.S_IMODE(mode) & 0o077:
            raise SecretsError(
                "others may read the secrets file",
                where=str(self.path),
                wanted="mode 0600",
                found=f"mode {stat.S_IMODE(mode):04o}",
                next_command=shlex.join(("chmod", "600", str(self.path))),
            )
        return _names_and_values(self.path, text)

    def __str__(self) -> str:
        """Say where names are looked for."""
        return str(self.path)


@lru_cache(maxsize=4)
def _names_and_values(path: Path, text: str) -> Mapping[str, str]:
    """Read names and values, once for each state of a file; no value is ever told."""
    try:
        node = YAML(typ="rt", pure=True).load(text)
    except (
        YAMLError,
        ValueError,
        TypeError,
        RecursionError,
    ) as error:  # its text would show a part of the file
        mark = getattr(error, "problem_mark", None)
        line = "" if mark is None else f":{mark.line + 1}"
        raise SecretsError("the secrets file is not YAML", wanted=NAMES, where=f"{path}{line}") from None
    if node is None:
        return MappingProxyType({})
    if not isinstance(node, CommentedMap):
        raise SecretsError("the secrets file holds no names and values", wanted=NAMES, where=str(path))
    for name, value in node.items():
        if not isinstance(value, str):
            raise SecretsError(
                f"the secret {name} is no text",
                wanted="text; in quotes where it looks like a number, a date or a word of YAML",
                found=_kind_of(value),
                where=f"{path}:{node.lc.key(name)[0] + 1}",
            )
    return MappingProxyType({str(name): str(value) for name, value in node.items()})


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
        """Ask the keyring; without the extra or a keyring, raise SecretsError."""
        try:
            keyring = importlib.import_module("keyring")
        except ImportError:
            raise SecretsError("the keyring needs the extra: pip install 'hotpair[keyring]'") from None
        try:
            found: str | None = keyring.get_password(self.service, name)
        except keyring.errors.KeyringError as error:
            raise SecretsError(
                "the keyring did not answer",
                wanted="a keyring that is open, or no HOTPAIR_SECRETS_KEYRING",
                found=type(error).__name__,
            ) from None
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
            SecretsError: it could not be run, or did not end in time.
        """
        argv = [word.replace("{name}", name) for word in self._words()]
        try:  # in our own process group: it may ask for a passphrase on the terminal
            done = subprocess.run(argv, capture_output=True, text=True, timeout=self.seconds, check=False)
        except subprocess.TimeoutExpired:
            raise SecretsError(
                "the secrets command did not end",
                wanted=f"a secret within {self.seconds:g} s",
                where=f"HOTPAIR_SECRETS_COMMAND, {argv[0]}",
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            found = error.strerror if isinstance(error, OSError) else "what it prints is not text"
            raise SecretsError(
                "the secrets command could not be run", wanted=ASKED, found=found, where=argv[0]
            ) from None
        if done.returncode == 0:
            return done.stdout.split("\n", 1)[0].rstrip("\r")
        words = [line for line in done.stderr.splitlines() if line.strip()]
        last = CONTROL.sub(" ", words[-1]).strip()[:WORDS_SHOWN] if words else ""
        return Absent(f"exit code {done.returncode}" + (f": {last}" if last else ""))

    def _words(self) -> list[str]:
        """Take the command apart as a shell does, without one."""
        try:
            words = shlex.split(self.command)
        except ValueError as error:  # a quote, or a backslash at the end
            found = str(error).lower()
            raise SecretsError("the secrets command is none", wanted=ASKED, found=found) from None
        if not words:
            raise SecretsError("the secrets command is empty", wanted=ASKED)
        return words

    def __str__(self) -> str:
        """Say where names are looked for."""
        return f"`{self.command}`"
