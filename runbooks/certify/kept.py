"""What a host kept: its journals, read line by line, and whether a secret stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from runbooks.certify.oracle import Complaint
from runbooks.certify.pairs import Flow
from tasks.transaction.machine import Event, State
from tasks.transaction.records import OPENED

_CIPHERTEXT = "%^%#"
REMARK = "remark"
"""What goes with an event, whichever it is."""
_EVENTS = frozenset(map(str, Event))
Row = Mapping[str, Any]
"""A line of a journal."""


def rows_in(folders: list[Path]) -> tuple[list[list[Row]], list[Complaint]]:
    """Read the journals of some hosts, each without a last line cut short; complain of a damaged line."""
    journals: list[list[Row]] = []
    found: list[Complaint] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.jsonl"))):
        rows: list[Row] = []
        for line in path.read_bytes().split(b"\n")[:-1]:
            try:
                rows.append(json.loads(line))
            except ValueError:
                found.append(Complaint("damaged journal", line[:80].decode("utf-8", "replace")))
        journals.append(rows)
    return journals, found


def secrets_in(flow: Flow, texts: list[str], folders: list[Path]) -> list[Complaint]:
    """Look for secrets in what was said and written."""
    written = [path.read_text(errors="replace") for folder in folders for path in folder.glob("*.jsonl")]
    seen = [
        Complaint("secret seen", f"...{text[max(at - 60, 0) : at]}")
        for text in (*texts, *written)
        for secret in (*flow.secrets.values(), _CIPHERTEXT)
        if (at := text.find(secret)) >= 0
    ]
    return seen[:1]


def steps_of(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield the state before each line of a journal, and the line's event."""
    before = str(State.START)
    for row in rows:
        yield before, str(row["event"])
        before = str(row["state"])


def fields_of(rows: list[Row]) -> Iterator[str]:
    """Yield the fields of the journal's values that were met with something in them, as `opened.ticket`."""
    for row in rows:
        event = str(row["event"])
        kind = OPENED if "schema" in row["data"] else REMARK if event in _EVENTS else event
        for name, value in row["data"].items():
            yield f"{kind}.{name}"
            parts = value if isinstance(value, list) else [value]
            yield from (f"{name}.{inner}" for part in parts if isinstance(part, dict) for inner in part)
