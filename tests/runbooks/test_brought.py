"""Whose lines a removal takes away, by the journals of this host."""

from __future__ import annotations

from pathlib import Path

from parsers.tree import read_tree
from runbooks.brought import done, strange_lines
from tasks.plan.model import Command, MemberPlan, Stage
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench

A, B = NAMES


def removal(bench: Bench, running: str) -> MemberPlan:
    """Plan to go back to what ran before; what would be typed does not matter here."""
    after = Stage((Command("undo it", ""),), read_tree(bench.before[A], A))
    return MemberPlan(A, (after,), (), read_tree(running, A))


def test_what_a_transaction_from_here_brought_is_not_strange(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.carry_out()
    assert [one.id for one in done(tmp_path, {"lyon", "other"})["lyon"]]
    assert strange_lines(removal(bench, bench.running(A)), done(tmp_path, {"lyon"})["lyon"]) is None


def test_what_a_colleague_added_is_named(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.carry_out()
    bench.commit(A, Command("remote-backup-service quay", "-rm-backup-srv-quay"), Command("quit", ""))
    strange = strange_lines(removal(bench, bench.running(A)), done(tmp_path, {"lyon"})["lyon"])
    assert strange is not None
    assert (strange.lines, strange.recorded) == (("remote-backup-service quay",), True)


def test_a_member_without_a_record_has_only_strange_lines(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "elsewhere")
    bench.carry_out()
    for journals, pair in ((tmp_path, "lyon"), (bench.folder, "another")):
        strange = strange_lines(removal(bench, bench.running(A)), done(journals, {pair})[pair])
        assert strange is not None
        assert not strange.recorded
        assert SERVICE in strange.lines
        assert "nothing was deployed from here" in str(strange)


def test_a_plan_with_nothing_to_do_takes_nothing_away(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    assert (
        strange_lines(MemberPlan(A, (), (), read_tree(bench.before[A], A)), done(tmp_path, {"lyon"})["lyon"])
        is None
    )
