"""Take runs that lie in folders, as Hotpair 0.1 kept them, into the archive."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inventory.errors import HotpairError, IntentError
from runbooks.archive.codec import results_of
from runbooks.archive.opening import Archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.report.evidence import PAIR_FILE, POLICY_FILE, RUN_FILE, load_evidence
from runbooks.report.run import Change, Run, RunKind


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in.

    Args:
        taken: ids of runs that are in the archive now.
        left: why a folder was left out, by folder.
    """

    taken: tuple[str, ...]
    left: dict[str, str]


def import_runs(archive: Archive, folder: Path) -> Imported:
    """Take in every run below a folder, the oldest first; a run that cannot be read is left out and told.

    Args:
        archive: where to.
        folder: where runs were kept.

    Raises:
        IntentError: no run lies there.
        ArchiveError: the database does not take them.
    """
    homes = sorted(path.parent for path in folder.glob(f"*/{RUN_FILE}"))
    if not homes:
        raise IntentError("no run lies there", wanted=f"folders with {RUN_FILE}", where=str(folder))
    read: list[tuple[Run, Path]] = []
    left: dict[str, str] = {}
    for home in homes:
        try:
            read.append((_run(home), home))
        except HotpairError as error:
            left[home.name] = str(error)
    taken = []
    for run, home in sorted(read, key=lambda one: one[0].started_at):
        try:
            keep_run(archive, run, Origin(), RunInputs(_text(home / PAIR_FILE), _text(home / POLICY_FILE)))
        except HotpairError as error:
            left[home.name] = str(error)
        else:
            taken.append(run.id)
    return Imported(tuple(taken), left)


def _run(home: Path) -> Run:
    """Read a run of a folder."""
    _, observations = load_evidence(home)
    try:
        values = json.loads((home / RUN_FILE).read_text(encoding="utf-8"))
        transaction: dict[str, str] = values.get("transaction") or {}
        return Run(
            id=values["id"],
            kind=RunKind(values["kind"]),
            pair=values["pair"],
            members=(values["members"][0], values["members"][1]),
            started_at=datetime.fromisoformat(values["started_at"]),
            ended_at=datetime.fromisoformat(values["ended_at"]),
            results=results_of(values["results"]),
            observations=observations,
            changes=tuple(_change(row) for row in values["changes"]),
            transaction=transaction.get("id", ""),
            safety_line=transaction.get("safety_line", ""),
            outcome=transaction.get("outcome", ""),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise IntentError("a kept run cannot be read", found=str(error), where=str(home)) from error


def _change(row: dict[str, Any]) -> Change:
    commands = row["commands"]
    return Change(
        row["member"],
        tuple(one["text"] for one in commands),
        tuple(one["impact"] for one in commands),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
