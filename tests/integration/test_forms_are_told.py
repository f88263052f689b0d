"""No form of text in a file of the user is told as a regular expression."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from inventory.document import Document
from inventory.explain import problems_of
from inventory.model import Pair
from inventory.sources.settings import Settings as Sources
from runbooks.watch.settings import Watching
from tasks.checks.policy_file import _File as Policy

FILES = (Pair, Policy, Sources, Watching)


def patterns(schema: object) -> Iterator[str]:
    """Yield every form that a schema names."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for below in schema.values():
            yield from patterns(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from patterns(below)


@pytest.mark.parametrize("model", FILES, ids=lambda model: str(model.__module__))
def test_a_form_is_told_in_words(model: type[BaseModel]) -> None:
    found = set(patterns(model.model_json_schema()))
    assert found
    for form in found:
        told = _told(form)
        assert not set(told) & set("\\^$|{}+*"), told


def _told(form: str) -> str:
    """Return what is said of a text that has not this form."""
    adapter = TypeAdapter(Annotated[str, Field(pattern=form)])
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python("\n")
    return str(next(iter(problems_of(caught.value, Document("x.yaml", "\n", {}), BaseModel))).message)
