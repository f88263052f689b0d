"""Checks by the owned lines: what no display shows is judged by what is configured, and named as such.

A line says what a device was told, not what it does; so a line is judged here only where no display tells
more. `fields` holds which display tells which line. Lines too many count like lines too few, where they are
the pair's own by `tasks.plan.ownership`; those of services too that a display would tell, since it is asked
only where the intent has the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from inventory.facts import ConfigLine, ConfigTree
from inventory.lines import Statement, multicast, snooping
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import IF_TRACK_ADMIN, IF_TRACK_MG
from inventory.model import SIDES, Pair, Side
from parsers.api import configuration_text
from parsers.tree import read_tree
from tasks.checks.check import Answers, Check, Need
from tasks.checks.configuration import RUNNING
from tasks.checks.fields import SHOWN
from tasks.checks.model import ABSENT, Complaint, Observation
from tasks.plan.items import Items, owned_and_foreign, read_items
from tasks.plan.ownership import removable
from tasks.render import facts

SERVICES: Final = frozenset(
    {
        *multicast.SYSTEM,
        *multicast.INTERFACE,
        *snooping.IGS,
        *snooping.VSI_IGS,
        snooping.VSI_L2MC_BACKUP,
        *snooping.INTERFACE,
        IF_TRACK_MG,
        IF_TRACK_ADMIN,
        VRRP.track_admin,
        VRRP6.track_admin,
    }
)
"""Rows of the lines that make an interface serve users: multicast, snooping, and what takes it down."""

Belongs = Callable[[Statement], bool]


def _is_judged(item: Statement) -> bool:
    """Tell whether a line is judged here: no display shows all that it says."""
    hidden = SHOWN.get(item.row)
    return not item.row.holder and (hidden is None or bool(hidden & item.params.keys()))


def _is_service(item: Statement) -> bool:
    return item.row in SERVICES


def _is_other(item: Statement) -> bool:
    return item.row not in SERVICES


@dataclass(frozen=True, slots=True)
class Owned:
    """A configuration of a member as the planner sees it.

    Args:
        tree: all of it.
        items: its owned lines.
        foreign: the others.
    """

    tree: ConfigTree
    items: Items
    foreign: tuple[ConfigLine, ...]


@lru_cache(maxsize=8)
def owned_in(text: str, member: str) -> Owned:
    """Read a configuration of a member: its owned lines, and the others."""
    tree = read_tree(text, member)
    return Owned(tree, *owned_and_foreign(tree))


def _members(pair: Pair) -> Mapping[str, Side]:
    return {f"lines of {pair.members.of(side)}": side for side in SIDES}


def _with_interfaces(pair: Pair) -> Mapping[str, Side]:
    """Return the members on which the intent has lines of services."""
    return {
        name: side
        for name, side in _members(pair).items()
        if pair.system.igmp_snooping_instances or any(one.on(side) for one in pair.interfaces)
    }


def _lines(belongs: Belongs, answers: Answers, side: Side) -> Iterator[Complaint]:
    """Find lines that are not there, say something else, or are too many."""
    seen: Observation = answers.observations[answers.device(side), RUNNING]
    there = owned_in(configuration_text(seen.parsed), answers.device(side))
    running, foreign = there.items, there.foreign
    wanted = read_items(facts(answers.pair, side))
    for key, item in wanted.items():
        runs = running.get(key)
        if belongs(item) and _is_judged(item) and (runs is None or runs.value != item.value):
            found = "none" if runs is None else runs.text
            yield answers.complaint(side, RUNNING, "a line is not as intended", _shown(item), found)
    for key in removable(wanted, running, foreign):
        item = running[key]
        if belongs(item) and (_is_judged(item) or _is_service(item)) and key not in wanted:
            yield answers.complaint(
                side, RUNNING, "a line is there that the intent does not have", ABSENT, _shown(item)
            )


def _shown(item: Statement) -> str:
    return " / ".join((*item.path, item.text))


def _needs(_pair: Pair, side: Side) -> tuple[Need, ...]:
    return (Need(side, RUNNING),)


CHECKS: Final = (
    Check(
        "service-lines",
        "What no display shows of multicast, snooping and what takes interfaces down stands as intended "
        "(by the owned lines)",
        ("services", "lines", "configuration"),
        _with_interfaces,
        _needs,
        partial(_lines, _is_service),
    ),
    Check(
        "owned-lines",
        "What else no display shows stands as intended (by the owned lines)",
        ("lines", "configuration"),
        _members,
        _needs,
        partial(_lines, _is_other),
    ),
)
