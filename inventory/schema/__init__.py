"""JSON Schema of a pair file, so that an editor completes and checks it.

    # yaml-language-server: $schema=.../inventory/schema/pair.json

`pair.json` beside this file is what `pair_schema` gives; `python -m inventory.schema` prints it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inventory.model import Pair

FILE = Path(__file__).with_name("pair.json")
_EACH = "#/$defs/Each_"


def pair_schema() -> dict[str, Any]:
    """Give the JSON Schema of a pair file; values are written once, or as `{a: .., b: ..}`."""
    schema = Pair.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Hotpair pair"
    definitions = schema["$defs"]
    inlined: dict[str, Any] = _inlined(schema, definitions)
    kept = {name: value for name, value in inlined["$defs"].items() if not name.startswith("Each_")}
    return {**inlined, "$defs": kept}


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    """Write values for each member in place: their own names would tell a reader nothing."""
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if str(node.get("$ref", "")).startswith(_EACH):
        body = definitions[str(node["$ref"]).rsplit("/", maxsplit=1)[-1]]
        node = {**body, **{key: value for key, value in node.items() if key != "$ref"}}
    inner = {key: _inlined(value, definitions) for key, value in node.items()}
    default = inner.get("default")
    if isinstance(default, dict) and set(default) == {"a", "b"}:
        del inner["default"]  # written once for both, or nothing: never the pair of values of our own model
        if default["a"] is not None:
            inner["default"] = default["a"]
    return inner
