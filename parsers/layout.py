"""What a display template says about its text: its labels, its fixed lines, its rules.

A template is written as the display looks. From its lines follow
- fixed lines (no variable): titles, legends, column heads; known and without data,
- labels (`Label : {{ value }}`): where two pairs share a line, and how this release spells them,
- rules (any line with a variable): each gets a tag variable that captures the number of the text it
  matched, so that what no rule took is known exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TAG = "␞"
"""Stands between a piece of text and its number."""

LABEL_RULE = re.compile(r"^\s*(?P<label>[A-Za-z][^{}:]*?) : (?P<value>\{\{[^:]*)$")
VARIABLE = re.compile(r"(\{\{.*?\}\})")
WORDS = re.compile(r"\S*[A-Za-z]\S*(?:[ \t]+\S*[A-Za-z]\S*)*")
HEAD = re.compile(r"^\s*(?P<head>[A-Za-z][^{}:]*?) (?:\{\{|: .*\{\{)")
UNKNOWN_LABEL = r"[A-Za-z][\w ./()-]{0,60}?"
COLON = re.compile(r" ?: (?=\S)| ?:$")
WIDE_PAIR = re.compile(rf"[ \t]{{2,}}(?={UNKNOWN_LABEL}[ \t]*:(?:[ \t]|$))")
UNKNOWN_PAIR = re.compile(rf"({UNKNOWN_LABEL}) ?:(?: (.*))?$")


def squeeze(text: str) -> str:
    """Give the form in which two spellings of a label or title are equal.

    >>> squeeze("E-Trunk  ID") == squeeze("E-TRUNK-ID")
    True
    """
    # four replacements take a quarter of the time of one translation
    return text.replace(" ", "").replace("-", "").replace("_", "").replace("\t", "").casefold()


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known about the text of one display.

    Args:
        template: text for TTP, every rule with its tag.
        words: expressions that this text names beside the common ones.
        fixed: squeezed lines that carry no data.
        labels: squeezed label -> spelling of the template.
        free: squeezed labels whose value is free text.
        label_words: most words that a label has.
        finder: finds known labels in a line of single blanks.
        unknown_label: expression for a label that is none of ours.
        keeps_unknown: whether a pair with an unknown label is data of the record.
    """

    template: str
    words: dict[str, str]
    fixed: frozenset[str]
    labels: dict[str, str]
    free: frozenset[str]
    label_words: int
    finder: re.Pattern[str]
    unknown_label: str
    keeps_unknown: bool

    def pieces(self, line: str) -> list[str]:
        """Cut a line into pairs in the template's spelling; a line without labels stays whole."""
        plain = " ".join(line.split())
        if ":" not in plain and "=" not in plain:
            return [plain]
        pairs = self._plain_pairs(plain)
        if pairs is not None:
            return pairs
        chunks = _chunks(line.strip()) if self.keeps_unknown and not self._is_free(plain) else [plain]
        return [piece for chunk in chunks for piece in self._pairs(" ".join(chunk.split()))]

    def _plain_pairs(self, plain: str) -> list[str] | None:
        """Cut where every colon stands after a known label, as in most lines; nothing for any other line.

        It gives what `_pairs` gives, without a search: this is where most of the time would go.
        """
        first, *others = plain.split(":")
        label = self.labels.get(squeeze(first))
        if label is None or "=" in plain:
            return None
        pairs = []
        for other in others[:-1]:
            following = None if squeeze(label) in self.free else self._last_label(other)
            if following is None:
                return None
            known, value = following
            pairs.append(f"{label} : {value}")
            label = known
        return [*pairs, f"{label} : {others[-1].strip()}"]

    def _last_label(self, text: str) -> tuple[str, str] | None:
        """Find the longest known label at the end of a text, and what stands before it."""
        words = text.split()
        for place in range(max(len(words) - self.label_words, 0), len(words)):
            label = self.labels.get(squeeze("".join(words[place:])))
            if label is not None and squeeze(words[place]):  # a lone dash is the value before the label
                return label, " ".join(words[:place])
        return None

    def _is_free(self, plain: str) -> bool:
        """Tell whether the line begins with a label whose value is free text."""
        first = self.finder.match(plain)
        return first is not None and squeeze(first[1]) in self.free

    def _pairs(self, plain: str) -> list[str]:
        """Cut text of single blanks at each known label, if it begins with one."""
        marks = list(self.finder.finditer(plain))
        if not marks or marks[0].start():
            return [self._whole(plain)]
        pairs = []
        for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(plain)], strict=True):
            label = squeeze(mark[1])
            stop = len(plain) if label in self.free else end
            pairs.append(f"{self.labels[label]} : {plain[mark.end() : stop].strip()}")
            if label in self.free:
                break
        return pairs

    def _whole(self, plain: str) -> str:
        """Write a line that begins with no known label."""
        pair = UNKNOWN_PAIR.match(plain) if self.keeps_unknown else None
        return f"{pair[1]} : {(pair[2] or '').strip()}" if pair else COLON.sub(" : ", plain).rstrip()


