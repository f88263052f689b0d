"""What must go and what must come, from the wanted and the running lines: undo-first and its consequences.

1. A line that is there and not wanted goes; one that is wanted and not there comes.
2. A line with another value is entered over the old one, or goes first where the device cannot change it
   in place (R40-R54, R67).
3. What firmly needs a line that goes, goes before it, and comes again when it is still wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inventory.errors import RefusedError
from inventory.lines import Statement
from inventory.lines.statement import Key
from inventory.lines.vrrp import VRRP, VRRP6
from tasks.plan.items import Items
from tasks.plan.needs import dependants


@dataclass(frozen=True, slots=True)
class Changes:
    """Lines that go and lines that come, with the rule that asks for it where one does.

    Args:
        go: lines of the running configuration to undo first, in its order.
        come: lines to enter, in the order in which they are wanted.
        go_late: lines that may only go once others have come (the old virtual IP of a group that stays, R60).
        rules: rule ids by key of the line.
    """

    go: Mapping[Key, Statement]
    come: Mapping[Key, Statement]
    go_late: Mapping[Key, Statement]
    rules: Mapping[Key, str]


_GROUPS = frozenset({VRRP.create, VRRP6.create})


def changes(want: Items, running: Items, ours: frozenset[Key]) -> Changes:
    """Compare wanted with running lines.

    Args:
        want: lines that shall be there.
        running: owned lines that are there.
        ours: keys of the running lines that may be taken away when they are not wanted.

    Raises:
        RefusedError: a line that must go for a while is needed by lines that are not the pair's.
    """
    rules: dict[Key, str] = {}
    go = {key: item for key, item in running.items() if key in ours and key not in want}
    come = {key: item for key, item in want.items() if not _same(item, running.get(key))}
    late = {key: item for key, item in go.items() if _in_kept_group(item, want)}
    for key, item in come.items():
        old = running.get(key)
        if item.view in running and item.row.live_rule:
            rules[key] = item.row.live_rule
        if old and (old.row.undo_first or old.row.id != item.row.id):
            go[key] = old
            rules[key] = old.row.undo_first
    go = {key: item for key, item in go.items() if key not in late}
    for gone, rule in list(_leaving_first(go, come, running)):
        _refuse_foreign(gone, rule, want, ours)
        go[gone.key] = gone
        rules.setdefault(gone.key, rule)
    _spread(go, want, running, ours, rules)
    come |= {key: want[key] for key in go if key in want}
    return Changes(
        {key: go[key] for key in running.in_order(go)},
        {key: want[key] for key in want.in_order(come)},
        late,
        rules,
    )


def _same(item: Statement, other: Statement | None) -> bool:
    return other is not None and item.value == other.value


def _in_kept_group(item: Statement, want: Items) -> bool:
    """Tell whether a virtual IP leaves a group that stays: its successor comes first.

    The first virtual IP of a VRRP6 group is its link-local one; that one cannot be followed by another.
    """
    if item.row not in _GROUPS or "link-local" in item.params:
        return False
    return bool(want.where(item.row.id, {name: item.around[name] for name in ("@interface", "vrid")}))


def _leaving_first(
    go: Mapping[Key, Statement], come: Mapping[Key, Statement], running: Items
) -> Iterator[tuple[Statement, str]]:
    for item in {**go, **come}.values():
        for leaver in item.row.leavers:
            if item.key not in running and not leaver.from_default:
                continue
            if all(own in item.around for own in leaver.where):
                where = {its: item.around[own] for own, its in leaver.where.items()}
                for other in running.where(leaver.row, where):
                    if other.key != item.key:
                        yield other, leaver.rule


def _spread(
    go: dict[Key, Statement],
    want: Items,
    running: Items,
    ours: frozenset[Key],
    rules: dict[Key, str],
) -> None:
    """Let everything go that firmly needs what goes."""
    new = list(go.values())
    while new:
        lost = list(dependants(new, go.keys(), running))
        new = [item for item, _ in lost]
        for item, need in lost:
            _refuse_foreign(item, need.rule, want, ours)
            go[item.key] = item
            if item.key in want:
                rules.setdefault(item.key, need.rule)


def _refuse_foreign(item: Statement, rule: str, want: Items, ours: frozenset[Key]) -> None:
    if item.key not in ours and item.key not in want:
        raise RefusedError(
            "a line that must be undone is needed by a line that is not the pair's",
            found=" / ".join((*item.path, item.text)),
            wanted=f"nothing that needs it ({rule})",
        )
