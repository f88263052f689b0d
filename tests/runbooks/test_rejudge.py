"""Kept evidence is judged anew: by a new policy, without what is not there, and never when it was changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from inventory.errors import ArchiveError
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.archive.tables import blobs
from runbooks.rejudge import rejudge
from runbooks.report.run import Run
from tasks.checks.catalog import Selection
from tasks.checks.model import Outcome
from tasks.checks.policy import NO_POLICY, Extra, ExtraLines, Policy
from tests.runbooks.fleet.memory import checked, held, typed
from tests.runbooks.pairs import INTENT

LITTLE = Policy(selection=Selection(names=("no-trial", "owned-lines")))


@pytest.fixture(scope="module")
def drifted() -> Run:
    """Return a check of a pair on which somebody added a line."""
    lab = held()
    typed(lab, "west-1", "remote-backup-profile subscribers", "service-type igmp", user="carol")
    typed(lab, "west-1", "e-trunk 7", "description by-hand", user="carol")
    run = checked(lab, policy=LITTLE)
    assert run.verdict is Outcome.FAILURE
    return run


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


def keep(archive: Archive, run: Run, days: int = 0) -> Run:
    at = run.started_at + timedelta(days=days)
    made = replace(run, id=f"{run.id}-{days}", started_at=at, ended_at=at)
    keep_run(archive, made, Origin(), RunInputs(intent=INTENT))
    return made


def test_a_new_policy_turns_a_verdict_and_runs_alike_are_judged_once(archive: Archive, drifted: Run) -> None:
    keep(archive, drifted)
    newest = keep(archive, drifted, days=1)

    assert [one.turned for one in rejudge(archive, LITTLE, since=drifted.started_at)] == [()]
    lenient = replace(LITTLE, extra=ExtraLines(extra=Extra.IGNORE))
    (one,) = rejudge(archive, lenient, since=drifted.started_at)

    assert (one.run, one.runs, one.before, one.after) == (newest.id, 2, Outcome.FAILURE, Outcome.SUCCESS)
    assert [(turn.check, turn.subject, turn.before, turn.after) for turn in one.turned] == [
        ("drift", "configuration of west-1", Outcome.FAILURE, Outcome.SUCCESS),
        ("owned-lines", "lines of west-1", Outcome.FAILURE, Outcome.SUCCESS),
    ]


def test_a_check_whose_displays_are_not_kept_is_not_judged(archive: Archive, drifted: Run) -> None:
    keep(archive, drifted)
    (one,) = rejudge(archive, NO_POLICY, since=drifted.started_at)
    assert (one.after, one.turned) == (Outcome.FAILURE, ())


def test_only_what_was_asked_for_is_judged(archive: Archive, drifted: Run) -> None:
    keep(archive, drifted)
    assert rejudge(archive, LITTLE, since=drifted.started_at + timedelta(seconds=1)) == ()
    assert rejudge(archive, LITTLE, since=drifted.started_at, pairs=("east",)) == ()


def test_evidence_that_was_changed_is_named_and_not_judged(archive: Archive, drifted: Run) -> None:
    kept = keep(archive, drifted)
    with archive.writing() as connection:
        for row in connection.execute(select(blobs)).all():
            text = zlib.decompress(row.data).decode()
            if text.startswith("Current configuration") or "sysname west-1" in text:
                data = zlib.compress(text.replace("service-type igmp\n", "").encode())
                connection.execute(update(blobs).where(blobs.c.number == row.number).values(data=data))

    (one,) = rejudge(archive, LITTLE, since=drifted.started_at)

    assert isinstance(one.error, ArchiveError)
    assert "sha256" in str(one.error)
    assert one.error.where == f"west-1, `display current-configuration` of the run {kept.id}"
    assert one.turned == ()
