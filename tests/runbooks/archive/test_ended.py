"""What the archive knows of a transaction that no check judged: its last end, and where the pair stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from runbooks.archive.opening import Archive
from runbooks.archive.queries import findings_of, run_rows, standings
from runbooks.archive.states import states
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.ended import run_of_end
from runbooks.report.run import Run, RunKind
from tasks.checks.model import Outcome
from tasks.transaction.ends import End
from tasks.transaction.machine import State
from tasks.transaction.model import Outcome as Ended
from tests.runbooks.archive.made import BAD, GOOD, START, run

_STATES = {
    End.DONE: State.DONE,
    End.AS_BEFORE: State.ROLLED_BACK,
    End.UNSETTLED: State.NEW_A,
    End.SPLIT_HAZARD: State.NEW_A,
    End.SPLIT_MIXED: State.NEW_A,
    End.ABANDONED: State.ABANDONED,
}


def keep(archive: Archive, made: Run) -> None:
    keep_run(archive, made, Origin(), RunInputs())


def end(minutes: int, kind: RunKind, name: End, transaction: str = "hp-1") -> Run:
    at = START + timedelta(minutes=minutes)
    ended = Ended(transaction, "north", ("north-1", "north-2"), _STATES[name], name, reason="so it was")
    return run_of_end(kind, ended, at, at + timedelta(seconds=2))


def word(archive: Archive) -> str:
    return states(archive)["north"]


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        (RunKind.DEPLOY, End.DONE, "as planned"),
        (RunKind.ROLLBACK, End.DONE, "as before"),
        (RunKind.DEPLOY, End.SPLIT_MIXED, "split"),
        (RunKind.ROLLBACK, End.SPLIT_HAZARD, "split"),
        (RunKind.DRILL, End.SPLIT_MIXED, "split"),
        (RunKind.DEPLOY, End.UNSETTLED, "unknown"),
        (RunKind.DEPLOY, End.AS_BEFORE, "in sync"),
        (RunKind.DRILL, End.AS_BEFORE, "in sync"),
        (RunKind.ROLLBACK, End.AS_BEFORE, "in sync"),
        (RunKind.DEPLOY, End.ABANDONED, "in sync"),
    ],
)
def test_a_pair_is_what_the_transaction_saw_until_somebody_looks(
    archive: Archive, kind: RunKind, name: End, said: str
) -> None:
    keep(archive, run(0, GOOD))
    keep(archive, end(5, kind, name))
    assert word(archive) == said
    assert (standings(archive)[0].verdict is Outcome.SUCCESS) == (said == "in sync")
    assert run_rows(archive)[0].end == _STATES[name].value


@pytest.mark.parametrize("opened", [End.UNSETTLED, End.SPLIT_HAZARD])
@pytest.mark.parametrize(
    ("last", "said"),
    [(End.DONE, "as planned"), (End.AS_BEFORE, "as before"), (End.ABANDONED, "unknown")],
)
def test_what_is_open_of_a_transaction_is_over_with_its_end(
    archive: Archive, opened: End, last: End, said: str
) -> None:
    keep(archive, run(0, GOOD))
    keep(archive, end(5, RunKind.DEPLOY, opened))
    (finding,) = findings_of(archive)
    assert (finding.subject, finding.complaint) == ("hp-1", opened.value)
    keep(archive, run(6, GOOD))
    keep(archive, end(7, RunKind.DEPLOY, End.DONE, "hp-2"))
    assert findings_of(archive) == (finding,), "neither a check nor another transaction settles it"
    keep(archive, end(9, RunKind.DEPLOY, last))
    assert findings_of(archive) == ()
    assert word(archive) == said
    assert {row.end for row in run_rows(archive) if row.transaction == "hp-1"} == {_STATES[last].value}
    keep(archive, run(10, GOOD))
    assert word(archive) == "in sync"


def test_what_was_wrong_before_stays_wrong_after_a_transaction_that_nobody_judged(archive: Archive) -> None:
    keep(archive, run(0, BAD))
    keep(archive, end(5, RunKind.ROLLBACK, End.DONE))
    assert word(archive) == "failed"


def test_checks_that_held_on_a_trial_that_split_are_no_word_on_the_pair(archive: Archive) -> None:
    apart = end(5, RunKind.DEPLOY, End.SPLIT_MIXED)
    keep(archive, run(0, BAD))
    keep(archive, replace(apart, results=(*apart.results, GOOD)))
    assert word(archive) == "split"
    assert {one.check for one in findings_of(archive)} == {"rbs-connected", "transaction-ended"}


def test_a_run_that_is_taken_in_late_takes_no_end_back(archive: Archive) -> None:
    keep(archive, end(9, RunKind.DEPLOY, End.DONE))
    keep(archive, end(5, RunKind.DEPLOY, End.SPLIT_MIXED))
    assert word(archive) == "as planned"
    assert {row.end for row in run_rows(archive)} == {"done"}
