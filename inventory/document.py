"""YAML as plain values, with the line of each path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inventory.errors import reason
from inventory.place import Place
from inventory.problems import InvalidIntentError, Problem
from inventory.quick_yaml import UnusualError, name_of, read_quickly


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain values, and the line of each of its paths."""

    source: str
    values: object
    lines: Mapping[str, int]

    def place(self, path: str, line: int | None = None) -> Place:
        """Place a path at its line, or at the line given."""
        return Place(self.source, self.lines.get(path, line), path or None)


def read_file(path: Path) -> Document:
    """Read a YAML file with the line of each path.

    Raises:
        InvalidIntentError: it cannot be read, or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(Place(str(path)), f"cannot be read: {reason(error)}")
        raise InvalidIntentError(str(path), [problem]) from error
    return read_document(text, str(path))


def read_document(text: str, source: str) -> Document:
    """Read YAML with the line of each path; text that is not YAML raises InvalidIntentError."""
    try:
        values, lines = read_quickly(text)
    except (UnusualError, RecursionError):
        return _read_slowly(text, source)
    return Document(source, values, lines)


def _read_slowly(text: str, source: str) -> Document:
    """Read whatever YAML there is, and tell what is wrong with the rest."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    lines: dict[str, int] = {}
    try:
        values = _plain(YAML(typ="rt", pure=True).load(text), "", lines)
    except MarkedYAMLError as error:
        if mark := _MERGE.search(text):
            place = Place(source, text.count("\n", 0, mark.start()) + 1)
            raise InvalidIntentError(
                source, [Problem(place, f"a merge that is not done: {mark[0]}")]
            ) from None
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = Problem(Place(source, line), f"not YAML: {_in_plain_words(error.problem or error.context)}")
        raise InvalidIntentError(source, [problem]) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        told = f"not YAML: the character U+{ord(text[error.position]):04X}; wanted text"
        raise InvalidIntentError(source, [Problem(Place(source, line), told)]) from None
    except _OddError as error:
        raise InvalidIntentError(source, [Problem(Place(source, error.line), str(error))]) from None
    except TypeError:  # Python has no such key
        raise InvalidIntentError(source, [Problem(Place(source), _NO_WORD)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise InvalidIntentError(source, [Problem(Place(source), f"not YAML: {error}")]) from None
    return Document(source, values, lines)


_MERGE = re.compile(r"^(?:<{7}|>{7})(?= )", re.MULTILINE)
"""What git writes where it cannot merge."""
_SAID = (
    (re.compile(r"found character '\\t'.*"), "a tab; wanted blanks, which alone indent a line"),
    (re.compile(r"found character ('.').*"), r"a value that begins with \1; wanted quotes around it"),
    (re.compile(r"found duplicate key (\S+).*", re.DOTALL), r"the key \1 stands twice"),
    (
        re.compile(r"mapping values are not allowed here"),
        "a `: ` where no key can be; look at the indent, at the line before, or put the value in quotes",
    ),
    (
        re.compile(r"expected <block end>, but found '<scalar>'"),
        "text after a quote or a bracket that ended the value",
    ),
    (re.compile(r"expected <block end>, but found '[\]},]'"), "a bracket or a comma that belongs to nothing"),
    (
        re.compile(r"sequence entries are not allowed here"),
        "a `- ` behind a key; wanted a line for it",
    ),
    (
        re.compile(r"mapping keys are not allowed here"),
        "a value that begins with `?`; wanted quotes",
    ),
    (re.compile(r"expected <block end>.*"), "the line is indented otherwise than those it belongs to"),
    (re.compile(r"could not find expected ':'"), "no `: ` after the key, or a quote that does not end"),
    (re.compile(r"found unexpected end of stream"), "a quote that does not end"),
    (re.compile(r"expected the node content, but found '<stream end>'"), "a bracket that does not end"),
    (
        re.compile(r"expected the node content, but found ('.')"),
        r"\1 where a value should be; wanted quotes",
    ),
    (re.compile(r"expected '<document start>'.*"), "text after what is the end of the values"),
    (re.compile(r"but found another document"), "a second document; wanted one in a file"),
    (
        re.compile(r"found undefined alias .*"),
        "a value that begins with `*` and names nothing; wanted quotes around it",
    ),
    (
        re.compile(r"expected alphabetic or numeric character.*"),
        "a value that begins with `*` or `&`; wanted quotes around it",
    ),
    (
        re.compile(r"found unknown escape character ('.')"),
        r"a backslash before \1 in double quotes; wanted single ones",
    ),
    (re.compile(r"expected chomping.*"), "a value that begins with `|` or `>`; wanted quotes around it"),
    (re.compile(r"expected ',' or.*"), "a bracket that does not end, or no comma between two values"),
)
"""What the reader says of the mistakes that are made most, and what they are; no value is shown."""


_NO_WORD = "not YAML: a key that is keys and values, or a list, itself; wanted a word"
_STANDARD = "tag:yaml.org,2002:"
"""What a tag of YAML's own begins with; it is written `!!`."""


def _in_plain_words(problem: str | None) -> str:
    """Say what is wrong with a line; the reader's own words, where we have none."""
    said = problem or "not understood"
    return next((form.sub(words, said) for form, words in _SAID if form.fullmatch(said)), said)


class _OddError(Exception):
    """YAML that means nothing here, and where it stands."""

    def __init__(self, told: str, line: int | None) -> None:
        super().__init__(told)
        self.line = line


def _plain(node: object, path: str, lines: dict[str, int]) -> object:
    """Return plain values; write the line of each path into `lines`.

    Raises:
        _OddError: a value is more than text, a number, a list, or keys and values.
    """
    from ruamel.yaml.comments import CommentedKeyMap, CommentedKeySeq, CommentedMap, CommentedSeq

    node = _untagged(node, lines.get(path))
    if isinstance(node, CommentedMap):
        values = {}
        for key, value in node.items():
            if isinstance(key, CommentedKeyMap | CommentedKeySeq):
                raise _OddError(_NO_WORD, node.lc.key(key)[0] + 1)
            name = name_of(_untagged(key, lines.get(path)))
            below = f"{path}.{name}" if path else name
            if key in (node.lc.data or ()):  # nothing for what is merged alone
                lines[below] = node.lc.key(key)[0] + 1
            values[name] = _plain(value, below, lines)
        return values
    if isinstance(node, CommentedSeq):
        items = []
        for index, value in enumerate(node):
            below = f"{path}[{index}]"
            lines[below] = node.lc.item(index)[0] + 1
            items.append(_plain(value, below, lines))
        return items
    return _scalar(node)


def _untagged(node: object, line: int | None) -> object:
    """Return a value whose tag says no more than that it is text."""
    from ruamel.yaml.comments import CommentedOrderedMap, CommentedSet, TaggedScalar

    kinds = ((bytes, "!!binary"), (CommentedSet, "!!set"), (CommentedOrderedMap, "!!omap"))
    tag = next((name for kind, name in kinds if isinstance(node, kind)), None)
    tag = tag or getattr(getattr(node, "tag", None), "value", None)
    if tag is None:
        return node
    short = str(tag).replace(_STANDARD, "!!")
    if isinstance(node, TaggedScalar) and short == "!!str":
        return str(node.value)
    raise _OddError(f"the tag {short} before a value; wanted the value alone", line)


def _scalar(node: object) -> object:
    """Free a scalar from its round-trip class, which strict types would refuse."""
    if isinstance(node, datetime):
        return datetime.combine(node.date(), node.time(), node.tzinfo)
    for plain in (bool, int, float, str):
        if isinstance(node, plain):
            return plain(node)
    return node
