"""What is said of a pair in a word, from what was done and seen last."""

from __future__ import annotations

from runbooks.archive.opening import Archive
from runbooks.archive.queries import findings_of
from runbooks.archive.states import gauges, states
from runbooks.report.run import RunKind
from tasks.checks.model import Outcome
from tests.runbooks.archive.made import BAD, GOOD, UNKNOWN, down, ended, keep, run


def test_a_pair_that_is_there_again_is_not_said_to_be_not_deployed(archive: Archive) -> None:
    absent = ended(Outcome.FAILURE, down(), check="deployed", subject="north")
    keep(archive, run(0, absent))
    keep(archive, run(5, GOOD))  # did not compare the configuration
    assert states(archive) == {"north": "not deployed"}
    keep(archive, run(10, ended(Outcome.ERROR, down(), check="drift", subject="configuration of x")))
    assert states(archive) == {"north": "not deployed"}
    keep(archive, run(15, ended(Outcome.SUCCESS, check="drift", subject="configuration of x")))
    assert states(archive) == {"north": "in sync"}


def test_a_pair_that_was_taken_away_is_not_said_to_be_in_sync(archive: Archive) -> None:
    aside = ended(Outcome.SKIPPED, check="side-effects")
    keep(archive, run(0, GOOD, kind=RunKind.DEPLOY, transaction="hp-01", outcome="done"))
    assert states(archive) == {"north": "in sync"}
    keep(archive, run(5, aside, kind=RunKind.DEPLOY, transaction="hp-02", outcome="done"))
    assert states(archive) == {"north": "not deployed"}
    keep(archive, run(9, aside))  # a look that judged nothing
    assert states(archive) == {"north": "unknown"}


def test_a_rehearsal_tells_nothing_of_the_pair_and_after_a_rollback_somebody_must_look(
    archive: Archive,
) -> None:
    keep(archive, run(0, BAD))
    keep(archive, run(5, GOOD, kind=RunKind.REHEARSE))
    assert states(archive) == {"north": "failed"}
    assert findings_of(archive, pair="north")
    keep(archive, run(10, GOOD))
    keep(archive, run(15, BAD, kind=RunKind.REHEARSE))
    assert states(archive) == {"north": "in sync"}
    undone = ended(Outcome.SUCCESS, check="transaction-ended")
    keep(archive, run(20, undone, kind=RunKind.ROLLBACK, transaction="hp-03", outcome="done"))
    assert states(archive) == {"north": "as before"}
    assert [one.compliant for one in gauges(archive)] == [False]
    keep(archive, run(25, GOOD))
    assert states(archive) == {"north": "in sync"}


def test_what_a_pair_is_in_a_word(archive: Archive) -> None:
    drift = ended(Outcome.FAILURE, down(), check="drift", subject="configuration of x")
    ends = {
        "n": (GOOD,),
        "s": (drift,),
        "e": (drift, BAD),
        "w": (UNKNOWN,),
        "x": (BAD,),
        "u": (drift, UNKNOWN),
        "g": (ended(Outcome.FAILURE, down(), check="deployed", subject="g"),),
    }
    for pair, results in ends.items():
        keep(archive, run(0, *results, pair=pair))
    assert states(archive) == {
        "n": "in sync", "s": "drifted", "e": "failed", "w": "unknown", "x": "failed", "u": "drifted",
        "g": "not deployed",
    }  # fmt: skip
