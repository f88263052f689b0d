"""The durable memory of a transaction: one file of JSON lines per transaction id.

Each line is written and synced before the act that it announces. Nothing secret is in it: members, commit
ids, digests, states, refusals with secrets masked. A last line cut short by a crash announces nothing and is
dropped.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from inventory.errors import IntentError, RefusedError
from inventory.names import is_file_name
from tasks.transaction.interrupts import deferred_interrupts
from tasks.transaction.machine import Event, State, step

SCHEMA_VERSION = 1
OPENED = "opened"
_SHOWN = 5  # ids that an error names

Data = Mapping[str, object]


def new_transaction_id() -> str:
    """Give a fresh id that a device takes as persist id and as label: a letter first, no blank."""
    return f"hp-{secrets.token_hex(5)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal."""

    at: str
    event: str
    state: State
    data: Data = field(default_factory=dict)


class Journal:
    """One transaction's journal, held open and locked by one process.

    Make one with `Journal.begin` or `Journal.load`.
    """

    def __init__(self, path: Path, descriptor: int, entries: list[Entry]) -> None:
        self.path = path
        self._descriptor = descriptor
        self._entries = entries

    @classmethod
    def begin(cls, folder: Path, transaction_id: str, opening: Data) -> Self:
        """Start the journal of a new transaction.

        Args:
            folder: where journals are kept; made when absent, readable by its owner alone.
            transaction_id: see `new_transaction_id`.
            opening: what resuming needs: pair, members, base commits and digests. No secrets.

        Raises:
            RefusedError: there is such a transaction already.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = journal_path(folder, transaction_id)
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        except FileExistsError:
            raise RefusedError(f"transaction {transaction_id} exists already", where=str(path)) from None
        _lock(descriptor, path)
        _sync_folder(folder)
        journal = cls(path, descriptor, [])
        journal._append(OPENED, State.START, {"schema": SCHEMA_VERSION, "id": transaction_id, **opening})
        return journal

    @classmethod
    def load(cls, path: Path) -> Self:
        """Take up the journal of a transaction that did not end.

        Raises:
            IntentError: there is no such file, or it is not a journal.
            RefusedError: another process is working on it.
        """
        try:
            descriptor = os.open(path, os.O_RDWR)
        except OSError as error:
            kept = sorted(other.stem for other in path.parent.glob("*.jsonl"))
            raise IntentError(
                "no journal of that transaction on this host",
                wanted=", ".join(kept[-_SHOWN:]) or "a transaction that was deployed from here",
                found=error.strerror,
                where=str(path),
            ) from None
        _lock(descriptor, path)
        raw = path.read_bytes()
        whole = raw[: raw.rfind(b"\n") + 1]
        os.ftruncate(descriptor, len(whole))
        return cls(path, descriptor, _read(whole.decode("utf-8", "replace"), path))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every line, oldest first."""
        return tuple(self._entries)

    @property
    def state(self) -> State:
        """State after the last line."""
        return self._entries[-1].state

    @property
    def opening(self) -> Data:
        """What the transaction began with."""
        return self._entries[0].data

    @property
    def transaction_id(self) -> str:
        """Id of the transaction; also persist id and label on the devices."""
        return str(self.opening["id"])

    def reached(self, state: State) -> bool:
        """Tell whether the transaction ever was in a state."""
        return any(entry.state is state for entry in self._entries)

    def record(self, event: Event, **data: object) -> State:
        """Make an event durable and give the state after it.

        Raises:
            IllegalStepError: the event cannot happen now; nothing was written.
        """
        state = step(self.state, event)
        self._append(event, state, data)
        return state

    def note(self, name: str, **data: object) -> None:
        """Make a fact durable that does not change the state, e.g. the digest of a member on trial."""
        self._append(name, self.state, data)

    def last(self, name: str, member: str) -> Data | None:
        """Give the newest data of an event or note about a member."""
        found = [e.data for e in self._entries if e.event == name and e.data.get("member") == member]
        return found[-1] if found else None

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

    def _append(self, event: str, state: State, data: Data) -> None:
        entry = Entry(datetime.now(UTC).isoformat(timespec="milliseconds"), str(event), state, dict(data))
        line = json.dumps({"at": entry.at, "event": entry.event, "state": entry.state, "data": entry.data})
        with deferred_interrupts() as came:  # file and memory say the same
            os.lseek(self._descriptor, 0, os.SEEK_END)
            os.write(self._descriptor, line.encode() + b"\n")
            os.fsync(self._descriptor)
            self._entries.append(entry)
        if came:
            raise KeyboardInterrupt


def journal_path(folder: Path, transaction_id: str) -> Path:
    """Give the file of a transaction.

    Raises:
        IntentError: the id could lead out of the folder.
    """
    if not is_file_name(transaction_id):
        raise IntentError("that is no id of a transaction", wanted="e.g. hp-31b8e04b98", found=transaction_id)
    return folder / f"{transaction_id}.jsonl"


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise RefusedError("another process is working on this transaction", where=str(path)) from None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(text: str, path: Path) -> list[Entry]:
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            row = json.loads(line)
            entries.append(Entry(row["at"], row["event"], State(row["state"]), row["data"]))
        except (ValueError, KeyError, TypeError):
            raise IntentError("not a line of a journal", found=line[:60], where=f"{path}:{number}") from None
    if not entries or entries[0].event != OPENED or entries[0].data.get("schema") != SCHEMA_VERSION:
        raise IntentError("not a journal of this version", wanted=f"schema {SCHEMA_VERSION}", where=str(path))
    return entries
