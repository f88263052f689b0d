"""Whatever text a pair file may hold, what it renders is read as the same lines, or the file is refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from inventory.lines import Statement
from inventory.load import parse_pair
from inventory.model import SIDES
from inventory.problems import InvalidIntentError
from parsers.tree import facts as owned_facts
from parsers.tree import read_tree
from tasks.render import facts, text
from tests.walk.model import Leaf, leaves

CASES = YAML(typ="safe").load(Path(__file__).with_name("forms.yaml").read_text(encoding="utf-8"))
HEAD = {"pair": "forms", "members": {"a": "left", "b": "right"}}
TEXTS = (
    *("a b", "a b c", " a", "a ", "a  b", '"', '"a b"', "#", "!", "1", "0", "é", "a?b", "undo", "weight"),
    *(
        "vsi a b c",
        "vsi a static bd-mode",
        "vsi a auto static",
        'vsi "a b"',
        'vsi "a"',
        "vlan 4095",
        "vlan 007",
    ),
    *("10 to", "20 to 10", "10  20", "Eth-Trunk 1", "GE 0/1/2", "10.9.0.77", "2001:db8::7", "fe80::7"),
    *("10.0.0.0/8", "1-2-3", "<secret:x>", "vpn-instance", "static", "02:30:00"),
)
"""What is hard to read back: blanks, quotation marks, keywords of the lines, addresses of either family."""
NOT_CONFIGURED = frozenset({"pair", "description", "site", "tags[]", "members.a", "members.b"})


def texts(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the field and the value of each text of a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, path if key in SIDES else f"{path}.{key}".removeprefix("."))
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, f"{path}[]")
    elif isinstance(node, str):
        yield path, node


def put(node: Any, old: str, new: str) -> Any:
    """Put another text wherever one stands, so that names and what they name stay together."""
    if isinstance(node, dict):
        return {key: put(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [put(value, old, new) for value in node]
    return new if node == old and isinstance(node, str) else node


def free(leaf: Leaf) -> bool:
    """Tell whether a field takes text that is not one of some words."""
    return str in leaf.kinds and not (set(leaf.kinds) == {str} and leaf.alternatives)


FIELDS = [leaf.path for leaf in leaves() if free(leaf) and leaf.path not in NOT_CONFIGURED]


def examples(field: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield a document that gives a field, and the text that stands there."""
    for case in CASES.values():
        document = YAML(typ="safe").load(case["intent"])
        for path, value in texts(document):
            if path == field:
                yield document, value


def said(lines: tuple[Statement, ...]) -> Counter[Any]:
    return Counter((one.id, one.path, one.text, frozenset(one.params.items())) for one in lines)


@pytest.mark.parametrize("field", FIELDS)
def test_what_a_pair_file_takes_is_read_back_from_the_lines(field: str) -> None:
    document, value = next(examples(field))
    taken = 0
    for other in (value, *TEXTS):
        try:
            pair = parse_pair(json.dumps(HEAD | put(document, value, other)), "forms.yaml")
        except InvalidIntentError:
            continue
        taken += 1
        for side in SIDES:
            back, foreign = owned_facts(read_tree(text(pair, side), "text"))
            assert not foreign, other
            assert said(back) == said(facts(pair, side)), other
    assert taken
