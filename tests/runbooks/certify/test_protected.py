"""Mistakes that no schedule can show: with each one planted, the test that protects from it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from hotpair import exit_codes
from inventory.lines import OWNED
from inventory.lines.impact import HITLESS
from parsers import locks as sessions
from runbooks.certify.protected import PROTECTED, Protected
from tasks.plan import member

ROOT = Path(__file__).parents[3]


def _misspelt(patch: pytest.MonkeyPatch, test: Any) -> None:
    """Call a row otherwise than the rooms do."""
    named = next(row for row, _ in test.spelled() if row in OWNED)
    others = {(f"x.{name}" if name == named else name): row for name, row in OWNED.items()}
    patch.setattr(test, "OWNED", others)


def _hitless(patch: pytest.MonkeyPatch, test: Any) -> None:
    row = replace(OWNED["rbs.peer"], impact=(HITLESS, HITLESS))
    patch.setattr(test, "OWNED", {**OWNED, row.id: row})


def _unknown_first(patch: pytest.MonkeyPatch, test: Any) -> None:
    first = exit_codes.ExitCode.UNKNOWN
    order = (first, *(code for code in exit_codes.OF_LOOKS if code is not first))
    patch.setattr(test, "OF_LOOKS", order)


def _open(patch: pytest.MonkeyPatch, test: Any) -> None:
    """Pass over what cannot be read."""

    def forgiving(text: str) -> object:
        lines = text.splitlines(keepends=True)
        read = (sessions.foreign_locks("".join(lines[:end])) for end in range(len(lines), 0, -1))
        return next((locks for locks in read if locks is not None), ())

    patch.setattr(test, "foreign_locks", forgiving)


def _unproved_back(patch: pytest.MonkeyPatch, _test: Any) -> None:
    patch.setattr(member, "same_configuration", lambda *_trees: True)


def _unproved(patch: pytest.MonkeyPatch, _test: Any) -> None:
    patch.setattr(member, "_prove", lambda *_args: None)


PLANTS: tuple[Callable[[pytest.MonkeyPatch, Any], None], ...] = (
    _misspelt,
    _hitless,
    _unknown_first,
    _open,
    _unproved_back,
    _unproved,
)


def runs(test: Any, name: str) -> Iterator[Mapping[str, object]]:
    """Yield the arguments of each run of a test."""
    marks = [mark for mark in getattr(getattr(test, name), "pytestmark", []) if mark.name == "parametrize"]
    if not marks:
        yield {}
        return
    (mark,) = marks
    names, table = mark.args
    for row in table:
        values = row if isinstance(names, tuple) else (row,)
        yield dict(zip(names if isinstance(names, tuple) else (names,), values, strict=True))


def failures(test: Any, name: str) -> int:
    failed = 0
    for named in runs(test, name):
        try:
            getattr(test, name)(**named)
        except (AssertionError, pytest.fail.Exception):
            failed += 1
    return failed


@pytest.mark.parametrize(
    ("protected", "plant"),
    list(zip(PROTECTED, PLANTS, strict=True)),
    ids=lambda value: getattr(value, "mistake", ""),
)
def test_with_the_mistake_the_test_fails(
    protected: Protected, plant: Callable[[pytest.MonkeyPatch, Any], None]
) -> None:
    file, _, name = protected.test.partition("::")
    assert (ROOT / file).is_file()
    test = import_module(file.removesuffix(".py").replace("/", "."))
    assert failures(test, name) == 0
    with pytest.MonkeyPatch.context() as patch:
        plant(patch, test)
        assert failures(test, name) > 0
