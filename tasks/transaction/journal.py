"""The durable memory of a transaction: one file of JSON lines per transaction id.

Each line is written and synced before the act that it announces. It carries a checksum of itself and the one
of the line before it, so that a line which was changed, lost or put in is found. A last line cut short by a
crash announces nothing and is dropped. Nothing secret is in it.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from inventory.errors import HotpairError, IntentError, RefusedError
from inventory.names import is_file_name
from tasks.clock import now_utc
from tasks.transaction.entries import Entry, Memory, line_of, read_lines
from tasks.transaction.interrupts import deferred_interrupts
from tasks.transaction.machine import Event, State, step
from tasks.transaction.records import (
    OPENED,
    Note,
    Opening,
    Record,
    Remark,
    name_of,
)

Now = Callable[[], datetime]
_SHOWN = 5  # ids that an error names
_BLOCK = 1 << 20
NO_REMARK = Remark()


class JournalError(HotpairError):
    """A line could not be made durable: what it announces must not be done."""


def new_transaction_id() -> str:
    """Return a fresh id that a device takes as persist id and as label: a letter first, no blank."""
    return f"hp-{secrets.token_hex(5)}"


class Journal(Memory):
    """One transaction's journal, held open and locked by one process.

    Make one with `Journal.begin` or `Journal.load`. `lost` says why lines are only in memory; empty: none is.
    """

    def __init__(
        self, path: Path, descriptor: int, entries: list[Entry], *, last: str, end: int, now: Now
    ) -> None:
        super().__init__(entries)
        self.path = path
        self._end = end
        self.lost = ""
        self._descriptor = descriptor
        self._last = last
        self._now = now

    @classmethod
    def begin(
        cls, folder: Path, opening: Opening, *, adopted: Event | None = None, now: Now = now_utc
    ) -> Self:
        """Start the journal of a new transaction.

        Args:
            folder: where journals are kept; made when absent, readable by its owner alone.
            opening: what resuming needs.
            adopted: for an adoption, what the devices told of the decision; the line holds both.
            now: gives the moment of a line.

        Raises:
            RefusedError: there is such a transaction already, or its journal cannot be kept.
            JournalError: the journal of an adoption cannot be kept.
            KeyboardInterrupt: a signal came meanwhile; there is no such journal.
        """
        with deferred_interrupts() as came:
            journal = cls._begun(folder, opening, adopted, now)
        if came:
            _take_away(journal)
            raise KeyboardInterrupt
        return journal

    @classmethod
    def _begun(cls, folder: Path, opening: Opening, adopted: Event | None, now: Now) -> Self:
        """Write the first line, or leave nothing behind."""
        path = journal_path(folder, opening.id)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise _not_kept(path, error, adopting=adopted is not None) from None
        with _closed_unless_done(descriptor):
            _lock(descriptor, path)
            if _whole_lines(_content(descriptor)):
                raise RefusedError(f"transaction {opening.id} exists already", where=str(path))
        journal = cls(path, descriptor, [], last="", end=0, now=now)
        state = step(State.START, adopted) if adopted else State.START
        try:
            os.ftruncate(descriptor, 0)  # a first line that was cut short announces nothing
            _sync_folder(folder)
            journal._append(adopted or OPENED, state, opening)
        except (OSError, JournalError) as error:
            _take_away(journal)
            raise _not_kept(path, error, adopting=adopted is not None) from None
        return journal

    @classmethod
    def load(cls, path: Path, *, now: Now = now_utc) -> Self:
        """Take up the journal of a transaction that did not end.

        Raises:
            IntentError: there is no such file, or it is not a journal, or it is damaged.
            RefusedError: another process is working on it.
        """
        descriptor = _opened(path, os.O_RDWR)
        with _closed_unless_done(descriptor):
            _lock(descriptor, path)
            whole = _whole_lines(_content(descriptor))
            entries, last = read_lines(whole, path)
            os.ftruncate(descriptor, len(whole))
        return cls(path, descriptor, entries, last=last, end=len(whole), now=now)

    def record(self, event: Event, remark: Remark = NO_REMARK, *, durable: bool = True) -> State:
        """Make an event durable and give the state after it.

        Args:
            event: what happened or is about to happen.
            remark: what goes with it.
            durable: false: on the way to an end, where an event is told by the devices too, it is kept in
                memory when the file takes nothing more.

        Raises:
            IllegalStepError: the event cannot happen now; nothing was written.
            JournalError: it could not be made durable; nothing was recorded.
        """
        state = step(self.state, event)
        self._append(event, state, remark, durable=durable)
        return state

    def note(self, note: Note, *, durable: bool = True) -> None:
        """Make a fact durable that does not change the state; arguments and errors as for `record`."""
        self._append(name_of(note), self.state, note, durable=durable)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        """Use as a context that closes."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _append(self, name: str, state: State, record: Record, *, durable: bool = True) -> None:
        entry = Entry(self._now().isoformat(timespec="milliseconds"), str(name), state, record)
        line, total = line_of(entry, self._last)
        with deferred_interrupts() as came:  # file and memory say the same
            self.lost = self.lost or self._write(line)
            if self.lost and durable:
                raise JournalError("the journal takes nothing more", found=self.lost, where=str(self.path))
            self._last = total
            self._entries.append(entry)
        if came:
            raise KeyboardInterrupt

    def _write(self, line: bytes) -> str:
        """Write a whole line, sync it and read it back, or take back what was written of it; give the reason.

        Nobody else writes to the file, which is locked: where it does not end with our last line, it is not
        touched.
        """
        end = 0
        try:
            end = os.lseek(self._descriptor, 0, os.SEEK_END)
            if end != self._end:
                return f"the file holds {end} bytes, and {self._end} were written: somebody else changed it"
            rest = line
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            os.fsync(self._descriptor)
            same = os.pread(self._descriptor, len(line) + 1, end) == line
            failed = "" if same else "what is read back is not what was written"
        except OSError as error:
            failed = error.strerror or str(error)
        if failed:
            with suppress(OSError):
                os.ftruncate(self._descriptor, end)
            return failed
        self._end = end + len(line)
        return ""


