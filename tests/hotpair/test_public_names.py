"""The names of the library and how each is called: a change here is a change for its users."""

from __future__ import annotations

import inspect
from enum import IntEnum
from pathlib import Path

import hotpair

SNAPSHOT = Path(__file__).with_name("public_names.txt")


def shown(name: str) -> str:
    """Write a name as a user calls it; of an error its place in the tree."""
    value = getattr(hotpair, name)
    if isinstance(value, type) and issubclass(value, Exception):
        return f"{name}: {value.__mro__[1].__name__}"
    if isinstance(value, type) and issubclass(value, IntEnum):
        return f"{name}: {', '.join(f'{member.name} {member.value}' for member in value)}"
    return f"{name}{inspect.signature(value)}"


def test_names_and_signatures_are_those_of_the_snapshot() -> None:
    assert [shown(name) for name in hotpair.__all__] == SNAPSHOT.read_text(encoding="utf-8").splitlines()


def test_every_public_name_says_what_it_is() -> None:
    assert all(inspect.getdoc(getattr(hotpair, name)) for name in hotpair.__all__)
