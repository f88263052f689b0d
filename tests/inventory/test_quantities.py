"""A number with its noun."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inventory.quantities import quantity

ROOT = Path(__file__).parents[2]
ROOMS = ("hotpair", "runbooks", "tasks", "parsers", "inventory")
_COUNTED = re.compile(
    r"\{len\([^{}]*\)\} [a-z ]*?(errors|lines|pairs|runs|files|commits|moments|checks)\b(?! of)"
)
"""A number of things that is never one thing."""


@pytest.mark.parametrize(("number", "said"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines")])
def test_one_is_one(number: int, said: str) -> None:
    assert quantity(number, "line") == said


def test_what_follows_the_noun_agrees_too() -> None:
    assert quantity(1, "entry was", "entries were") == "1 entry was"
    assert quantity(2, "entry was", "entries were") == "2 entries were"


def test_no_text_counts_in_another_way() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {text}"
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for text in (match.group() for match in _COUNTED.finditer(file.read_text(encoding="utf-8")))
    ]
    assert found == []