def journal_path(folder: Path, transaction_id: str) -> Path:
    """Return the file of a transaction.

    Raises:
        IntentError: the id could lead out of the folder.
    """
    if not is_file_name(transaction_id):
        raise IntentError(
            "that is no id of a transaction",
            wanted="e.g. hp-31b8e04b98",
            found=transaction_id,
            next_command="hotpair txn list",
        )
    return folder / f"{transaction_id}.jsonl"


def read_entries(path: Path, *, first: bool = False) -> tuple[Entry, ...]:
    """Read a journal without holding it; a last line cut short is left out.

    Args:
        path: of the journal.
        first: read the first line alone.

    Raises:
        IntentError: there is no such file, or it is not a journal, or it is damaged.
    """
    descriptor = _opened(path, os.O_RDONLY)
    try:
        whole = _whole_lines(_content(descriptor))
    finally:
        os.close(descriptor)
    entries, _ = read_lines(whole.partition(b"\n")[0] if first else whole, path)
    return tuple(entries)


def is_begun(path: Path) -> bool:
    """Tell whether there is a journal: a process may have died before its first line was whole.

    Raises:
        JournalError: the file cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _not_kept(path, error) from None
    try:
        return bool(_whole_lines(_content(descriptor)))
    finally:
        os.close(descriptor)


def _opened(path: Path, flags: int) -> int:
    try:
        return os.open(path, flags)
    except OSError as error:
        kept = sorted(other.stem for other in path.parent.glob("*.jsonl"))
        raise IntentError(
            "no journal of that transaction on this host",
            wanted=", ".join(kept[-_SHOWN:]) or "a transaction that was deployed from here",
            found=error.strerror,
            where=str(path),
        ) from None


def _take_away(journal: Journal) -> None:
    """Leave no file: nothing was sent."""
    journal.close()
    with suppress(OSError):
        os.unlink(journal.path)  # noqa: PTH108 - every file call of this module goes through `os`


@contextmanager
def _closed_unless_done(descriptor: int) -> Iterator[None]:
    """Close a file where the block fails, or a signal ends it: a process that goes on would hold its lock."""
    try:
        yield
    except BaseException:
        os.close(descriptor)
        raise


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise RefusedError("another process is working on this transaction", where=str(path)) from None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _content(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    blocks = []
    while block := os.read(descriptor, _BLOCK):
        blocks.append(block)
    return b"".join(blocks)


def _whole_lines(content: bytes) -> bytes:
    return content[: content.rfind(b"\n") + 1]


def _not_kept(path: Path, error: Exception, *, adopting: bool = False) -> HotpairError:
    found = error.found if isinstance(error, HotpairError) else getattr(error, "strerror", str(error))
    if adopting:  # what another host sent may still be on trial
        return JournalError(
            "the journal cannot be kept; the transaction was not taken up",
            found=found,
            where=str(path),
            next_command=f"hotpair txn adopt {path.stem} --pair PAIR",
        )
    return RefusedError("the journal cannot be kept; nothing was sent", found=found, where=str(path))
