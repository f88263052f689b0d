"""Checks by the owned lines: what no display shows is judged by what is configured, and named as such.

A line says what a device was told, not what it does; so a line is judged here only where no display tells
more. `fields` holds which display tells which line. Lines too many count like lines too few, where they are
the pair's own by `tasks.plan.ownership`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Final

from inventory.model import SIDES, Pair, Side
from parsers.api import configuration_text
from parsers.tree import Foreign, owned_lines, read_tree
from tasks.checks.check import Answers, Check, Need
from tasks.checks.configuration import RUNNING
from tasks.checks.fields import SHOWN
from tasks.checks.model import Complaint, Observation
from tasks.plan.items import Item, Items, items_of, read_items
from tasks.plan.ownership import removable
from tasks.render import facts

SERVICES: Final = frozenset(
    {
        "mc.enable",
        "mc6.enable",
        "igs.enable",
        "igs.inst",
        "igs.version",
        "igs.proxy",
        "igs.querier",
        "vsi.igs.inst",
        "vsi.igs.version",
        "vsi.igs.proxy",
        "vsi.igs.querier",
        "vsi.l2mc-backup",
        "if.pim-sm",
        "if.pim6-sm",
        "if.pim-dr",
        "if.pim-ignore-dr",
        "if.pim-ignore-assert",
        "if.pim6-ignore",
        "if.igmp",
        "if.igmp-version",
        "if.igmp-static",
        "if.mld",
        "if.mld-version",
        "if.mc-track-vrrp",
        "if.mc-track-admin",
        "if.mc6-track-vrrp",
        "if.mc6-track-admin",
        "if.igs-backup-report",
        "if.igs-router-port",
        "if.track-mg",
        "if.track-admin",
        "vrrp.track-admin",
        "vrrp6.track-admin",
    }
)
"""Rows of the lines that make an interface serve users: multicast, snooping, and what takes it down."""

Judged = Callable[[Item], bool]


def _is_judged(item: Item) -> bool:
    """Tell whether a line is judged here: no display shows all that it says."""
    hidden = SHOWN.get(item.row.id)
    return not item.row.holder and (hidden is None or bool(hidden & item.params.keys()))


def _is_service(item: Item) -> bool:
    return _is_judged(item) and item.row.id in SERVICES


def _is_other(item: Item) -> bool:
    return _is_judged(item) and item.row.id not in SERVICES


@lru_cache(maxsize=8)
def _running(text: str, member: str) -> tuple[Items, tuple[Foreign, ...]]:
    """Read what runs on a member: its owned lines, and the others."""
    tree = read_tree(text, member)
    return items_of(tree), tuple(at for at in owned_lines(tree) if isinstance(at, Foreign))


def _members(pair: Pair) -> Mapping[str, Side]:
    return {f"lines of {pair.members.of(side)}": side for side in SIDES}


def _with_interfaces(pair: Pair) -> Mapping[str, Side]:
    """Give the members on which the intent has lines of services."""
    return {
        name: side
        for name, side in _members(pair).items()
        if pair.system.igmp_snooping_instances or any(one.on(side) for one in pair.interfaces)
    }


def _lines(judged: Judged, answers: Answers, side: Side) -> Iterator[Complaint]:
    """Find lines that are not there, say something else, or are too many."""
    seen: Observation = answers.observations[answers.device(side), RUNNING]
    running, foreign = _running(configuration_text(seen.parsed), answers.device(side))
    wanted = read_items(facts(answers.pair, side))
    for key, item in wanted.items():
        there = running.get(key)
        if judged(item) and (there is None or there.value != item.value):
            found = "none" if there is None else there.text
            yield answers.complaint(side, RUNNING, "a line is not as intended", _shown(item), found)
    for key in removable(wanted, running, foreign):
        item = running[key]
        if judged(item) and key not in wanted:
            yield answers.complaint(
                side, RUNNING, "a line is there that the intent does not have", "none", _shown(item)
            )


def _shown(item: Item) -> str:
    return " / ".join((*item.path, item.text))


def _needs(_pair: Pair, side: Side) -> tuple[Need, ...]:
    return (Need(side, RUNNING),)


CHECKS: Final = (
    Check(
        "service-lines",
        "PIM, IGMP, MLD, snooping and what takes interfaces down stand as intended (by the owned lines)",
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