@cache
def layout_of(name: str) -> Layout:
    """Read a template and what follows from it."""
    text = files("parsers").joinpath("templates", f"{name}.ttp").read_text(encoding="utf-8")
    lines = text.splitlines()
    matches = [match for line in lines if (match := LABEL_RULE.match(line))]
    labels = {squeeze(match["label"]): match["label"] for match in matches}
    free = frozenset(squeeze(match["label"]) for match in matches if 're("text")' in (match["value"] or ""))
    words: dict[str, str] = {}
    return Layout(
        template="\n".join(_tagged(lines, words)),
        words=words,
        fixed=frozenset(squeeze(line) for line in lines if _is_fixed(line)),
        labels=labels,
        free=free,
        label_words=max((len(label.split()) for label in labels.values()), default=0),
        finder=_finder(labels.values()),
        unknown_label=_unknown_label([match["head"] for line in lines if (match := HEAD.match(line))]),
        keeps_unknown='re("label")' in text,
    )


def _chunks(line: str) -> list[str]:
    """Cut where wide blanks stand before something like a label; wide blanks inside a label do not cut."""
    chunks: list[str] = []
    for chunk in WIDE_PAIR.split(line):
        if chunks and ":" not in chunks[-1]:
            chunks[-1] = f"{chunks[-1]} {chunk}"
        else:
            chunks.append(chunk)
    return chunks


def _is_fixed(line: str) -> bool:
    """Tell a title, legend or column head from a rule, a tag and a comment."""
    return bool(line.strip()) and "{{" not in line and not line.lstrip().startswith(("<", "##"))


def _tagged(lines: Iterable[str], words: dict[str, str]) -> Iterator[str]:
    """Give the lines for TTP: no fixed line, each rule with its own tag and in any letter case.

    Args:
        lines: of the template.
        words: expressions by name, added to: for the words between the variables of a rule.
    """
    for number, line in enumerate(lines):
        if "{{" in line:
            label, colon, value = line.partition(" : ") if LABEL_RULE.match(line) else ("", "", line)
            yield f"{label}{colon}{_any_case(value.rstrip(), words)} {TAG}{{{{ at_{number} }}}}"
        elif not _is_fixed(line):
            yield line


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
    """Give the alternatives for all labels in any spelling, the longest first."""
    loose = (
        r"[ _-]*".join(re.escape(part) for part in re.split(r"[ _-]+", label))
        for label in sorted(labels, key=len, reverse=True)
    )
    return "|".join(loose) or "(?!)"


def _finder(labels: Iterable[str]) -> re.Pattern[str]:
    """Find a label at the start, after a blank, or glued to the value before it (`NormalNumber Of ...`)."""
    return re.compile(rf"(?:^|(?<= )|(?<=[a-z0-9])(?=[A-Z]))((?i:{_spellings(labels)})) ?[:=]")


def _unknown_label(heads: Iterable[str]) -> str:
    """Give the expression for a label that begins no rule: a known one with a strange value is no extra."""
    known = "|".join(re.escape(head) for head in heads) or "(?!)"
    return rf"(?!(?:{known}) ){UNKNOWN_LABEL}"
