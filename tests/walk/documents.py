"""Changes of the ordinary pair, one for each alternative of each field, and few pairs that hold them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML

from inventory.lines import OWNED, Statement
from inventory.model import Pair
from inventory.model.references import broken_references
from inventory.rules import Finding, Severity, lint
from tasks.render import facts as render
from tasks.render.members import intended_member
from tests.walk.model import Leaf, leaves

HERE = Path(__file__).parent
Document = dict[str, Any]
_STEP = re.compile(r"([a-z0-9_]+)|\[(\d+)\]")


def _read(name: str) -> Any:
    return YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))


ORDINARY: Document = _read("pair.yaml")
VALUES: Document = _read("values.yaml")


class NoValueError(AssertionError):
    """A field of the model whose type tells no value, and for which nobody wrote one down."""


@dataclass(frozen=True, slots=True)
class Change:
    """One alternative of one field.

    Args:
        path: of the field.
        value: what it is set to.
        settings: everything that is set, by path in the document: the field, and what it needs beside it.
        objects: what stands around the field when it is not there yet, by path in the document.
    """

    path: str
    value: Any
    settings: Mapping[str, Any]
    objects: Mapping[str, Any]

    def __str__(self) -> str:
        """Show as `e_trunks[].hello = 10`."""
        return f"{self.path} = {self.value}"


class Taken:
    """What changes of one document set, by path."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._set: dict[str, Any] = {}
        self._around: set[str] = set()
        for change in changes:
            self.add(change)

    def add(self, change: Change) -> None:
        """Take a change in."""
        self._set.update(change.settings)
        self._around.update(above for path in change.settings for above in _all_above(path))

    def has_room_for(self, change: Change) -> bool:
        """Tell whether a change can be made beside the others: it sets nothing of theirs differently."""
        return all(
            self._set.get(path, value) == value for path, value in change.settings.items()
        ) and not any(
            path in self._around or any(above in self._set for above in _all_above(path))
            for path in change.settings
        )


def _above(path: str, other: str) -> bool:
    return other.startswith((f"{path}.", f"{path}["))


@cache
def _all_above(path: str) -> tuple[str, ...]:
    """Give the paths of everything that holds a field."""
    return tuple(path[: step.start()] for step in re.finditer(r"[.\[]", path))


def home(path: str) -> str:
    """Return the place of a field in the ordinary pair: the first entry of a list, or the one named."""
    homes: Mapping[str, str] = VALUES["homes"]
    known = max((prefix for prefix in homes if path == prefix or _above(prefix, path)), key=len, default="")
    return (homes[known] + path[len(known) :] if known else path).replace("[]", "[0]")


def _objects(path: str, number: int) -> Iterator[tuple[str, Any]]:
    known: Mapping[str, Any] = VALUES["objects"]
    for pattern, held in known.items():
        if _above(pattern, path):
            yield _place(pattern, number), held


def _place(path: str, number: int) -> str:
    """Return the place of the n-th alternative of a field: an entry of its own, where a list has several."""
    lists: Sequence[str] = VALUES["side by side"]
    own = next((one for one in lists if path == one or _above(one, path)), None)
    return home(path) if own is None else home(f"{own[:-2]}[{number}]{path[len(own) :]}")


def changed(document: Document, *changes: Change) -> Document:
    """Return a document with changes in it."""
    result = deepcopy(document)
    for change in changes:
        for path, held in change.objects.items():
            _put(result, path, held, over=False)
        for path, held in change.settings.items():
            _put(result, path, held)
    return result


def _put(document: Document, path: str, value: Any, *, over: bool = True) -> None:
    """Set a value; a list is as long as it takes, and what stands around it is made."""
    steps: list[str | int] = [name or int(index) for name, index in _STEP.findall(path)]
    node: Any = document
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if isinstance(step, int):
            node += [{}] * (step + 1 - len(node))
        if following is None:
            if over or not (node[step] if isinstance(step, int) else node.get(step)):
                node[step] = deepcopy(value)
            return
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            node[step] = node[step] or empty
            node = node[step]
        else:
            node = node.setdefault(step, empty)


@cache
def alternatives() -> tuple[Change, ...]:
    """Return a change for each alternative of each field.

    Raises:
        NoValueError: a field has none; it belongs into `values.yaml`.
    """
    found = [change for leaf in leaves() if leaf.path not in VALUES["not walked"] for change in _of(leaf)]
    return (*found, *(default for change in found if (default := _default(change)) is not None))


def given(path: str) -> Iterator[Change]:
    """Yield a change for each alternative of one field, but for the device's own default."""
    yield from _of(next(leaf for leaf in leaves() if leaf.path == path))


