"""A finished transaction taken back: our commits and nothing else, as a pair transaction of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inventory.errors import RefusedError
from parsers.tree import read_tree
from tasks.plan.model import Command, Stage
from tasks.transaction.ends import End
from tasks.transaction.model import Verdict
from tasks.transaction.run import carry_out
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


def test_what_was_taken_back_names_what_took_it_back(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    taker = undo(planned(bench, transaction), bench.open, tmp_path / "there", tools=bench.tools).transaction
    with pytest.raises(RefusedError, match=f"{transaction} was taken back on {A} already") as caught:
        planned(bench, transaction)
    assert taker in str(caught.value.found)


def test_what_a_colleague_changed_since_is_named_with_who_and_what_would_be_lost(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    view = "-rm-backup-srv-lyon"
    other = Command("peer 198.51.100.9 source 198.51.100.2 port 2046", view)
    mine = Command("undo peer 198.51.100.1", view)
    bench.commit(B, Command(SERVICE, view), mine, other, Command("quit", ""))
    with pytest.raises(RefusedError, match=f"{B} does not hold what") as caught:
        planned(bench, transaction)
    found = str(caught.value.found)
    assert "by ops at 2026" in found
    assert f"took away `{SERVICE} / peer 198.51.100.1" in found
    assert f"brought `{SERVICE} / peer 198.51.100.9" in found
    assert found.endswith("which would be lost")
    assert str(caught.value.next_command).startswith("display configuration commit changes at 1")
    assert bench.running(B).count("198.51.100.9") == 1


def test_a_later_transaction_is_to_be_taken_back_first(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    before = bench.before
    bench.before = {name: bench.running(name) for name in NAMES}
    changed = bench.change()
    view = "-rm-backup-srv-lyon"
    moved = []
    for name, one in zip(NAMES, (changed.a, changed.b), strict=True):
        peer = next(line for line in bench.before[name].splitlines() if line.startswith(" peer")).strip()
        new = peer.replace("2046", "2047")
        lines = (
            Command(SERVICE, view),
            Command(f"undo {peer.partition(' source')[0]}", view),
            Command(new, view),
            Command("quit", ""),
        )
        predicted = read_tree(bench.before[name].replace(peer, new), name)
        plan = replace(one.plan, forward=(Stage(lines, predicted),), base=read_tree(bench.before[name], name))
        moved.append(replace(one, plan=plan))
    later = carry_out(replace(changed, a=moved[0], b=moved[1]), tmp_path / "later", tools=bench.tools)
    assert later.end is End.DONE, later.problem()
    with pytest.raises(RefusedError, match="take the later change back first") as caught:
        planned(bench, transaction)
    assert caught.value.next_command == f"hotpair rollback {later.transaction}"
    undo(planned(bench, later.transaction), bench.open, tmp_path / "there", tools=bench.tools)
    undo(planned(bench, transaction), bench.open, tmp_path / "there", tools=bench.tools)
    bench.before = before
    assert bench.both_old


def test_what_is_loaded_and_decided_is_told_as_taking_back(tmp_path: Path) -> None:
    bench, transaction = deployed(tmp_path)
    bench.told.clear()
    undo(planned(bench, transaction), bench.open, tmp_path / "there", tools=bench.tools)
    told = [step.text for step in bench.told]
    assert f"{A}: what takes commit 1000000002 back is loaded, candidate as planned" in told
    assert f"decided to take {transaction} back" in told
