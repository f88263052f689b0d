"""Read one display: clean, cut into pieces, place, match, build, and account for every line.

A line counts as read only when a record (or the footer) rests on all its pieces: each piece of text
carries its number through TTP and back. What comes back in no record is unparsed, whatever expression
it may have matched on the way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final

from parsers.blocks import Walk, written
from parsers.build import TAG_PREFIX, build
from parsers.catalogue.display import Display
from parsers.clean import clean
from parsers.cut import Piece, cut, is_legend, row_of
from parsers.layout import Layout, layout_of, squeeze
from parsers.ttp_templates import run
from parsers.values import Parsed, Unparsed

LONGEST_LINE = 2000
"""Characters; no display has such lines, so a longer one is reported unread."""

WRAPPED: Final = (2, 3)
"""Lines that one row of a table may take."""

COUNTS: Final = "COUNTS"
"""Of a record: name of a number -> name of the entries that it counts."""

RECORDS = "records"
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or several that are one row too long for the terminal.

    Args:
        text: the line; several are joined.
        printed: number and text of each line, as printed.
    """

    text: str
    printed: tuple[tuple[int, str], ...]

    @property
    def indent(self) -> int:
        """Blanks before the text."""
        return len(self.text) - len(self.text.lstrip())


@dataclass(frozen=True, slots=True)
class _Match:
    """What one pass over the text gives.

    Args:
        records: as built.
        unread: places of rows that nothing rests on.
        wrong_totals: places of rows with a total that is not the number of records.
        seen: how often each known label and each title stands there, squeezed.
    """

    records: tuple[Any, ...]
    unread: frozenset[int]
    wrong_totals: frozenset[int]
    seen: Mapping[str, int]


def read(display: Display, command: str, text: str) -> Parsed:
    """Read the answer of a display.

    Args:
        display: what the answer looks like.
        command: squeezed, as it is to stand in the result.
        text: as received.
    """
    lines = clean(
        command,
        text,
        opens_with_time=display.opens_with_time,
        verbatim=display.verbatim,
        logs=display.logs,
    )
    rows = [Row(line, ((number, line),)) for number, line in lines]
    read_once = _match(display, rows)
    joined = _joined(display, rows, read_once.unread) if read_once.unread and not display.verbatim else rows
    if len(joined) < len(rows):
        read_twice = _match(display, joined)
        if _count(joined, read_twice.unread) < _count(rows, read_once.unread):
            rows, read_once = joined, read_twice
    bad = read_once.unread | read_once.wrong_totals
    unparsed = (
        Unparsed(number, line.strip()) for place in sorted(bad) for number, line in rows[place].printed
    )
    lacks = (*_missing(display, rows, read_once), *_uncounted(read_once.records))
    return Parsed(command, read_once.records, tuple(unparsed), lacks)


_NOTHING = re.compile(r"(?i)^\s*total\b.*\b(?:number|num)\b\s*:\s*0(?:/0)*\s*$")
"""A total that says that there is no entry: no part of one is missing then."""


def _missing(display: Display, rows: Sequence[Row], match: _Match) -> Iterator[str]:
    """Name what every whole answer holds and these lines do not; nothing where the answer shows nothing."""
    if not rows:
        return
    if display.verbatim:
        yield from (line for line in display.whole if rows[-1].text != line)
        return
    layout = layout_of(display.template)
    for name in display.whole:
        label = squeeze(name)
        of_each = any(layout.groups[rule.group].name == RECORDS for rule in layout.labels.get(label, ()))
        least = 0 if of_each and any(_NOTHING.search(row.text) for row in rows) else 1
        if match.seen[label] < (max(len(match.records), least) if of_each else 1):
            yield name


def _uncounted(record: Any) -> Iterator[str]:
    """Name the numbers that a record, or one inside it, gives of its entries and that are not theirs."""
    for item in record if isinstance(record, tuple) else ():
        if not is_dataclass(item):
            return
        for count, entries in getattr(item, COUNTS, {}).items():
            said, there = getattr(item, count), len(getattr(item, entries))
            if said is not None and said != there:
                yield f"{said} {entries}, {there} are shown"
        for inner in fields(item):
            yield from _uncounted(getattr(item, inner.name))


def _count(rows: Sequence[Row], places: Collection[int]) -> int:
    """Count the printed lines of some rows."""
    return sum(len(rows[place].printed) for place in places)


