"""Several runs are kept together: one run's trouble is no other's, and nobody waits twice."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from inventory.errors import ArchiveError
from runbooks.archive.held import held_of
from runbooks.archive.keeping import ToKeep, keep_many
from runbooks.archive.opening import Archive
from runbooks.archive.queries import findings_of, run_rows
from runbooks.archive.tables import configurations, pairs
from tests.runbooks.archive.made import BAD, GOOD, START, keep, run, seen


def test_of_runs_that_are_kept_together_each_knows_those_before_it(archive: Archive, tmp_path: Path) -> None:
    later = START + timedelta(minutes=1)
    text = "#\nsysname core-1\n#\nreturn\n"
    looks = [seen(text, at, command="display current-configuration") for at in (START, later)]
    made = [run(0, GOOD), run(10, BAD), run(20, BAD), run(30, GOOD)]
    beside = [
        run(0, GOOD, pair=pair, observations=(look,))
        for pair, look in zip(("east", "west"), looks, strict=True)
    ]
    keep_many(archive, [ToKeep(one, tmp_path / "none") for one in (*made, *beside)], "")

    (found,) = findings_of(archive, ended=True)
    moments = (found.last_good, found.since, found.last_seen, found.until)
    assert moments == tuple(START + timedelta(minutes=minutes) for minutes in (0, 10, 20, 30))
    with archive.reading() as connection:  # of a router that both pairs share
        assert connection.scalar(select(func.count()).select_from(configurations)) == 1


def test_who_keeps_a_run_of_a_pair_keeps_other_writers_from_it(archive: Archive) -> None:
    keep(archive, run(0, GOOD))
    free = select(pairs.c.pair).with_for_update(skip_locked=True)
    with archive.writing() as connection:
        held_of(connection, (run(1, GOOD),))
        with archive.reading() as other:  # SQLite, which has one writer at a time, knows no such question
            rows = other.execute(free).all()
    assert bool(rows) == (connection.dialect.name == "sqlite")


def test_one_run_that_cannot_be_kept_keeps_no_other_from_it(archive: Archive, tmp_path: Path) -> None:
    made = [run(number, GOOD, pair=f"p{number}") for number in range(5)]
    keep(archive, made[2])
    with pytest.raises(ArchiveError, match="kept already"):
        keep_many(archive, [ToKeep(one, tmp_path / "none") for one in made], "")
    assert {one.pair for one in run_rows(archive)} == {"p0", "p1", "p2", "p3", "p4"}


def test_where_none_can_be_kept_the_rest_is_not_tried(archive: Archive, tmp_path: Path) -> None:
    made = [run(number, GOOD, pair=f"p{number}") for number in range(5)]
    keep(archive, made[1])
    keep(archive, made[2])
    with pytest.raises(ArchiveError, match="p1"):
        keep_many(archive, [ToKeep(one, tmp_path / "none") for one in made], "")
    assert {one.pair for one in run_rows(archive)} == {"p0", "p1", "p2"}


def test_one_by_itself_that_cannot_be_kept_is_tried_once(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer is waited for once, and not twice."""
    made, tried, writing = run(0, GOOD), [], Archive.writing
    keep(archive, made)

    def counted(self: Archive) -> AbstractContextManager[Connection]:
        tried.append(self)
        return writing(self)

    monkeypatch.setattr(Archive, "writing", counted)
    with pytest.raises(ArchiveError, match="kept already"):
        keep_many(archive, [ToKeep(made, tmp_path / "none")], "")
    assert len(tried) == 1
