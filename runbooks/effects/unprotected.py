"""Interfaces with groups or users that are bound to no profile: nothing of theirs is backed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from inventory.facts import ConfigLine, ConfigTree
from inventory.model import Pair
from runbooks.effects.side_effects import TAGS
from tasks.checks.model import CheckResult, Observation, Outcome
from tasks.plan.model import PairPlan

UNPROTECTED: Final = "unprotected"
GROUPS: Final = ("display igmp group", "display mld group")
"""Displays of interfaces that carry somebody's groups."""
ASKED: Final = 20
"""Interfaces of subscribers that are asked for users, at most: a display each."""
_USERS = "display access-user interface {} summary"


def asked_for(plan: PairPlan) -> tuple[str, ...]:
    """Return the displays that tell who is on interfaces without a profile."""
    names = dict.fromkeys(name for one in plan.members for name in _open_to_users(one.predicted))
    return (*GROUPS, *(_USERS.format(name) for name in [*names][:ASKED]))


def unprotected(pair: Pair, plan: PairPlan, seen: Sequence[Observation]) -> tuple[CheckResult, ...]:
    """Tell interfaces that carry groups or users and are bound to no profile.

    Args:
        pair: intent.
        plan: of both members; its end tells which interfaces are bound.
        seen: groups and users of both members.
    """
    trees = {one.member: one.predicted for one in plan.members}
    told = sorted({where for one in seen for where in _told(one, trees.get(one.member))})
    names = {name for tree in trees.values() for name in _open_to_users(tree)}
    left = len(names) - ASKED
    said = ", ".join(told)
    notes = (
        f"bound to no profile, so that nothing of it is backed up: {said}" if told else "",
        f"not asked for users: {left} more interfaces without a profile" if left > 0 else "",
    )
    note = "; ".join(filter(None, notes))
    if not note:
        return ()
    title = "Every interface that carries groups or users is bound to a profile"
    return (CheckResult(UNPROTECTED, pair.name, Outcome.SKIPPED, title, TAGS, (), note),)


def _told(one: Observation, tree: ConfigTree | None) -> Iterator[str]:
    """Yield the interfaces without a profile that an answer tells to carry somebody."""
    if tree is None or one.parsed.unparsed:
        return
    if one.command in GROUPS:
        bound = {_name(line) for line in tree.lines if _is_bound(line)}
        for instance in one.parsed.records:
            for interface in instance.interfaces:
                if interface.groups and interface.name not in bound:
                    yield f"{interface.name} of {one.member}"
    for name in _open_to_users(tree):
        if one.command == _USERS.format(name) and any(row.total_users for row in one.parsed.records):
            yield f"{name} of {one.member}"


def _open_to_users(tree: ConfigTree) -> Iterator[str]:
    """Yield the interfaces on which subscribers dial in, and to which no profile is bound."""
    for line in tree.lines:
        dialled = any(child.text == "bas" for child in line.children)
        if line.text.startswith("interface ") and dialled and not _is_bound(line):
            yield _name(line)


def _name(line: ConfigLine) -> str:
    return line.text.removeprefix("interface ")


def _is_bound(line: ConfigLine) -> bool:
    below = ConfigTree((line,)).walk()
    return any(one.text.startswith("remote-backup-profile ") for _, one in below)
