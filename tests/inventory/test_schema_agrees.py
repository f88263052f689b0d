"""An editor that follows the schema never marks a file that Hotpair accepts."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from inventory.model import Pair
from inventory.schema import pair_schema

FILES = sorted((Path(__file__).parents[2] / "inventory" / "lab" / "pairs").glob("*.yaml"))
DOCUMENTS = [YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in FILES]
VALIDATOR = jsonschema.Draft202012Validator(pair_schema())
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 70000),
    st.sampled_from(
        ["", "x", "10.0.0.1", "2001:db8::1", "ge 0/1/0", "Eth-Trunk 4", "0-1-2", "hot", "igmp", "odd"]
    ),
)
VALUES = st.one_of(
    SCALARS,
    st.fixed_dictionaries({}, optional={"a": SCALARS, "b": SCALARS}),
    st.lists(SCALARS, max_size=2),
    st.fixed_dictionaries({"secret": SCALARS}),
)


def leaves(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from leaves(value, (*path, key))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_hotpair_accepts_the_schema_accepts(data: st.DataObject) -> None:
    document = copy.deepcopy(data.draw(st.sampled_from(DOCUMENTS)))
    *above, last = data.draw(st.sampled_from(list(leaves(document))))
    node = document
    for step in above:
        node = node[step]
    node[last] = data.draw(VALUES)
    try:
        Pair.model_validate(document)
    except ValidationError:
        return
    VALIDATOR.validate(document)
