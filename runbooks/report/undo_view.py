"""What taking a transaction back would do: lines that go and come, and what each does to traffic."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from inventory.lines.impact import HITLESS, Impact, counted
from runbooks.report.plan_view import MARK, STYLE, counts_view
from tasks.plan.items import items_of
from tasks.transaction.owned import line_of
from tasks.transaction.undo import MemberUndo, PairUndo


def undo_view(planned: PairUndo) -> RenderableType:
    """Show what taking a transaction back would do, marked as a plan is."""
    lines = [Text(f"{planned.transaction} of pair {planned.pair} taken back:")]
    counts = dict.fromkeys(Impact, 0)
    for letter, one in (("a", planned.a), ("b", planned.b)):
        head = f"{one.plan.member} ({letter})"
        lines.append(Text(head if one.commits else f"{head}: no part in it", style="bold"))
        for sign, line, impact in undone_lines(one):
            counts[impact] += 1
            lines.append(Text(f"{MARK[impact]} {sign} {line}", style=STYLE[impact]))
    return Group(*lines, counts_view(planned.pair, counts))


def undone_lines(one: MemberUndo) -> Iterator[tuple[str, str, Impact]]:
    """Yield each line that goes (`-`) or comes (`+`) on a member, with what that does to traffic."""
    if not one.plan.forward:
        return
    base, after = items_of(one.plan.base), items_of(one.plan.forward[-1].predicted)
    goes = {line_of(item): item for item in base.values()}
    comes = {line_of(item): item for item in after.values()}
    for line in one.going:
        yield "-", line, counted(goes[line].row.impact[1]) if line in goes else Impact.AFFECTS_SERVICE
    for line in one.coming:
        item = comes.get(line)
        if item is None:
            yield "+", line, Impact.AFFECTS_SERVICE
        else:
            fresh = item.view in after and item.view not in base  # nothing rides on what was not there
            yield "+", line, HITLESS if fresh else counted(item.row.impact[0])
