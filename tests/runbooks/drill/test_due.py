"""Drills over time: what is overdue, for whom, and what the drills of a pair showed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inventory.errors import IntentError
from inventory.load import load_pair
from inventory.model import Pair
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.drill.due import past_drills, with_drills
from runbooks.drill.judging import BACK, KEPT, ROLES
from runbooks.ended import run_of_end
from runbooks.lab import LAB
from runbooks.report.run import RunKind
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.checks.policy import NO_POLICY, Policy, Waiver
from tasks.checks.policy_file import load_policy
from tasks.transaction.ends import End
from tasks.transaction.machine import State
from tasks.transaction.model import Outcome as Ended
from tests.runbooks.archive.made import GOOD, START, ended, run

QUARTERLY = Policy(drill_every=timedelta(days=90))
DAY = 24 * 60


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


def pair_of(name: str = "seed-igmp") -> Pair:
    return load_pair(LAB / "pairs" / f"{name}.yaml")


def keep(archive: Archive, minutes: int, *results: CheckResult, pair: str = "seed-igmp") -> None:
    """Keep a drill."""
    made = run(minutes, *results, pair=pair, kind=RunKind.DRILL)
    keep_run(archive, made, Origin("ops", "here", ""), RunInputs())


def looked(archive: Archive, days: int, policy: Policy = QUARTERLY, name: str = "seed-igmp") -> CheckResult:
    """Judge a look that many days after the first drill."""
    seen = run(days * DAY, GOOD, pair=name)
    ((_, told),) = with_drills(archive, [(pair_of(name), seen)], policy)
    (one,) = told.results[1:]
    return one


def test_a_pair_without_a_drill_or_with_an_old_one_is_due(archive: Archive) -> None:
    never = looked(archive, 0)
    keep(archive, 0, ended(Outcome.SUCCESS, check=KEPT))
    young, last, old = (looked(archive, days) for days in (1, 90, 91))

    assert (never.outcome, never.complaints[0].found) == (Outcome.FAILURE, "never")
    assert never.next_command == "hotpair drill seed-igmp"
    assert (young.outcome, last.outcome) == (Outcome.SUCCESS, Outcome.SUCCESS)
    assert (
        str(old.complaints[0])
        == "a drill is overdue: wanted one every 90 days, found 91 days ago, 2026-03-04"
    )


def test_a_drill_that_lost_entries_or_of_another_pair_does_not_count(archive: Archive) -> None:
    keep(archive, 0, ended(Outcome.FAILURE, Complaint("1 entry was lost"), check=KEPT))
    keep(archive, 1, ended(Outcome.SUCCESS, check=KEPT), pair="north")

    assert looked(archive, 1).outcome is Outcome.FAILURE


def test_nothing_is_asked_where_nothing_could_move_or_no_policy_wants_it(archive: Archive) -> None:
    seen = run(0, GOOD, pair="seed-igmp")

    still = pair_of().model_copy(update={"e_trunks": ()})
    ((_, told),) = with_drills(archive, [(still, seen)], QUARTERLY)
    assert told.results[1].outcome is Outcome.SKIPPED
    assert with_drills(archive, [(pair_of(), seen)], NO_POLICY) == ((pair_of(), seen),)


def test_a_pair_whose_members_both_forward_is_due_too_since_a_leg_may_fall(archive: Archive) -> None:
    never = looked(archive, 0, name="mld-active-active")

    assert never.outcome is Outcome.FAILURE
    assert never.next_command == "hotpair drill mld-active-active --by shutdown --port PORT"


def test_a_drill_that_was_taken_up_proves_nothing_and_is_told(archive: Archive) -> None:
    gone = Ended("hp-1", "seed-igmp", ("DeviceA", "DeviceB"), State.ROLLED_BACK, End.AS_BEFORE)
    run_kept = run_of_end(RunKind.DRILL, gone, START, START + timedelta(seconds=9))
    keep_run(archive, run_kept, Origin("ops", "here", ""), RunInputs())

    assert looked(archive, 1).outcome is Outcome.FAILURE
    (past,) = past_drills(archive, "seed-igmp")
    assert past.verdict is Outcome.ERROR
    assert past.roles == "taken back by the trial; nothing was measured"


def test_an_overdue_drill_can_be_waived(archive: Archive) -> None:
    waiver = Waiver(check="drilled", owner="jane", reason="freeze", expires=START.date())

    assert looked(archive, 0, replace(QUARTERLY, waivers=(waiver,))).outcome is Outcome.SKIPPED


def test_what_each_drill_showed_is_told_the_newest_first(archive: Archive) -> None:
    lost = replace(ended(Outcome.FAILURE, Complaint("2 entries were lost"), check=KEPT), note="1 of 3 kept")
    roles = replace(ended(Outcome.SUCCESS, check=ROLES), note="4.0 s")
    keep(archive, 0, roles, lost, ended(Outcome.ERROR, Complaint("not looked at"), check=BACK))
    keep(archive, 5, roles)
    newest, first = past_drills(archive, "seed-igmp")

    assert (newest.verdict, newest.roles) == (Outcome.SUCCESS, "4.0 s")
    assert (first.verdict, first.entries, first.back) == (Outcome.FAILURE, "1 of 3 kept", "not looked at")
    assert past_drills(archive, "north") == ()


@pytest.mark.parametrize(("text", "days"), [("90d", 90), ("1d", 1)])
def test_the_policy_counts_in_days(tmp_path: Path, text: str, days: int) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(f"drill_every: {text}\n")

    assert load_policy(file).drill_every == timedelta(days=days)


@pytest.mark.parametrize("text", ["90", "0d", "3w", "-1d", "soon"])
def test_another_span_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(f"# ours\ndrill_every: {text}\n")

    with pytest.raises(IntentError, match=r"policy\.yaml:2"):
        load_policy(file)
