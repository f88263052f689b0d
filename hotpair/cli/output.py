"""How the command line speaks: tables for people, JSON for programs, errors in one form."""

from __future__ import annotations

import errno
import json
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, Literal, Protocol

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.segment import Segment

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
_USUAL = 80
"""Columns of a terminal of which nobody knows how wide it is."""
_LONG = 80
"""Longest sentence that stands in one row."""
_PART = re.compile(r"(?<=[:;]) (?![^(]*\))")
"""Where a part of a sentence ends; what stands in brackets is one part."""
_ORDERS = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200E, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
)
"""Characters that a terminal obeys: control, line-breaking and bidirectional ones."""
_SPELT = {code: repr(chr(code))[1:-1] for code in _ORDERS if chr(code) not in "\n\t"}
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


class Moving(Protocol):
    """Something that moves on a terminal."""

    def start(self) -> None:
        """Begin to move."""

    def stop(self) -> None:
        """Stop moving, and leave nothing behind."""


@dataclass
class _Moving:
    """What moves just now, and on which console."""

    console: Console | None = None
    what: Moving | None = None


_MOVING = _Moving()


def moves_on(console: Console, what: Moving | None) -> None:
    """Remember what moves on a console; nothing where it came to a stop."""
    _MOVING.console, _MOVING.what = console, what


class LastingConsole(Console):
    """A console whose reader or terminal may go away: the work goes on, and the exit code tells its end.

    A disk that is full ends the work while that can still be; the end of a change that has come stands.
    What a device, a file or somebody's words hold is shown and never obeyed by the terminal.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        if self.width < 1:  # COLUMNS says so, on some lines without a terminal: nothing would be written
            self.width = _USUAL

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Yield what is written, characters that a terminal obeys spelt out."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(segment.text.translate(_SPELT), segment.style)

    def _enter_buffer(self) -> None:
        """Collect what is to be written. A signal from here on is told before it is written, and not between.

        An exception there would leave the console collecting for ever, and nothing more would be said.
        """
        interrupts.hold()
        super()._enter_buffer()

    def _exit_buffer(self) -> None:
        """Write what was collected, unless somebody around collects still."""
        self._buffer_index -= 1
        interrupts.release()
        self._check_buffer()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what was printed; what moves on another console of the terminal gives way."""
        moving = _MOVING.what
        if moving is not None and (_MOVING.console is self or not self.is_terminal):
            moving = None
        try:
            try:
                if moving is not None:
                    moving.stop()
            finally:
                super().__exit__(kind, error, trace)
        except OSError as refused:
            self.let_go(refused)
        finally:
            if moving is not None:
                moving.start()

    def let_go(self, refused: OSError) -> None:
        """Say no more where that ends nothing.

        Raises:
            OSError: what was said is to end what goes on.
        """
        if refused.errno != errno.EIO and not interrupts.is_over():  # EIO: a terminal that was closed
            raise refused
        self.on_broken_pipe()
        if self is not err and refused.errno != errno.EIO:
            err.print(f"What is told ends here: {refused.strerror}.")

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
