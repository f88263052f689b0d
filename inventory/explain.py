"""What a model found wrong with a document, in an operator's words and at its line."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from inventory.document import Document
from inventory.model.base import SIDES, Each
from inventory.model.types import SNOOPED
from inventory.place import Place
from inventory.problems import Problem
from inventory.shown import shown

SECRET_KEYS = frozenset({"security_key", "authentication", "password"})
"""Keys below which a value is never shown: what stands there may be a secret written by mistake."""


_FORMS = {
    r"^https?://[^/\s@]+(/\S*)?$": "a URL, as https://host.example.net, without a user in it",
    r"^(?:(?:udp|tcp)://\[?[\w.:-]+?\]?:\d{1,5}|unix:/\S+)$": (
        "udp://host:port, tcp://host:port or unix:/dev/log"
    ),
    r"^[^\s@]+@[^\s@]+$": "an address, as hotpair@example.net",
    r"^(?:[\w.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$": "host:port, as 127.0.0.1:9273",
    r"^[1-9]\d{0,3}d$": "days, as 90d",
    r"^[^\r\n\"]$": "one character, as ';'",
    r"^\d+(/\d+){0,3}(\.\d+)?$": "numbers of slot, card and port, as 0/1/2",
    r"^\d+( to \d+)?( \d+( to \d+)?)*$": "numbers and ranges, as 10 20 to 30",
    r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$": "a time of day in quotes, as '02:30:00'",
    rf"^(?:{SNOOPED})$": "vlan 10, or vsi NAME with what made it, as `vsi tv static`",
    r"^[^\s?](?:[^\r\n?]{0,244}[^\s?])?$": "1 to 246 characters on one line, none of them `?`",
}
"""Forms of text, and what an operator calls them."""
PLAINER = (
    *((re.escape(f"should match pattern '{form}'"), f"should be {said}") for form, said in _FORMS.items()),
    (r"valid tuple", "list"),
    (r"should match pattern '\^(.*)\$'", r"should be written as \1"),
    (r"\[A-Za-z0-9_\.-\]\{1,(\d+)\}", r"1 to \1 letters, digits, `.`, `_` or `-`"),
    (r"\[A-Za-z0-9_\]\{1,(\d+)\}", r"1 to \1 letters, digits or `_`"),
    (r"\[\^\\s\?\\\"\]\{1,(\d+)\}", r"1 to \1 characters, none of them a blank, `?` or a double quote"),
    (r"\[\^\\r\\n\?\]\{1,(\d+)\}", r"1 to \1 characters on one line, none of them `?`"),
    (r"Datetimes provided to dates should have zero time.*", "should be a day, as 2027-01-31"),
    (r"valid date or datetime,.*", "day, as 2027-01-31"),
    (r"should not have timezone info", "should be without a zone, which `time_zone` names"),
    (
        r"(?:Tuple|List|Set|Dictionary) should have at least (\d+) items? after validation.*",
        r"should have \1 or more",
    ),
    (r"valid dictionary or instance of \w+(\[.*\])?", "set of keys and values"),
)
"""Words of the validation library, and what an operator calls it."""
_LISTED = 20
"""Of more words none is named: a list of hundreds tells nobody anything."""
MISSING_SIDE = "member has no value"


def problems_of(
    error: ValidationError, document: Document, model: type[BaseModel], at: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Yield every problem that a model found with a document, each once and at its line.

    Args:
        error: what the model said.
        document: what it was given.
        model: the model of the document, or of the part of it.
        at: keys that lead to that part, e.g. the name of a host.
    """
    seen = set()
    for one in error.errors(include_url=False):
        if _is_long_enough(one["input"], one.get("ctx", {}).get("min_length")):
            continue  # what it holds is wrong, which is told where it stands
        loc = (*at, *one["loc"])
        path = _path(loc, document.values)
        absent = one["input"] is None and one["loc"][-1:] in {("a",), ("b",)}
        message = _message(one["type"], MISSING_SIDE if absent else one["msg"], one["loc"], model)
        found = None if absent else _shown(one["input"], one["loc"])
        if one["type"] in {"missing", "extra_forbidden", "value_error"} or isinstance(one["input"], dict):
            found = None
        if one["type"] == "extra_forbidden":
            path = f"{path}.{loc[-1]}" if not path.endswith(str(loc[-1])) else path
        if (path, message) not in seen:
            seen.add((path, message))
            yield Problem(_nearest(document, path), message, found)


