from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from inventory.schema import FILE, pair_schema

PAIRS = sorted((Path(__file__).parents[2] / "inventory" / "lab" / "pairs").glob("*.yaml"))

SCHEMA = pair_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_shipped_schema_is_current() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == SCHEMA, (
        "run: python -m inventory.schema > pair.json && mv pair.json inventory/schema/pair.json"
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert "Each_" not in json.dumps(SCHEMA)


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_sample_pairs_fit_the_schema(path: Path) -> None:
    VALIDATOR.validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"pair": "x"},
        {"pair": "x", "members": {"a": "n", "b": "s"}, "e_trunk": []},
        {"pair": "x", "members": {"a": "n", "b": "s"}, "system": {"e_trunk_port": {"a": 1, "b": 2000}}},
        {"pair": "x", "members": {"a": "n", "b": "s"}, "system": {"multicast": {"c": True}}},
        {"pair": "x", "members": {"a": "n", "b": "s"}, "system": {"e_trunk_port": "2000"}},
    ],
)
def test_an_editor_sees_what_is_wrong(wrong: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(wrong)
