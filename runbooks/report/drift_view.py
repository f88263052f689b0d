"""Drift as a diff: `-` is a line of the intent that is not there, `+` one that runs instead or beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from runbooks.drift_asked import ABSENT, CHANGED, COMMAND, EXTRA, MISSING
from tasks.checks.model import CheckResult, Complaint

_LINES = frozenset({MISSING, EXTRA, CHANGED})


def is_diff(result: CheckResult) -> bool:
    """Tell whether a result is of lines that differ, and of nothing else."""
    return bool(result.complaints) and all(one.text in _LINES for one in result.complaints)


def diff_of(complaints: Iterable[Complaint]) -> Iterator[str]:
    """Write complaints about lines as a diff, with whose commit it was behind the line.

    Args:
        complaints: of one member.
    """
    given = tuple(complaints)
    yield "--- the intent"
    yield f"+++ {given[0].device} (`{COMMAND}`)"
    views: dict[tuple[str, ...], list[Complaint]] = {}
    for one in given:
        line = one.wanted if one.wanted != ABSENT else one.found
        views.setdefault(tuple(line.split(" / ")[:-1]), []).append(one)
    for view, those in views.items():
        if view:
            yield f"  {' / '.join(view)}"
        indent = " " if view else ""
        for one in those:
            signed = [(sign, line) for sign, line in (("-", one.wanted), ("+", one.found)) if line != ABSENT]
            for number, (sign, line) in enumerate(signed, start=1):
                hand = f"   changed by {one.hand}" if one.hand and number == len(signed) else ""
                yield f"{sign} {indent}{line.split(' / ')[-1]}{hand}"
