"""What a display template says about its text: its blocks, their labels and rows, its fixed lines.

A template is written as the display looks; each `<group>` is a block. From its lines follow
- fixed lines (no variable): titles and column heads; known and without data,
- labels (`Label : {{ value }}`): where two pairs share a line, how this release spells them, and in
  which block they can stand,
- rows (any other line with a variable), each with an expression of its own; a row below the label of a
  list says that values of that list may stand below it,
- openers: the first rule of a block and each rule with `_start_` begin a block anew; a fixed line with
  `_start_` does so too.

TTP is handed another text than the one written here: each block opens with a mark of ours, each label
carries the number of its block, and each rule has a tag that captures the number of the text it matched,
so that what no rule took is known exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

from inventory.once import Once
from parsers.patterns import PATTERNS

TAG: Final = "␞"
"""Stands between a piece of text and its number."""

GROUP = re.compile(r'<group name="(?P<name>\w+)\*">')
LABEL_RULE = re.compile(r"^\s*(?P<label>[A-Za-z][^{}:]*?) : (?P<value>\{\{[^:]*)$")
VARIABLE = re.compile(r"(\{\{.*?\}\})")
NAME = re.compile(r"\{\{ (?P<name>\w+)")
NAMED = re.compile(r're\("(\w+)"\)|ignore\("(\w+)"\)')
START: Final = "_start_"
WORDS = re.compile(r"\S*[A-Za-z]\S*(?:[ \t]+\S*[A-Za-z]\S*)*")
EXTRA: Final = "extra"
LIST_VARIABLE: Final = "value"


def squeeze(text: str) -> str:
    """Return the form in which two spellings of a label or title are equal.

    >>> squeeze("E-Trunk  ID") == squeeze("E-TRUNK-ID")
    True
    """
    # four replacements take a quarter of the time of one translation
    return text.replace(" ", "").replace("-", "").replace("_", "").replace("\t", "").casefold()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of a template that holds a variable.

    Args:
        number: of the line in the template.
        group: number of the block.
        opens: it begins the block.
        variable: its first variable: a block holds each once.
        label: spelling of the template; empty for a row.
        row: expression for a whole row; nothing for a label.
        free: the value is free text.
    """

    number: int
    group: int
    opens: bool
    variable: str
    label: str = ""
    row: re.Pattern[str] | None = None
    free: bool = False


