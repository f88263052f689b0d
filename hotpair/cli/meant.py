"""What is meant by a word that is no command, or by an option that a command has not."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import typer

from hotpair.cli.output import typed

_UNKNOWN = re.compile(r"No such (?:command '|option: )(?P<word>[\w-]+)")
"""How the library that reads the words says that it knows one of them not."""

_TOO_MANY = "Got unexpected extra argument"
"""What it says of a display that was typed without quotes, and of a pair where none is asked for."""

_WORDS: Mapping[str, str] = {
    "apply": "deploy",
    "push": "deploy",
    "commit": "deploy",
    "remove": "deploy --remove",
    "undeploy": "deploy --remove",
    "delete": "deploy --remove",
    "destroy": "deploy --remove",
    "dry-run": "plan",
    "preview": "plan",
    "undo": "rollback",
    "revert": "rollback",
    "cancel": "txn abort",
    "continue": "txn resume",
    "recover": "txn resume",
    "transactions": "txn list",
    "journals": "txn list",
    "validate": "lint",
    "audit": "check",
    "drift": "check",
    "monitor": "watch",
    "failover": "drill",
    "switchover": "drill",
    "pairs": "list",
    "ls": "list",
    "archive list": "runs",
    "simulate": "emulate",
    "web": "serve",
    "help": "--help",
    "version": "--version",
    "completion": "--install-completion",
}
"""Words of other tools and manuals, and what does that here; with the name of a group, in that group."""


def meant(error: typer.TyperException) -> tuple[str, ...]:
    """Return the commands that are meant by a word that is none, with the other words that were typed.

    Args:
        error: what the library that reads the words says.

    Returns:
        Commands to type; none where nothing tells what is meant.
    """
    context: typer.Context | None = getattr(error, "ctx", None)
    message = str(getattr(error, "message", ""))
    unknown = _UNKNOWN.match(message)
    if context is not None and message.startswith(_TOO_MANY):
        return _of_too_many(context.info_name, typed())
    if context is None or unknown is None:
        return ()
    path, word = context.command_path.split()[1:], unknown["word"]
    rest = [*typed()]
    for gone in (*path, word):
        if gone in rest:
            rest.remove(gone)
    said = word.lstrip("-")
    known = _WORDS.get(" ".join([*path, said])) or _WORDS.get(said)
    if known is not None:
        return (_whole(known, rest),)
    if getattr(error, "possibilities", None):
        return ()
    (only, *more) = getattr(context.command, "commands", None) or ("",)
    if only and not more:
        return (shlex.join(["hotpair", *path, only, word, *rest]),)
    return tuple(_whole(command, rest) for command in _named(said))


def _of_too_many(command: str | None, words: Sequence[str]) -> tuple[str, ...]:
    """Return what is meant by a word too many: a display without quotes, or what is told of one pair."""
    if command == "status":
        return (shlex.join(["hotpair", "history", *words[1:]]),)
    return _in_quotes(words) if command == "parse" else ()


def _in_quotes(words: Sequence[str]) -> tuple[str, ...]:
    """Return `hotpair parse` with its display as one word; a file that is there stands behind it."""
    display = list(takewhile(lambda word: not word.startswith("-"), words[1:]))
    behind = list(words[1 + len(display) :])
    if len(display) > 1 and Path(display[-1]).is_file():
        behind.insert(0, display.pop())
    return (shlex.join(["hotpair", "parse", " ".join(display), *behind]),) if display else ()


def _named(word: str) -> list[str]:
    """Return the commands of that name: the one of no group, or all."""
    found = [" ".join(names) for names, _ in _all() if names[-1] == word]
    return [command for command in found if " " not in command] or found


def _whole(command: str, rest: list[str]) -> str:
    """Return a command as it is typed: with the other words, or for its help where it lacks an argument."""
    made = dict(_all()).get(tuple(command.partition(" --")[0].split()))
    asks = any(param.param_type_name == "argument" for param in getattr(made, "params", ()))
    if made is None:  # an option of the program itself; help may be asked for of a command
        return shlex.join(["hotpair", *(rest if command == "--help" else ()), command])
    return shlex.join(["hotpair", *command.split(), *(rest or (["--help"] if asks else []))])


def _all() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command with its names."""
    from hotpair.cli.settings import program

    for name, command in program().commands.items():
        yield (name,), command
        for below, one in getattr(command, "commands", {}).items():
            yield (name, below), one
