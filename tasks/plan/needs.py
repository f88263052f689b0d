"""Which lines meet the needs of a line, as its row states them, and which needs are lost when lines go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from inventory.lines import OWNED, Statement
from inventory.lines.needs import Need
from inventory.lines.statement import Key
from tasks.plan.items import Items


def met_by(item: Statement, items: Items) -> Iterator[tuple[Need, tuple[Statement, ...]]]:
    """Yield each need of a line with the lines that meet it; none when nothing in `items` does.

    The view that holds the line is its first need.
    """
    if item.view in items:
        yield _VIEW, (items[item.view],)
    for need in item.row.needs:
        if all(name in item.around for name in need.where):
            yield need, _meeting(item, need, items)


def _meeting(item: Statement, need: Need, items: Items) -> tuple[Statement, ...]:
    """Return the lines that meet a need of a line; the line itself is none of them."""
    wanted = {**{its: item.around[mine] for mine, its in need.where.items()}, **need.only}
    found = chain.from_iterable(items.where(row, wanted) for row in need.on)
    return tuple(other for other in found if other.key != item.key)


_VIEW = Need("view", ())


def _needing() -> Mapping[str, tuple[tuple[str, Need], ...]]:
    rows: dict[str, list[tuple[str, Need]]] = {}
    for row in OWNED.values():
        for need in row.needs:
            for on in need.on if need.firm else ():
                rows.setdefault(on, []).append((row.id, need))
    return {on: tuple(needing) for on, needing in rows.items()}


_NEEDING = _needing()
"""Rows that firmly need a row, with the need."""


def dependants(
    new: Collection[Statement], gone: Collection[Key], items: Items
) -> Iterator[tuple[Statement, Need]]:
    """Yield the lines that firmly need what is gone and have nothing else to meet the need.

    Args:
        new: what has gone since the last look.
        gone: keys of all that is gone.
        items: all lines, those that are gone too.
    """
    concerned = {other.key for item in new for other in _concerned(item, items)}
    for key in items.in_order(concerned):
        need = None if key in gone else _lost_need(items[key], gone, items)
        if need:
            yield items[key], need


def _concerned(gone: Statement, items: Items) -> Iterator[Statement]:
    """Yield the lines that a line may have met a need of."""
    yield from items.in_view(gone.key)
    for row, need in _NEEDING.get(gone.row.id, ()):
        where = {mine: gone.around.get(its, "") for mine, its in need.where.items()}
        yield from items.where(row, where)


def _lost_need(item: Statement, gone: Collection[Key], items: Items) -> Need | None:
    if item.view in gone:
        return _VIEW
    for need in item.row.needs:
        if not need.firm or not all(name in item.around for name in need.where):
            continue
        meeting = _meeting(item, need, items)
        if meeting and all(other.key in gone for other in meeting):
            return need
    return None
