"""A pair of which nothing is on either member: taken away from here, or never deployed from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from inventory.model import SIDES, Pair, Side
from parsers.api import configuration_text
from parsers.tree import read_tree
from runbooks.brought import done
from runbooks.drift_asked import COMMAND, has_drifted
from runbooks.report.run import Run
from tasks.checks.check import doubt_of
from tasks.checks.model import DEPLOYED, CheckResult, Complaint, Outcome
from tasks.render import tree as rendered
from tasks.transaction.listing import Listed
from tasks.transaction.owned import lines_of

TITLE = "The pair is deployed."
_INTERFACE = "interface "
"""Views that stand there whether anything is configured in them or not."""


def told_if_absent(runs: Iterable[Run], pairs: Mapping[str, Pair], journals: Path) -> tuple[Run, ...]:
    """Say of each pair of which nothing is on either member, as both were seen, that it is not deployed.

    Where the last transaction of the pair that was done from here took all of it away, that is its one
    finding. Where none was done from here it is told beside the others: whose hand it was is not known here.
    A pair that was deployed from here and is gone has drifted.

    Args:
        runs: of a check.
        pairs: their intents, by name.
        journals: folder of the journals.
    """
    runs = tuple(runs)
    gone = {run.pair for run in runs if has_drifted(run.results) and _gone(run, pairs[run.pair], _lines)}
    mine = done(journals, gone) if gone else {}
    return tuple(
        _told(run, pairs[run.pair], mine.get(run.pair, ())) if run.pair in gone else run for run in runs
    )


def _told(run: Run, pair: Pair, mine: Sequence[Listed]) -> Run:
    """Add the finding to a run, or put it in the place of all others.

    Args:
        run: that saw nothing of the pair on either member.
        pair: intent.
        mine: transactions of the pair that were done from here, the oldest first.
    """
    if not mine:
        if not _gone(run, pair, _with_views):
            return run
        why = "nothing of it is on either member, and no transaction from here deployed it"
        return replace(run, results=(_absent(pair, why), *run.results))
    last = mine[-1]
    if not _took_all(last, pair):
        return run
    why = f"taken away by {last.id} on {last.last_at[:10]}, and nothing of it is left"
    return replace(run, results=(_absent(pair, why),))


def _absent(pair: Pair, why: str) -> CheckResult:
    devices = f"{pair.members.a}, {pair.members.b}"
    complaint = Complaint(f"not deployed: {why}", device=devices, command=COMMAND)
    again = f"hotpair deploy {pair.name}"
    return CheckResult(
        DEPLOYED, pair.name, Outcome.FAILURE, TITLE, ("configuration",), (complaint,), next_command=again
    )


def _lines(pair: Pair, side: Side) -> frozenset[str]:
    """Return the lines that the intent asks for; views of others that they stand in are none."""
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


def _with_views(pair: Pair, side: Side) -> frozenset[str]:
    """Return the lines that the intent asks for and the views that they stand in, but for interfaces."""
    views = (line for line in lines_of(rendered(pair, side)).places if not line.startswith(_INTERFACE))
    return _lines(pair, side) | {*views}


def _gone(run: Run, pair: Pair, lines: Callable[[Pair, Side], frozenset[str]]) -> bool:
    """Tell whether both members were seen, and hold none of some lines."""
    seen = {one.member: one for one in run.observations if one.command == COMMAND}
    for side in SIDES:
        shown = seen.get(pair.members.of(side))
        if shown is None or doubt_of(shown) is not None:
            return False
        running = lines_of(read_tree(configuration_text(shown.parsed), shown.member))
        wanted = lines(pair, side)
        if not wanted or wanted & running.places.keys():
            return False
    return True
