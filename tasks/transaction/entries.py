"""The lines of a journal: one entry a line, with a checksum of itself and the one of the line before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from inventory.errors import IntentError
from tasks.transaction import first_schema
from tasks.transaction.machine import IllegalStepError, State
from tasks.transaction.records import (
    OPENED,
    SCHEMA_VERSION,
    Ended,
    OnTrial,
    Opening,
    Record,
    Saving,
    StageMade,
    Undone,
    read,
    written,
)

N = TypeVar("N", OnTrial, StageMade, Saving, Undone, Ended)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal.

    Args:
        at: moment, ISO 8601 with zone.
        name: of the event or note; `opened` for the first line of a deployment.
        state: after it.
        record: what it says.
    """

    at: str
    name: str
    state: State
    record: Record


class Memory:
    """What the lines of a journal tell of its transaction."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every line, oldest first."""
        return tuple(self._entries)

    @property
    def state(self) -> State:
        """State after the last line."""
        return self._entries[-1].state

    @property
    def opening(self) -> Opening:
        """What the transaction began with."""
        return opening_of(self.entries)

    @property
    def transaction_id(self) -> str:
        """Id of the transaction; also persist id and label on the devices."""
        return self.opening.id

    def reached(self, state: State) -> bool:
        """Tell whether the transaction ever was in a state."""
        return any(entry.state is state for entry in self._entries)

    def trial_of(self, member: str) -> OnTrial | None:
        """Return what is known of the last stage on a member."""
        return next((one for one in self._notes(OnTrial) if one.member == member), None)

    def stages_of(self, member: str) -> tuple[StageMade, ...]:
        """Return the stages that were made on a member, oldest first."""
        return tuple(one for one in reversed(self._notes(StageMade)) if one.member == member)

    def may_be_saved(self, member: str) -> bool:
        """Tell whether a save was begun on a member."""
        return any(one.member == member for one in self._notes(Saving))

    def undone_of(self, member: str) -> frozenset[int]:
        """Return the ids of our commits that were taken back on a member."""
        return frozenset(one.commit for one in self._notes(Undone) if one.member == member)

    @property
    def ended(self) -> Ended | None:
        """What was said at the last end; nothing when none was said."""
        return next(iter(self._notes(Ended)), None)

    def _notes(self, kind: type[N]) -> list[N]:
        return [one.record for one in reversed(self._entries) if isinstance(one.record, kind)]


def opening_of(entries: tuple[Entry, ...]) -> Opening:
    """Return what a transaction began with.

    Raises:
        IllegalStepError: the first line of its journal is another one.
    """
    first = entries[0].record
    if not isinstance(first, Opening):  # `_read` lets no other one through
        raise IllegalStepError(f"a journal begins with {first}")
    return first


def line_of(entry: Entry, before: str) -> tuple[bytes, str]:
    """Return an entry as a line, and its checksum."""
    row = {
        "at": entry.at,
        "event": entry.name,
        "state": entry.state,
        "data": written(entry.record),
        "before": before,
    }
    total = _checksum(row)
    return json.dumps({**row, "sum": total}).encode() + b"\n", total


_IN_ORDER = json.JSONEncoder(sort_keys=True)


def _checksum(row: dict[str, Any]) -> str:
    return sha256(_IN_ORDER.encode(row).encode()).hexdigest()[:32]


def read_lines(content: bytes, path: Path) -> tuple[list[Entry], str]:
    """Read the lines of a journal; return also the checksum of the last one.

    Args:
        content: of the file.
        path: of the file, for the errors.

    Raises:
        IntentError: it has no whole line, one is none of a journal, or a checksum is not that of its line.
    """
    entries: list[Entry] = []
    last = ""
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        where = f"{path}:{number}"
        row = _row(line, where)
        if "sum" not in row and (not entries or last == ""):
            entries.append(_old_entry(row, entries, where))
            continue
        last = _checked(row, last, where)
        entries.append(_entry(row, entries, where))
    if not entries:
        raise IntentError(
            f"the process that began {path.stem} on this host died before its first line was whole",
            found="no whole line",
            where=str(path),
            next_command=f"hotpair txn adopt {path.stem} --pair PAIR",
        )
    return entries, last


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise IntentError("not a line of a journal", found=line[:60], where=where)
    return row


def _old_entry(row: dict[str, Any], earlier: list[Entry], where: str) -> Entry:
    """Read a line of a journal of 0.1."""
    if not earlier and first_schema.version(row) != first_schema.VERSION:
        raise IntentError(
            "not a journal of this version", wanted=f"schema 1 to {SCHEMA_VERSION}", where=where
        )
    name, state, record = first_schema.read_row(row, first=not earlier, where=where)
    return Entry(str(row.get("at", "")), name, state, record)


def _checked(row: dict[str, Any], last: str, where: str) -> str:
    """Return the checksum of a line that is whole and follows the one before it."""
    total = row.pop("sum", "")
    if _checksum(row) != total or row.get("before") != last:
        raise IntentError(
            "the journal is damaged: a line was changed, lost or put in",
            wanted="the checksum of each line, and of the one before it",
            where=where,
        )
    return str(total)


def _entry(row: dict[str, Any], earlier: list[Entry], where: str) -> Entry:
    name = str(row.get("event"))
    opening = not earlier
    if opening and row.get("data", {}).get("schema") != SCHEMA_VERSION:
        raise IntentError(
            "not a journal of this version",
            wanted=f"schema 1 to {SCHEMA_VERSION}",
            found=f"schema {row.get('data', {}).get('schema')}",
            where=where,
        )
    record = read(OPENED if opening else name, row.get("data"), where)
    try:
        return Entry(str(row["at"]), name, State(row["state"]), record)
    except (KeyError, ValueError):
        raise IntentError("not a line of a journal", found=repr(row)[:60], where=where) from None
