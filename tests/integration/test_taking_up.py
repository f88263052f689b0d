"""A worker takes up the transaction of one that was lost: its end, and the run that the archive keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.testing import ActivityEnvironment

from hotpair.cli.fleet import JOURNALS
from runbooks.archive.kept import load_run
from runbooks.archive.opening import open_archive
from runbooks.archive.queries import run_rows
from runbooks.plan_file import Terms
from runbooks.report.run import Run, RunKind
from runbooks.workers.activities import Activities
from runbooks.workers.station import WorkerContext
from runbooks.workers.values import Ended, Fault, Order, Planned, Words
from tasks.checks.model import Outcome
from tests.integration.keyed import OSLO, TYNE
from tests.integration.processes import needs_proc
from tests.integration.test_cli_txn import elsewhere, is_bare, killed

pytestmark = [pytest.mark.ssh, needs_proc]


def adopted(inventory: Path, pair: str, transaction: str) -> tuple[Ended, Run]:
    """Have a worker with this inventory adopt a transaction; give the run that it kept."""
    archive = inventory / "archive.db"
    station = WorkerContext(inventory, archive, inventory / JOURNALS, inventory / "watch.yaml")
    order = Order(Planned(pair), Words(Terms(ticket="CHG-9")), transaction)
    ended: Ended = ActivityEnvironment().run(Activities(station, lambda _text: None).adopt_pair, order)
    with open_archive(archive) as opened:
        (row,) = run_rows(opened, pair=pair, kinds=(RunKind.DEPLOY,))
        assert (row.transaction, row.ticket) == (transaction, "CHG-9")
        return ended, load_run(opened, row.id)


def test_one_that_is_taken_back_leaves_a_run_that_says_so(tmp_path: Path) -> None:
    with killed(tmp_path, TYNE) as (lab, transaction):
        ended, run = adopted(elsewhere(lab, tmp_path), TYNE.pair, transaction)
        assert is_bare(lab)
    assert (ended.fault, ended.transaction) == (Fault.ROLLED_BACK, transaction)
    assert run.outcome == "rolled back"
    assert [(one.check, str(one.complaints[0].text)) for one in run.results] == [
        ("transaction-ended", "as before")
    ]


def test_one_that_is_brought_to_its_intent_leaves_a_run_of_what_was_seen_after_it(tmp_path: Path) -> None:
    with killed(tmp_path, OSLO, at="decided to keep") as (lab, transaction):
        ended, run = adopted(lab.folder, OSLO.pair, transaction)
        assert not is_bare(lab)
    assert ended == Ended(
        OSLO.pair,
        Fault.NONE,
        "both members are new and saved; taken up from a worker that was lost",
        transaction,
    )
    assert run.outcome == "done"
    assert {one.member for one in run.observations} == set(OSLO.members)
    assert run.count(Outcome.SUCCESS) > 0
