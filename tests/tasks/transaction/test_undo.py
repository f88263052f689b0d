"""A finished transaction taken back: our commits and nothing else, as a pair transaction of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import RefusedError
from tasks.plan.model import Command
from tasks.transaction.ends import End
from tasks.transaction.model import Verdict
from tasks.transaction.undo import PairUndo, plan_undo, undo
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike

A, B = NAMES
RELEASES = ("v8r22", "v8r13", "v8r12", "v8r5")
VIEW = {"v8r5": "-rm-backup-service-lyon"}


def deployed(folder: Path, release: str = "v8r22", **how: object) -> tuple[Bench, str]:
    bench = Bench(folder / "here", release=release)
    outcome = bench.carry_out(**how)
    assert outcome.end is End.DONE
    bench.strike = Strike()
    return bench, outcome.transaction


def planned(bench: Bench, transaction: str) -> PairUndo:
    return plan_undo(transaction, "lyon", {"a": A, "b": B}, bench.open)


@pytest.mark.parametrize("stages", [1, 2])
@pytest.mark.parametrize("release", RELEASES)
def test_our_commits_are_taken_back_on_both(tmp_path: Path, release: str, stages: int) -> None:
    bench, transaction = deployed(tmp_path, release, stages=stages)
    preview = planned(bench, transaction)
    assert SERVICE in preview.a.going
    assert preview.a.coming == ()
    outcome = undo(preview, bench.open, tmp_path / "other host", ticket="CHG-1", tools=bench.tools)
    assert outcome.end is End.DONE, outcome.problem()
    assert outcome.transaction != transaction
    assert bench.both_old
    assert all(SERVICE not in bench.saved(name) for name in NAMES)


def test_the_preview_commits_nothing(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    planned(bench, transaction)
    assert bench.both_new
    assert not {"commit", "commit_trial", "rollback"} & {*bench.strike.calls}


def test_what_others_committed_elsewhere_stays(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    for name in NAMES:
        bench.commit(name, Command("lacp priority 77", ""))
    outcome = undo(planned(bench, transaction), bench.open, tmp_path / "there", tools=bench.tools)
    assert outcome.end is End.DONE
    assert all("lacp priority 77" in bench.running(name) for name in NAMES)
    assert all(SERVICE not in bench.running(name) for name in NAMES)


def test_what_others_put_into_our_object_is_named_and_nothing_is_done(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    view = "-rm-backup-srv-lyon"
    track = Command("track interface LoopBack0 weight 20", view)
    bench.commit(B, Command(SERVICE, view), track, Command("quit", ""))
    with pytest.raises(RefusedError, match="more than its own lines") as caught:
        planned(bench, transaction)
    assert "would be lost" in str(caught.value.found)
    assert "track interface" in str(caught.value.found)
    assert bench.both_new


def test_a_commit_between_preview_and_undoing_stops_at_the_gate(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    preview = planned(bench, transaction)
    bench.commit(A, Command("lacp priority 77", ""))
    outcome = undo(preview, bench.open, tmp_path / "there", tools=bench.tools)
    assert outcome.end is End.REFUSED
    assert bench.both_new


def test_what_was_taken_back_is_not_taken_back_again(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    undo(planned(bench, transaction), bench.open, tmp_path / "there", tools=bench.tools)
    with pytest.raises(RefusedError, match="does not hold what"):
        planned(bench, transaction)


def test_taking_back_is_taken_back(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    first = undo(planned(bench, transaction), bench.open, tmp_path / "there", tools=bench.tools)
    second = undo(planned(bench, first.transaction), bench.open, tmp_path / "there", tools=bench.tools)
    assert second.end is End.DONE
    assert bench.both_new


def test_an_id_that_no_device_holds_is_refused(tmp_path: Path) -> None:
    bench, _ = deployed(tmp_path)
    with pytest.raises(RefusedError, match="neither device holds a commit"):
        planned(bench, "hp-0123456789")


def test_checks_that_do_not_hold_leave_the_change_in_place(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    outcome = undo(
        planned(bench, transaction),
        bench.open,
        tmp_path / "there",
        converge=lambda _sessions: Verdict(held=False, text="RBS down"),
        tools=bench.tools,
    )
    assert outcome.end is End.AS_BEFORE
    assert bench.both_new


@pytest.mark.parametrize("nth", range(0, 40, 3))
def test_killed_at_any_call_and_taken_up_both_or_none(tmp_path: Path, nth: int) -> None:
    bench, transaction = deployed(tmp_path)
    preview = planned(bench, transaction)
    bench.strike = Strike(nth, KilledError, after=True)
    bench.folder = tmp_path / "there"
    try:
        undo(preview, bench.open, bench.folder, tools=bench.tools)
    except KilledError:
        bench.hang_up()
        if not list(bench.folder.glob("*.jsonl")):
            assert bench.both_new
            return
        assert bench.resume().end in {End.DONE, End.AS_BEFORE, End.UNCHANGED}
    assert bench.both_old or bench.both_new