def _of(leaf: Leaf) -> Iterator[Change]:
    given: Sequence[Any] = VALUES["values"].get(leaf.path, ())
    plain = [one for one in given if not (isinstance(one, dict) and "set" in one)]
    dressed = [one for one in given if isinstance(one, dict) and "set" in one]
    told = {repr(one["set"]) for one in dressed}
    numbers = leaf.low is not None
    types = () if numbers and given else [one for one in leaf.alternatives if one != leaf.high]
    values = [*plain, *(one for one in types if repr(one) not in told)]
    if leaf.kinds == (bool,) and leaf.apart:
        values += [one for one in ({"a": not leaf.default},) if repr(one) not in told]
    if not values and not dressed:
        raise NoValueError(f"{leaf.path}: no value; write one into tests/walk/values.yaml")
    common = VALUES["with"].get(leaf.path, {})
    given_values = [(value, common) for value in values]
    given_values += [(one["set"], {**common, **one.get("with", {})}) for one in dressed]
    for number, (value, beside) in enumerate(given_values):
        yield _change(leaf.path, value, beside, number)


def _change(path: str, value: Any, beside: Mapping[str, Any], number: int) -> Change:
    settings = {_place(path, number): value, **{home(place): held for place, held in beside.items()}}
    objects = {place: held for one in (path, *beside) for place, held in _objects(one, number)}
    return Change(path, value, settings, objects)


def _default(change: Change) -> Change | None:
    """Return the same field at the value that the device takes by itself, where its line has one."""
    if not isinstance(change.value, int) or isinstance(change.value, bool):
        return None
    pair = read(changed(ORDINARY, change))
    if isinstance(pair, str):
        return None
    leaf = next(leaf for leaf in leaves() if leaf.path == change.path)
    for fact in _lines(pair):
        row = OWNED[fact.id]
        known = {**row.implied, **(row.default or {})}
        for name, value in fact.params.items():
            default = known.get(name, value)
            if (
                fact not in _plain()
                and value == str(change.value) != default
                and int(default) >= (leaf.low or 0)
            ):
                settings = {**change.settings, next(iter(change.settings)): int(default)}
                return Change(change.path, int(default), settings, change.objects)
    return None


@cache
def _plain() -> frozenset[Statement]:
    """Give the lines of the ordinary pair."""
    return frozenset(_lines(Pair.model_validate(ORDINARY)))


def _lines(pair: Pair) -> tuple[Statement, ...]:
    return render(pair, "a")


def read(document: Document) -> Pair | str:
    """Read a document as a pair, or say why it is none."""
    try:
        pair = Pair.model_validate(document)
    except ValidationError as error:
        return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    broken = broken_references(pair)
    return "; ".join(f"{path}: {message}" for path, message in broken) or pair


def errors(pair: Pair) -> tuple[Finding, ...]:
    """Return what forbids to deploy a pair."""
    findings = lint(intended_member(pair, "a"), intended_member(pair, "b"))
    return tuple(one for one in findings if one.severity is Severity.ERROR)


def reason(document: Document) -> str:
    """Say why a document is no pair that can be deployed; nothing when it is one."""
    pair = read(document)
    return pair if isinstance(pair, str) else "; ".join(f"{one.rule}: {one.message}" for one in errors(pair))


def refusal(change: Change) -> str:
    """Return the words with which a change is refused, as `values.yaml` has them; nothing for a good one."""
    known: Mapping[str, str] = VALUES["refused"]
    return known.get(str(change), known.get(change.path, ""))


@dataclass(slots=True)
class Wave:
    """A pair that holds many changes at once."""

    changes: list[Change]
    document: Document

    def fill(self, changes: Sequence[Change]) -> list[Change]:
        """Take changes in, all at once or half by half, and give those that do not go with the others."""
        fitting: list[Change] = []
        taken = Taken(self.changes)
        for change in changes:
            if taken.has_room_for(change):
                taken.add(change)
                fitting.append(change)
        document = changed(self.document, *fitting)
        left = [change for change in changes if change not in fitting]
        if not reason(document):
            self.changes += fitting
            self.document = document
            return left
        if len(fitting) == 1:
            return list(changes)
        half = len(fitting) // 2
        return self.fill(fitting[:half]) + self.fill(fitting[half:]) + left


def waves(changes: Sequence[Change]) -> list[Wave]:
    """Put changes into few pairs: as many into each as go together without a lint error."""
    made: list[Wave] = []
    left = [change for change in changes if not refusal(change)]
    while left:
        wave = Wave([], deepcopy(ORDINARY))
        left = wave.fill(left)
        assert wave.changes, f"{left[0]} is refused alone"
        made.append(wave)
    return made
