"""The model of a pair as leaves: each field with the alternatives that its type allows."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from inventory.model import Pair
from inventory.model.base import Closed, Each


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that holds a value.

    Args:
        path: where it stands, e.g. `e_trunks[].members[].lacp_timeout`; `[]` is an entry of a list.
        kinds: types that its value may have.
        alternatives: values that the types tell by themselves.
        low: smallest number, where it holds a number.
        high: largest number.
        apart: each member may have a value of its own.
        default: what the model takes without the field.
    """

    path: str
    kinds: tuple[type, ...]
    alternatives: tuple[Any, ...]
    low: int | None = None
    high: int | None = None
    apart: bool = False
    default: Any = None


@cache
def leaves() -> tuple[Leaf, ...]:
    """Return every field of the model, in its order."""
    found: dict[str, Leaf] = {}
    for leaf in _fields(Pair, ""):
        known = found.get(leaf.path)
        found[leaf.path] = leaf if known is None else _joined(known, leaf)
    return tuple(found.values())


def _joined(one: Leaf, other: Leaf) -> Leaf:
    """Join the branches of a union."""
    low, high = (a if a is not None else b for a, b in ((one.low, other.low), (one.high, other.high)))
    kinds, values = one.kinds + other.kinds, one.alternatives + other.alternatives
    return replace(one, kinds=kinds, alternatives=values, low=low, high=high)


def _fields(model: type[Closed], path: str) -> Iterator[Leaf]:
    for name, field in model.model_fields.items():
        default = field.default.a if isinstance(field.default, Each) else field.default
        for leaf in _leaves(f"{path}.{name}" if path else name, field.annotation, field.metadata):
            yield replace(leaf, default=default) if leaf.path.endswith(f".{name}") else leaf


def _leaves(path: str, kind: Any, metadata: Iterable[Any] = (), *, apart: bool = False) -> Iterator[Leaf]:
    known = [*metadata]
    while get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        known += more
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        for branch in get_args(kind):
            if branch is not types.NoneType:
                yield from _leaves(path, branch, apart=apart)
    elif origin is tuple:
        yield from _leaves(f"{path}[]", get_args(kind)[0], apart=apart)
    elif origin is Literal:
        yield Leaf(path, (str,), get_args(kind), apart=apart)
    elif issubclass(kind, Each):
        held = kind.model_fields["a"]
        yield from _leaves(path, held.annotation, held.metadata, apart=True)
    elif issubclass(kind, Closed):
        yield from _fields(kind, path)
    else:
        yield _single(path, kind, tuple(_flat(known)), apart=apart)


def _flat(metadata: Iterable[Any]) -> Iterator[Any]:
    for one in metadata:
        yield from one.metadata if isinstance(one, FieldInfo) else (one,)


def _single(path: str, kind: type, metadata: tuple[Any, ...], *, apart: bool) -> Leaf:
    low = next((int(str(one.ge)) for one in metadata if isinstance(one, Ge)), None)
    high = next((int(str(one.le)) for one in metadata if isinstance(one, Le)), None)
    values = (False, True) if kind is bool else () if low is None or high is None else (low, high)
    return Leaf(path, (kind,), values, low, high, apart)
