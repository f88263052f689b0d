"""How much an archive holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from runbooks.archive.opening import Archive
from runbooks.archive.tables import blobs, findings, pairs, runs


@dataclass(frozen=True, slots=True)
class Contents:
    """How much an archive holds.

    Args:
        runs: how many runs.
        pairs: of how many pairs.
        open_findings: how many findings are open.
        texts: how many different texts.
        text_bytes: their length before compression.
        oldest: start of the oldest run; nothing when there is none.
        newest: start of the newest run.
    """

    runs: int
    pairs: int
    open_findings: int
    texts: int
    text_bytes: int
    oldest: datetime | None
    newest: datetime | None


def contents(archive: Archive) -> Contents:
    """Tell how much an archive holds."""
    with archive.reading() as connection:
        count, oldest, newest = connection.execute(
            select(func.count(), func.min(runs.c.started_at), func.max(runs.c.started_at))
        ).one()
        texts, size = connection.execute(select(func.count(), func.sum(blobs.c.size))).one()
        opened = select(func.count()).select_from(findings).where(findings.c.until.is_(None))
        return Contents(
            runs=count,
            pairs=connection.scalar(select(func.count()).select_from(pairs)) or 0,
            open_findings=connection.scalar(opened) or 0,
            texts=texts,
            text_bytes=int(size or 0),
            oldest=oldest,
            newest=newest,
        )
