"""JSON Schema of a pair file, so that an editor completes and checks it.

    # yaml-language-server: $schema=.../inventory/schema/pair.json

`pair.json` beside this file is what `pair_schema` gives; `python -m inventory.schema` prints it.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from inventory.model import Pair
from inventory.model.base import Closed

FILE = Path(__file__).with_name("pair.json")
_EACH = "Each_"
"""In the name of what holds a value of each member; a longer name where two would be called the same."""


def pair_schema() -> dict[str, Any]:
    """Return the JSON Schema of a pair file; values are written once, or as `{a: .., b: ..}`."""
    schema = Pair.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Hotpair pair"
    definitions = schema["$defs"]
    for model in _models(Closed):
        body = schema if model is Pair else definitions.get(model.__name__, {})
        _describe(body.get("properties", {}), meanings(model), definitions)
    inlined: dict[str, Any] = _inlined(schema, definitions)
    kept = {name: value for name, value in inlined["$defs"].items() if _EACH not in name}
    return {**inlined, "$defs": kept}


def _models(model: type[Closed]) -> Iterator[type[Closed]]:
    """Yield every model of the intent."""
    for child in model.__subclasses__():
        yield child
        yield from _models(child)


def _describe(
    properties: dict[str, dict[str, Any]], meanings: Mapping[str, str], definitions: Mapping[str, Any]
) -> None:
    """Write what each field means into its schema, unless what it refers to says the same."""
    for name, body in properties.items():
        referred = definitions.get(str(body.get("$ref", "")).rpartition("/")[2], {})
        if name in meanings and meanings[name] not in {body.get("description"), referred.get("description")}:
            properties[name] = dict(sorted({**body, "description": meanings[name]}.items()))


def meanings(model: type[Closed]) -> dict[str, str]:
    """Return the text below each field of a model and of those it is made of."""
    found: dict[str, str] = {}
    for base in reversed([base for base in model.__mro__ if issubclass(base, Closed)]):
        tree = ast.parse(inspect.getsource(sys.modules[base.__module__]))
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name == base.__name__:
                found |= dict(_texts(node))
    return found


def _texts(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield each field of a class with the text below it."""
    for line, below in zip(node.body, node.body[1:], strict=False):
        match line, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    """Write values for each member in place: their own names would tell a reader nothing."""
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if _EACH in str(node.get("$ref", "")):
        body = definitions[str(node["$ref"]).rsplit("/", maxsplit=1)[-1]]
        node = {**body, **{key: value for key, value in node.items() if key != "$ref"}}
    inner = {key: _inlined(value, definitions) for key, value in node.items()}
    default = inner.get("default")
    if isinstance(default, dict) and set(default) == {"a", "b"}:
        del inner["default"]  # written once for both, or nothing: never the pair of values of our own model
        if default["a"] is not None:
            inner["default"] = default["a"]
    return inner