@dataclass(slots=True)
class Group:
    """A block of a template.

    Args:
        number: in order of the template, from 0.
        name: of TTP's group.
        parent: number of the block around it; nothing for the outermost.
        rules: in order of the template.
        extra: number of the inner block for unknown labels, if it keeps them.
        goes_on: its values may stand below the label, one a line.
    """

    number: int
    name: str
    parent: int | None
    rules: list[Rule] = field(default_factory=list)
    extra: int | None = None
    goes_on: bool = False

    @property
    def lists(self) -> bool:
        """Tell whether it is a list under a label: each value is a block of its own."""
        return any(rule.label and rule.variable == LIST_VARIABLE for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known about the text of one display.

    Args:
        template: text for TTP, every rule with its tag.
        words: expressions that this text names beside the common ones.
        groups: blocks by number.
        lists: numbers of the blocks that are lists under a label.
        fixed: squeezed lines that carry no data, with the block that each opens, if any.
        labels: squeezed label -> rules with that label.
        rows: rules of rows.
        free: squeezed labels whose value is free text.
        label_words: most words that a label has.
        finder: finds known labels in a line of single blanks.
        keeps_unknown: whether a pair with an unknown label is data of the record.
    """

    template: str
    words: Mapping[str, str]
    groups: Sequence[Group]
    lists: frozenset[int]
    fixed: Mapping[str, int | None]
    labels: Mapping[str, Sequence[Rule]]
    rows: Sequence[Rule]
    free: frozenset[str]
    label_words: int
    finder: re.Pattern[str]
    keeps_unknown: bool

    @property
    def line(self) -> re.Pattern[str] | None:
        """The expression of a text in which each line is a record of its own; nothing for any other."""
        alone = not self.fixed and not self.labels and len(self.rows) == 1
        return self.rows[0].row if alone else None

    def chain(self, group: int | None) -> Iterator[int]:
        """Yield a block and those around it, from the inside."""
        while group is not None:
            yield group
            group = self.groups[group].parent


@Once
def layout_of(name: str) -> Layout:
    """Read a template and what follows from it.

    Args:
        name: of a shipped template; `PACKAGE:NAME` is `NAME.ttp` in another package.
    """
    package, _, own = name.rpartition(":")
    home = files(package) if package else files("parsers").joinpath("templates")
    return _Reader().read(home.joinpath(f"{own}.ttp").read_text(encoding="utf-8").splitlines())


def mark(group: int) -> str:
    """Return the word that names a block for TTP; letters, since TTP takes all digits of a template for one.

    >>> mark(3)
    'block-d'
    """
    return f"block-{chr(ord('a') + group)}"


DIGITS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def pair(group: int, label: str) -> str:
    """Return the head of a pair for TTP: its block, and the label without the digits that TTP takes for one.

    >>> pair(1, "IPv6 users")
    'block-b~IPv⁶ users : '
    """
    return f"{mark(group)}~{label.translate(DIGITS)} : "


class _Reader:
    """Reads a template line by line."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.inside: list[Group] = []
        self.fixed: dict[str, int | None] = {}
        self.words: dict[str, str] = {}
        self.output: list[str] = []

    def read(self, lines: Sequence[str]) -> Layout:
        """Read all lines."""
        for number, line in enumerate(lines):
            self._line(number, line.strip())
        rules = [rule for group in self.groups for rule in group.rules]
        labels: dict[str, list[Rule]] = {}
        for rule in rules:
            if rule.label:
                labels.setdefault(squeeze(rule.label), []).append(rule)
        spellings = {rule.label for rule in rules if rule.label}
        return Layout(
            template="\n".join(self.output),
            words=self.words,
            groups=tuple(self.groups),
            lists=frozenset(group.number for group in self.groups if group.lists),
            fixed=self.fixed,
            labels=labels,
            rows=tuple(rule for rule in rules if rule.row is not None),
            free=frozenset(squeeze(rule.label) for rule in rules if rule.label and rule.free),
            label_words=max((len(label.split()) for label in spellings), default=0),
            finder=_finder(spellings),
            keeps_unknown=any(group.name == EXTRA for group in self.groups),
        )

    def _line(self, number: int, line: str) -> None:
        """Read one line."""
        if match := GROUP.fullmatch(line):
            self._open(match["name"], line)
        elif line == "</group>":
            self.inside.pop()
            self.output.append(line)
        elif line.startswith("##") or not line:
            return
        elif NAME.search(line) is None:
            self.fixed[squeeze(line)] = None
        elif NAME.findall(line) == [START]:
            self.fixed[squeeze(VARIABLE.sub("", line))] = self.inside[-1].number
        else:
            self._rule(number, line)

    def _open(self, name: str, line: str) -> None:
        """Begin a block with our mark."""
        parent = self.inside[-1] if self.inside else None
        group = Group(len(self.groups), name, parent.number if parent else None)
        if parent and name == EXTRA:
            parent.extra = group.number
        self.groups.append(group)
        self.inside.append(group)
        tag = f"{{{{ at_m{group.number} | {START} }}}}"
        self.output.extend((line, f"{mark(group.number)} {TAG}{tag}"))

    def _rule(self, number: int, line: str) -> None:
        """Take in a line with variables, and write it for TTP with its tag."""
        group = self.inside[-1]
        names = [name for name in NAME.findall(line) if name != "ignore"]
        if group.lists and not LABEL_RULE.match(line):
            group.goes_on = True
            return
        opens = not group.rules or f"| {START}" in line
        line = line.replace(f" | {START}", "")
        variable = names[0] if names else f"line{number}"
        match = LABEL_RULE.match(line)
        if match:
            free = 're("text")' in match["value"]
            rule = Rule(number, group.number, opens, variable, label=match["label"], free=free)
            start, value = pair(group.number, match["label"]), match["value"]
        else:
            prefix = group.name == EXTRA
            row = None if prefix else re.compile(_expression(line), re.IGNORECASE)
            rule = Rule(number, group.number, opens, variable, row=row)
            start, value = f"{mark(group.number)}~" if prefix else "", line
        group.rules.append(rule)
        self.output.append(f"{start}{_any_case(value, self.words)} {TAG}{{{{ at_{number} }}}}")


def _expression(line: str) -> str:
    """Return the expression that a whole row must match, with a group for each variable."""
    parts = VARIABLE.split(line)
    return "".join(_part(part) for part in parts)


def _part(part: str) -> str:
    """Return the expression for a variable, or for the words between two."""
    if not part.startswith("{{"):
        return re.sub(r"(?:\\ |\t)+", " +", re.escape(part))
    named, variable = NAMED.search(part), NAME.match(part)
    value = PATTERNS[named[1] or named[2]] if named else r"\S+"
    held = f"?P<{variable['name']}>" if variable and variable["name"] != "ignore" else "?:"
    return f"({held}{value})"


def _any_case(rule: str, words: dict[str, str]) -> str:
    """Name the words between the variables as expressions; labels are spelled alike before."""

    def named(match: re.Match[str]) -> str:
        """Put a name in the place of words."""
        name = f"words_{len(words)}"
        words[name] = r"[ \t]+".join(re.escape(word) for word in match[0].split())
        return f'{{{{ ignore("{name}") }}}}'

    parts = VARIABLE.split(rule)
    return "".join(part if part.startswith("{{") else WORDS.sub(named, part) for part in parts)


def _spellings(labels: Iterable[str]) -> str:
    """Return the alternatives for all labels in any spelling, the longest first."""
    loose = (
        r"[ _-]*".join(re.escape(part) for part in re.split(r"[ _-]+", label))
        for label in sorted(labels, key=len, reverse=True)
    )
    return "|".join(loose) or "(?!)"


def _finder(labels: Iterable[str]) -> re.Pattern[str]:
    """Find a label at the start, after a blank, or glued to the value before it (`NormalNumber Of ...`)."""
    return re.compile(rf"(?:^|(?<= )|(?<=[a-z0-9])(?=[A-Z]))((?i:{_spellings(labels)})) ?[:=]")
