"""What is kept can be read again, findings tell since when and until when, and nothing is kept twice."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from inventory.errors import ArchiveError, IntentError
from runbooks.archive.kept import inputs_of, load_run
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.queries import findings_of, run_rows, standings
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.archive.tables import blobs, configurations, runs
from runbooks.report.run import RunKind
from tasks.checks.model import CommitAuthor, Outcome
from tests.runbooks.archive.made import BAD, CHANNEL, GOOD, START, UNKNOWN, down, ended, keep, run, seen


def test_a_run_is_read_as_it_was_kept(archive: Archive) -> None:
    made = run(0, BAD, observations=(seen(CHANNEL.format(state="Connecting"), START),))
    keep(archive, made)

    again = load_run(archive, made.id)

    assert again.results == made.results
    assert (again.pair, again.members, again.kind) == (made.pair, made.members, made.kind)
    assert (again.started_at, again.ended_at) == (made.started_at, made.ended_at)
    assert [(one.member, one.command, one.text) for one in again.observations] == [
        (one.member, one.command, one.text) for one in made.observations
    ]
    assert again.observations[0].parsed == made.observations[0].parsed
    assert inputs_of(archive, made.id) == RunInputs(intent="pair: north\n")


def test_a_finding_knows_since_when_last_good_and_until_when(archive: Archive) -> None:
    for minute, result in ((0, GOOD), (10, GOOD), (20, BAD), (30, BAD), (40, GOOD), (50, GOOD)):
        keep(archive, run(minute, result))

    (found,) = findings_of(archive, ended=True)

    assert (found.check, found.subject, found.device) == ("rbs-connected", "RBS north", "core-1")
    assert found.last_good == START + timedelta(minutes=10)
    assert found.since == START + timedelta(minutes=20)
    assert found.last_seen == START + timedelta(minutes=30)
    assert found.until == START + timedelta(minutes=40)
    assert findings_of(archive) == ()


def test_what_could_not_be_told_ends_no_finding(archive: Archive) -> None:
    for minute, result in ((0, BAD), (10, UNKNOWN)):
        keep(archive, run(minute, result))

    opened = {found.outcome: found for found in findings_of(archive)}

    assert set(opened) == {Outcome.FAILURE, Outcome.ERROR}
    assert opened[Outcome.FAILURE].until is None
    assert opened[Outcome.FAILURE].last_seen == START
    keep(archive, run(20, BAD))
    assert [found.outcome for found in findings_of(archive)] == [Outcome.FAILURE]


def test_a_check_that_did_not_run_ends_no_finding(archive: Archive) -> None:
    keep(archive, run(0, BAD))
    keep(archive, run(10, ended(Outcome.SUCCESS, check="e-trunk-roles", subject="E-Trunk 4")))

    (found,) = findings_of(archive)
    assert found.check == "rbs-connected"


def test_another_value_is_the_same_finding_with_the_newest_value(archive: Archive) -> None:
    keep(archive, run(0, ended(Outcome.FAILURE, down("connecting"))))
    keep(archive, run(10, ended(Outcome.FAILURE, down("closed"))))

    (found,) = findings_of(archive)
    assert (found.found, found.since) == ("closed", START)


def test_findings_of_one_pair_are_not_ended_by_another(archive: Archive) -> None:
    keep(archive, run(0, BAD, pair="north"))
    keep(archive, run(1, GOOD, pair="south"))

    assert [found.pair for found in findings_of(archive)] == ["north"]


def test_a_pair_stands_where_its_newest_run_left_it(archive: Archive) -> None:
    keep(archive, run(0, GOOD, pair="south"))
    keep(archive, run(5, GOOD, pair="north"))
    keep(archive, run(10, BAD, pair="north"))
    keep(archive, run(15, UNKNOWN, pair="west"))

    first, second, third = standings(archive)

    assert (first.pair, first.verdict, first.open_findings) == ("north", Outcome.FAILURE, 1)
    assert first.last_good == START + timedelta(minutes=5)
    assert (second.pair, second.verdict) == ("west", Outcome.ERROR)
    assert second.last_good is None
    assert (third.pair, third.open_findings) == ("south", 0)


def test_an_old_run_that_is_taken_in_late_changes_no_finding(archive: Archive) -> None:
    keep(archive, run(10, GOOD))
    keep(archive, run(0, BAD))

    assert findings_of(archive, ended=True) == ()
    assert standings(archive)[0].verdict is Outcome.SUCCESS


def test_the_same_evidence_is_kept_once(archive: Archive) -> None:
    for minute in range(20):
        at = START + timedelta(minutes=minute)
        keep(archive, run(minute, GOOD, observations=(seen(CHANNEL.format(state="Connected"), at),)))

    with archive.reading() as connection:
        texts = connection.scalar(select(func.count()).select_from(blobs))
    assert texts == 4  # the answer, the list that names it, the results, the intent


def test_another_spelling_of_the_same_answer_is_not_kept_again(archive: Archive) -> None:
    first = CHANNEL.format(state="Connected")
    keep(archive, run(0, GOOD, observations=(seen(first, START),)))
    keep(archive, run(1, GOOD, observations=(seen(first.replace(" : ", "    : "), START),)))
    keep(archive, run(2, GOOD, observations=(seen(CHANNEL.format(state="Connecting"), START),)))

    kept = [load_run(archive, row.id).observations[0].text for row in run_rows(archive)]
    assert kept == [CHANNEL.format(state="Connecting"), first, first]


def test_a_clock_is_kept_as_it_was_judged(archive: Archive) -> None:
    """Of it nothing lasts but what is judged: an earlier time in its place would be another verdict."""
    times = ("2026-03-04 02:00:01+00:00", "2026-03-04 02:05:07+00:00")
    made = [
        run(
            minutes,
            GOOD,
            observations=(seen(f"{text}\nWednesday\nTime Zone : UTC\n", START, command="display clock"),),
        )
        for minutes, text in zip((0, 5), times, strict=True)
    ]
    for one in made:
        keep(archive, one)
    for one in made:
        assert load_run(archive, one.id).observations[0].text == one.observations[0].text


def test_a_configuration_is_one_row_for_as_long_as_it_is_the_same(archive: Archive) -> None:
    texts = ("!Last change 1\nsysname A\n", "!Last change 2\nsysname A\n", "sysname B\n", "sysname A\n")
    for minute, text in enumerate(texts):
        at = START + timedelta(minutes=minute)
        look = seen(text, at, command="display current-configuration")
        keep(archive, run(minute, GOOD, observations=(look,)))

    with archive.reading() as connection:
        rows = connection.execute(select(configurations).order_by(configurations.c.first_seen)).all()
    assert [(row.first_seen - START, row.last_seen - START) for row in rows] == [
        (timedelta(minutes=0), timedelta(minutes=1)),
        (timedelta(minutes=2), timedelta(minutes=2)),
        (timedelta(minutes=3), timedelta(minutes=3)),
    ]


def test_a_transaction_is_kept_with_its_end_and_who(archive: Archive) -> None:
    keep(archive, run(0, GOOD, kind=RunKind.DEPLOY, transaction="hp-1", outcome="done"))

    (row,) = run_rows(archive)
    assert (row.transaction, row.end, row.by, row.ticket) == ("hp-1", "done", "ops@jump-1", "CHG-7")


@pytest.mark.parametrize("end", ["rolled back", "a confirmed", "unchanged"])
def test_what_was_seen_on_a_trial_that_did_not_stay_tells_nothing_of_the_pair(
    archive: Archive, end: str
) -> None:
    keep(archive, run(0, GOOD, kind=RunKind.DEPLOY, transaction="hp-1", outcome=end))
    assert standings(archive) == ()
    keep(archive, run(1, BAD))
    keep(archive, run(2, GOOD, kind=RunKind.DEPLOY, transaction="hp-2", outcome=end))
    (one,) = standings(archive)
    assert (one.verdict, one.last_good) == (Outcome.FAILURE, None)


def test_a_run_is_kept_once(archive: Archive) -> None:
    keep(archive, run(0, BAD))
    with pytest.raises(ArchiveError, match="kept already"):
        keep(archive, run(0, GOOD))
    assert standings(archive)[0].verdict is Outcome.FAILURE


def test_evidence_that_was_changed_is_never_read(archive: Archive) -> None:
    made = run(0, GOOD, observations=(seen(CHANNEL.format(state="Connected"), START),))
    keep(archive, made)
    with archive.writing() as connection:
        turned = func.substr(blobs.c.hash, 2, 63).op("||")(func.substr(blobs.c.hash, 1, 1))
        connection.execute(update(blobs).values(hash=turned))

    with pytest.raises(ArchiveError, match="changed after it was kept"):
        load_run(archive, made.id)


def test_an_unknown_run_names_those_that_may_be_meant(archive: Archive) -> None:
    keep(archive, run(0, GOOD))
    with pytest.raises(IntentError) as told:
        load_run(archive, "20260304-check-north")
    assert told.value.wanted == "20260304T020000000000Z-check-north"


def test_a_failure_in_the_midst_keeps_nothing(archive: Archive) -> None:
    keep(archive, run(0, GOOD))
    with pytest.raises(ZeroDivisionError):
        _fail_in_the_midst(archive)
    assert run_rows(archive)[0].pair == "north"


def _fail_in_the_midst(archive: Archive) -> None:
    with archive.writing() as connection:
        connection.execute(update(runs).values(pair="lost"))
        raise ZeroDivisionError


def test_the_archive_is_there_after_it_was_closed(place: Path | str) -> None:
    with open_archive(place) as first:
        keep(first, run(0, BAD))
    with open_archive(place) as second:
        assert [found.complaint for found in findings_of(second)] == ["the channel is not connected"]


def test_a_finding_keeps_the_hand_that_was_named_though_a_later_look_could_not_ask(archive: Archive) -> None:
    hand = CommitAuthor(1000000012, "carol", "VTY 1", "2026-03-04 01:59:00+00:00", "card swapped")
    keep_run(archive, run(0, ended(Outcome.FAILURE, replace(down(), hand=hand))), Origin(), RunInputs())
    keep_run(archive, run(5, ended(Outcome.FAILURE, down("closed"))), Origin(), RunInputs())

    (finding,) = findings_of(archive, pair="north")

    assert (finding.hand, finding.found) == (hand, "closed")


def test_an_archive_of_the_first_schema_is_brought_up_to_date_and_loses_nothing(tmp_path: Path) -> None:
    place = tmp_path / "archive.db"
    with open_archive(place) as archive:
        keep_run(archive, run(0, BAD), Origin(), RunInputs())
    with sqlite3.connect(place) as old:
        for table in ("leases", "moments", "troubles", "outbox", "drops", "known", "judgements", "turns"):
            old.execute(f"DROP TABLE {table}")
        old.executescript(
            "ALTER TABLE findings DROP COLUMN hand; ALTER TABLE pairs DROP COLUMN verdict;"
            "UPDATE alembic_version SET version_num = '0001'"
        )
    old.close()
    with open_archive(place) as archive:
        assert [(one.since, one.hand) for one in findings_of(archive)] == [(START, None)]
        assert [one.verdict for one in standings(archive)] == [Outcome.FAILURE]


def test_a_finding_ends_when_its_subject_is_gone_from_the_intent_and_not_when_it_could_not_be_told(
    archive: Archive,
) -> None:
    keep(archive, run(0, BAD))
    unknown = ended(Outcome.ERROR, down(), subject="RBS south")
    keep(archive, run(5, unknown, ended(Outcome.SUCCESS, subject="RBS west")))
    assert [one.subject for one in findings_of(archive, pair="north")] == ["RBS south", "RBS north"]
    keep(archive, run(10, ended(Outcome.SUCCESS, check="other", subject="RBS west")))
    assert len(findings_of(archive, pair="north")) == 2
    keep(archive, run(15, ended(Outcome.SUCCESS, subject="RBS west")))
    assert findings_of(archive, pair="north") == ()
