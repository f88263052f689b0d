"""What is said of words that are no command: what was wrong, how it is used, and what to type next."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import pairwise

import typer
from rich.markup import escape

from hotpair.cli.meant import meant
from hotpair.cli.output import SETTINGS, err, show_error, show_next, typed
from inventory.errors import IntentError


def show_misuse(error: typer.TyperException) -> IntentError:
    """Write what was wrong with the words of a command, and how it is used; give it as an error of ours."""
    context: typer.Context | None = getattr(error, "ctx", None)
    value = _wrong_value(error)
    if value is not None and context is not None:
        value.next_command = f"{context.command_path} --help"
        value.where = _not_typed(error, context) or None
        show_error(value)
        return value
    commands = meant(error)
    said = _unknown(error, commands) if commands else error.format_message()
    err.print(f"[bold red]Invalid input:[/] {escape(said)}")
    wanted = None if context is None else context.get_usage().removeprefix("Usage: ")
    where = _not_typed(error, context)
    if where:
        err.print(f"  where:   {escape(where)}")
    told = IntentError(said, wanted=wanted, where=where or None)
    if wanted is not None:
        err.print(f"  wanted:  {escape(wanted)}")
    help_ = f"{_command_typed() if context is None else context.command_path} --help"
    told.next_command = commands[0] if len(commands) == 1 else help_
    show_next(told.next_command)
    return told


def _unknown(error: typer.TyperException, commands: Sequence[str]) -> str:
    """Say that a word is unknown, and what does that here; the library names what is spelt alike."""
    unknown = error.format_message().partition(". ")[0].rstrip(".")
    return f"{unknown}; here it is {' or '.join(f'`{command}`' for command in commands)}"


def _command_typed() -> str:
    """Give the words of the command that was typed, as far as they are one."""
    from hotpair.cli.settings import program

    command, path = program(), ["hotpair"]
    for word in typed():
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            break
        path.append(word)
    return " ".join(path)


_WANTED = (
    (re.compile(r"Input should be greater than or equal to (.*)"), r"\1 or more"),
    (re.compile(r"Input should be less than or equal to (.*)"), r"\1 or less"),
    (re.compile(r"Input should be a valid integer.*"), "a whole number"),
    (re.compile(r"Input should be (an? )?(?:valid )?(.*?)(?:, unable to parse.*)?$"), r"\1\2"),
    (re.compile(r"(?:Value error, )?'.*' is not one of (.*?)\.?$"), r"one of \1"),
)
"""How the library that reads options words what it wanted, and the words alone."""


def _wrong_value(error: typer.TyperException) -> IntentError | None:
    """Return a value of an option that it cannot have in our words; nothing where it is another misuse."""
    option, text = getattr(error, "param", None), str(getattr(error, "message", ""))
    for said, wanted in _WANTED:
        if option is not None and said.match(text):
            names = sorted(option.opts, key=len)
            found = _typed(names) or os.environ.get(str(option.envvar)) or _in_file(error, option.name)
            return IntentError(
                f"{names[-1]} cannot have that value", wanted=said.sub(wanted, text), found=found
            )
    return None


def _typed(names: Sequence[str]) -> str | None:
    """Return the value that was typed for an option."""
    for word, following in pairwise((*typed(), "")):
        name, equals, value = word.partition("=")
        if name in names:
            return value if equals else following
    return None


def _in_file(error: typer.TyperException, parameter: str) -> str | None:
    """Return the value that the file of settings has for a parameter."""
    context: typer.Context | None = getattr(error, "ctx", None)
    value = None if context is None else context.lookup_default(parameter)
    return None if value is None else str(value)


def _not_typed(error: typer.TyperException, context: typer.Context | None) -> str:
    """Say where a wrong value stands that nobody typed: in a variable of the environment, or in the file."""
    option = getattr(error, "param", None)
    if context is None or option is None:
        return ""
    source = context.get_parameter_source(option.name)
    places = {"ENVIRONMENT": f"variable {option.envvar}", "DEFAULT_MAP": f"{SETTINGS} in the inventory"}
    return places.get(source.name, "") if source is not None else ""
