"""From a configuration as it was kept or captured to its lines.

A file may come from `save`, from a backup tool or from a terminal: with a byte order mark, CR LF, page marks
and what erases them, the prompt and the echo, time stamps and messages of the log between the lines. A text
of several lines (a banner, a certificate) is one line with line ends in it: it holds no configuration.

Source: manual pages screen-length, terminal command timestamp, header, certificate load; captures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inventory.errors import IntentError, UnparsedError
from inventory.facts import ConfigTree
from parsers.clean import ANSI, CONTROL, LOG, PROMPT, TIMESTAMP

_MARK = re.compile(r" *-{2,} ?More ?-{2,}(?: {16})?", re.IGNORECASE)
_MOVE = re.compile(
    r"\x1b\[(?P<count>\d*)(?P<move>[CDK])|(?P<back>\x08)|(?P<start>\r)|(?P<text>[^\x1b\x08\r]+)|\x1b"
)
_NO_MOVE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-BE-JL-~]|[()][A-Za-z0-9]|[=>78])")
_SAID = re.compile(r"(?:Info|Warning|Error): .*|Building configuration.*")
_FRAME = re.compile(r"[-=*+]{3,}|\+[-=+]+\+")
_BANNER = re.compile(r"header (login|shell) information (?P<mark>[^\w\s])", re.IGNORECASE)
_BEGIN, _END = re.compile(r"\s*-----BEGIN [^-]+-----"), re.compile(r"\s*-----END [^-]+-----")
_OTHERS = re.compile(
    r"(hostname \S+|version \d+\.\d+\S*;?|set system \S+.*|system \{|service timestamps .*|"
    r"configure terminal|echo \"System Configuration\"|boot-start-marker|## Last commit.*)",
    re.IGNORECASE,
)
"""Lines of other vendors' configurations."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A line of a configuration, or a text of several lines.

    Args:
        number: where it begins in the text as given, from 1.
        text: with its indentation, without what a terminal and a log added.
    """

    number: int
    text: str


def configuration_lines(text: str) -> tuple[Raw, ...]:
    """Return the lines of a configuration as it was kept or captured; separators and notes are among them."""
    raw = [Raw(number, _shown(line)) for number, line in enumerate(_ends(text).split("\n"), start=1)]
    return tuple(_joined([line for line in raw if not _is_noise(line.text)], raw))


def require_configuration(text: str, tree: ConfigTree, source: str) -> None:
    """Refuse what is no whole configuration of an NE40E.

    Args:
        text: as it was read.
        tree: what was read of it.
        source: file name.

    Raises:
        IntentError: it is empty, or holds something else.
        UnparsedError: it is cut off: what is missing cannot be told.
    """
    if not text.strip():
        raise IntentError("the file is empty", wanted="a configuration of an NE40E", where=source)
    foreign = next((line for line in tree.lines if _OTHERS.fullmatch(line.text)), None)
    named = any(line.text.startswith("sysname ") for line in tree.lines)
    if foreign is not None or "\0" in text or not (named or _is_owned(tree)):
        found = foreign.text if foreign else "no line that is known"
        raise IntentError(
            "this is no configuration of an NE40E",
            wanted="the output of `display current-configuration`, or a saved configuration",
            found=found,
            where=source,
        )
    if named and not re.search(r"^\s*return\s*$", _ends(text), re.MULTILINE):
        last = text.rstrip().rpartition("\n")[2].strip()
        raise UnparsedError(
            "the configuration is cut off: what is missing cannot be told",
            wanted="`return` at the end",
            found=last[:80],
            where=source,
        )


def is_whole(text: str) -> bool:
    """Tell whether a configuration that a device shows goes on to its end: `return` is its last line."""
    shown = (_shown(line) for line in reversed(_ends(text).split("\n")))
    return next((line.strip() for line in shown if line.strip() and not _is_noise(line)), "") == "return"


def _is_owned(tree: ConfigTree) -> bool:
    """Tell whether a line is known that no other vendor has."""
    return any(line.owned and not line.owned.row.holder for line in tree.lines)


def _ends(text: str) -> str:
    """Return a text without byte order mark, with one kind of line end."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _shown(line: str) -> str:
    """Return a line as a terminal shows it."""
    if line.isprintable() and "More" not in line:
        return line
    shown = _drawn(line) if "\x1b[" in line or "\x08" in line or "\r" in line else line
    return _MARK.sub("", CONTROL.sub("", ANSI.sub("", shown.replace("\t", " "))))


def _drawn(line: str) -> str:
    """Draw a line with its moves of the cursor: what is written over is gone."""
    cells: list[str] = []
    at = 0
    for found in _MOVE.finditer(_NO_MOVE.sub("", line)):
        count = int(found["count"] or 1)
        if found["text"]:
            cells += " " * (at - len(cells))
            cells[at : at + len(found["text"])] = found["text"]
            at += len(found["text"])
        elif found["start"]:
            at = 0
        elif found["back"] or found["move"] == "D":
            at = max(0, at - count)
        elif found["move"] == "C":
            at += count
        elif found["move"] == "K":
            del cells[at:]
    return "".join(cells).rstrip()


def _is_noise(text: str) -> bool:
    """Tell whether a terminal or the log added a line: no line of a configuration looks so."""
    if not text or text[0].isspace():
        return False
    return bool(
        (text[0] in "<[" and PROMPT.match(text))
        or (text[0].isdigit() and TIMESTAMP.fullmatch(text))
        or ("%%" in text and LOG.fullmatch(text))
        or _SAID.fullmatch(text)
        or _FRAME.fullmatch(text)
    )


def _joined(lines: Sequence[Raw], whole: Sequence[Raw]) -> Iterator[Raw]:
    """Join the lines of a text; one that does not end is none."""
    skip_to = 0
    for line in lines:
        if line.number < skip_to:
            continue
        end = _end_of_text(line, whole)
        if end is None:
            yield line
            continue
        skip_to = end + 1
        yield Raw(line.number, "\n".join(part.text for part in whole[line.number - 1 : end]))


def _end_of_text(line: Raw, whole: Sequence[Raw]) -> int | None:
    """Return the number of the line with which a text ends that begins here; nothing when none does."""
    banner = _BANNER.match(line.text)
    if banner and line.text.count(banner["mark"]) % 2:
        mark = re.escape(banner["mark"])
        return _first(whole[line.number :], re.compile(rf"[^{mark}]*{mark}\s*"))
    if _BEGIN.match(line.text):
        return _first(whole[line.number :], _END)
    return None


def _first(lines: Sequence[Raw], pattern: re.Pattern[str]) -> int | None:
    return next((line.number for line in lines if pattern.fullmatch(line.text)), None)
