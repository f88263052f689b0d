"""Old runs go, what is open and what is newest stays, and no text is left that nothing names."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from runbooks.archive.forgetting import forget
from runbooks.archive.kept import load_run
from runbooks.archive.opening import Archive
from runbooks.archive.queries import findings_of, run_rows, standings
from runbooks.archive.retention import Pruned, Retention, prune, prune_daily
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.archive.tables import blobs, metadata
from tests.runbooks.archive.made import BAD, CHANNEL, GOOD, START, run, seen

DAY = 24 * 60


def fill(archive: Archive) -> None:
    for day, result in ((0, GOOD), (1, BAD), (2, GOOD), (3, BAD), (4, BAD)):
        at = START + timedelta(days=day)
        state = f"Connecting{day}"
        look = seen(CHANNEL.format(state=state), at)
        keep_run(archive, run(day * DAY, result, observations=(look,)), Origin(), RunInputs())


def test_what_is_old_goes_with_its_texts(archive: Archive) -> None:
    fill(archive)

    pruned = prune(archive, START + timedelta(days=5), Retention(days=2))

    assert pruned.runs == 3
    assert pruned.findings == 1
    assert pruned.texts >= 6  # three answers and three lists that name them
    left = run_rows(archive)
    assert [row.started_at for row in left] == [START + timedelta(days=4), START + timedelta(days=3)]
    assert [load_run(archive, row.id).observations[0].text for row in left]
    assert [found.since for found in findings_of(archive, ended=True)] == [START + timedelta(days=3)]


def test_the_newest_run_of_a_pair_stays_however_old(archive: Archive) -> None:
    fill(archive)
    prune(archive, START + timedelta(days=900), Retention(days=2))
    assert [row.started_at for row in run_rows(archive)] == [START + timedelta(days=4)]
    assert standings(archive)[0].open_findings == 1


def test_no_more_runs_of_a_pair_are_kept_than_wished(archive: Archive) -> None:
    fill(archive)
    keep_run(archive, run(0, GOOD, pair="south"), Origin(), RunInputs())
    assert prune(archive, START + timedelta(days=5), Retention(runs_each=2)).runs == 3
    assert len(run_rows(archive)) == 3


def test_a_second_time_takes_nothing(archive: Archive) -> None:
    fill(archive)
    wish = Retention(days=2)
    prune(archive, START + timedelta(days=5), wish)
    with archive.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(blobs))
    assert prune(archive, START + timedelta(days=5), wish) == Pruned(0, 0, 0)
    with archive.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(blobs)) == before


def test_what_is_pruned_can_be_kept_again(archive: Archive) -> None:
    fill(archive)
    prune(archive, START + timedelta(days=900), Retention(days=2))
    at = START + timedelta(days=6)
    again = run(6 * DAY, GOOD, observations=(seen(CHANNEL.format(state="Connecting0"), at),))
    keep_run(archive, again, Origin(), RunInputs())
    assert "Connecting0" in load_run(archive, again.id).observations[0].text


def test_once_a_day_and_only_where_something_is_old(archive: Archive) -> None:
    fill(archive)
    now, wish = START + timedelta(days=5), Retention(days=2)
    assert prune_daily(archive, now, Retention()) is None  # nothing is old: noted all the same
    assert prune_daily(archive, now + timedelta(hours=23), wish) is None
    assert len(run_rows(archive)) == 5
    pruned = prune_daily(archive, now + timedelta(days=1), wish)
    assert pruned is not None
    assert pruned.runs == 4
    assert prune_daily(archive, now + timedelta(days=1), wish) is None


def test_once_a_day_a_pair_with_too_many_runs_is_seen(archive: Archive) -> None:
    fill(archive)
    pruned = prune_daily(archive, START + timedelta(days=5), Retention(runs_each=4))
    assert pruned is not None
    assert pruned.runs == 1


def test_a_pair_is_forgotten_with_all_that_it_alone_held(archive: Archive) -> None:
    keep_run(archive, run(0, GOOD, pair="south"), Origin(), RunInputs("pair: south\n"))
    with archive.reading() as connection:
        before = {
            each.name: connection.scalar(select(func.count()).select_from(each))
            for each in metadata.sorted_tables
        }
    fill(archive)
    forget(archive, "north")
    with archive.reading() as connection:
        after = {
            each.name: connection.scalar(select(func.count()).select_from(each))
            for each in metadata.sorted_tables
        }
    assert after == before
