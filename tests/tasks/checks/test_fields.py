"""No field of an intent goes unseen without a reason, and the table is what the documentation shows."""

from __future__ import annotations

import inspect
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from inventory.lines import OWNED
from inventory.model.base import Closed, Each
from inventory.model.pair import Pair
from tasks.checks.catalog import all_checks
from tasks.checks.fields import FIELDS, SHOWN, as_markdown
from tasks.checks.lines import SERVICES

PAGE = Path(__file__).parents[3] / "docs" / "checks.md"


def fields_of(model: type[Closed], above: str = "") -> Iterator[str]:
    """Yield the path of every field below a model that holds a value."""
    for name, info in model.model_fields.items():
        yield from _below(info.annotation, f"{above}.{name}" if above else name)


def _below(annotation: object, path: str) -> Iterator[str]:
    if inspect.isclass(annotation) and issubclass(annotation, Closed):
        yield from iter([path]) if issubclass(annotation, Each) else fields_of(annotation, path)
        return
    models = [one for one in typing.get_args(annotation) if inspect.isclass(one) and issubclass(one, Closed)]
    if not models:
        yield path
    for model in models:
        yield from fields_of(model, path)


def test_every_field_of_an_intent_has_one_row() -> None:
    listed = Counter(path for row in FIELDS for path in row.paths)

    assert set(fields_of(Pair)) ^ set(listed) == set()
    assert {path: times for path, times in listed.items() if times > 1} == {}


def test_every_row_names_checks_that_there_are_or_gives_a_reason() -> None:
    known = {check.name for check in all_checks()}

    assert {name for row in FIELDS for name in row.checks} - known == set()
    assert [row for row in FIELDS if bool(row.why) is bool(row.checks and row.display)] == []


def test_the_rows_that_displays_show_are_owned_and_so_are_their_parameters() -> None:
    strange = {row.id: hidden - row.params for row, hidden in SHOWN.items()}

    assert {row: words for row, words in strange.items() if words} == {}
    assert set(OWNED.values()) >= SERVICES | set(SHOWN)


def test_the_page_shows_the_table() -> None:
    assert as_markdown() in PAGE.read_text(encoding="utf-8")
