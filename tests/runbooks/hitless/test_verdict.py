"""What is concluded from looks at a pair, as a function of values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inventory.model import Side
from runbooks.hitless.model import Hitless, Marks, Moment, Reading, Sample, Spread, Verdict, Watched
from runbooks.hitless.verdict import NOTHING_BEFORE, judge

BEGUN = datetime(2026, 11, 28, 2, tzinfo=UTC)
LEADS: dict[str, dict[Side, str]] = {"igmp": {"a": "role", "b": "role"}}
MEMBERS: dict[Side, str] = {"a": "PE1", "b": "PE2"}


def look(
    side: Side,
    at_s: float,
    role: str | None,
    *entries: str,
    marks: Marks = (("display x", "changes 1"),),
    unread: tuple[str, ...] = (),
) -> Sample:
    """One look; a role of nothing is not shown."""
    readings = {} if role is None else {"role": Reading("role", role, role in {"master", "backup"}, marks)}
    return Sample(side, at_s, at_s + 0.1, readings, {"igmp": frozenset(entries)}, {}, unread)


def judged(*samples: Sample, moments: tuple[Moment, ...] = (), interval_s: float = 1.0) -> Hitless:
    watched = Watched(0.0, BEGUN, interval_s, MEMBERS, samples, moments, (), LEADS)
    return judge(watched)


def calm(*until: float) -> list[Sample]:
    """Looks at both members at which all is well."""
    return [one for at in until for one in (look("a", at, "master", "g1"), look("b", at, "backup", "g1"))]


def test_nothing_that_moves_is_hitless_with_its_floor_and_interval() -> None:
    seen = judged(*calm(0, 1, 2, 3.5))

    assert seen.verdict is Verdict.HITLESS
    assert seen.floor_s == pytest.approx(1.6)
    assert seen.sampling == Spread(6, 1.1, 1.1, 1.6, 1.6)
    assert seen.looks == {"PE1": 4, "PE2": 4}
    assert seen.counted == ("role",)


def test_a_state_that_was_left_is_dated_and_bounded_by_the_looks_around() -> None:
    bad = (look("a", 2, "initialize"), look("a", 3, "initialize"))
    seen = judged(
        *calm(0, 1), *bad, look("b", 2, "backup"), *calm(4, 5), moments=(Moment(1.5, "commit on PE1"),)
    )

    (hit,) = seen.hits
    assert (hit.member, hit.before, hit.became, hit.after) == ("PE1", "master", "initialize", "commit on PE1")
    assert (hit.at_s, hit.least_s, hit.most_s) == (2.1, 0.9, 3.1)
    assert str(hit) == "role on PE1: master -> initialize, 0.9 to 3.1 s, after `commit on PE1`"


def test_a_mark_that_moved_is_a_hit_and_one_that_is_not_told_any_more_is_none() -> None:
    moved = judged(*calm(0), look("a", 1, "master", "g1", marks=(("display x", "changes 2"),)), *calm(1)[1:])
    silent = judged(*calm(0), look("a", 1, "master", "g1", marks=()), *calm(1)[1:], *calm(2))
    another = judged(
        *calm(0),
        look("a", 1, "master", "g1", marks=(("display x", "changes 1"), ("display y", "downs 4"))),
        *calm(1)[1:],
    )

    assert [(one.became, one.counted) for one in moved.hits] == [("changes 2", True)]
    assert silent.hits == another.hits == ()


def test_what_is_not_good_at_the_beginning_is_not_judged() -> None:
    seen = judged(look("a", 0, "initialize"), look("b", 0, "initialize"), *calm(1, 2))

    assert seen.hits == ()
    assert seen.verdict is Verdict.INCONCLUSIVE
    assert "no signal did its work at the beginning" in seen.why


def test_a_display_that_is_not_understood_once_is_no_event_and_lets_nothing_be_concluded() -> None:
    seen = judged(*calm(0), look("a", 1, None, "g1", unread=("display e-trunk 1",)), *calm(1)[1:], *calm(2))

    assert seen.hits == ()
    assert seen.verdict is Verdict.INCONCLUSIVE
    assert seen.why == "`display e-trunk 1` is not understood, or has nothing to show yet"
    assert seen.untold == (f"PE1: {seen.why}",)


def test_a_service_that_is_new_is_said_once_and_not_for_each_display() -> None:
    new = ("display e-trunk 1", "display remote-backup-service s1")
    seen = judged(look("a", 0, None, unread=new), look("b", 0, None, unread=new), *calm(1, 2))
    silent = judged(*calm(0), *calm(1), look("a", 2, None, unread=new), look("b", 2, "backup", "g1"))

    assert (seen.verdict, seen.why) == (Verdict.INCONCLUSIVE, NOTHING_BEFORE)
    assert seen.untold == ("what 2 displays showed before: there was nothing to read yet",)
    assert [line.partition(":")[0] for line in silent.untold] == ["PE1", "PE1"]


def test_a_signal_that_is_not_shown_any_more_is_hit() -> None:
    seen = judged(*calm(0, 1), look("a", 2, None), look("b", 2, "backup", "g1"))

    assert [(one.became, one.most_s) for one in seen.hits] == [("not shown", None)]


@pytest.mark.parametrize("member", ["PE1", "PE2"])
def test_a_member_that_was_not_sampled_is_named(member: str) -> None:
    side = {"PE1": "a", "PE2": "b"}[member]
    seen = judged(*(one for one in calm(0, 1, 2) if one.side != side))

    assert seen.verdict is Verdict.INCONCLUSIVE
    assert seen.why.startswith(f"{member} not sampled")


def test_a_wide_gap_is_inconclusive_unless_that_was_the_interval() -> None:
    assert judged(*calm(0, 1, 20)).verdict is Verdict.INCONCLUSIVE
    assert judged(*calm(0, 15, 30), interval_s=15).verdict is Verdict.HITLESS


def test_entries_are_missed_from_the_last_look_with_them_to_the_next() -> None:
    seen = judged(
        *calm(0, 1),
        look("a", 2, "backup", "g1"),
        look("b", 2, "master"),
        look("a", 3, "backup", "g1"),
        look("b", 3, "master", "g1"),
    )

    (igmp,) = seen.entries
    assert (igmp.entries, igmp.lost) == (1, ())
    assert igmp.periods == Spread(1, 2.0, 2.0, 2.0, 2.0)


def test_an_entry_that_nobody_who_leads_has_at_the_end_is_lost() -> None:
    seen = judged(*calm(0, 1), look("a", 2, "master"), look("b", 2, "backup", "g1"))

    (igmp,) = seen.entries
    assert igmp.lost == ("g1",)
    assert seen.verdict is Verdict.HIT
    assert "lost g1" in seen.why
