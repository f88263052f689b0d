"""Results, changes and lists of evidence as texts, and back: one writer and one reader each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any

from inventory.errors import ArchiveError
from runbooks.report.run import Change
from tasks.checks.model import CheckResult, CommitAuthor, Complaint, Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """One display of a run.

    Args:
        member: device name.
        command: what was sent.
        text: number of the answer among the texts.
    """

    member: str
    command: str
    text: int


def write_results(results: Iterable[CheckResult]) -> str:
    """Write the ends of checks."""
    return f"[{','.join(map(_written, results))}]"


@lru_cache(maxsize=4096)
def _written(result: CheckResult) -> str:
    """Write a result, as plain values; most of a fleet's are those of another pair, or of the last look."""
    row = {one.name: getattr(result, one.name) for one in fields(result)}
    plain = {
        "outcome": result.outcome.value,
        "complaints": [asdict(complaint) for complaint in result.complaints],
    }
    return _dump({**row, **plain})


def read_results(text: str) -> tuple[CheckResult, ...]:
    """Read the ends of checks.

    Raises:
        ArchiveError: the text is none of ours.
    """
    try:
        return results_of(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError("kept results cannot be read", found=str(error)) from error


def results_of(rows: Iterable[dict[str, Any]]) -> tuple[CheckResult, ...]:
    """Make results of plain values, e.g. of a `run.json`.

    Raises:
        ValueError, KeyError, TypeError: they are none.
    """
    return tuple(
        CheckResult(
            check=row["check"],
            subject=row["subject"],
            outcome=Outcome(row["outcome"]),
            title=row["title"],
            tags=tuple(row["tags"]),
            complaints=tuple(map(_complaint, row["complaints"])),
            note=row["note"],
            converged_after_s=row["converged_after_s"],
            next_command=row.get("next_command", ""),
            unproven=row.get("unproven", False),
        )
        for row in rows
    )


def _complaint(row: dict[str, Any]) -> Complaint:
    """Make a complaint of plain values; those of 0.1 name no hand."""
    hand = row.get("hand")
    return Complaint(**{**row, "hand": CommitAuthor(**hand) if hand else None})


def write_author(hand: CommitAuthor | None) -> str | None:
    """Write whose commit a finding is; nothing of none."""
    return None if hand is None else _dump(asdict(hand))


def read_author(text: str | None) -> CommitAuthor | None:
    """Read whose commit a finding is.

    Raises:
        ArchiveError: the text is none of ours.
    """
    try:
        return None if text is None else CommitAuthor(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise ArchiveError("a kept commit cannot be read", found=str(error)) from error


def write_evidence(kept: Iterable[Kept]) -> str:
    """Write which answers a run was judged by."""
    return _dump([[one.member, one.command, one.text] for one in kept])


def read_evidence(text: str) -> tuple[Kept, ...]:
    """Read which answers a run was judged by.

    Raises:
        ArchiveError: the text is none of ours.
    """
    try:
        return tuple(
            Kept(str(member), str(command), int(number)) for member, command, number in json.loads(text)
        )
    except (ValueError, TypeError) as error:
        raise ArchiveError("a kept list of evidence cannot be read", found=str(error)) from error


def write_changes(changes: Iterable[Change]) -> str:
    """Write what was typed."""
    return _dump([asdict(change) for change in changes])


def read_changes(text: str) -> tuple[Change, ...]:
    """Read what was typed.

    Raises:
        ArchiveError: the text is none of ours.
    """
    try:
        return tuple(
            Change(row["member"], tuple(row["commands"]), tuple(row["impacts"])) for row in json.loads(text)
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError("kept changes cannot be read", found=str(error)) from error


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
