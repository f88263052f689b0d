"""The certificate: refused for every reason there is, the page says what its JSON says, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from runbooks.certify.canaries import CANARIES
from runbooks.certify.certificate import as_dict, hash_of_tables
from runbooks.certify.certifying import Caught, Findings, Wishes
from runbooks.certify.page import as_page
from runbooks.certify.play import Theatre
from runbooks.certify.reach import UNREACHED, reached, unexplained
from runbooks.certify.schedule import Kind, Schedule
from runbooks.certify.verdicts import Tally, Verdict
from tests.runbooks.certify.stage import theatre


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as opened:
        yield opened


@pytest.fixture
def found(stage: Theatre) -> Findings:
    """What a sweep of two schedules finds; everything that was planted is caught."""
    findings = Findings(Wishes(), cells=(9, 9), caught=[Caught(one, 1, "false claim: x") for one in CANARIES])
    for flow in ("deploy", "several commits"):
        verdict = Verdict.of(stage.play(Schedule(flow, "v8r22")))
        findings.drawn.add(verdict)
        findings.verdicts.append(verdict)
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
        "1 schedules did not play the same twice",
        "2 of 9 faults at commands were not drawn",
    ]


def test_a_failure_refuses_it_and_stands_there_as_the_shortest_script(
    found: Findings, stage: Theatre
) -> None:
    verdict = Verdict.of(stage.play(Schedule("remove", "v8r5")))
    failing = Verdict(*(getattr(verdict, name) for name in Verdict.__slots__))
    object.__setattr__(failing, "complaints", ("mixed end: the members differ",))
    found.second.add(failing)
    found.shortest.append((failing, Schedule("remove", "v8r12")))
    assert refused(found) == ["1 schedules fail"]
    page = as_page(as_dict(found))
    assert "**The certificate is refused:**\n\n- 1 schedules fail\n" in page
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


def test_the_page_has_its_parts_in_order(found: Findings) -> None:
    lines = as_page(as_dict(found)).splitlines()
    assert [
        line.removeprefix("## ") for line in lines if line.startswith("## ") and line != "## Failures"
    ] == [
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


def test_tables_and_grammar_have_a_digest() -> None:
    assert len(hash_of_tables()) == 16
