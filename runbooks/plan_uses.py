"""Which transactions began from a plan file: a plan is deployed once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from inventory.errors import IntentError, RefusedError
from tasks.transaction.ends import End
from tasks.transaction.journal import journal_path
from tasks.transaction.listing import Listed, listed


def note_use(journals: Path, plan: str, transaction: str) -> None:
    """Note that a transaction begins from a plan.

    Args:
        journals: folder of the journals.
        plan: id of the plan.
        transaction: its id.

    Raises:
        RefusedError: it cannot be noted.
    """
    try:
        journals.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _path(journals, plan).open("a", encoding="utf-8") as file:
            file.write(f"{transaction}\n")
    except OSError as error:
        raise RefusedError(
            "the use of the plan cannot be noted; nothing was sent",
            found=error.strerror,
            where=str(_path(journals, plan)),
        ) from error


def deployed_as(journals: Path, plan: str) -> Listed | None:
    """Return the transaction by which a plan was deployed from here; nothing where none was done."""
    try:
        ids = _path(journals, plan).read_text(encoding="utf-8").split()
    except OSError:
        return None
    done = (found for one in reversed(ids) if (found := _listed(journals, one)) and found.end is End.DONE)
    return next(done, None)


def _listed(journals: Path, transaction: str) -> Listed | None:
    try:
        path = journal_path(journals, transaction)
    except IntentError:  # somebody wrote into the note
        return None
    return listed(path, datetime.now(UTC)) if path.is_file() else None


def _path(journals: Path, plan: str) -> Path:
    return journals / f"{plan}.used"
