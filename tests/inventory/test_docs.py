from __future__ import annotations

import re
from pathlib import Path

import pytest

from inventory.load import parse_pair
from inventory.rules import lint
from tasks.render.members import intended_member

PAGE = Path(__file__).parents[2] / "docs" / "intent.md"
EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n", 1)[0])
def test_examples_of_the_page_are_pairs_without_findings(example: str) -> None:
    pair = parse_pair(example, "docs/intent.md")

    assert lint(intended_member(pair, "a"), intended_member(pair, "b")) == ()


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 2
