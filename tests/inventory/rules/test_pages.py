"""The page of a rule is its test: the finding stands beside its line, and nothing else is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inventory.rules import Finding, Member, lint
from inventory.rules.catalog import catalog
from parsers.tree import read_tree
from tasks.render.members import configured_member

PAGES = sorted((Path(__file__).parents[3] / "docs" / "rules").glob("*.md"))
MARK = re.compile(r"  <- (?P<severity>\w+) (?P<rule>[RP]\d+)")
Marks = set[tuple[str, int, str, str]]


def sections(page: Path) -> dict[str, tuple[str, str]]:
    """Return the configurations of both members under each heading."""
    parts = re.split(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: dict[str, tuple[str, str]] = {}
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        a, b = re.findall(r"```text\n(.*?)```", body, re.DOTALL)
        found[title] = (a, b)
    return found


def judged(texts: tuple[str, str]) -> tuple[Marks, tuple[Finding, ...]]:
    """Return the marks beside the lines, and what lint says of the lines without them."""
    marks: Marks = set()
    members: list[Member] = []
    for name, text in zip("ab", texts, strict=True):
        for number, line in enumerate(text.splitlines(), start=1):
            marks |= {(name, number, one["severity"], one["rule"]) for one in MARK.finditer(line)}
        members.append(configured_member(name, read_tree(MARK.sub("", text), name)))
    return marks, lint(members[0], members[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_what_its_rule_finds_and_nothing_else(page: Path) -> None:
    parts = sections(page)
    marks, findings = judged(parts.pop("Found"))
    assert marks
    assert page.stem in {rule for _, _, _, rule in marks}
    assert marks == {
        (place.source, place.line, str(one.severity), one.rule) for one in findings for place in one.places
    }
    assert set(parts) == {"Clean", "Looks wrong and is not"}
    assert parts["Clean"] != parts["Looks wrong and is not"]
    for title, texts in parts.items():
        assert judged(texts) == (set(), ()), title


def test_pages_are_of_rules_that_are_linted() -> None:
    linted = {one.id for one in catalog() if one.severity}
    assert {page.stem for page in PAGES} == linted
    for page in PAGES:
        texts = [one.says for one in catalog() if one.id == page.stem]
        assert all(text in page.read_text(encoding="utf-8") for text in texts), page