def no_keys(document: Document) -> Problem:
    """Return what is wrong with a document that holds a list or a text where keys and values are wanted."""
    found = {list: "a list", type(None): "nothing"}.get(type(document.values), "text")
    return Problem(Place(document.source, 1), "should hold keys and values", found)


def without_unknown_keys(error: ValidationError, values: object) -> object:
    """Return a document's values without the keys that its model does not know."""
    rest = copy.deepcopy(values)
    for one in error.errors(include_url=False):
        if one["type"] == "extra_forbidden":
            here: Any = rest
            for step in one["loc"][:-1]:  # steps that the file does not hold are names of our own types
                inside = isinstance(here, list) and isinstance(step, int) and step < len(here)
                if inside or (isinstance(here, dict) and step in here):
                    here = here[step]
            if isinstance(here, dict):
                here.pop(one["loc"][-1], None)
    return rest


def _is_long_enough(given: object, wanted: int | None) -> bool:
    """Tell whether a list has as many items as are wanted; the model does not count those that are wrong."""
    return isinstance(given, list) and wanted is not None and len(given) >= wanted


def _nearest(document: Document, path: str) -> Place:
    known = path
    while known and known not in document.lines:
        known = known[: max(known.rfind("."), known.rfind("["), 0)]
    return document.place(path, document.lines.get(known, 1))


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
    return None if SECRET_KEYS & set(loc) else shown(value)


def _message(kind: str, text: str, loc: Sequence[int | str], model: type[BaseModel]) -> str:
    name = str(loc[-1]) if loc else ""
    if SECRET_KEYS & set(loc) and kind not in {"extra_forbidden", "missing"}:
        return "a secret is named, never written: `{secret: NAME}`"
    if text == MISSING_SIDE:
        return f"member {name} has no value"
    if kind == "missing":
        return f"key {name!r} is missing"
    if kind == "extra_forbidden":
        return f"unknown key {name!r}{_did_you_mean(loc, model)}"
    plain = text.removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ").strip()
    for ours, theirs in PLAINER:
        plain = re.sub(ours, theirs, plain)
    return plain


def _did_you_mean(loc: Sequence[int | str], model: type[BaseModel]) -> str:
    here: type[BaseModel] | None = model
    each = False
    for step in loc[:-1]:
        if here is not None and step in here.model_fields:
            annotation = here.model_fields[str(step)].annotation
            here, each = _model_in(annotation), _is_each(annotation)
        elif step in SIDES:
            each = False
    return nearest(str(loc[-1]), SIDES if each else list(here.model_fields) if here else [])


def _is_each(annotation: object) -> bool:
    """Tell whether a field has a value for each member."""
    return isinstance(annotation, type) and issubclass(annotation, Each)


def nearest(word: str, known: Iterable[str]) -> str:
    """Say what may have been meant by a word that is not known, or what is known.

    >>> nearest("hostnam", ["hostname", "port"]), nearest("x", ["hostname", "port"])
    ("; did you mean 'hostname'?", '; known here: hostname, port')
    """
    words = list(known)
    near = difflib.get_close_matches(word, words, n=1)
    if near or len(words) > _LISTED:
        return f"; did you mean {near[0]!r}?" if near else ""
    return f"; known here: {', '.join(words) or 'none'}"


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model that a field holds, through tuples, optional values and values of each member."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (
            _model_in(annotation.model_fields["a"].annotation) if issubclass(annotation, Each) else annotation
        )
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