def _match(display: Display, rows: Sequence[Row]) -> _Match:
    """Match all rows once."""
    layout = layout_of(display.template)
    if display.verbatim and layout.line is not None:
        return _line_by_line(display, layout.line, rows)
    steps = _steps(display, layout, rows)
    pieces = [step for step in steps if isinstance(step, Piece)]
    walk = Walk(layout, pieces)
    for step in steps:
        if isinstance(step, Piece):
            walk.take(step)
        else:
            walk.title(step)
    seen = Counter(step.label if isinstance(step, Piece) else step for step in steps)
    return _built(display, walk, pieces, seen)


def _line_by_line(display: Display, form: re.Pattern[str], rows: Sequence[Row]) -> _Match:
    """Match a text in which each line is a record: a configuration, which may be long."""
    found = [form.fullmatch(row.text) if len(row.text) <= LONGEST_LINE else None for row in rows]
    records = tuple(build(display.record, one.groupdict(), set()) for one in found if one is not None)
    unread = frozenset(place for place, one in enumerate(found) if one is None)
    return _Match(records, unread, frozenset(), {})


def _built(display: Display, walk: Walk, pieces: Sequence[Piece], seen: Mapping[str, int]) -> _Match:
    """Build the records of placed pieces."""
    text, homes = written(walk.blocks)
    groups = run(display.template, text) if walk.blocks else {}
    taken: set[int] = set()
    records = []
    for group in groups.get(RECORDS, ()):
        try:
            records.append(build(display.record, group, taken))
        except ValueError:
            continue  # incomplete, or a value is not what it must be: its lines stay unread
    totals = _footers(groups, len(records), taken)
    read_pieces = walk.heads | {piece for number in taken for piece in homes[number]}
    wrong = {piece for number in totals for piece in homes[number]}
    return _Match(
        tuple(records),
        frozenset(piece.line for piece in pieces if piece.number not in read_pieces and piece.line >= 0),
        frozenset(pieces[number].line for number in wrong),
        seen,
    )


def _steps(display: Display, layout: Layout, rows: Sequence[Row]) -> list[Piece | str]:
    """Return the pieces and the squeezed titles in their order, without legends."""
    steps: list[Piece | str] = []
    count = 0
    above_data = True
    for place, row in enumerate(rows):
        for part in _parts(display, row.text):
            title = squeeze(part)
            if title in layout.fixed:
                steps.append(title)
                continue
            if not display.verbatim and is_legend(layout, part, above_data=above_data):
                continue
            for piece in [Piece(part)] if display.verbatim or not part else cut(layout, part):
                steps.append(replace(piece, number=count, line=place, indent=row.indent))
                above_data = above_data and not piece.label
                count += 1
            above_data = False
    return steps


def _parts(display: Display, line: str) -> list[str]:
    """Return the parts of one line; no rule knows a line too long to be one."""
    if len(line) > LONGEST_LINE:
        return [""]
    return [line] if display.verbatim else display.lines(line)


def _footers(groups: Mapping[str, Any], count: int, taken: set[int]) -> set[int]:
    """Take the pieces of all other groups; give those with totals whose sum is not the number of records."""
    wrong: set[int] = set()
    for name, rows in groups.items():
        if name == RECORDS:
            continue
        for row in rows:
            numbers = {int(value) for key, value in row.items() if key.startswith(TAG_PREFIX)}
            totals = [int(row[key]) for key in row if key.startswith(TOTAL)]
            taken |= numbers
            if totals and sum(totals) != count:
                wrong |= numbers
    return wrong


def _joined(display: Display, rows: Sequence[Row], unread: frozenset[int]) -> list[Row]:
    """Join unread neighbours that are a row together: one too long for the terminal goes on below."""
    layout = layout_of(display.template)
    joined: list[Row] = []
    place = 0
    while place < len(rows):
        heaps = (
            rows[place : place + count] for count in WRAPPED if unread.issuperset(range(place, place + count))
        )
        parts = next((heap for heap in heaps if _is_row(display, layout, heap)), rows[place : place + 1])
        printed = tuple(line for row in parts for line in row.printed)
        joined.append(Row(" ".join([parts[0].text, *(row.text.strip() for row in parts[1:])]), printed))
        place += len(parts)
    return joined


def _is_row(display: Display, layout: Layout, rows: Sequence[Row]) -> bool:
    """Tell whether some lines are one row of a table together."""
    text = " ".join(row.text.strip() for row in rows)
    return any(row_of(layout, part) is not None for part in display.lines(text))
