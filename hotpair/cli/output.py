"""How the command line speaks: tables for people, JSON for programs, errors in one form."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.markup import escape

from hotpair.cli.consoles import LastingConsole
from inventory.errors import (
    ConnectError,
    HotpairError,
    IntentError,
    RefusedError,
    ReplyError,
    RolledBackError,
    SplitError,
    UnparsedError,
)
from runbooks import interrupts

LINE = "\n"
_LONG = 80
"""Longest sentence that stands in one row."""
_PART = re.compile(r"(?<=[:;]) (?![^(]*\))")
"""Where a part of a sentence ends; what stands in brackets is one part."""
SETTINGS = "hotpair.toml"
"""File of settings beside the inventory."""
Side = Literal["a", "b"]


class Format(StrEnum):
    """How results are written."""

    TABLE = "table"
    JSON = "json"


@dataclass
class _Spoken:
    """What this run of the command line was asked, and whether it has answered programs.

    Args:
        words: after the program's name.
        fmt: form of the results; nothing before the options were read.
        said: results were written for programs.
        inventory: folder that was typed with `-i`; nothing where it is found without.
        archive: place that was typed with `--archive`; nothing where it is found without.
    """

    words: Sequence[str] = ()
    fmt: Format | None = None
    said: bool = False
    inventory: Path | None = None
    archive: str | None = None


_SPOKEN = _Spoken()


def chosen(fmt: Format) -> Format:
    """Remember the form of the results: an error is told in it too."""
    _SPOKEN.fmt = fmt
    return fmt


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        help="Tables for people or JSON for programs.",
        envvar="HOTPAIR_FORMAT",
        callback=chosen,
    ),
]


KINDS: tuple[tuple[type[HotpairError], str], ...] = (
    (IntentError, "Invalid input"),
    (RefusedError, "Refused"),
    (ConnectError, "No session"),
    (ReplyError, "Refused by the device"),
    (UnparsedError, "Not understood"),
    (RolledBackError, "Rolled back"),
    (SplitError, "SPLIT PAIR"),
    (HotpairError, "Error"),
)
"""What an error begins with; the first that fits."""


err = LastingConsole(stderr=True, highlight=False, soft_wrap=True)
"""Progress and errors, so that results can be piped."""
out = LastingConsole(ends_on=err, highlight=False, soft_wrap=True)
"""Results."""


def write_json(value: Any) -> None:
    """Write one JSON document to standard output."""
    _SPOKEN.said = True
    try:
        sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")
        if interrupts.is_over():
            sys.stdout.flush()
    except OSError as refused:
        out.let_go(refused)


def side_of(member: str, option: str = "--member") -> Side:
    """Read a member's letter.

    Raises:
        BadParameter: it is neither a nor b.
    """
    if member == "a":
        return "a"
    if member == "b":
        return "b"
    raise typer.BadParameter(f"wanted a or b, found {member}", param_hint=option)


def show_rows(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table, a line each row, however wide: nothing is cut or folded, so that it can be searched.

    The last cell of a row may have several lines, which stand below each other.
    """
    table = (titles, *rows)
    first = [[*row[:-1], row[-1].partition(LINE)[0]] for row in table]
    widths = [max(map(len, column)) for column in zip(*first, strict=True)]
    margin = " " * (sum(widths[:-1]) + 2 * len(widths[:-1]))
    for number, (row, cells) in enumerate(zip(table, first, strict=True)):
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        out.print(line.rstrip(), markup=False, style="dim" if number == 0 else None)
        for more in row[-1].split(LINE)[1:]:
            out.print(f"{margin}{more}", markup=False)


def in_rows(said: str, details: Sequence[tuple[str, str]]) -> str:
    """Give a sentence and what is known beside it, a line each; one that is long, a line each part."""
    parts = _PART.split(said) if len(said) > _LONG else [said]
    rows = (f"  {name + ':':<8} {value.replace(LINE, LINE + ' ' * 11)}" for name, value in details)
    return LINE.join((*parts, *rows))


def begin(words: Sequence[str]) -> None:
    """Begin a new run of the command line with the words after the program's name."""
    _SPOKEN.words, _SPOKEN.fmt, _SPOKEN.said = tuple(words), None, False
    _SPOKEN.inventory = _SPOKEN.archive = None


def look_in(inventory: Path) -> None:
    """Remember the folder that was typed with `-i`: what is to be typed next needs it too."""
    _SPOKEN.inventory = inventory


def keep_in(archive: str) -> None:
    """Remember the archive that was typed with `--archive`: what is to be typed next needs it too."""
    _SPOKEN.archive = archive


def typed() -> Sequence[str]:
    """Return the words of this run after the program's name."""
    return _SPOKEN.words


def was_typed(option: str) -> bool:
    """Tell whether an option was typed, rather than set by a variable or by the file of settings."""
    return any(word.partition("=")[0] == option for word in _SPOKEN.words)


def typed_again(otherwise: Mapping[str, str] | None = None) -> str:
    """Return the command of this run as it was typed, some words replaced by what they should be."""
    better = otherwise or {}
    return shlex.join(("hotpair", *(better.get(word, word) for word in _SPOKEN.words)))


def here(command: str) -> str:
    """Return a command of ours as it is typed for this inventory and archive; others stay as they are."""
    for option, place in (("-i", _SPOKEN.inventory), ("--archive", _SPOKEN.archive)):
        if place is not None and f" {option} " not in command and _takes(command, option):
            command = f"{command} {option} {shlex.quote(str(place))}"
    return command


def _takes(command: str, option: str) -> bool:
    """Tell whether a command is one of ours that takes an option; help does not."""
    from hotpair.cli.settings import program

    program_name, *words = command.split()
    here = program() if program_name == "hotpair" and words[-1:] != ["--help"] else None
    while here is not None and hasattr(here, "commands"):
        here = here.commands.get(words.pop(0)) if words else None
    return here is not None and any(option in one.opts for one in here.params)


def tell_programs(error: HotpairError) -> None:
    """Write the error that ends a command as a JSON document, where JSON was asked for and nothing was said.

    The words tell the form when it ended before its options were read.
    """
    words = _SPOKEN.words
    asked = _SPOKEN.fmt is Format.JSON
    if _SPOKEN.fmt is None:
        asked = "--format=json" in words or any(
            option in {"-f", "--format"} and value == Format.JSON for option, value in pairwise(words)
        )
    if asked and not _SPOKEN.said:
        told = error.as_dict()
        write_json({"errors": [told | ({"next": here(told["next"])} if "next" in told else {})]})


def show_error(error: HotpairError) -> None:
    """Write an error for the operator: the sentence, then what is known, a line each."""
    told = [f"[bold red]{_kind(error)}:[/] {escape(error.message)}"]
    told += (
        f"  {name + ':':<8} {escape(value).replace(LINE, LINE + ' ' * 11)}" for name, value in error.details
    )
    if error.next_command is not None:
        told.append(_next(error.next_command))
    err.print(LINE.join(told))  # at once: other threads may write as well


def show_next(command: str) -> None:
    """Write the command to type after what did not end well."""
    err.print(_next(command))


def _next(command: str) -> str:
    return f"  {'next:':<8} {escape(here(command))}"


def _kind(error: HotpairError) -> str:
    """Say whose fault it is in a word or two."""
    return next(kind for of, kind in KINDS if isinstance(error, of))
