"""Which lines meet the needs of a line, as its row states them, and which needs are lost when lines go."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from inventory.lines.needs import Need
from tasks.plan.items import Item, Items, Key


def met_by(item: Item, items: Items) -> Iterator[tuple[Need, tuple[Item, ...]]]:
    """Give each need of a line with the lines that meet it; none when nothing in `items` does.

    The view that holds the line is its first need.
    """
    if item.view in items:
        yield _VIEW, (items[item.view],)
    for need in item.row.needs:
        if all(name in item.around for name in need.where):
            yield need, tuple(other for other in items.values() if meets(item, need, other))


def meets(item: Item, need: Need, other: Item) -> bool:
    """Tell whether a line meets a need of another one."""
    return (
        other.row.id in need.on
        and other.key != item.key
        and all(
            item.around[mine].casefold() == other.around.get(its, "").casefold()
            for mine, its in need.where.items()
        )
        and all(other.around.get(name) == value for name, value in need.only.items())
    )


_VIEW = Need("view", ())


def dependants(gone: Collection[Item], items: Items) -> Iterator[tuple[Item, Need]]:
    """Give the lines that firmly need what is gone and have nothing else to meet the need."""
    lost = {item.key for item in gone}
    for item in items.values():
        if item.key in lost:
            continue
        need = _lost_need(item, gone, lost, items)
        if need:
            yield item, need


def _lost_need(item: Item, gone: Collection[Item], lost: set[Key], items: Items) -> Need | None:
    if item.view in lost:
        return _VIEW
    for need in item.row.needs:
        if not need.firm or not all(name in item.around for name in need.where):
            continue
        # few lines go, many stay: the many are looked at only when one of the few is concerned
        if any(meets(item, need, other) for other in gone) and not any(
            meets(item, need, other) for other in items.values() if other.key not in lost
        ):
            return need
    return None
