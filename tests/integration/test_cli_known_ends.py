"""The end of a transaction that was taken up is known to history, status and reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.conftest import Command
from tests.integration.keyed import OSLO, TYNE, KeyedLab
from tests.integration.processes import needs_proc
from tests.integration.test_cli_txn import elsewhere, in_one_line, killed

pytestmark = [pytest.mark.ssh, needs_proc]


def known(command: Command, pair: str, folder: Path) -> tuple[int, str, dict[str, str]]:
    """Give how `status` ends, the state of the pair, and the newest run."""
    status = command("status", "-i", folder, "-f", "json")
    states = {row["pair"]: row["state"] for row in status.document()["pairs"]}
    newest = command("runs", pair, "-i", folder, "-f", "json").document()["runs"][0]
    return status.code, states.get(pair, ""), newest


def kept(folder: Path, run: dict[str, str]) -> str:
    return (folder / "runs" / run["id"] / "run.json").read_text(encoding="utf-8")


def require_open(command: Command, lab: KeyedLab, transaction: str, end: str, code: int) -> str:
    """Have a resumption end open, and require that all who are asked say so; give the state."""
    pair, here = lab.names.pair, lab.folder
    ended = command("txn", "resume", transaction, "-i", here)
    assert ended.code == code, ended.said
    said, state, newest = known(command, pair, here)
    assert said != 0
    assert newest["transaction"] == transaction
    assert end in kept(here, newest)
    history = command("history", pair, "-i", here)
    assert f"transaction-ended {transaction}" in in_one_line(history)
    assert end in in_one_line(history)
    return state


def test_one_that_is_brought_to_both_new_is_as_planned_until_somebody_looks(
    tmp_path: Path, command: Command
) -> None:
    with killed(tmp_path, TYNE, at="decided to keep") as (lab, transaction):
        here = ("-i", lab.folder)
        assert command("txn", "resume", *here).code == 0
        code, state, newest = known(command, TYNE.pair, lab.folder)
        assert (code, state) == (3, "as planned")
        assert (newest["kind"], newest["transaction"], newest["end"]) == ("deploy", transaction, "done")
        assert newest["verdict"] == "success"
        assert (lab.folder / "runs" / newest["id"] / "pair.yaml").is_file()
        assert command("txn", "resume", transaction, *here).code == 0
        assert known(command, TYNE.pair, lab.folder)[2] == newest, "what ended before is no second run"
        assert command("check", TYNE.pair, *here).code in {0, 1}
        assert known(command, TYNE.pair, lab.folder)[1] in {"in sync", "failed"}


@pytest.mark.parametrize("verb", ["resume", "abort", "adopt"])
def test_one_that_is_taken_back_is_among_the_runs(tmp_path: Path, command: Command, verb: str) -> None:
    with killed(tmp_path, OSLO) as (lab, transaction):
        folder = elsewhere(lab, tmp_path) if verb == "adopt" else lab.folder
        more = ("--pair", OSLO.pair) if verb == "adopt" else ()
        archive = tmp_path / "beside.db"
        words = ("txn", verb, transaction, *more, "-i", folder, "--runs", tmp_path / "kept")
        ended = command(*words, "--archive", archive)
        assert ended.code == 5, ended.said
        (home,) = (tmp_path / "kept").iterdir()
        assert "as before" in (home / "run.json").read_text()
        listed = command("runs", OSLO.pair, "-i", folder, "--archive", archive, "-f", "json").document()[
            "runs"
        ]
        assert [(one["transaction"], one["end"], one["verdict"]) for one in listed] == [
            (transaction, "rolled back", "failure")
        ]


def test_a_split_is_told_by_all_who_are_asked_until_it_is_mended(tmp_path: Path, command: Command) -> None:
    with killed(tmp_path, TYNE, at="a seen confirmed") as (lab, transaction):
        lab.order(fault="power-off", device=TYNE.b)
        assert require_open(command, lab, transaction, "split: hazard", 6) == "split, in transaction"
        lab.order(fault="power-on", device=TYNE.b)
        lab.order(advance=600)
        ended = command("txn", "resume", transaction, "-i", lab.folder)
        assert ended.code == 5, ended.said
        code, state, newest = known(command, TYNE.pair, lab.folder)
        assert (code, state) == (3, "as before")
        assert (newest["end"], newest["verdict"]) == ("rolled back", "failure")
        assert "until" in in_one_line(command("history", TYNE.pair, "-i", lab.folder))


def test_one_that_is_not_settled_is_unknown_until_it_is(tmp_path: Path, command: Command) -> None:
    with killed(tmp_path, OSLO) as (lab, transaction):
        for name in OSLO.members:
            lab.order(fault="power-off", device=name)
        assert require_open(command, lab, transaction, "unsettled", 3) == "unknown, in transaction"
        for name in OSLO.members:
            lab.order(fault="power-on", device=name)
        lab.order(advance=600)
        ended = command("txn", "resume", transaction, "-i", lab.folder)
        assert ended.code == 5, ended.said
        assert known(command, OSLO.pair, lab.folder)[1] == "as before"
