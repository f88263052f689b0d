"""The certificate: refused for every reason there is, the page says what its JSON says, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hotpair.cli.certify import certify
from inventory.errors import IntentError
from runbooks.certify.canaries import CANARIES
from runbooks.certify.certificate import as_dict, hash_of_tables, of_part
from runbooks.certify.certifying import Caught, CertifyOptions, Findings
from runbooks.certify.page import as_page, part_in_words
from runbooks.certify.play import ScheduleRunner
from runbooks.certify.reach import UNREACHED, reached, unexplained
from runbooks.certify.schedule import Kind, Schedule
from runbooks.certify.verdicts import Tally, Verdict
from tests.runbooks.certify.stage import runner

DOCS = Path(__file__).parents[3] / "docs"
PARTS_OF_A_PAGE = [
    "Counted out",
    "Drawn at random",
    "Faults that took effect",
    "Reach",
    "What was said and what is true",
    "Liveness",
    "Canaries",
    "Determinism and corpus",
    "How single faults end",
]
"""The order in which a reader wants them."""


@pytest.fixture(scope="module")
def stage() -> Iterator[ScheduleRunner]:
    with runner() as opened:
        yield opened


@pytest.fixture
def found(stage: ScheduleRunner) -> Findings:
    """What a sweep of two schedules finds; everything that was planted is caught."""
    findings = Findings(
        CertifyOptions(), cells=(9, 9), caught=[Caught(one, 1, "false claim: x") for one in CANARIES]
    )
    for flow in ("deploy", "several commits"):
        verdict = Verdict.of(stage.play(Schedule(flow, "v8r22")))
        findings.drawn.add(verdict)
        findings.ends.add(verdict)
    findings.drawn.took.update(dict.fromkeys(Kind, 20))
    return findings


def refused(found: Findings) -> list[str]:
    reasons: list[str] = as_dict(found)["refused_because"]
    return [reason for reason in reasons if not reason.startswith("not reached")]


def test_nothing_but_what_was_not_reached_stands_against_a_short_sweep(found: Findings) -> None:
    assert refused(found) == []
    assert as_dict(found)["holds"] is False


def test_a_planted_bug_that_nobody_catches_refuses_it(found: Findings) -> None:
    found.caught[3] = Caught(CANARIES[3], None)
    assert refused(found) == [f"planted bugs that nobody caught: {CANARIES[3].name}"]
    found.caught = found.caught[4:]
    assert refused(found) == ["4 planted bugs were not hunted"]


def test_a_fault_that_took_effect_too_seldom_refuses_it(found: Findings) -> None:
    found.drawn.took[Kind.GARBLED] = 19
    assert refused(found) == [f"faults that took effect too seldom: {Kind.GARBLED}"]


def test_an_unequal_trace_and_a_cell_that_was_not_drawn_refuse_it(found: Findings) -> None:
    found.unequal.append(Schedule("deploy", "v8r22"))
    found.cells = (9, 7)
    assert refused(found) == [
        "1 schedule did not play the same twice",
        "2 of 9 faults at commands were not drawn",
    ]


def test_a_failure_refuses_it_and_stands_there_as_the_shortest_script(
    found: Findings, stage: ScheduleRunner
) -> None:
    verdict = Verdict.of(stage.play(Schedule("remove", "v8r5")))
    failing = replace(verdict, complaints=("mixed end: the members differ",))
    found.second.add(failing)
    found.shortest.append((failing, Schedule("remove", "v8r12")))
    assert refused(found) == ["1 schedule fails"]
    page = as_page(as_dict(found))
    assert "**The certificate is refused:**\n\n- 1 schedule fails\n" in page
    assert "remove on v8r12\nhotpair certify --replay 'remove;v8r12;resume@0'\n" in page


def test_what_was_not_reached_has_a_reason_or_refuses_it(found: Findings) -> None:
    reach = reached((found.drawn,))
    missing = unexplained(reach)
    assert "decided + a seen confirmed" not in missing
    assert "committing stages + failed" in missing
    assert not set(missing) & set(UNREACHED)
    everything = Tally()
    for part in reach.values():
        names = [one["what"] for one in part["not_met"]]
        everything.steps.update(tuple(name.split(" + ")) for name in names if " + " in name)
        everything.fields.update(names)
        everything.codes.update(int(name) for name in names if name.isdigit())
    lines = {("", one["what"]) for one in reach["lines of the journal"]["not_met"]}
    everything.steps.update(lines)
    assert unexplained(reached((found.drawn, everything))) == []


def parts_of(page: str) -> list[str]:
    lines = page.splitlines()
    return [line.removeprefix("## ") for line in lines if line.startswith("## ") and line != "## Failures"]


def test_the_page_has_its_parts_in_order(found: Findings) -> None:
    assert parts_of(as_page(as_dict(found))) == PARTS_OF_A_PAGE


def test_the_certificate_in_the_docs_is_what_its_json_says() -> None:
    page, values = (DOCS / "certificate.md").read_text(encoding="utf-8"), kept()
    assert as_page(values) == page
    assert parts_of(page) == PARTS_OF_A_PAGE


def test_the_certificate_in_the_docs_holds_and_is_of_the_whole() -> None:
    values = kept()
    assert values["holds"]
    assert values["refused_because"] == []
    assert values["drawn"]["schedules"] >= 10_000
    assert values["drawn"]["cells_drawn"] == values["drawn"]["cells"] > 9_000
    assert values["counted_out"]["there_are"] >= 100_000
    assert [one["fault"] for one in values["faults"]] == list(Kind)
    assert all(one["took_effect"] >= one["floor"] > 0 for one in values["faults"])
    assert {one["name"] for one in values["canaries"]} <= {one.name for one in CANARIES}
    assert len(values["canaries"]) >= 18
    assert all(one["schedules"] for one in values["canaries"])
    assert values["determinism"] == {"played_twice": 200, "unequal": []}
    assert values["liveness"]["without_end"] == 0
    assert 0 < len(values["rows"]) <= 500


def kept() -> dict[str, Any]:
    values: dict[str, Any] = json.loads((DOCS / "certificate.json").read_text(encoding="utf-8"))
    return values


@pytest.mark.parametrize("of", [1, 7, 40])
def test_the_parts_of_what_is_counted_out_are_the_whole_of_it(of: int) -> None:
    parts = [
        CertifyOptions(exhaustive=True, part=(number, of)).share_of(1_003) for number in range(1, of + 1)
    ]
    assert [place for begin, end in parts for place in range(begin, end)] == list(range(1_003))
    assert CertifyOptions(exhaustive=True).share_of(1_003) == (0, 1_003)
    assert CertifyOptions().share_of(1_003) == (0, 0)


def test_a_part_says_what_was_played_and_how_each_failure_is_played_again(
    found: Findings, stage: ScheduleRunner
) -> None:
    found.options = CertifyOptions(exhaustive=True, part=(3, 40))
    verdict = Verdict.of(stage.play(Schedule("remove", "v8r5")))
    found.counted.add(verdict)
    found.countable = 80
    assert part_in_words(of_part(found)).startswith("Part 3 of 40: 1 of 80 schedules, ")
    assert part_in_words(of_part(found)).endswith("failed: 0.")
    found.counted.add(replace(verdict, complaints=("no end: x",)))
    assert "hotpair certify --replay 'remove;v8r5;resume@0'" in part_in_words(of_part(found))


@pytest.mark.parametrize(
    ("part", "everything", "page"),
    [
        ("1/2", False, False),
        ("1/2", True, True),
        ("0/2", True, False),
        ("x", True, False),
        ("3/2", True, False),
    ],
)
def test_a_part_that_is_none_is_refused(
    part: str,
    everything: bool,  # noqa: FBT001 - table
    page: bool,  # noqa: FBT001 - table
    tmp_path: Path,
) -> None:
    with pytest.raises(IntentError, match="part"):
        certify(part=part, everything=everything, page=tmp_path / "page.md" if page else None)


def test_tables_and_grammar_have_a_digest() -> None:
    assert len(hash_of_tables()) == 16
