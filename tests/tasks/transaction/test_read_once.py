"""What a transaction reads: each text once, however many others run meanwhile, and no journal of others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inventory.errors import RefusedError
from inventory.facts import ConfigTree
from parsers.tree import read_tree
from tasks.transaction import listing, owned
from tasks.transaction.ends import End
from tasks.transaction.entries import Entry
from tasks.transaction.journal import Journal, read_entries
from tasks.transaction.listing import refuse_unfinished
from tasks.transaction.machine import Event
from tasks.transaction.owned import lines_in
from tasks.transaction.records import MemberRecord, Opening
from tests.tasks.transaction.bench import NAMES, Bench

OTHERS = 40
"""Texts that other threads read meanwhile: more than are remembered."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts of configurations that are read from now on."""
    texts: list[str] = []

    def reading(text: str, source: str) -> ConfigTree:
        texts.append(text)
        return read_tree(text, source)

    monkeypatch.setattr(owned, "read_tree", reading)
    monkeypatch.setattr(owned, "_READ", owned._Read())  # that remembers nothing of other tests
    return texts


def test_a_transaction_reads_each_text_once(tmp_path: Path, read: list[str]) -> None:
    assert Bench(tmp_path).carry_out().end is End.DONE
    assert len(read) == len(set(read)) == 2 * len(NAMES)  # as before, and new; what is saved is the same


@pytest.mark.parametrize(
    "notes", ["", "!Software Version V8\n", "\n!Software Version V8\n!Last saved at 8\n\n"]
)
def test_notes_above_a_configuration_are_no_lines_of_it(read: list[str], notes: str) -> None:
    said = "#\nsysname R\n#\nremote-backup-service lyon\n#\nreturn\n"
    assert lines_in(notes + said) == lines_in(said)
    assert lines_in(said).places
    assert len(read) == 1


def test_what_other_threads_read_puts_nothing_out_of_mind(read: list[str]) -> None:
    mine = "#\nsysname Mine-Alone\n#\nreturn\n"
    lines_in(mine)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lines_in, (f"#\nsysname R{number}\n#\nreturn\n" for number in range(OTHERS))))
    lines_in(mine)
    assert read.count(mine) == 1
    assert len(read) == OTHERS + 1


def journal(folder: Path, number: int) -> Journal:
    """Begin a transaction of another pair, and leave it at work."""
    a, b = (MemberRecord(f"R{number}-{side}") for side in "ab")
    begun = Journal.begin(folder, Opening(f"hp-{number:010x}", f"pair-{number}", a, b))
    begun.record(Event.GATE_PASSED)
    begun.record(Event.STAGED)
    begun.record(Event.TRY_B)
    return begun


def test_journals_of_other_pairs_are_not_read_to_their_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [journal(tmp_path, number) for number in range(3)]
    reads: list[tuple[str, bool]] = []

    def reading(path: Path, *, first: bool = False) -> tuple[Entry, ...]:
        reads.append((path.stem, first))
        return read_entries(path, first=first)

    monkeypatch.setattr(listing, "read_entries", reading)
    assert Bench(tmp_path).carry_out().end is End.DONE
    foreign = {f"hp-{number:010x}" for number in range(3)}
    assert [one for one in reads if one[0] in foreign and not one[1]] == []
    assert sorted(name for name, first in reads if name in foreign and first) == sorted(foreign)

    assert Bench(tmp_path).carry_out().end is not End.REFUSED
    assert len([name for name, _ in reads if name in foreign]) == len(foreign)  # known by now
    for one in others:
        one.close()


@pytest.mark.parametrize(("pair", "member"), [("pair-1", "X"), ("x", "R1-a"), ("x", "R1-b")])
def test_an_unfinished_one_of_the_same_pair_or_device_refuses(tmp_path: Path, pair: str, member: str) -> None:
    at_work = [journal(tmp_path, number) for number in range(3)]
    with pytest.raises(RefusedError, match="transaction hp-0000000001 of pair pair-1 is not finished"):
        refuse_unfinished(tmp_path, pair, (member, "Y"))
    refuse_unfinished(tmp_path, "x", NAMES)
    for one in at_work:
        one.close()
