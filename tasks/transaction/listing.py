"""The transactions of this host, read from their journals: nothing is dialled."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from inventory.errors import HotpairError, IntentError, RefusedError
from tasks.transaction.ending import END_OF_STATE
from tasks.transaction.ends import Decider, End, next_command
from tasks.transaction.entries import Entry, opening_of
from tasks.transaction.journal import journal_path, read_entries
from tasks.transaction.look import Seen
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.records import Ended, OnTrial, Opening, Remark, Undone

_HARMLESS = frozenset({State.START, State.GATED, State.STAGED})
"""States in which nothing was committed: candidates end with the session of the process that died."""
_SEEN_OFF: Mapping[str, str] = {
    Event.A_NEW: "a",
    Event.A_OLD: "a",
    Event.A_LOST: "a",
    Event.B_NEW: "b",
    Event.B_OLD: "b",
}
"""Sides that an event of a journal tells to be on no trial."""
_NO_TRIAL = frozenset({Seen.OLD, Seen.STAGE, Seen.NEW, Seen.OTHER})


@dataclass(frozen=True, slots=True)
class Armed:
    """What holds a member new, by the journal's clock: a trial that may run, or a commit without one.

    Args:
        member: device name.
        safety: name of the safety line.
        seconds_left: until its timer ends; 0 when it has ended; nothing where there is no timer.
    """

    member: str
    safety: str
    seconds_left: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One transaction as its journal tells it.

    Args:
        path: file of the journal.
        opening: what it began with; nothing when the journal cannot be read.
        state: the last one; nothing when the journal cannot be read.
        began_at: moment of the first line, ISO 8601.
        last_at: moment of the last line.
        end: what was said at the last end; nothing when the process died before.
        by: who brought that end about.
        why: the reason.
        armed: trials that may run; empty when it has ended.
        held: a process is at work on it now.
        problem: why the journal cannot be read.
    """

    path: Path
    opening: Opening | None = None
    state: State | None = None
    began_at: str = ""
    last_at: str = ""
    end: End | None = None
    by: Decider | None = None
    why: str = ""
    armed: tuple[Armed, ...] = ()
    held: bool = False
    problem: HotpairError | None = None

    @property
    def id(self) -> str:
        """Id of the transaction."""
        return self.opening.id if self.opening else self.path.stem

    @property
    def finished(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.state in ENDS

    @property
    def next_command(self) -> str:
        """What to type next; empty when there is nothing to type."""
        pair = self.opening.pair if self.opening else "PAIR"
        return "" if self.finished else next_command(End.UNSETTLED, self.id, pair)


def list_journals(folder: Path, now: datetime) -> tuple[Listed, ...]:
    """Return every transaction of a folder: unfinished ones first, then the newest first.

    Args:
        folder: where the journals lie; none when it is not there.
        now: the moment, for the seconds that are left.
    """
    found = [listed(path, now) for path in folder.glob("*.jsonl")]
    newest = sorted(found, key=lambda one: (one.began_at, one.id), reverse=True)
    return tuple(sorted(newest, key=lambda one: one.finished))


def listed(path: Path, now: datetime) -> Listed:
    """Read one journal; one that cannot be read says why."""
    try:
        entries = read_entries(path)
    except IntentError as error:
        return Listed(path, problem=error)
    return listed_entries(path, entries, now, held=_is_held(path))


def listed_entries(path: Path, entries: tuple[Entry, ...], now: datetime, *, held: bool = False) -> Listed:
    """Tell of the lines of a journal where its transaction stands.

    Args:
        path: where they were read.
        entries: lines, oldest first.
        now: the moment, for the seconds that are left.
        held: a process is at work on it.
    """
    state = entries[-1].state
    said = _said(entries)
    return Listed(
        path,
        opening_of(entries),
        state,
        entries[0].at,
        entries[-1].at,
        said.end if said else None,
        said.by if said else None,
        said.why if said else "",
        () if state in ENDS else _armed(entries, now),
        held=held,
    )


def refuse_unfinished(folder: Path, pair: str, members: Collection[str]) -> None:
    """Refuse to begin on a pair, or on a device, that a transaction of this host is not done with.

    Raises:
        RefusedError: there is one, or a process is at work on one.
    """
    for path in sorted(folder.glob("*.jsonl")):
        if not _concerns(path, pair, members) or (one := _unfinished(path)) is None:
            continue
        held = _is_held(path)
        raise RefusedError(
            f"transaction {one.id} of pair {one.pair} is not finished; nothing was sent",
            wanted="no unfinished transaction on these devices",
            found="a process is at work on it" if held else "nobody is at work on it",
            where=str(path),
            next_command="hotpair txn list" if held else next_command(End.UNSETTLED, one.id, one.pair),
        )


def is_unfinished(folder: Path, transaction_id: str) -> bool:
    """Tell whether a transaction is one of this host's that are not finished; no other journal is read."""
    return _unfinished(journal_path(folder, transaction_id)) is not None


def unfinished_pairs(folder: Path) -> frozenset[str]:
    """Return the pairs on which this host has a transaction that is not finished."""
    return frozenset(one.pair for path in folder.glob("*.jsonl") if (one := _unfinished(path)) is not None)


def _concerns(path: Path, pair: str, members: Collection[str]) -> bool:
    """Tell whether a transaction is of a pair or of a device; of one that cannot be read nobody knows."""
    try:
        its_pair, its_members = _began_on(path, path.stat().st_ino)
    except (IntentError, OSError):
        return False  # `list_journals` tells it; what it may have left is seen on the devices
    return its_pair == pair or not set(its_members).isdisjoint(members)


@lru_cache(maxsize=50_000)
def _began_on(path: Path, _inode: int) -> tuple[str, tuple[str, str]]:
    """Return the pair and the devices of a transaction, which no later line of its journal changes.

    Raises:
        IntentError: it cannot be read.
    """
    opening = opening_of(read_entries(path, first=True))
    return opening.pair, opening.members


def _unfinished(path: Path) -> Opening | None:
    """Return the opening of a transaction that may have left something on the devices, or is at work."""
    try:
        known = path.stat()
        if _is_finished(path, known.st_ino, known.st_mtime_ns, known.st_size):
            return None
        entries = read_entries(path)
    except (IntentError, OSError):
        return None  # `list_journals` tells it; what it may have left is seen on the devices
    state = entries[-1].state
    if state in ENDS or (state in _HARMLESS and not _is_held(path)):
        return None
    return opening_of(entries)


@lru_cache(maxsize=50_000)
def _is_finished(path: Path, _inode: int, _changed_ns: int, _size: int) -> bool:
    """Tell whether a journal ends with an end; one that is as it was is not read again.

    Raises:
        IntentError: it cannot be read.
    """
    return read_entries(path)[-1].state in ENDS


def _said(entries: tuple[Entry, ...]) -> Ended | None:
    """Return how a transaction ended; what was said before it was settled, or forgotten, is no end of it."""
    last = entries[-1]
    said = next((one.record for one in reversed(entries) if isinstance(one.record, Ended)), None)
    named = END_OF_STATE.get(last.state)
    if named is None or (said is not None and said.end is named):
        return said
    remark = last.record if isinstance(last.record, Remark) else Remark()
    return Ended(named, remark.by or Decider.UNKNOWN, why=remark.why)


def _seen_off(entries: tuple[Entry, ...]) -> frozenset[str]:
    """Return the members of which the journal knows that no trial runs: confirmed, as before, taken back."""
    opening = opening_of(entries)
    off: set[str] = set()
    for one in entries:
        off |= {opening.of(side).member for side in _SEEN_OFF.get(one.name, "")}
        if isinstance(one.record, Undone):
            off.add(one.record.member)
        if isinstance(one.record, Ended):
            off |= {member.member for member in one.record.members if member.seen in _NO_TRIAL}
    return frozenset(off)


def _armed(entries: tuple[Entry, ...], now: datetime) -> tuple[Armed, ...]:
    off = _seen_off(entries)
    noted = [one.record for one in entries if isinstance(one.record, OnTrial)]
    trials = [one for one in noted if one.member not in off]
    return tuple(
        Armed(
            one.member,
            one.safety,
            max(int((datetime.fromisoformat(one.until) - now).total_seconds()), 0) if one.until else None,
        )
        for one in trials
    )


def _is_held(path: Path) -> bool:
    """Tell whether a process is at work on a journal."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
