"""From intent to configuration: facts, tree and text of a member, with no device."""

from __future__ import annotations

from itertools import chain

from inventory.facts import ConfigTree, Fact
from inventory.lines import OWNED
from inventory.model import Pair, Side
from parsers.tree import fold, write_tree
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


def facts(pair: Pair, side: Side) -> tuple[Fact, ...]:
    """Render the owned lines of a member.

    Args:
        pair: the intent.
        side: `a` or `b`.

    Returns:
        One fact a line in the order in which the device prints them; a secret stands as `<secret:NAME>`.
        Views that Hotpair only enters (interfaces, pools, VLANs, VSIs) are in the path of their lines.
    """
    written = chain.from_iterable(source(pair, side) for source in SOURCES)
    lines = (line for line in written if OWNED[line.id].shown or not OWNED[line.id].is_default(line.params))
    rendered = tuple(line.fact(pair.place(line.origin)) for line in lines)
    places = {(*path, line.text): number for number, (path, line) in enumerate(fold(rendered).walk())}
    return tuple(sorted(rendered, key=lambda fact: places[(*fact.path, fact.text)]))


def tree(pair: Pair, side: Side) -> ConfigTree:
    """Render the owned lines of a member as a tree, sections and lines in printing order."""
    return fold(facts(pair, side))


def text(pair: Pair, side: Side) -> str:
    """Render the owned lines of a member in the form of `display current-configuration`."""
    return write_tree(tree(pair, side))


__all__ = ["facts", "text", "tree"]
