"""YAML as plain values, with the line of each path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from inventory.place import Place
from inventory.problems import InvalidIntentError, Problem
from inventory.quick_yaml import UnusualError, read_quickly


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
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InvalidIntentError(
            str(path), [Problem(Place(str(path)), f"cannot be read: {reason}")]
        ) from error
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
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = Problem(Place(source, line), f"not YAML: {_in_plain_words(error.problem or error.context)}")
        raise InvalidIntentError(source, [problem]) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        told = f"not YAML: the character U+{ord(text[error.position]):04X}; wanted text"
        raise InvalidIntentError(source, [Problem(Place(source, line), told)]) from None
    except TypeError:  # Python has no such key
        told = "a key that is keys and values, or a list, itself; wanted a word"
        raise InvalidIntentError(source, [Problem(Place(source), f"not YAML: {told}")]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise InvalidIntentError(source, [Problem(Place(source), f"not YAML: {error}")]) from None
    return Document(source, values, lines)


_SAID = (
    (re.compile(r"found character '\\t'.*"), "a tab; wanted blanks, which alone indent a line"),
    (re.compile(r"found character ('.').*"), r"a value that begins with \1; wanted quotes around it"),
    (re.compile(r"found duplicate key (\S+).*", re.DOTALL), r"the key \1 stands twice"),
    (
        re.compile(r"mapping values are not allowed here"),
        "a `: ` where no key can be; look at the indent, at the line before, or put the value in quotes",
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
        re.compile(r"found unknown escape character ('.')"),
        r"a backslash before \1 in double quotes; wanted single ones",
    ),
    (re.compile(r"expected chomping.*"), "a value that begins with `|` or `>`; wanted quotes around it"),
    (re.compile(r"expected ',' or.*"), "a bracket that does not end, or no comma between two values"),
)
"""What the reader says of the mistakes that are made most, and what they are; no value is shown."""


def _in_plain_words(problem: str | None) -> str:
    """Say what is wrong with a line; the reader's own words, where we have none."""
    said = problem or "not understood"
    return next((form.sub(words, said) for form, words in _SAID if form.fullmatch(said)), said)


def _plain(node: object, path: str, lines: dict[str, int]) -> object:
    """Return plain values; write the line of each path into `lines`."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(node, CommentedMap):
        values = {}
        for key, value in node.items():
            below = f"{path}.{key}" if path else str(key)
            if key in node.lc.data:
                lines[below] = node.lc.key(key)[0] + 1
            values[key if isinstance(key, str) else str(key)] = _plain(value, below, lines)
        return values
    if isinstance(node, CommentedSeq):
        items = []
        for index, value in enumerate(node):
            below = f"{path}[{index}]"
            lines[below] = node.lc.item(index)[0] + 1
            items.append(_plain(value, below, lines))
        return items
    return _scalar(node)


def _scalar(node: object) -> object:
    """Free a scalar from its round-trip class, which strict types would refuse."""
    for plain in (bool, int, float, str):
        if isinstance(node, plain):
            return plain(node)
    return node
