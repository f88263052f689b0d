"""Read one display: clean, cut into pieces, match, build, and account for every line.

A line counts as read only when a record (or the footer) rests on it: each piece of text carries its
number through TTP and back. What comes back in no record is unparsed, whatever expression it may
have matched on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from parsers.build import TAG_PREFIX, build
from parsers.clean import Line, clean
from parsers.displays import Display
from parsers.layout import TAG, Layout, layout_of, squeeze
from parsers.ttp_templates import run
from parsers.values import Parsed, Unparsed

LONGEST_LINE = 2000
"""Characters; no display has such lines, so a longer one is reported unread."""

RECORDS = "records"
TOTAL = "total"
NOWHERE = 0
"""Line of a piece that stands in no text."""


def read(display: Display, command: str, text: str) -> Parsed:
    """Read the answer of a display.

    Args:
        display: what the answer looks like.
        command: squeezed, as it is to stand in the result.
        text: as received.
    """
    lines = clean(command, text, opens_with_time=display.opens_with_time, verbatim=display.verbatim)
    read_once = _match(display, lines)
    joined = _joined(lines, read_once.unread)
    if joined != lines:
        read_twice = _match(display, joined)
        if len(read_twice.unread) < len(read_once.unread):
            lines, read_once = joined, read_twice
    bad = read_once.unread | read_once.wrong_totals
    unparsed = (Unparsed(number, line.strip()) for number, line in lines if number in bad)
    return Parsed(command, read_once.records, tuple(unparsed))


@dataclass(frozen=True, slots=True)
class _Match:
    """What one pass over the text gives.

    Args:
        records: as built.
        unread: numbers of lines that nothing rests on.
        wrong_totals: numbers of lines with a total that is not the number of records.
    """

    records: tuple[Any, ...]
    unread: frozenset[int]
    wrong_totals: frozenset[int]


def _match(display: Display, lines: Sequence[Line]) -> _Match:
    """Match all lines once."""
    pieces, homes = _pieces(display, lines)
    groups = run(display.template, "\n".join(pieces)) if pieces else {}
    taken: set[int] = set()
    records = []
    for group in groups.get(RECORDS, ()):
        try:
            records.append(build(display.record, group, taken))
        except ValueError:
            continue  # incomplete, or a value is not what it must be: its lines stay unread
    totals = _footers(groups, len(records), taken)
    unread = (home for number, home in enumerate(homes) if number not in taken)
    return _Match(
        tuple(records), frozenset(unread) - {NOWHERE}, frozenset(homes[number] for number in totals)
    )


def _pieces(display: Display, lines: Sequence[Line]) -> tuple[list[str], list[int]]:
    """Give tagged pieces for TTP and the number of the line of each; fixed lines are left out."""
    layout = layout_of(display.template)
    pieces = [f"{display.preface} {TAG}0"] if display.preface and lines else []
    homes = [NOWHERE] * len(pieces)
    for number, line in lines:
        for part in _parts(display, layout, line):
            pieces.append(f"{part} {TAG}{len(homes)}")
            homes.append(number)
    return pieces, homes


def _parts(display: Display, layout: Layout, line: str) -> list[str]:
    """Give the pieces of one line; a fixed line has none, and no rule knows a line too long to be one."""
    if len(line) > LONGEST_LINE:
        return [""]
    if display.verbatim:
        return [line]
    if squeeze(line) in layout.fixed:
        return []
    return [
        piece
        for part in display.lines(line)
        if squeeze(part) not in layout.fixed
        for piece in layout.pieces(part)
    ]


def _footers(groups: Mapping[str, Any], count: int, taken: set[int]) -> set[int]:
    """Take the pieces of all other groups; give those with totals whose sum is not the number of records."""
    wrong: set[int] = set()
    for name, rows in groups.items():
        if name == RECORDS:
            continue
        for row in rows:
            numbers = {int(value) for key, value in row.items() if key.startswith(TAG_PREFIX)}
            totals = [int(value) for key, value in row.items() if key.startswith(TOTAL)]
            taken |= numbers
            if totals and sum(totals) != count:
                wrong |= numbers
    return wrong


def _joined(lines: Sequence[Line], unread: Collection[int]) -> list[Line]:
    """Join unread neighbours: a row too long for the terminal goes on in the next line."""
    joined: list[Line] = []
    for is_unread, neighbours in groupby(lines, key=lambda line: line[0] in unread):
        rows = list(neighbours)
        joined.extend(_rows(rows) if is_unread else rows)
    return joined


def _rows(lines: list[Line]) -> list[Line]:
    """Join each line with the deeper ones below it; where the indentation is lost, two and two."""
    margin = len(lines[0][1]) - len(lines[0][1].lstrip())
    deeper = [len(line) - len(line.lstrip()) > margin for _, line in lines]
    if not any(deeper):
        deeper = [bool(place % 2) for place in range(len(lines))]
    rows: list[Line] = []
    for (number, line), goes_on in zip(lines, deeper, strict=True):
        if goes_on and rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {line.strip()}")
        else:
            rows.append((number, line))
    return rows
