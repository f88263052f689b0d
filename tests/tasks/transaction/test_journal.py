"""The journal: durable, whole, chained, and taken up where it ended."""

from __future__ import annotations

import errno
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from inventory.errors import IntentError, RefusedError
from tasks.transaction import journal as module
from tasks.transaction.ends import Decider, End
from tasks.transaction.journal import Journal, JournalError, new_transaction_id, read_entries
from tasks.transaction.look import Seen
from tasks.transaction.machine import Event, IllegalStepError, State
from tasks.transaction.records import Ended, MemberEnd, MemberRecord, OnTrial, Opening, Remark
from tests.runbooks.struck import signals_told, struck

OPENING = Opening("hp-1", "x", MemberRecord("A"), MemberRecord("B"), 480, "CHG-1")


def begun(folder: Path) -> Path:
    with Journal.begin(folder, OPENING) as journal:
        journal.record(Event.GATE_PASSED)
        journal.record(Event.STAGED)
        return journal.path


def test_a_journal_is_taken_up_where_it_ended(tmp_path: Path) -> None:
    path = begun(tmp_path)
    with Journal.load(path) as journal:
        assert journal.state is State.STAGED
        assert journal.opening == OPENING
        assert journal.record(Event.TRY_B, Remark(why="so")) is State.TRIAL_B
        journal.note(OnTrial("B", "trial with persist id", 7, labelled=True))
        journal.note(Ended(End.UNSETTLED, Decider.UNKNOWN, (MemberEnd("A", Seen.OLD),), "gone"))
    with Journal.load(path) as journal:
        assert journal.state is State.TRIAL_B
        assert journal.trial_of("B") == OnTrial("B", "trial with persist id", 7, labelled=True)
        assert journal.trial_of("A") is None
        assert journal.ended is not None
        assert journal.ended.members[0].seen is Seen.OLD
        assert journal.entries == read_entries(path)


def test_a_line_cut_short_announces_nothing(tmp_path: Path) -> None:
    path = begun(tmp_path)
    whole = path.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for cut in range(1, len(last)):
        path.write_bytes(whole[:-cut])
        with Journal.load(path) as journal:
            assert journal.state is State.GATED
            journal.record(Event.CLEARED)
        with Journal.load(path) as journal:
            assert journal.state is State.UNCHANGED


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_line_that_was_changed_is_found(tmp_path: Path, line: int) -> None:
    path = begun(tmp_path)
    lines = path.read_text().splitlines()
    lines[line] = lines[line].replace('"at": "2', '"at": "3')
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(IntentError, match="damaged") as caught:
        Journal.load(path)
    assert caught.value.where == f"{path}:{line + 1}"
    Path(path).unlink()  # and the file was let go of


def test_a_line_that_is_missing_or_put_in_is_found(tmp_path: Path) -> None:
    path = begun(tmp_path)
    lines = path.read_text().splitlines()
    for wrong in ([lines[0], lines[2]], [lines[0], lines[1], lines[1], lines[2]]):
        path.write_text("\n".join(wrong) + "\n")
        with pytest.raises(IntentError, match="damaged"):
            Journal.load(path)


@pytest.mark.parametrize(
    "data",
    [
        {"schema": 2},
        {"schema": 2, "id": "hp-1", "pair": "x"},
        {"schema": 2, "id": "hp-1", "pair": "x", "a": {"member": "A"}, "b": {"name": "B"}},
        {"schema": 1},
        {"schema": 1, "id": "hp-1", "pair": "x", "members": {"a": "A"}},
    ],
)
def test_a_damaged_opening_is_a_clear_error(tmp_path: Path, data: object) -> None:
    path = tmp_path / "hp-1.jsonl"
    path.write_text(json.dumps({"at": "x", "event": "opened", "state": "start", "data": data}) + "\n")
    with pytest.raises(IntentError) as caught:
        Journal.load(path)
    assert str(path) in str(caught.value.where)


def test_an_illegal_event_is_not_written(tmp_path: Path) -> None:
    path = begun(tmp_path)
    before = path.read_bytes()
    with Journal.load(path) as journal, pytest.raises(IllegalStepError):
        journal.record(Event.DECIDE)
    assert path.read_bytes() == before


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with Journal.begin(tmp_path, OPENING) as journal:
        with pytest.raises(RefusedError, match="another process"):
            Journal.load(journal.path)
        with pytest.raises(RefusedError, match="another process"):
            Journal.begin(tmp_path, OPENING)
    with pytest.raises(RefusedError, match="exists"):
        Journal.begin(tmp_path, OPENING)
    Journal.load(tmp_path / "hp-1.jsonl").close()


