"""Cut a line into its pairs of label and value, however a release spaces and spells them.

A pair with a known label ends where the next known label begins; a pair with an unknown label ends at
wide blanks before something like a label. What is no pair stays whole, as a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.layout import Layout, squeeze
from parsers.patterns import UNKNOWN_LABEL

LETTERS = "|".join(
    rf"(?<={letters})" for letters in ("[g-z)]", "[a-z][g-z][a-z]", "[g-z][a-z]{2}", "[a-z]{5}")
)
COLON = re.compile(rf" ?(?<!:): (?=\S)| ?(?<!:):$|(?:{LETTERS}):(?=[^\s:])", re.IGNORECASE)
"""A colon that stands alone; the one of an IPv6 address stands behind four hexadecimal digits at most."""
WIDE_PAIR = re.compile(rf"[ \t]{{2,}}(?={UNKNOWN_LABEL}[ \t]*:(?:[ \t]|$))")
UNKNOWN_PAIR = re.compile(rf"({UNKNOWN_LABEL}) ?:(?: (.*)|(?<!\d:)([^\s:].*))?$")
NO_LABELS = frozenset({"error", "info", "warning", "notice"})
"""What begins words to the operator, and no pair."""
SWITCH = re.compile(r"([A-Za-z][\w -]*) ((?:en|dis)abled?)", re.IGNORECASE)
SLASH = re.compile(r"(?<=\d) ?/ ?(?=\d)")

LEGEND_IN_BRACKETS = re.compile(r"(?:\([A-Za-z*]{1,3}\) ?(?::|Indicates) ?[A-Za-z][^():]*)+", re.IGNORECASE)
LEGEND = re.compile(
    r"[*^!#]?(?!(?:error|info|warning|notice) ?:)(?:[a-z]{1,6}|[a-z]+/[a-z]+) ?:(?=[^\d]*$) ?[a-z].*",
    re.IGNORECASE,
)
LEGEND_OF_CODES = re.compile(r"(?:codes ?:)?(?: ?[*!^]?[a-z]\([a-z -]+\),?)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A pair, or a line that is none.

    Args:
        value: of the pair; the whole line where there is no label.
        label: squeezed, of a pair with a known label.
        key: of a pair with an unknown label, as printed.
        number: its place among the pieces of the display.
        line: place of the line that it stands in.
        indent: blanks before that line.
    """

    value: str
    label: str = ""
    key: str = ""
    number: int = 0
    line: int = 0
    indent: int = 0


def is_legend(layout: Layout, line: str, *, above_data: bool) -> bool:
    """Tell a line that explains the letters of a table: `(E): E-Trunk down`, `S: Static  D: Dynamic`.

    Letters in brackets are explained anywhere; bare ones are told from labels only above the data of a table.

    Args:
        layout: of the display.
        line: text.
        above_data: nothing but titles stood before it.
    """
    plain = " ".join(line.split())
    if LEGEND_IN_BRACKETS.fullmatch(plain):
        return True
    if layout.keeps_unknown or not above_data or not layout.rows:
        return False
    return bool(LEGEND.fullmatch(plain) or LEGEND_OF_CODES.fullmatch(plain))


def cut(layout: Layout, line: str) -> list[Piece]:
    """Cut a line into pairs; a line without labels stays whole."""
    plain = " ".join(line.split())
    if ":" not in plain and "=" not in plain:
        return [Piece(plain)]
    pairs = _plain_pairs(layout, plain)
    if pairs is not None:
        return pairs
    row = row_of(layout, plain)
    if row is not None:
        return [Piece(row)]
    wide = layout.keeps_unknown and not _is_free(layout, plain)
    chunks = _chunks(line.strip()) if wide else [plain]
    return [piece for chunk in chunks for piece in _pairs(layout, " ".join(chunk.split()))]


def as_row(line: str) -> str:
    """Write a row with single blanks, one of them on each side of a colon that stands alone."""
    return COLON.sub(" : ", " ".join(line.split())).rstrip()


def row_of(layout: Layout, line: str) -> str | None:
    """Return a line that is a row of a table as a whole, as its rule wants it; nothing for any other line.

    As it stands where a rule takes it so: colons in a free column are part of its text.
    """
    plain = " ".join(line.split())
    forms = (form for form in (plain, as_row(plain)) if _matches(layout, form))
    return next(forms, None)


def _matches(layout: Layout, row: str) -> bool:
    return any(rule.row is not None and rule.row.fullmatch(row) for rule in layout.rows)


def _known(layout: Layout, label: str, value: str) -> Piece:
    """Write a pair with a known label."""
    return Piece(value if label in layout.free else SLASH.sub("/", value), label=label)


def _plain_pairs(layout: Layout, plain: str) -> list[Piece] | None:
    """Cut where every colon stands after a known label, as in most lines; nothing for any other line.

    It gives what `_pairs` gives, without a search: this is where most of the time would go.
    """
    first, *others = plain.split(":")
    label = squeeze(first)
    if label not in layout.labels or "=" in plain:
        return None
    pairs = []
    for other in others[:-1]:
        following = None if label in layout.free else _last_label(layout, other)
        if following is None:
            return None
        known, value = following
        pairs.append(_known(layout, label, value))
        label = known
    return [*pairs, _known(layout, label, others[-1].strip())]


def _last_label(layout: Layout, text: str) -> tuple[str, str] | None:
    """Find the longest known label at the end of a text, and what stands before it."""
    words = text.split()
    for place in range(max(len(words) - layout.label_words, 0), len(words)):
        label = squeeze("".join(words[place:]))
        if label in layout.labels and squeeze(words[place]):  # a lone dash is the value before the label
            return label, " ".join(words[:place])
    return None


def _is_free(layout: Layout, plain: str) -> bool:
    """Tell whether the line begins with a label whose value is free text."""
    first = layout.finder.match(plain)
    return first is not None and squeeze(first[1]) in layout.free


def _pairs(layout: Layout, plain: str) -> list[Piece]:
    """Cut text of single blanks at each known label, if it begins with one."""
    marks = list(layout.finder.finditer(plain))
    if not marks or marks[0].start():
        return [_whole(layout, plain)]
    pairs = []
    for found, end in zip(marks, [*(found.start() for found in marks[1:]), len(plain)], strict=True):
        label = squeeze(found[1])
        stop = len(plain) if label in layout.free else end
        pairs.append(_known(layout, label, plain[found.end() : stop].strip()))
        if label in layout.free:
            break
    return pairs


def _whole(layout: Layout, plain: str) -> Piece:
    """Write text that begins with no known label."""
    pair = UNKNOWN_PAIR.match(plain) if layout.keeps_unknown else None
    if pair and pair[1].lower() not in NO_LABELS:
        return Piece((pair[2] or pair[3] or "").strip(), key=pair[1])
    return Piece(row_of(layout, plain) or as_row(plain))


def _chunks(line: str) -> list[str]:
    """Cut where wide blanks stand before something like a label; wide blanks inside a label do not cut."""
    chunks: list[str] = []
    for chunk in WIDE_PAIR.split(line):
        if chunks and ":" not in chunks[-1]:
            chunks[-1] = f"{chunks[-1]} {chunk}"
        else:
            chunks.append(chunk)
    return chunks
