"""A configuration file may hold numbers and addresses that no device has: each is a line like any other."""

from __future__ import annotations

import re
from itertools import cycle

import pytest

from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.rules import lint
from parsers.tree import read_tree
from tasks.learn import learn
from tasks.render.members import configured_member
from tests.inventory.rules.bases import BASES

IMPOSSIBLE = ("999", "²", "٣", "99999999999999999999", "010", "-1")
"""Above every limit, digits of other scripts, with a zero before, below nothing."""
_NUMBER = re.compile(r"[0-9A-Fa-f]*[0-9][0-9A-Fa-f]*")


def planted(text: str, first: int) -> list[str]:
    """Return the text once for each of its numbers, with an impossible one there."""
    numbers = _NUMBER.finditer(text)
    values = cycle(IMPOSSIBLE[first:] + IMPOSSIBLE[:first])
    return [
        text[: one.start()] + value + text[one.end() :] for one, value in zip(numbers, values, strict=False)
    ]


def tree(text: str) -> ConfigTree:
    return read_tree(text, "device.cfg")


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("base", BASES)
def test_lint_reads_every_number(base: str, first: int) -> None:
    ours, theirs = BASES[base]
    peer = configured_member("Bergen", tree(theirs))
    for text in planted(ours, first):
        for finding in lint(configured_member("Oslo", tree(text)), peer):
            assert finding.found


@pytest.mark.parametrize("base", BASES)
def test_what_is_learned_is_a_pair(base: str) -> None:
    ours, theirs = BASES[base]
    for text in planted(ours, 0):
        assert parse_pair(learn(tree(text), tree(theirs), "learned"), "learned.yaml").name == "learned"
