"""A run as CSV: one row a complaint, or a check without any."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from runbooks.report.run import Run
from tasks.checks.model import Complaint, Outcome

COLUMNS = (
    "run", "pair", "check", "subject", "outcome", "message", "wanted", "found", "device", "command", "note",
    "converged_after_s",
)  # fmt: skip

# A spreadsheet runs a cell that starts so as a formula; device text may start with anything.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def to_csv(run: Run) -> str:
    """Return a run as CSV text with a header row."""
    return as_csv(rows_of(run))


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV text with a header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_inert(value) for value in row] for row in rows)
    return out.getvalue()


def rows_of(run: Run) -> Iterator[Sequence[str]]:
    """Yield the rows of a run."""
    for result in run.results:
        after = "" if result.converged_after_s is None else f"{result.converged_after_s:.3f}"
        for said in result.complaints or (Complaint(""),):
            yield (
                run.id, run.pair, result.check, result.subject, result.outcome.value,
                said.text, said.wanted, said.found, said.device, said.command, result.note, after,
            )  # fmt: skip


def row_without_run(pair: str, why: str) -> Sequence[str]:
    """Return the row of a pair that gave no result.

    Args:
        pair: name.
        why: it gave none.
    """
    return ("", pair, "", "", Outcome.ERROR.value, why, *[""] * (len(COLUMNS) - 6))


def _inert(value: str) -> str:
    """Keep a spreadsheet from running the cell."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
