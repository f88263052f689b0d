"""Which transactions are not finished: a journal that ended is read once, and anew when it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.transaction import listing
from tasks.transaction.entries import Entry
from tasks.transaction.journal import read_entries
from tasks.transaction.listing import unfinished_pairs
from tests.tasks.transaction.bench import Bench


def test_a_journal_that_ended_is_read_once_and_anew_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Bench(tmp_path).carry_out()
    (journal,) = tmp_path.glob("*.jsonl")
    assert unfinished_pairs(tmp_path) == frozenset()

    read: list[Path] = []

    def reading(path: Path) -> tuple[Entry, ...]:
        read.append(path)
        return read_entries(path)

    monkeypatch.setattr(listing, "read_entries", reading)
    assert unfinished_pairs(tmp_path) == frozenset()
    assert read == []

    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[: len(lines) // 2]))
    assert unfinished_pairs(tmp_path) == {"lyon"}
    assert read
    journal.unlink()
    assert unfinished_pairs(tmp_path) == frozenset()
