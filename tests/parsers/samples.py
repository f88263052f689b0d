"""One answer of each display in the documented format, with names and numbers of our own.

They lie in `tests/fixtures/answers`, in the folder of the catalogue's file that knows the display: the text
that a device sends, and beside it what must be read from it: how many records, and in `facts` a path of
places and fields, and the value there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fixtures.text import FIXTURES, text_of

ANSWERS = FIXTURES / "answers"


@dataclass(frozen=True, slots=True)
class Sample:
    """A command, its answer, the number of records, and what they must hold."""

    command: str
    text: str
    count: int
    facts: Mapping[str, Any]


def _frozen(value: Any) -> Any:
    """Return a value of a file as records hold it: a list is a tuple there."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _sample(expected: Path) -> Sample:
    held = json.loads(expected.read_text(encoding="utf-8"))
    facts = {path: _frozen(value) for path, value in held["facts"].items()}
    return Sample(held["command"], text_of(expected.with_suffix(".txt")), held["count"], facts)


SAMPLES = tuple(_sample(expected) for expected in sorted(ANSWERS.glob("*/*.json")))
