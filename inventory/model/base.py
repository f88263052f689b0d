"""What all intent values share: closed and frozen, with one value for each member of the pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, Literal, TypeAlias, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

Side: TypeAlias = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")

T = TypeVar("T")


def other(side: Side) -> Side:
    """Return the opposite member."""
    return "b" if side == "a" else "a"


class Frozen(BaseModel):
    """A value that cannot change; an unknown key is an error."""

    # validators are built when a pair is first read: most commands need few of them
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)


class Closed(Frozen):
    """An intent value with fields.

    What a field means stands below it; `inventory.schema` reads it there, so that no import has to.
    """

    @model_validator(mode="before")
    @classmethod
    def _other_member(cls, value: object) -> object:
        """Let the member that a value leaves out do what it does without the field."""
        if not isinstance(value, dict):
            return value
        for held in value.values():
            if isinstance(held, dict) and len(held) == 1:
                break
        else:
            return value
        alone = {name: held for name, held in value.items() if isinstance(held, dict) and len(held) == 1}
        return {**value, **dict(cls._completed(alone))}

    @classmethod
    def _completed(cls, alone: Mapping[str, dict[str, object]]) -> Iterator[tuple[str, object]]:
        for name, held in alone.items():
            field = cls.model_fields.get(name)
            for side in SIDES:
                if field and isinstance(field.default, Each) and set(held) == {side}:
                    yield name, {**held, other(side): field.default.of(other(side))}


class Each(Frozen, Generic[T]):
    """One value for each member.

    In YAML, `port: 1025` is the same value on both members, `port: {a: 1025, b: 1026}` differs, and
    `weight: {a: 20}` is a value of member a alone: member b does what it does without the field.
    """

    a: T
    b: T

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, value: object) -> object:
        if isinstance(value, Each):
            return {"a": value.a, "b": value.b}
        if isinstance(value, dict) and any(str(key).lower() in SIDES for key in value):
            if value.keys() >= set(SIDES):
                return value
            absent = () if get_origin(cls.model_fields["a"].annotation) is tuple else None
            meant = {side: value.get(side, value.get(side.upper(), absent)) for side in SIDES}
            return {**value, **meant}  # any other key is told as unknown
        return {"a": value, "b": value}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe both spellings, so that an editor completes the short one too."""
        both = handler.resolve_ref_schema(handler(schema))
        single = both["properties"]["a"]
        sides = {name: {k: v for k, v in single.items() if k != "title"} for name in SIDES}
        apart = {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": sides}
        return {"anyOf": [sides["a"], apart]}

    def of(self, side: Side) -> T:
        """Return the value of one member."""
        return self.a if side == "a" else self.b

    @property
    def same(self) -> bool:
        """Tell whether both members have the same value."""
        return bool(self.a == self.b)


UNSET: Each[Any] = Each.model_construct(a=None, b=None)
"""Nothing configured on either member."""

OFF: Each[Any] = Each.model_construct(a=False, b=False)
"""A switch that is off on both members."""


class Placed(Closed):
    """Something that stands on both members unless `only` names one."""

    only: Side | None = None
    """Configure this on one member only: `a` or `b`. Without it, both members have it."""

    def on(self, side: Side) -> bool:
        """Tell whether this stands on one member."""
        return self.only is None or self.only == side
