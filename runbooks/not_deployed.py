"""A pair that was taken away from here and of which nothing is left: `check` says so in one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inventory.model import SIDES, Pair, Side
from parsers.api import configuration_text
from parsers.tree import read_tree
from runbooks.brought import done
from runbooks.drift import COMMAND
from runbooks.report.run import Run
from tasks.checks.check import doubt_of
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.render import tree as rendered
from tasks.transaction.listing import Listed
from tasks.transaction.owned import lines_of

NAME = "deployed"
TITLE = "The pair is deployed."


def told_as_removed(run: Run, pair: Pair, journals: Path) -> Run:
    """Give a run whose one finding is that the pair is not deployed; as it is where that is not known.

    It is known where the last transaction of the pair that was done from here left none of the intent's lines
    and took some away, and both members were seen without any.

    Args:
        run: of a check.
        pair: intent.
        journals: folder of the journals.
    """
    if not (mine := done(journals, pair.name)) or not _took_all(mine[-1], pair) or not _gone(run, pair):
        return run
    last = mine[-1]
    complaint = Complaint(
        f"not deployed: taken away by {last.id} on {last.last_at[:10]}, and nothing of it is left",
        device=f"{pair.members.a}, {pair.members.b}",
        command=COMMAND,
    )
    again = f"hotpair deploy {pair.name}"
    result = CheckResult(
        NAME, pair.name, Outcome.FAILURE, TITLE, ("configuration",), (complaint,), next_command=again
    )
    return replace(run, results=(result,))


def _lines(pair: Pair, side: Side) -> frozenset[str]:
    """Give the lines that the intent asks for; views of others that they stand in are none."""
    return frozenset(
        line for line, path in lines_of(rendered(pair, side)).places.items() if path or " / " in line
    )


def _took_all(last: Listed, pair: Pair) -> bool:
    """Tell whether a transaction took lines of the intent away on both members, and left none."""
    if last.opening is None or last.opening.members != (pair.members.a, pair.members.b):
        return False
    for side in SIDES:
        record, wanted = last.opening.of(side), _lines(pair, side)
        if wanted & {*record.new} or not wanted & {*record.base}:
            return False
    return True


def _gone(run: Run, pair: Pair) -> bool:
    """Tell whether both members were seen, and hold none of the intent's lines."""
    seen = {one.member: one for one in run.observations if one.command == COMMAND}
    for side in SIDES:
        shown = seen.get(pair.members.of(side))
        if shown is None or doubt_of(shown) is not None:
            return False
        running = lines_of(read_tree(configuration_text(shown.parsed), shown.member))
        if _lines(pair, side) & running.places.keys():
            return False
    return True
