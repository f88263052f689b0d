"""A failure counts when it is as old as its grace; what could not be told counts at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.queries import findings_of
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.grace import grace_until
from tasks.checks.policy import NO_POLICY, Grace, Policy
from tests.runbooks.archive.made import BAD, START, UNKNOWN, run

PATIENT = Policy(grace=(Grace(check="rbs-connected", minutes=15),))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


def test_a_failure_counts_from_its_grace_on_though_looks_go_on(archive: Archive) -> None:
    for minutes in (0, 5, 10):
        keep_run(archive, run(minutes, BAD), Origin(), RunInputs())
    found = findings_of(archive, pair="north")
    end = START + timedelta(minutes=15)
    assert grace_until(found, PATIENT, end - timedelta(seconds=1)) == end
    assert grace_until(found, PATIENT, end) is None
    assert grace_until(found, NO_POLICY, START) is None


def test_an_error_counts_at_once(archive: Archive) -> None:
    keep_run(archive, run(0, UNKNOWN), Origin(), RunInputs())
    assert grace_until(findings_of(archive, pair="north"), PATIENT, START) is None
