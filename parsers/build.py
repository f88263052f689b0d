"""From TTP's groups to typed records: the annotations of the record say what becomes of each text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from parsers.layout import LIST_VARIABLE
from parsers.records.kinds import is_nothing, number

TAG_PREFIX = "at_"

Convert = Callable[[Any, set[int]], Any]


class IncompleteError(ValueError):
    """A record lacks a value that it cannot be without, or a value is not what it must be."""


def build(record: type, group: Mapping[str, Any], taken: set[int]) -> Any:
    """Make a record of one group and note the numbers of the pieces that it rests on.

    Args:
        record: frozen dataclass; a value that the text may lack has a default there.
        group: variable name -> text, or name of an inner group -> list of groups.
        taken: numbers of pieces, added to.

    Raises:
        IncompleteError: a value without a default is not in the text; nothing was added to `taken`.
    """
    inner: set[int] = set()
    converters, required = _plan(record)
    values = {}
    for name, raw in group.items():
        convert = converters.get(name)
        if convert is not None:
            values[name] = convert(raw, inner)
        elif name.startswith(TAG_PREFIX):
            inner.add(int(raw))
    if not required <= values.keys():
        raise IncompleteError(f"{record.__name__} without {', '.join(sorted(required - values.keys()))}")
    taken |= inner
    return record(**values)


@cache
def _plan(record: type) -> tuple[Mapping[str, Convert], frozenset[str]]:
    """Return the converter of each field and the names of the fields that must be there."""
    hints = get_type_hints(record, include_extras=True)
    required = frozenset(
        item.name for item in fields(record) if item.default is MISSING and item.default_factory is MISSING
    )
    return {item.name: _converter(hints[item.name]) for item in fields(record)}, required


def _converter(hint: Any) -> Convert:
    """Return the function that makes a value of this type of TTP's text or groups."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType} and NoneType in args:
        return _optional(_converter(next(arg for arg in args if arg is not NoneType)))
    if origin is Annotated:
        function = args[1]
        return lambda raw, _taken: function(raw)
    if origin is tuple:
        return _many(args[0])
    if origin is not None and issubclass(origin, Mapping):
        return _pairs
    if hint is int:
        return lambda raw, _taken: number(raw)
    return lambda raw, _taken: hint(raw)


def _optional(convert: Convert) -> Convert:
    """Take what devices print for `not set` as nothing."""

    def optional(raw: str, taken: set[int]) -> Any:
        """Convert what is set."""
        text = raw.strip()
        return None if is_nothing(text) else convert(text, taken)

    return optional


def _many(item: Any) -> Convert:
    """Make one value per inner group: a record, or the group's `value`."""
    if is_dataclass(item):
        record = item if isinstance(item, type) else type(item)
        return lambda groups, taken: tuple(_whole(record, groups, taken))
    convert = _converter(item)

    def values(groups: Any, taken: set[int]) -> tuple[Any, ...]:
        """Convert the value of each group and note its tags."""
        whole = [group for group in groups if LIST_VARIABLE in group]
        for group in whole:
            _note(group, taken)
        return tuple(convert(group[LIST_VARIABLE], taken) for group in whole)

    return values


def _whole(record: type, groups: Any, taken: set[int]) -> Iterator[Any]:
    """Make the inner records that are whole; the lines of any other stay unread."""
    for group in groups:
        try:
            yield build(record, group, taken)
        except ValueError:
            continue


def _pairs(groups: Any, taken: set[int]) -> Mapping[str, str]:
    """Make the map of unknown labels; of two equal labels the first is taken, the second stays unread."""
    pairs: dict[str, str] = {}
    for group in groups:
        if "key" in group and group["key"] not in pairs:
            pairs[group["key"]] = group["value"]
            _note(group, taken)
    return pairs


def _note(group: Mapping[str, Any], taken: set[int]) -> None:
    """Note the numbers of the pieces that a group rests on."""
    taken.update(int(raw) for name, raw in group.items() if name.startswith(TAG_PREFIX))
