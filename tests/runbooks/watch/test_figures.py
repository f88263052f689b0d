"""Figures come from the archive, whole or not at all, and are served only where that is asked for."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from inventory.errors import IntentError
from runbooks.archive.opening import open_archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.watch.figures import served, write_file
from tasks.checks.model import Complaint, Outcome
from tests.runbooks.archive.made import BAD, GOOD, START, UNKNOWN, ended, run


def failed(check: str, device: str) -> Complaint:
    return Complaint(f"{check} is wrong", device=device)


def read(text: str) -> dict[tuple[str, str | None], float]:
    families = text_string_to_metric_families(text)
    return {(one.name, one.labels.get("pair")): one.value for each in families for one in each.samples}


def test_each_figure_of_a_pair(tmp_path: Path) -> None:
    unsaved = ended(
        Outcome.FAILURE, failed("saved", "n-1"), failed("saved", "n-2"), check="saved", subject="s"
    )
    trial = ended(Outcome.FAILURE, failed("no-trial", "n-1"), check="no-trial", subject="t")
    drift = ended(Outcome.FAILURE, failed("one", "n-1"), failed("two", "n-1"), check="drift", subject="d")
    unknown = ended(Outcome.ERROR, Complaint("no answer"), check="ports-up", subject="p")
    with open_archive(tmp_path / "archive.db") as archive:
        keep_run(archive, run(0, unsaved, trial, drift, unknown), Origin(), RunInputs())
        keep_run(archive, run(5, GOOD, pair="south"), Origin(), RunInputs())
        write_file(archive, tmp_path / "hotpair.prom")
        figures = read((tmp_path / "hotpair.prom").read_text(encoding="utf-8"))
        with (
            served(archive, "127.0.0.1:0") as port,
            urlopen(f"http://127.0.0.1:{port}/metrics", timeout=300) as answer,
        ):
            assert read(answer.read().decode()) == figures
    north = {
        name.removeprefix("hotpair_pair_"): value
        for (name, pair), value in figures.items()
        if pair == "north"
    }
    assert north == {
        "compliant": 0, "failed_checks": 3, "unknown_checks": 1, "drift_lines": 2, "unsaved_members": 2,
        "armed_trials": 1, "look_duration_seconds": 2, "last_look_timestamp_seconds": START.timestamp(),
    }  # fmt: skip
    assert figures["hotpair_pair_compliant", "south"] == 1
    assert figures["hotpair_archive_up", None] == 1


def test_an_archive_that_cannot_be_read_is_a_figure_and_no_old_value(tmp_path: Path) -> None:
    place = tmp_path / "archive.db"
    with open_archive(place) as archive:
        keep_run(archive, run(0, BAD, UNKNOWN), Origin(), RunInputs())
        for file in tmp_path.glob("archive.db*"):
            file.write_bytes(b"no database at all")
        write_file(archive, tmp_path / "hotpair.prom")
    assert read((tmp_path / "hotpair.prom").read_text(encoding="utf-8")) == {("hotpair_archive_up", None): 0}


def test_where_it_cannot_write_or_listen_is_told(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db") as archive:
        with pytest.raises(IntentError, match="cannot be written"):
            write_file(archive, tmp_path / "none" / "hotpair.prom")
        with (
            pytest.raises(IntentError, match="cannot be served"),
            served(archive, "192.0.2.1:1"),
        ):
            pass
