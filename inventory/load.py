"""Reading of a pair file: YAML to intent, with every problem placed at its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from inventory.facts import Place
from inventory.model import Each, Pair
from inventory.model.references import broken_references
from inventory.problems import InvalidIntentError, Problem

SECRET_KEYS = frozenset({"security_key", "authentication"})
"""Keys below which a value is never shown: what stands there may be a secret written by mistake."""


PLAINER = (
    (r"valid tuple", "list"),
    (r"valid dictionary or instance of \w+(\[.*\])?", "set of keys and values"),
)
"""Words of the validation library, and what an operator calls it."""
MISSING_SIDE = "member has no value"


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


def load_pair(path: str | Path) -> Pair:
    """Read a pair file.

    Args:
        path: a YAML file that describes one pair.

    Raises:
        InvalidIntentError: the file cannot be read or is not a pair; it holds all problems, each with line
            and YAML path.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InvalidIntentError(
            str(path), [Problem(Place(str(path)), f"cannot be read: {reason}")]
        ) from error
    return parse_pair(text, str(path))


def load_pairs(directory: Path) -> dict[str, Pair]:
    """Read every pair file of a directory.

    Args:
        directory: a folder with `*.yaml` files, one pair each.

    Returns:
        The pairs by name, in the order of their files.

    Raises:
        InvalidIntentError: a file is wrong or two have one name; it holds the problems of all files.
    """
    pairs: dict[str, Pair] = {}
    problems: list[Problem] = []
    for file in sorted(directory.glob("*.yaml")):
        try:
            pair = load_pair(file)
        except InvalidIntentError as error:
            problems += error.problems
            continue
        if pair.name in pairs:
            earlier = pairs[pair.name].place("pair")
            problems.append(Problem(pair.place("pair"), f"pair {pair.name!r} stands in {earlier} already"))
        pairs[pair.name] = pair
    if problems:
        raise InvalidIntentError(str(directory), problems)
    return pairs


def parse_pair(text: str, source: str) -> Pair:
    """Read a pair from YAML text.

    Args:
        text: the YAML.
        source: what to call it in problems.

    Raises:
        InvalidIntentError: the text is not a pair; it holds all problems.
    """
    document = read_document(text, source)
    if not isinstance(document.values, dict):
        raise InvalidIntentError(source, [Problem(Place(source, 1), "a pair file holds keys and values")])
    try:
        pair = Pair.model_validate(document.values)
    except ValidationError as error:
        raise InvalidIntentError(source, _problems(error, document)) from None
    pair = pair.located(document.places)
    broken = [Problem(pair.place(path), message) for path, message in broken_references(pair)]
    if broken:
        raise InvalidIntentError(source, broken)
    return pair


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


def _problems(error: ValidationError, document: Document) -> Iterator[Problem]:
    seen = set()
    for one in error.errors(include_url=False):
        path = _path(one["loc"], document.values)
        absent = one["input"] is None and one["loc"][-1:] in {("a",), ("b",)}
        message = _message(one["type"], MISSING_SIDE if absent else one["msg"], one["loc"])
        found = None if absent else _shown(one["input"], one["loc"])
        if one["type"] in {"missing", "extra_forbidden", "value_error"} or isinstance(one["input"], dict):
            found = None
        if one["type"] == "extra_forbidden":
            path = f"{path}.{one['loc'][-1]}" if not path.endswith(str(one["loc"][-1])) else path
        if (path, message) not in seen:
            seen.add((path, message))
            yield Problem(_nearest(document, path), message, found)


def _nearest(document: Document, path: str) -> Place:
    known = path
    while known and known not in document.places:
        known = known[: max(known.rfind("."), known.rfind("["), 0)]
    return document.place(path, document.places[known].line if known else 1)


def _path(loc: Sequence[int | str], values: object) -> str:
    """Write the steps that the file itself holds; the rest are names of our own types."""
    path = ""
    for step in loc:
        if isinstance(step, int) and isinstance(values, list) and step < len(values):
            path, values = f"{path}[{step}]", values[step]
        elif isinstance(values, dict) and step in values:
            path, values = f"{path}.{step}" if path else str(step), values[step]
    return path


def _shown(value: object, loc: Sequence[int | str]) -> str | None:
    return None if SECRET_KEYS & set(loc) else repr(value)


def _message(kind: str, text: str, loc: Sequence[int | str]) -> str:
    name = str(loc[-1]) if loc else ""
    if SECRET_KEYS & set(loc) and kind != "extra_forbidden":
        return "a secret is named, never written: `{secret: NAME}`"
    if text == MISSING_SIDE:
        return f"member {name} has no value"
    if kind == "missing":
        return f"key {name!r} is missing"
    if kind == "extra_forbidden":
        return f"unknown key {name!r}{_did_you_mean(loc)}"
    plain = text.removeprefix("Value error, ").removeprefix("Input ").strip()
    for ours, theirs in PLAINER:
        plain = re.sub(ours, theirs, plain)
    return plain


def _did_you_mean(loc: Sequence[int | str]) -> str:
    model: type[BaseModel] | None = Pair
    for step in loc[:-1]:
        if model is not None and step in model.model_fields:
            model = _model_in(model.model_fields[str(step)].annotation)
    known = list(model.model_fields) if model else []
    near = difflib.get_close_matches(str(loc[-1]), known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known here: {', '.join(known)}"


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model that a field holds, through tuples, optional values and values of each member."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (
            _model_in(annotation.model_fields["a"].annotation) if issubclass(annotation, Each) else annotation
        )
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
