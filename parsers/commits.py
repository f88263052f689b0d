"""Commit points in full, and what a rollback left over.

Source: Huawei NE40E command reference, "display configuration commit list" (verbose layout) and "display
configuration rollback result".
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommitRecord:
    """One commit point as `display configuration commit list verbose` shows it.

    Args:
        commit_id: newer ones are higher.
        label: its name, if it has one.
        user: who committed.
        line: user interface of that session, e.g. `VTY 1`.
        kind: e.g. `CLI`, `NETCONF`, `ROLLBACK`.
        at: date and time as the device shows it.
        description: empty when there is none.
    """

    commit_id: int
    label: str | None
    user: str
    line: str
    kind: str
    at: str
    description: str


@dataclass(frozen=True, slots=True)
class RollbackResult:
    """What the last rollback or load did not bring about.

    Args:
        differences: lines that are still not as they should be, as shown.
        warnings: what the device says beside them.
    """

    differences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


_BLOCK = re.compile(r"\s*\d+\)\s*CommitId\*?\s*:\s*(?P<id>[12]\d{9})\*?\s*")
_FIELD = re.compile(r"\s+(?P<name>[A-Z][\w -]*?)\s*:(?:\s+(?P<value>\S.*?))?\s*")
_FRAME = re.compile(r"\s*(?:-+|Info\s*:.*)?\s*")


def read_commit_records(text: str) -> tuple[CommitRecord, ...] | None:
    """Read `display configuration commit list verbose`, newest first; nothing when a line is not of it.

    Labels of fields that other releases add are passed over; a point without user or time is no point.
    """
    blocks: list[dict[str, str]] = []
    for line in text.split("\n"):
        block, field = _BLOCK.fullmatch(line), _FIELD.fullmatch(line)
        if block is not None:
            blocks.append({"id": block["id"]})
        elif field is not None and blocks:
            blocks[-1][field["name"].lower()] = field["value"] or ""
        elif not _FRAME.fullmatch(line):
            return None
    records = [record for fields in blocks if (record := _record(fields)) is not None]
    return tuple(records) if len(records) == len(blocks) else None


def _record(fields: dict[str, str]) -> CommitRecord | None:
    if not fields.get("user") or not fields.get("timestamp"):
        return None
    label = fields.get("label", "-")
    return CommitRecord(
        commit_id=int(fields["id"]),
        label=None if label in {"-", ""} else label,
        user=fields["user"],
        line=fields.get("user-intf", ""),
        kind=fields.get("type", ""),
        at=fields["timestamp"],
        description=fields.get("description", ""),
    )


_DIFFERENCES = re.compile(r"(?i)\s*!\s*There are still several differences\b.*")
_WARNINGS = re.compile(r"(?i)\s*!\s*warning information\b.*")
_NONE_LEFT = re.compile(r"(?i)\s*(?:Info\s*:.*)?\s*")


def read_rollback_result(text: str) -> RollbackResult | None:
    """Read `display configuration rollback result`; nothing when the answer is not one, or was cut short."""
    differences: list[str] = []
    warnings: list[str] = []
    part: list[str] | None = None
    for line in text.split("\n"):
        if _DIFFERENCES.fullmatch(line):
            part = differences
        elif _WARNINGS.fullmatch(line):
            part = warnings
        elif part is not None:
            part += [line.strip()] if line.strip() else []
        elif not _NONE_LEFT.fullmatch(line):
            return None
    if part is differences and not differences:
        return None
    return RollbackResult(tuple(differences), tuple(warnings))
