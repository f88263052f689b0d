"""Many pairs in one report: the worst first, every form whole, each that gave no answer with its reason."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import jsonschema
from rich.console import Console

from inventory.place import Place
from inventory.problems import InvalidIntentError, Problem
from runbooks.report.fleet import FORMS, SCHEMA_PATH, Fleet, fleet_view
from tasks.checks.model import Outcome
from tests.runbooks.archive.made import BAD, GOOD, UNKNOWN, run

FLEET = Fleet(
    (
        run(0, GOOD, pair="east"), run(0, BAD, pair="north"), run(0, UNKNOWN, pair="south<b>"),
        run(0, GOOD, pair="west"),
    ),
    {"broken": InvalidIntentError("x.yaml", [Problem(Place("x.yaml", 2), "the pair file is cut off")])},
)  # fmt: skip


def shown(fleet: Fleet) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(fleet_view(fleet))
    return console.export_text()


def test_the_worst_pairs_come_first_and_what_is_hidden_is_counted() -> None:
    lines = shown(FLEET).splitlines()
    assert [line.split()[1] for line in lines[:4]] == ["north", "south<b>", "east", "west"]
    assert lines[0].startswith(
        "FAIL  north     rbs-connected: the channel is not connected: wanted connected"
    )
    assert lines[-1] == "4 pairs: 1 failure, 1 error, 2 success; 1 more gave no result"
    hidden = shown(Fleet(FLEET.runs, FLEET.errors, frozenset({Outcome.SUCCESS})))
    assert "east" not in hidden
    assert hidden.splitlines()[-1] == lines[-1]


def test_json_fits_its_schema() -> None:
    values = json.loads(FORMS[".json"](FLEET))
    jsonschema.validate(values, json.loads(SCHEMA_PATH.read_text(encoding="utf-8")))
    assert values["counts"] == {"failure": 1, "error": 1, "success": 2}
    assert values["errors"][0]["pair"] == "broken"
    errors = json.loads(SCHEMA_PATH.with_name("errors.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate({"errors": values["errors"]}, errors)


def test_junit_has_a_suite_a_pair_and_one_for_the_broken_file() -> None:
    suites = ET.fromstring(FORMS[".xml"](FLEET))  # noqa: S314 - our own
    assert [suite.get("name") for suite in suites] == [
        "hotpair.north", "hotpair.south<b>", "hotpair.east", "hotpair.west", "hotpair.broken"
    ]  # fmt: skip
    assert sum(int(suite.get("failures", 0)) for suite in suites) == 1
    assert sum(int(suite.get("errors", 0)) for suite in suites) == 2


def test_csv_has_one_header_and_a_row_a_complaint() -> None:
    rows = list(csv.DictReader(io.StringIO(FORMS[".csv"](FLEET))))
    assert [row["pair"] for row in rows] == ["north", "south<b>", "east", "west", "broken"]
    assert (rows[-1]["outcome"], "cut off" in rows[-1]["message"]) == ("error", True)


def test_markdown_and_html_name_every_pair_and_escape_it() -> None:
    markdown, html = FORMS[".md"](FLEET), FORMS[".html"](FLEET)
    for name in ("north", "east", "west", "broken"):
        assert f"| {name} |" in markdown
        assert f">{name}</td>" in html
    assert "south&lt;b&gt;" in html
    assert "south<b>" not in html
    assert "the pair file is cut off" in html
    assert "http" not in html.replace("http-equiv", "").replace("http://www.w3.org", "")
