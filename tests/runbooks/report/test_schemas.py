"""The schemas of what programs read are schemas, and a display's answer keeps to its own."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from parsers.api import parse
from runbooks.report.as_json import SCHEMA_PATH

SCHEMAS = sorted(SCHEMA_PATH.parent.glob("*.schema.json"))


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_a_schema_is_one(file: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))


def test_the_answer_of_a_display_keeps_to_its_schema() -> None:
    schema = json.loads(SCHEMA_PATH.with_name("parse.schema.json").read_text(encoding="utf-8"))
    text = "The E-Trunk information\nE-TRUNK-ID : 1\nState : Master\nwhat nobody knows\n"
    values = json.loads(json.dumps(parse("display e-trunk 1", text).as_dict()))
    assert values["records"]
    assert values["unparsed"]
    jsonschema.validate(values, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**values, "more": 1}, schema)
