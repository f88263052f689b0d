"""Every page of how-to: its pair is the sample's, its commands end as they say, its text is the router's."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from inventory.load import load_pair, parse_pair
from inventory.model import Pair
from runbooks.lab import LAB
from runbooks.report.as_json import SCHEMA_PATH
from tasks.render import text
from tests.integration.at_the_routers import at_the_routers, typed
from tests.integration.documents import HOUSE, fenced
from tests.integration.scenarios.pairs import bare

HOME = HOUSE / "docs" / "how-to"
PAGES = tuple(sorted(page.stem for page in HOME.glob("*.md") if page.stem != "index"))
ENDS = {"plan": 10}
"""Exit codes of commands that do not end with 0 when all is well."""
SCHEMAS = {
    "lint": "lint.schema.json",
    "plan": "plan.schema.json",
    "deploy": "deploy.schema.json",
    "verify": "run.schema.json",
    "check": "fleet.schema.json",
}


def blocks(page: str, language: str) -> list[str]:
    return [block for kind, block in fenced(HOME / f"{page}.md") if kind == language]


def pair_of(page: str) -> Pair:
    (block,) = blocks(page, "yaml")
    return parse_pair(block, page)


def test_there_is_a_page_for_each_scenario() -> None:
    assert PAGES == ("igmp-e-trunk", "igmp-snooping", "igmp-vrrp", "mld-active-active", "users-vrrp")
    index = (HOME / "index.md").read_text(encoding="utf-8")
    assert all(f"({page}.md)" in index for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_shows_the_sample_and_what_it_becomes(page: str) -> None:
    pair = pair_of(page)
    sample = load_pair(LAB / "pairs" / f"{pair.name}.yaml")
    (shown,) = blocks(page, "text")

    assert pair.model_dump() == sample.model_dump()
    assert shown.rstrip() == text(pair, "a").rstrip()


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_the_page_end_well(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (commands,) = blocks(page, "sh")
    pair = pair_of(page)
    members = (pair.members.a, pair.members.b)
    with at_the_routers(bare(pair), members, tmp_path, LAB / "pairs" / f"{pair.name}.yaml"):
        for line in commands.splitlines():
            _, *words = shlex.split(line, comments=True)
            beside = ["--yes"] if words[0] == "deploy" else []
            told = ["--format", "json"] if words[0] in SCHEMAS else []
            ended = typed([*words, *beside, *told])
            said = capsys.readouterr()
            assert ended == ENDS.get(words[0], 0), (line, said.out, said.err)
            if told:
                jsonschema.validate(json.loads(said.out), schema(words[0]))


def schema(command: str) -> Any:
    return json.loads(SCHEMA_PATH.with_name(SCHEMAS[command]).read_text(encoding="utf-8"))
