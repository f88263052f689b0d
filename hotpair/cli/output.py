"""How the command line speaks: tables for people, JSON for programs, errors in one form."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.markup import escape

from inventory.errors import HotpairError

Side = Literal["a", "b"]


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[
    Format,
    typer.Option("--format", "-f", help="Tables for people or JSON for programs.", envvar="HOTPAIR_FORMAT"),
]


class LastingConsole(Console):
    """A console whose reader may go away: the work goes on, and the exit code tells how it ended."""

    def on_broken_pipe(self) -> None:
        """Say no more; a deployment is not left half-way because nobody reads of it."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)


out = LastingConsole(highlight=False, soft_wrap=True)
"""Results."""
err = LastingConsole(stderr=True, highlight=False, soft_wrap=True)
"""Progress and errors, so that results can be piped."""


def write_json(value: Any) -> None:
    """Write one JSON document to standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")


def side_of(member: str) -> Side:
    """Read a member's letter.

    Raises:
        BadParameter: it is neither a nor b.
    """
    if member == "a":
        return "a"
    if member == "b":
        return "b"
    raise typer.BadParameter(f"wanted a or b, found {member}", param_hint="--member")


def show_error(error: HotpairError) -> None:
    """Write an error for the operator: the sentence, then what is known, a line each."""
    err.print(f"[bold red]{_kind(error)}:[/] {escape(error.message)}")
    fields = (
        ("member", error.member),
        ("where", error.where),
        ("wanted", error.wanted),
        ("found", error.found),
    )
    for name, value in fields:
        if value is not None:
            err.print(f"  {name + ':':<8} {escape(value)}")


def show_misuse(error: typer.TyperException) -> None:
    """Write what was wrong with the words of a command, and how it is used."""
    err.print(f"[bold red]Invalid input:[/] {escape(error.format_message())}")
    context: typer.Context | None = getattr(error, "ctx", None)
    if context is not None:
        err.print(f"  wanted:  {escape(context.get_usage().removeprefix('Usage: '))}")
        err.print(f"  help:    {escape(context.command_path)} --help")


def _kind(error: HotpairError) -> str:
    """Say whose fault it is in a word or two."""
    return {
        "IntentError": "Invalid input",
        "RefusedError": "Refused",
        "ConnectError": "No session",
        "ReplyError": "Refused by the device",
        "UnparsedError": "Not understood",
        "RolledBackError": "Rolled back",
        "SplitError": "SPLIT PAIR",
    }.get(type(error).__name__, "Error")
