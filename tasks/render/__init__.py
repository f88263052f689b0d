"""From intent to configuration: facts, tree and text of a member, with no device."""

from __future__ import annotations

from itertools import chain

from inventory.facts import ConfigTree
from inventory.lines import Statement
from inventory.model import Pair, Side
from parsers.tree import fold, printed, write_tree
from tasks.render import backup, bfd, system, trunk

SOURCES = (
    system.system,
    system.monitor_groups,
    system.interfaces,
    bfd.bfd,
    trunk.e_trunks,
    backup.services,
    backup.profiles,
)


def facts(pair: Pair, side: Side) -> tuple[Statement, ...]:
    """Render the owned lines of a member.

    Args:
        pair: the intent.
        side: `a` or `b`.

    Returns:
        One fact a line in the order in which the device prints them; a secret stands as `<secret:NAME>`.
        Views that Hotpair only enters (interfaces, pools, VLANs, VSIs) are in the path of their lines.
    """
    rendered = _rendered(pair, side)
    places = {below: number for number, below in enumerate(printed(rendered))}
    return tuple(sorted(rendered, key=lambda fact: places[fact.below]))


def _rendered(pair: Pair, side: Side) -> tuple[Statement, ...]:
    """Render the owned lines of a member, in the order of their tables."""
    written = chain.from_iterable(source(pair, side) for source in SOURCES)
    place = pair.placing()
    return tuple(
        line.at(line.within, place((line.place and line.place.path) or ""))
        for line in written
        if line.row.shown or not line.is_default
    )


def tree(pair: Pair, side: Side) -> ConfigTree:
    """Render the owned lines of a member as a tree, sections and lines in printing order."""
    return fold(_rendered(pair, side))


def text(pair: Pair, side: Side) -> str:
    """Render the owned lines of a member in the form of `display current-configuration`."""
    return write_tree(tree(pair, side))


__all__ = ["facts", "text", "tree"]
