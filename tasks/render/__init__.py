"""From intent to configuration: facts, tree and text of a member, with no device."""

from __future__ import annotations

from itertools import chain

from inventory.facts import ConfigTree
from inventory.lines import Statement
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


def facts(pair: Pair, side: Side) -> tuple[Statement, ...]:
    """Render the owned lines of a member.

    Args:
        pair: the intent.
        side: `a` or `b`.

    Returns:
        One fact a line in the order in which the device prints them; a secret stands as `<secret:NAME>`.
        Views that Hotpair only enters (interfaces, pools, VLANs, VSIs) are in the path of their lines.
    """
    written = chain.from_iterable(source(pair, side) for source in SOURCES)
    stated = (_placed(pair, line) for line in written)
    rendered = tuple(line for line in stated if line.row.shown or not line.is_default)
    places = {(*path, line.text): number for number, (path, line) in enumerate(fold(rendered).walk())}
    return tuple(sorted(rendered, key=lambda fact: places[(*fact.path, fact.text)]))


def _placed(pair: Pair, line: Statement) -> Statement:
    """Find where the file has what asks for a line."""
    asked = line.place.path if line.place else None
    return line.at(line.within, pair.place(asked or ""))


def tree(pair: Pair, side: Side) -> ConfigTree:
    """Render the owned lines of a member as a tree, sections and lines in printing order."""
    return fold(facts(pair, side))


def text(pair: Pair, side: Side) -> str:
    """Render the owned lines of a member in the form of `display current-configuration`."""
    return write_tree(tree(pair, side))


__all__ = ["facts", "text", "tree"]
