"""A drift is told with the commit that made it, and with no other; the way back is the smaller one."""

from __future__ import annotations

import pytest

from emulator.lab import Lab
from runbooks.archive.codec import read_results, write_results
from runbooks.drift import judge_drift
from runbooks.judging import drift_of, unanswered
from runbooks.report.run import Run
from tasks.checks.model import CheckResult, CommitAuthor, Outcome
from tests.runbooks.fleet.memory import checked, held, typed
from tests.runbooks.pairs import west

PRIORITY = ("e-trunk 7", "priority 33")


def port(peer: str, own: str) -> tuple[str, ...]:
    lines = ("undo peer {0}", "peer {0} source {1} port 4200")
    return ("remote-backup-service chan", *(line.format(peer, own) for line in lines))


def drift(run: Run) -> list[CheckResult]:
    return [one for one in run.results if one.check == "drift" and one.outcome is Outcome.FAILURE]


def hands(run: Run) -> set[CommitAuthor | None]:
    return {complaint.hand for result in drift(run) for complaint in result.complaints}


@pytest.fixture
def lab() -> Lab:
    return held()


def test_the_commit_that_changed_the_line_is_named_and_a_later_one_is_not(lab: Lab) -> None:
    typed(lab, "west-1", *PRIORITY, user="carol")
    typed(lab, "west-1", "interface LoopBack3", "description spare", user="dave")

    run = checked(lab)

    assert [(hand.user, hand.line, hand.commit_id) for hand in hands(run) if hand] == [
        ("carol", "VTY 0", 1000000001)
    ]
    assert None not in hands(run)
    (result,) = drift(run)
    assert result.next_command == "hotpair deploy west"
    assert result.note.startswith("west-1 left the intent, west-2 holds it; what it runs is not saved")


def test_a_saved_drift_is_told_as_saved(lab: Lab) -> None:
    typed(lab, "west-1", *PRIORITY, save=True)
    (result,) = drift(checked(lab))
    assert result.note == "west-1 left the intent, west-2 holds it; what it runs is saved"


def test_the_newest_of_two_commits_of_a_line_is_named(lab: Lab) -> None:
    typed(lab, "west-2", "e-trunk 7", "priority 34", user="carol")
    typed(lab, "west-2", "e-trunk 7", "undo priority", user="erin")
    typed(lab, "west-2", "e-trunk 7", "priority 35", user="frank")

    extra = [one for result in drift(checked(lab)) for one in result.complaints if one.found.endswith("35")]

    assert [one.hand.user for one in extra if one.hand] == ["frank"]


def test_what_no_commit_changed_has_no_hand() -> None:
    run = checked(held(("west-1", " priority 10", " priority 33")))
    assert hands(run) == {None}
    assert "no listed commit changed it" not in drift(run)[0].note  # it lists none at all
    lab = held(("west-1", " priority 10", " priority 33"))
    typed(lab, "west-1", "interface LoopBack3", "description spare", user="dave")
    run = checked(lab)
    assert hands(run) == {None}
    assert "no listed commit changed it" in drift(run)[0].note


def test_members_that_left_alike_may_be_learned(lab: Lab) -> None:
    typed(lab, "west-1", *port("198.51.100.2", "198.51.100.1"))
    typed(lab, "west-2", *port("198.51.100.1", "198.51.100.2"))

    results = drift(checked(lab))

    assert [result.next_command for result in results] == ["hotpair learn west"] * 2
    assert all("both members left the intent, alike" in result.note for result in results)


def test_a_profile_that_is_gone_from_both_is_deployed_again(lab: Lab) -> None:
    for name in ("west-1", "west-2"):
        typed(lab, name, "interface Eth-Trunk30", "undo remote-backup-profile subscribers")
        typed(lab, name, "undo remote-backup-profile subscribers")

    results = drift(checked(lab))

    assert [result.next_command for result in results] == ["hotpair deploy west"] * 2
    assert all("both members left the intent, alike" in result.note for result in results)


def test_members_that_left_each_in_its_own_way_are_deployed(lab: Lab) -> None:
    typed(lab, "west-1", *port("198.51.100.2", "198.51.100.1"))
    typed(lab, "west-2", "e-trunk 7", "priority 36")

    results = drift(checked(lab))

    assert [result.next_command for result in results] == ["hotpair deploy west"] * 2
    assert all("each in its own way" in result.note for result in results)


def test_without_a_second_visit_nobody_is_accused(lab: Lab) -> None:
    typed(lab, "west-1", *PRIORITY, user="carol")
    run = checked(lab, closely=False)
    assert hands(run) == {None}
    assert "no listed commit" not in drift(run)[0].note


def test_the_archive_keeps_the_hand_and_a_replay_of_the_evidence_finds_it_again(lab: Lab) -> None:
    typed(lab, "west-1", *PRIORITY, user="carol")
    run = checked(lab)
    assert read_results(write_results(run.results)) == run.results
    assert [one for one in judge_drift(west(), run.observations) if one.complaints] == drift(run)


def test_with_one_member_away_the_drift_of_the_other_is_told_with_its_hand(lab: Lab) -> None:
    typed(lab, "west-1", *PRIORITY, user="carol")
    seen = tuple(one for one in checked(lab).observations if one.member == "west-1")

    one, other = drift_of(west(), seen, unanswered(west(), seen))

    assert (one.subject, one.outcome) == ("configuration of west-1", Outcome.FAILURE)
    assert [complaint.hand.user for complaint in one.complaints if complaint.hand] == ["carol"]
    assert one.note.startswith(
        "west-1 left the intent; the other member was not seen; what it runs is not saved"
    )
    assert (other.subject, other.outcome) == ("configuration of west-2", Outcome.ERROR)
    assert [complaint.device for complaint in other.complaints] == ["west-2"]


def test_with_one_member_away_the_other_that_holds_the_intent_is_well(lab: Lab) -> None:
    seen = tuple(one for one in checked(lab).observations if one.member == "west-2")
    ends = drift_of(west(), seen, unanswered(west(), seen))
    assert [one.outcome for one in ends] == [Outcome.ERROR, Outcome.SUCCESS]
