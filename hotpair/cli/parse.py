"""`hotpair parse`: device text to records."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from hotpair.cli.output import Format, FormatOption, err, out, show_next, typed_again, write_json
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError, UnparsedError

if TYPE_CHECKING:
    from parsers.values import Parsed


def parse(
    command: Annotated[str, typer.Argument(help='Display command, e.g. "display e-trunk 1".')],
    file: Annotated[Path | None, typer.Argument(help="Its output; standard input without it.")] = None,
    fmt: FormatOption = Format.JSON,
) -> int:
    """Read the output of a display command into records.

    Lines that no rule knows are listed as `unparsed` and end with exit code 3. So does an answer that was cut
    (what it lacks is told on standard error), and no text at all. `hotpair support` makes a file for whoever
    mends it.

    Examples:
      hotpair parse "display remote-backup-service service1" rbs.txt
      ssh router 'display e-trunk 1' | hotpair parse "display e-trunk 1"
    """
    from parsers.api import parse as parse_text

    _require_known(command)
    parsed = parse_text(command, _text(file))
    if fmt is Format.JSON:
        write_json(parsed.as_dict())
    else:
        _show(parsed.as_dict())
    for said in _why_unread(parsed):
        err.print(said, markup=False)
    if parsed.lacks:
        show_next(typed_again())
    elif parsed.unparsed:
        show_next("hotpair support")
    return ExitCode.UNKNOWN if parsed.unparsed or parsed.lacks else ExitCode.DONE


def _why_unread(parsed: Parsed) -> Iterator[str]:
    """Say why an answer is none: the device refused the display, it is another's, or it was cut."""
    from parsers.replies import ERROR

    refused = next((line.text for line in parsed.unparsed if ERROR.match(line.text)), None)
    if refused is not None:
        yield f"The device refused the display: {refused}"
    elif parsed.unparsed and not parsed.records:
        yield (
            f"Nothing was read as an answer to `{parsed.command}`: "
            "it is another display's, was cut, or is printed in a way that no rule knows."
        )
    else:
        yield from (f"The answer was cut: it lacks {missing!r}." for missing in parsed.lacks)


def _require_known(command: str) -> None:
    """Refuse a command that nobody reads, before its text is asked for; name the nearest ones.

    Raises:
        IntentError: there is no parser for it.
    """
    from parsers.displays import display_for, nearest, supported

    try:
        display_for(command)
    except IntentError as error:
        wanted = f"one of {len(supported())} displays; the nearest are {', '.join(nearest(command))}"
        raise IntentError("no parser for this command", wanted=wanted, found=error.found) from None


def _text(file: Path | None) -> str:
    """Read the file, or standard input without one; no text is no answer.

    Raises:
        IntentError: the file cannot be read.
        UnparsedError: there is no text.
    """
    try:
        text = sys.stdin.read() if file is None else file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise IntentError("the file cannot be read", found=error.strerror, where=str(file)) from error
    if not text.strip():
        where = "standard input" if file is None else str(file)
        raise UnparsedError(
            "there is no text", wanted="what the device printed", found="nothing", where=where
        )
    return text


def _show(values: Mapping[str, Any]) -> None:
    """Show each record as a table of its fields, then the lines that no rule knows."""
    for number, record in enumerate(values["records"], start=1):
        title = Text(f"{values['command']} ({number})")
        table = Table(title=title, title_justify="left", show_header=False)
        for name, value in record.items():
            table.add_row(str(name), Text("-" if value is None else str(value)))
        out.print(table)
    if not values["records"]:
        out.print("No record.")
    for line in values["unparsed"]:
        out.print(Text(f"line {line['line']} not understood:", style="yellow"), Text(line["text"]))
