"""What a terminal adds to what a device says: marks, log lines, the moment above an answer.

Source: Huawei NE40E configuration guide "Command Line Interface" and "Information Management" (`terminal
monitor`), command reference "timestamp enable" and "terminal command timestamp".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.clean import LOGGED, LOGGED_AT, TIMESTAMP

_MARKS = (
    (re.compile(r" \x1b\[1D"), ""),  # the echo of a line wraps at the terminal's width
    (
        re.compile(r"[ ]*---- More ----[ ]*(?:\x1b\[\d+D[ ]*\x1b\[\d+D|\r[ ]+\r)?"),
        "",
    ),  # pager and its erasure
    (re.compile(r"\x1b\[[0-9;?]*[A-Za-z]"), ""),
)
_UNSEEN = str.maketrans(dict.fromkeys("\r\x00\x07"))

_LOG = re.compile(rf"(?:[<\[][^<>\[\]]+[>\]])?[#%]?{LOGGED_AT}{LOGGED}")  # also behind a prompt
"""A line of the log: `Jan 31 2026 01:02:03+00:00 PE1 %%01IFNET/4/LINK(l):text`."""

_SHOWS_TIME = re.compile(r"(?i)dis\w*\s+clock\b")
"""A display whose own first line is a moment."""


def plain(text: str) -> str:
    """Take the terminal's marks out of a text: wraps, cursor movements, carriage returns."""
    if "\x1b" in text or "More" in text:
        for pattern, replacement in _MARKS:
            text = pattern.sub(replacement, text)
    return text.translate(_UNSEEN)


def is_log_line(line: str) -> bool:
    """Tell whether a line is one of the device's log, told to the terminal while it works."""
    return "%%" in line and _LOG.fullmatch(line.strip()) is not None


def without_stamp(command: str, lines: Sequence[str]) -> Sequence[str]:
    """Take away the moment that stands above an answer, in any of its spellings.

    Args:
        command: what was asked: the answer of `display clock` begins with a moment of its own.
        lines: the answer.
    """
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    times = 0
    for line in lines[first : first + 2]:
        if TIMESTAMP.fullmatch(line.strip()) is None:
            break
        times += 1
    stamped = times > (1 if _SHOWS_TIME.match(command) else 0)
    return lines[first + 1 :] if stamped else lines