@pytest.mark.parametrize("step", ["_lock", "_sync_folder", "line_of"])
def test_a_signal_while_it_is_begun_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, step, struck(getattr(module, step)))
        with signals_told(), pytest.raises(KeyboardInterrupt):
            Journal.begin(tmp_path, OPENING)
    assert list(tmp_path.iterdir()) == []
    Journal.begin(tmp_path, OPENING).close()


def test_a_signal_while_it_is_taken_up_keeps_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meets(_whole: bytes, _path: Path) -> NoReturn:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError

    path = begun(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(module, "read_lines", meets)
        with signals_told(), pytest.raises(KeyboardInterrupt):
            Journal.load(path)
    Journal.load(path).close()


@pytest.mark.parametrize(
    "text", ["", "{}\n", "[]\n", "not json\n", '{"at": "x", "event": "opened", "state": "start"}\n']
)
def test_what_is_no_journal_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hp-3.jsonl"
    path.write_text(text)
    with pytest.raises(IntentError) as caught:
        Journal.load(path)
    assert str(path) in str(caught.value.where)


def test_a_journal_of_another_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hp-1.jsonl"
    row = {"at": "x", "event": "opened", "state": "start", "data": {"schema": 99}}
    path.write_text(json.dumps(row) + "\n")
    with pytest.raises(IntentError, match="version"):
        Journal.load(path)


def test_a_missing_journal_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntentError, match="no journal"):
        Journal.load(tmp_path / "none.jsonl")


def test_journals_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = begun(tmp_path / "journals")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_ids_can_be_labels() -> None:
    ids = {new_transaction_id() for _ in range(50)}
    assert len(ids) == 50
    assert all(one[0].isalpha() and " " not in one for one in ids)


# ---- a disk that fails -------------------------------------------------------------------------------------


def short(descriptor: int, data: bytes) -> int:
    """Take 7 bytes at most, as a file system may."""
    return _write(descriptor, data[:7])


def full(_descriptor: int, _data: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


_write = os.write


def test_a_short_write_is_written_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.transaction.journal.os.write", short)
    path = begun(tmp_path)
    with Journal.load(path) as journal:
        assert journal.state is State.STAGED


def test_what_could_not_be_written_announces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begun(tmp_path)
    before = path.read_bytes()
    with Journal.load(path) as journal:
        calls = iter([_write, full])

        def half(descriptor: int, data: bytes) -> int:
            return next(calls)(descriptor, data[:20])

        monkeypatch.setattr("tasks.transaction.journal.os.write", half)
        with pytest.raises(JournalError, match="takes nothing more"):
            journal.record(Event.TRY_B)
        assert journal.state is State.STAGED
        assert path.read_bytes() == before
        monkeypatch.setattr("tasks.transaction.journal.os.write", _write)
        assert journal.record(Event.CLEARED, durable=False) is State.UNCHANGED  # on the way to an end
        assert journal.lost == "No space left on device"
    assert path.read_bytes() == before


def test_a_line_is_synced_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync

    def seen(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_size)
        real(descriptor)

    path = begun(tmp_path)
    with Journal.load(path) as journal:
        monkeypatch.setattr("tasks.transaction.journal.os.fsync", seen)
        journal.record(Event.TRY_B)
        assert synced == [path.stat().st_size]

        def broken(_descriptor: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr("tasks.transaction.journal.os.fsync", broken)
        with pytest.raises(JournalError):
            journal.record(Event.TRY_A)
    with Journal.load(path) as journal:
        assert journal.state is State.TRIAL_B


def test_a_journal_that_cannot_be_begun_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.transaction.journal.os.write", full)
    with pytest.raises(RefusedError, match="cannot be kept"):
        Journal.begin(tmp_path, OPENING)
    assert list(tmp_path.iterdir()) == []


# ---- what must be true of a line is asserted before, and read back after -----------------------------------


@pytest.mark.parametrize("changed", [lambda line: line + b"x", lambda line: line[:9]])
def test_a_file_that_somebody_changed_takes_nothing_more(
    tmp_path: Path, changed: Callable[[bytes], bytes]
) -> None:
    with Journal.begin(tmp_path, OPENING) as journal:
        left = changed(journal.path.read_bytes())
        journal.path.write_bytes(left)
        with pytest.raises(JournalError, match="takes nothing more") as caught:
            journal.record(Event.GATE_PASSED)
        assert "somebody else changed it" in str(caught.value.found)
        assert journal.state is State.START
    assert journal.path.read_bytes() == left


def test_a_disk_that_writes_something_else_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal.begin(tmp_path, OPENING) as journal:
        before = journal.path.read_bytes()
        write = os.write
        monkeypatch.setattr(os, "write", lambda file, data: write(file, data.swapcase()))
        with pytest.raises(JournalError) as caught:
            journal.record(Event.GATE_PASSED)
        monkeypatch.undo()
        assert caught.value.found == "what is read back is not what was written"
        assert journal.path.read_bytes() == before
