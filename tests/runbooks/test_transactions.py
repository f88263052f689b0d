"""What is told of transactions that did not end well: what is left, who is away, what to type next."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from inventory.errors import IntentError
from runbooks.refusals import keep_refusal
from runbooks.report.transactions import standing, transactions_view
from runbooks.transactions import find, transactions
from tasks.transaction.ends import Decider, End
from tasks.transaction.listing import list_journals
from tasks.transaction.look import Saved, Seen
from tasks.transaction.resume import forget, resume
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike

A, B = NAMES


def as_text(view: RenderableType) -> str:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(view)
    return "".join(f"{line.rstrip()}\n" for line in console.export_text().splitlines())


def died(folder: Path, strike: Strike, release: str = "v8r22") -> tuple[Bench, Path]:
    """Let the host die in the midst of a change."""
    bench = Bench(folder, strike, release=release)
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    (path,) = folder.glob("*.jsonl")
    return bench, path


def test_an_id_that_is_nearly_written_right_is_named(tmp_path: Path) -> None:
    _, path = died(tmp_path, Strike(0, KilledError, method="save"))
    for typed in (path.stem.upper(), path.stem[:-2], f"{path.stem}0"):
        with pytest.raises(IntentError, match=f"did you mean {path.stem}?") as caught:
            find(tmp_path, typed)
        assert caught.value.next_command == f"hotpair txn show {path.stem}"
    with pytest.raises(IntentError) as caught:
        find(tmp_path, "nightly-7")
    assert "did you mean" not in caught.value.message
    assert caught.value.next_command == "hotpair txn adopt nightly-7 --pair PAIR"


def test_what_is_forgotten_and_not_saved_is_told_so(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(0, KilledError, method="save"))
    outcome = forget(path, "nobody wants it", bench.open, tools=bench.tools)
    assert [(one.seen, one.saved) for one in outcome.looks.values()] == [(Seen.NEW, Saved.NO)] * 2
    assert [left.partition(" is ")[0] for left in outcome.residue] == [A, B]
    assert all("not saved: a reboot takes it away unless `save`" in left for left in outcome.residue)


def test_what_is_forgotten_and_saved_has_no_such_warning(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(0, KilledError, method="save"))
    for name in NAMES:
        bench.save(name)
    outcome = forget(path, "saved by hand", bench.open, tools=bench.tools)
    assert outcome.residue == (f"{A} is new for good, saved", f"{B} is new for good, saved")


def test_a_commit_that_no_timer_takes_back_is_listed_as_such(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, method="commit"), release="v8r5")
    rows = list_journals(tmp_path, bench.now())
    shown = as_text(transactions_view(rows, here=lambda command: f"{command} -i elsewhere"))
    assert f"{B}: labelled commit with a recorded rollback point, which no timer takes back\n" in shown
    assert f"next: hotpair txn resume {path.stem} -i elsewhere\n" in shown


def test_the_ends_of_timers_are_told_apart(tmp_path: Path) -> None:
    bench, _ = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    assert " s left" in as_text(transactions_view(list_journals(tmp_path, bench.now())))
    bench.clock.now += 70_000
    assert "its timer has ended" in as_text(transactions_view(list_journals(tmp_path, bench.now())))


def test_an_id_of_which_nothing_was_sent_can_be_looked_up(tmp_path: Path) -> None:
    keep_refusal(tmp_path, "hp-0011223344", "lyon", NAMES, "not agreed", ticket="CHG-1", by=Decider.OPERATOR)
    (one,) = transactions(tmp_path)
    assert (one.id, one.finished, one.end, one.why) == ("hp-0011223344", True, End.REFUSED, "not agreed")
    assert (standing(one), one.next_command, one.by) == ("refused", "", Decider.OPERATOR)
    found = find(tmp_path, "hp-0011223344")
    assert found.opening is not None
    assert (found.opening.members, found.opening.ticket) == (NAMES, "CHG-1")
    bench = Bench(tmp_path / "bench")
    assert resume(found.path, bench.open).end is End.REFUSED
    assert bench.strike.calls == []


def test_a_refusal_that_cannot_be_kept_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep_refusal(tmp_path / "file", "hp-0011223344", "lyon", NAMES, "not agreed")
    assert transactions(tmp_path / "file") == ()
