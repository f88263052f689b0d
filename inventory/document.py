"""YAML as plain values, with the line of each path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from inventory.facts import Place
from inventory.problems import InvalidIntentError, Problem


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain values, and the line of each of its paths."""

    source: str
    values: object
    places: Mapping[str, Place]

    def place(self, path: str, line: int | None = None) -> Place:
        """Place a path at its line, or at the line given."""
        known = self.places.get(path)
        return Place(self.source, known.line if known else line, path or None)


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
    places: dict[str, Place] = {}
    try:
        values = _plain(YAML(typ="rt", pure=True).load(text), "", source, places)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = Problem(Place(source, line), f"not YAML: {error.problem or error.context}")
        raise InvalidIntentError(source, [problem]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise InvalidIntentError(source, [Problem(Place(source), f"not YAML: {error}")]) from None
    return Document(source, values, places)


def _plain(node: object, path: str, source: str, places: dict[str, Place]) -> object:
    """Give plain values; write the line of each path into `places`."""
    if isinstance(node, CommentedMap):
        values = {}
        for key, value in node.items():
            below = f"{path}.{key}" if path else str(key)
            if key in node.lc.data:
                places[below] = Place(source, node.lc.key(key)[0] + 1, below)
            values[key if isinstance(key, str) else str(key)] = _plain(value, below, source, places)
        return values
    if isinstance(node, CommentedSeq):
        items = []
        for index, value in enumerate(node):
            below = f"{path}[{index}]"
            places[below] = Place(source, node.lc.item(index)[0] + 1, below)
            items.append(_plain(value, below, source, places))
        return items
    return _scalar(node)


def _scalar(node: object) -> object:
    """Free a scalar from its round-trip class, which strict types would refuse."""
    for plain in (bool, int, float, str):
        if isinstance(node, plain):
            return plain(node)
    return node
