"""The index of rules is what the code says."""

from __future__ import annotations

from tests.packaging.rule_index import ROOT, index


def test_the_index_of_rules_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == index()
