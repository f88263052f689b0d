"""What rests on the same answers as a good judgement is not judged again; everything else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runbooks.report.run import Run
from runbooks.unchanged import Before, digest_of, judge_what_changed
from tasks.checks.catalog import checks_for, judge
from tasks.checks.check import DEFAULT_LIMITS
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tests.runbooks.fleet.memory import checked, held
from tests.runbooks.pairs import west


@pytest.fixture(scope="module")
def run() -> Run:
    return checked(held())


def before(run: Run, *results: CheckResult) -> Before:
    answers = {(one.member, one.command): digest_of(one) for one in run.observations}
    return Before("x", answers, results or run.results)


def marked(run: Run) -> tuple[CheckResult, ...]:
    """Return the results with a mark, so that it is seen which were taken over."""
    return tuple(replace(one, note=f"before; {one.note}") for one in run.results)


def judged(run: Run, known: Before, *seen: Observation) -> dict[str, list[CheckResult]]:
    found: dict[str, list[CheckResult]] = {}
    for one in judge_what_changed(checks_for(), west(), seen or run.observations, DEFAULT_LIMITS, known):
        found.setdefault(one.check, []).append(one)
    return found


def test_what_was_good_and_did_not_change_is_taken_over(run: Run) -> None:
    found = judged(run, before(run, *marked(run)))
    good = {one.check for one in run.results if one.outcome is Outcome.SUCCESS} - {"drift", "within-reach"}
    assert good
    for name in good:
        assert all(one.note.startswith("before") for one in found[name]), name
    plain = judge(checks_for(), west(), run.observations)
    assert [(one.check, one.subject) for each in found.values() for one in each] == [
        (one.check, one.subject) for one in plain
    ]


def test_a_letter_makes_it_judged_again_on_each_that_needs_it_and_on_no_other(run: Run) -> None:
    startup = next(one for one in run.observations if one.command == "display startup")
    seen = tuple(replace(one, text=one.text + " ") if one is startup else one for one in run.observations)
    found = judged(run, before(run, *marked(run)), *seen)
    assert not any(one.note.startswith("before") for one in found["saved"])
    assert all(one.note.startswith("before") for one in found["no-trial"])


@pytest.mark.parametrize("outcome", [Outcome.FAILURE, Outcome.ERROR, Outcome.SKIPPED, Outcome.UNSET])
def test_what_was_not_good_is_judged_again_whatever_it_rests_on(run: Run, outcome: Outcome) -> None:
    results = tuple(
        replace(one, outcome=outcome, complaints=(Complaint("planted"),)) if one.check == "no-trial" else one
        for one in marked(run)
    )
    found = judged(run, before(run, *results))
    assert [one.outcome for one in found["no-trial"]] == [Outcome.SUCCESS, Outcome.SUCCESS]


def test_an_answer_that_is_gone_is_no_same_answer(run: Run) -> None:
    seen = tuple(one for one in run.observations if one.command != "display startup")
    found = judged(run, before(run), *seen)
    assert {one.outcome for one in found["saved"]} == {Outcome.ERROR}
