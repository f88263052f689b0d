"""The five writes that matter: what must be true is asserted before, and what came of it is read back.

Each is struck on both sides. *Before*: what it needs is made untrue at the look that goes before it, and it
must not be typed. *Silently*: the device says yes and does nothing, or the disk takes something else, and
nothing may be said that is not so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tasks.plan.model import Command
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Exchange, Step
from tasks.transaction.ends import End
from tasks.transaction.journal import read_entries
from tasks.transaction.machine import State
from tasks.transaction.model import Outcome
from tests.emulator.client import at
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, Strike, StruckSession, require_true
from tests.tasks.wire import log_in

A, B = NAMES
LOOK = "run_all"
WRITES = ("stage_and_show", "commit_trial", "confirm", "save")


def first(calls: list[str], method: str) -> int:
    return calls.index(method)


def clean(folder: Path) -> list[str]:
    """Return the calls of a run to which nothing happens."""
    bench = Bench(folder)
    assert bench.carry_out().end is End.DONE
    return bench.strike.calls


def settled(bench: Bench, outcome: Outcome) -> Outcome:
    """Require that what is said is true, now and when it was taken up."""
    require_true(bench, outcome)
    if outcome.end in {End.UNSETTLED, End.SPLIT_MIXED}:
        bench.clock.now += 1_000
        outcome = bench.resume()
        require_true(bench, outcome)
    assert bench.both_new or bench.both_old
    return outcome


def by_a_colleague(bench: Bench) -> None:
    bench.commit(B, Command(SERVICE, "-rm-backup-srv-lyon"))


def locked(bench: Bench) -> None:
    at(bench.devices[B], now=bench.clock.now).type("configuration exclusive")
    assert bench.devices[B].store.lock is not None


UNTRUE: Mapping[str, Callable[[Bench], None]] = {
    "stage_and_show": locked,
    "commit_trial": by_a_colleague,
    "confirm": lambda bench: bench.reboot(B),
    "save": lambda bench: bench.reboot(A),
}
"""What a write needs is not so: nobody is at work on b; b is what was planned on; b can be kept; a is new."""


@pytest.mark.parametrize("write", WRITES)
def test_it_is_not_typed_where_what_it_needs_is_not_so(tmp_path: Path, write: str) -> None:
    calls = clean(tmp_path / "clean")
    before = first(calls, write)
    staged = write == "commit_trial"  # the look before it comes with what was staged, in the same answer
    assert calls[before - 2 : before] == (["stage_and_show"] * 2 if staged else [LOOK, LOOK])
    bench = Bench(tmp_path / "struck")
    made: list[str] = []

    def struck() -> None:
        UNTRUE[write](bench)
        made.append(write)

    bench.strike = Strike(before - 2, struck)
    outcome = bench.carry_out()
    assert made  # an error of the strike itself would end the run too, and show nothing
    assert write not in bench.strike.calls[before:]
    if write == "commit_trial":
        assert outcome.end is End.UNCHANGED
    else:
        settled(bench, outcome)
    assert all("peer" not in bench.running(name) for name in NAMES)
    assert all(SERVICE not in bench.saved(name) for name in NAMES)


@pytest.mark.parametrize("write", WRITES)
def test_it_is_read_back_before_the_next_one(tmp_path: Path, write: str) -> None:
    calls = clean(tmp_path)
    places = [number for number, call in enumerate(calls) if call == write]
    for place in places:
        following = calls[place + 1 :]
        side_by_side = following[1:] if following[0] == write else following
        staged = write == "stage_and_show"  # what it made is read back in the same answer
        assert side_by_side[:2] == (["commit_trial", LOOK] if staged else [LOOK, LOOK])


@dataclass
class Deaf(StruckSession):
    """A session on a device that says yes to one kind of write and does nothing."""

    session: Session
    strike: Strike
    write: str
    deaf: list[str]

    def __post_init__(self) -> None:
        super().__init__(self.session, self.strike)

    def __getattr__(self, name: str) -> Any:
        if name != self.write or self.deaf:
            return super().__getattr__(name)

        def unheard(*args: Any, **named: Any) -> Step[Any]:
            self.deaf.append(self.session.member)
            if name == "stage_and_show":  # all but the last line
                (commands,) = args
                return (yield from self.session.stage_and_show.step(commands[:1], **named))
            yield
            return None

        return Exchange(unheard)


@pytest.mark.parametrize("write", WRITES)
def test_it_counts_as_done_only_when_it_was_seen(
    tmp_path: Path, write: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, deaf = Bench(tmp_path), list[str]()

    def opened(name: str) -> Deaf:
        return Deaf(log_in(bench.devices[name], bench.clock), bench.strike, write, deaf)

    monkeypatch.setattr(bench, "open", opened)
    outcome = settled(bench, bench.carry_out())
    assert len(deaf) == 1
    if write == "stage_and_show":
        assert "commit_trial" not in bench.strike.calls
    if write == "commit_trial":
        assert "did not make" in outcome.reason
    tried_again = {"confirm", "save"}
    assert (outcome.end is End.DONE) is (write in tried_again)


@pytest.mark.parametrize("nth", range(14))
@pytest.mark.parametrize("longer", [False, True], ids=["otherwise", "behind another's"])
def test_the_journal_is_written_where_it_ends_and_read_back(
    tmp_path: Path,
    nth: int,
    longer: bool,  # noqa: FBT001 - table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A line that the disk took otherwise announces nothing; one behind somebody else's is not written."""
    bench, lines, write = Bench(tmp_path), list[bytes](), os.write

    def written(descriptor: int, data: bytes) -> int:
        lines.append(data)
        if len(lines) - 1 != nth:
            return write(descriptor, data)
        return write(descriptor, data + b"{}\n" if longer else data.swapcase()) and len(data)

    monkeypatch.setattr(os, "write", written)
    outcome = bench.carry_out()
    monkeypatch.undo()
    assert len(lines) > nth
    assert (outcome.journal is None) is (nth == 0)  # without its first line there is none
    kept = (
        () if outcome.journal is None else read_entries(outcome.journal)
    )  # the wrong line is not left in it
    assert outcome.end is not End.DONE or State.DECIDED in {entry.state for entry in kept}
    require_true(bench, outcome)
    assert bench.both_old if outcome.end is not End.DONE else bench.both_new


@pytest.mark.parametrize("nth", range(0, 13, 4))
def test_the_journal_is_not_written_behind_what_somebody_else_wrote(
    tmp_path: Path, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, whole, strange = Bench(tmp_path), list[bytes](), b"{}\n"
    pread, write = os.pread, os.write

    def read_back(descriptor: int, size: int, offset: int) -> bytes:
        line = pread(descriptor, size, offset)
        whole.append(line)
        if len(whole) - 1 == nth:
            write(descriptor, strange)
        return line

    monkeypatch.setattr(os, "pread", read_back)
    outcome = bench.carry_out()
    monkeypatch.undo()
    assert outcome.journal is not None
    assert outcome.journal.read_bytes() == b"".join(whole) + strange
    assert len(whole) - 1 == nth
    assert any("the journal takes nothing more" in one for one in outcome.residue)
    require_true(bench, outcome)
    assert bench.both_old or bench.both_new
