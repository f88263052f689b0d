"""Runs in folders come into the archive once, the broken ones are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import IntentError
from runbooks.archive.importing import import_runs
from runbooks.archive.kept import load_run
from runbooks.archive.opening import Archive
from runbooks.archive.queries import findings_of, run_rows
from runbooks.report.evidence import save_run
from tests.runbooks.archive.made import BAD, CHANNEL, GOOD, START, run, seen


def folder_of_runs(tmp_path: Path) -> Path:
    folder = tmp_path / "runs"
    for minute, result, name in ((10, BAD, "before"), (0, GOOD, None), (20, GOOD, "zz")):
        look = seen(CHANNEL.format(state="Connected"), START)
        save_run(run(minute, result, observations=(look,)), folder, name=name)
    return folder


def test_runs_are_taken_in_by_age_whatever_their_names(archive: Archive, tmp_path: Path) -> None:
    taken = import_runs(archive, folder_of_runs(tmp_path))

    assert taken.taken == tuple(run(minute).id for minute in (0, 10, 20))
    assert not taken.left
    (found,) = findings_of(archive, ended=True)
    assert found.until is not None
    assert load_run(archive, taken.taken[0]).observations[0].text == CHANNEL.format(state="Connected")


def test_a_second_time_takes_nothing_twice(archive: Archive, tmp_path: Path) -> None:
    folder = folder_of_runs(tmp_path)
    import_runs(archive, folder)
    again = import_runs(archive, folder)
    assert again.taken == ()
    assert set(again.left) == {"before", "zz", run(0).id}
    assert len(run_rows(archive)) == 3


def test_a_run_whose_evidence_was_changed_is_left_out_and_told(archive: Archive, tmp_path: Path) -> None:
    folder = folder_of_runs(tmp_path)
    next((folder / "zz").glob("*.txt")).write_text("something else", encoding="utf-8")
    taken = import_runs(archive, folder)
    assert len(taken.taken) == 2
    assert "changed after it was kept" in taken.left["zz"]


def test_a_folder_without_runs_is_wrong_usage(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(IntentError):
        import_runs(archive, tmp_path)
