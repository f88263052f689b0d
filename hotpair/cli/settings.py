"""Options that nobody types each time: from the environment, and from `hotpair.toml` beside the inventory.

An option that is typed comes before its variable, that before the file, the file before the default. What
answers a question or opens a gate is typed by the operator, each time, or not at all.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer

from hotpair.cli.output import SETTINGS
from inventory.errors import IntentError, reason
from inventory.shown import shown

PREFIX = "HOTPAIR"
INVENTORY = "HOTPAIR_INVENTORY"
TYPED_ALONE = frozenset(
    {"--yes", "--accept", "--allow", "--force", "--why", "--remove", "--remedy", "--unqualified"}
)
"""Options that answer a question or open a gate."""
NOT_IN_FILE = frozenset({"--inventory", "--help", "--version"})
"""The file lies in the inventory, and cannot say where that is."""
_WORDS = ("-i", "--inventory")


@dataclass(frozen=True, slots=True)
class Setting:
    """An option of a command as the environment and the file know it.

    Args:
        words: of the command, e.g. `("txn", "list")`.
        option: e.g. `--workers`.
        parameter: name of its parameter.
        many: it may be repeated.
        variable: of the environment; empty when it is typed alone.
    """

    words: tuple[str, ...]
    option: str
    parameter: str
    many: bool
    variable: str

    @property
    def key(self) -> str:
        """Name in the file."""
        return self.option.removeprefix("--")


@cache
def program(word: str = "") -> Any:
    """Return the command line with a variable for each option that has none of its own.

    Args:
        word: the first one that was typed: of a command or a group of commands that alone is made, since all
            of them take a while; any other gives the whole command line.
    """
    from hotpair.cli.app import app

    made = typer.main.get_command(_part(app, word))
    for words, option in _options(made):
        long = _long(option)
        if long not in TYPED_ALONE and option.envvar is None and long not in NOT_IN_FILE:
            option.envvar = variable_of(words, long)
    return made


def _part(app: typer.Typer, word: str) -> typer.Typer:
    """Return the same command line with the command or the group of one name alone, if there is one."""
    part = copy(app)
    part.registered_commands = [one for one in app.registered_commands if one.name == word]
    part.registered_groups = [
        one for one in app.registered_groups if one.typer_instance and one.typer_instance.info.name == word
    ]
    return part if part.registered_commands or part.registered_groups else app


def settings() -> tuple[Setting, ...]:
    """Return every option of every command."""
    return tuple(
        Setting(words, _long(option), option.name, option.multiple, option.envvar or "")
        for words, option in _options(program())
    )


def variable_of(words: Sequence[str], option: str) -> str:
    """Return the environment variable of an option.

    >>> variable_of(("check",), "--pair-tag")
    'HOTPAIR_CHECK_PAIR_TAG'
    """
    return "_".join((PREFIX, *words, option.removeprefix("--"))).replace("-", "_").upper()


def file_settings(typed: Sequence[str], environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Read the file of the inventory that is meant; what it says are defaults of the commands.

    Args:
        typed: words after the program's name.
        environ: the environment.

    Raises:
        IntentError: the file cannot be read, names no command or option, or opens a gate.
    """
    path = _inventory(typed, environ) / SETTINGS
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError) and not path.is_symlink():
            return {}  # what is no inventory is told by whoever reads it
        raise IntentError("the settings cannot be read", found=reason(error), where=str(path)) from None
    return _defaults(content, path)


def _inventory(typed: Sequence[str], environ: Mapping[str, str]) -> Path:
    """Tell which inventory is meant, before the words are read."""
    for word, following in pairwise((*typed, "")):
        if word in _WORDS:
            return Path(following)
        for option in _WORDS:
            if word.startswith(f"{option}="):
                return Path(word.partition("=")[2])
    return Path(environ.get(INVENTORY) or ".")


def _defaults(content: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return what the file says by command and parameter.

    What stands above the tables counts for every command that has such an option.
    """
    known = settings()
    found: dict[str, Any] = {}
    for key, value in content.items():
        if not isinstance(value, dict):
            for setting in _named(known, key, path, key):
                _put(found, setting, value, path, key)
    for words, table in _tables(content):
        own = [one for one in known if one.words == words]
        if not own:
            commands = {" ".join(one.words) for one in known}
            raise _unknown("command", " ".join(words), commands, f"{path} [{'.'.join(words)}]")
        for key, value in table.items():
            for setting in _named(own, key, path, f"[{'.'.join(words)}] {key}"):
                _put(found, setting, value, path, f"[{'.'.join(words)}] {key}")
    return found


def _tables(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield the tables with the words of their commands; of a group of commands those inside it."""
    groups = {one.words[0] for one in settings() if len(one.words) > 1}
    for name, table in content.items():
        if not isinstance(table, dict):
            continue
        if name not in groups:
            yield (name,), table
            continue
        for inner, inner_table in table.items():
            yield (name, inner), inner_table if isinstance(inner_table, dict) else {}


def _named(known: Sequence[Setting], key: str, path: Path, where: str) -> list[Setting]:
    """Return the options that a key of the file means."""
    place = f"{path} {where}"
    found = [one for one in known if one.key == key]
    if f"--{key}" in TYPED_ALONE:
        raise IntentError(f"--{key} is typed by the operator, each time", where=place, found=key)
    if found and f"--{key}" in NOT_IN_FILE:
        raise IntentError(f"--{key} is told before a file of settings is looked for", where=place, found=key)
    if not found:
        raise _unknown("option", key, {one.key for one in known}, place)
    return found


def _put(found: dict[str, Any], setting: Setting, value: Any, path: Path, where: str) -> None:
    """Set the default of a parameter; one of a command's own table comes last and counts."""
    place = f"{path} {where}"
    if isinstance(value, list) != setting.many or not isinstance(value, str | int | float | list):
        wanted = "a list" if setting.many else "one value"
        raise IntentError(
            "the setting has another form",
            wanted=wanted,
            found="a table" if isinstance(value, dict) else shown(value),
            where=place,
        )
    table = found
    for word in setting.words:
        table = table.setdefault(word, {})
    table[setting.parameter] = value


def _unknown(kind: str, name: str, known: set[str], where: str) -> IntentError:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return IntentError(f"there is no such {kind}: {name}{hint}", where=where)


def _options(made: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every option of every command, with the command's words."""
    for name, command in made.commands.items():
        inner = getattr(command, "commands", None)
        leaves = (
            [((name,), command)] if inner is None else [((name, word), one) for word, one in inner.items()]
        )
        for words, leaf in leaves:
            yield from ((words, option) for option in leaf.params if option.param_type_name == "option")


def _long(option: Any) -> str:
    """Return the long name of an option."""
    return next(str(name) for name in option.opts if name.startswith("--"))
