"""From what came over the wire to lines: no terminal codes, page marks, prompt, echo, rules of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][A-Za-z0-9]|[=>78])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MORE = re.compile(r"[ \t]*-{2,} ?More ?-{2,}[ \t]*", re.IGNORECASE)
DASHES = re.compile(r"[\s=-]{3,}")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: ?(?:UTC ?)?[+-]\d\d:\d\d)?(?: DST)?")
LOGGED_AT = (
    r"(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d{4}|\d{4}-\d{1,2}-\d{1,2}) \d\d:\d\d:\d\d(?:\.\d+)?"
    r"(?: ?[+-]\d\d:\d\d)?(?: DST)? "
)
LOGGED = r"\S+ %%\d\d[\w-]+/\d/[^\s:]+:.*"
LOG = re.compile(rf"[#%]?(?:{LOGGED_AT})?{LOGGED}")
"""A line of the log that the device wrote to the terminal while it answered, with its moment or without."""
PROMPT = re.compile(r"[<\[][~*]?[^\s<>\[\]](?:[^<>\[\]]{0,250}[^\s<>\[\]])?[>\]]")

Line = tuple[int, str]


def clean(
    command: str, text: str, *, opens_with_time: bool = False, verbatim: bool = False, logs: bool = False
) -> list[Line]:
    """Return the lines that hold something, each with its number in the text as given, from 1.

    Indentation stays: it tells a continued row from a new one.

    Args:
        command: the command, to know its echo.
        text: as received; ends of lines may be CR LF.
        opens_with_time: the display itself begins with a moment, so one such line is not a timestamp.
        verbatim: rules of dashes are part of the answer; it is a configuration, in which no line is a moment.
        logs: lines of the log are the answer, not what came up inside it.

    Source: manual pages screen-length, timestamp enable, terminal command timestamp, terminal logging.
    """
    noise = TIMESTAMP if verbatim else DASHES
    lines = [line for line in _numbered(text) if line[1] and not noise.fullmatch(line[1])]
    if "%%" in text and not logs:
        lines = [line for line in lines if not LOG.fullmatch(line[1])]
    if lines and _is_echo(lines[0][1], command):
        del lines[0]
    if lines and PROMPT.fullmatch(lines[-1][1].strip()):
        del lines[-1]
    times = next(
        (n for n, line in enumerate(lines[:2]) if not TIMESTAMP.fullmatch(line[1].strip())), len(lines[:2])
    )
    if times > opens_with_time:
        del lines[0]
    return lines


def _numbered(text: str) -> Iterator[Line]:
    """Yield each line without codes and page marks."""
    has_codes = "\x1b" in text
    for number, raw in enumerate(text.replace("\r", "").split("\n"), start=1):
        line = ANSI.sub("", raw) if has_codes else raw
        if not line.isprintable():
            line = CONTROL.sub("", line)
        if "More" in line or "more" in line or "MORE" in line:
            line = MORE.sub("", line)
        yield number, line.rstrip()


def _is_echo(line: str, command: str) -> bool:
    """Tell whether a line is the command, with or without the prompt before it."""
    bare = line.strip()
    prompt = PROMPT.match(bare)
    typed = bare[prompt.end() :] if prompt else bare
    echoed = " ".join(typed.split()).lower()
    if prompt:
        return not echoed or echoed.startswith(command.split(maxsplit=1)[0].lower())
    return echoed == command.lower()
