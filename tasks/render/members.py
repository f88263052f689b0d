"""Members as lint sees them, from an intent or from configurations."""

from __future__ import annotations

from inventory.facts import ConfigTree
from inventory.model import Pair, Side
from inventory.rules import Member, underlay
from parsers.tree import facts as owned_facts
from tasks.render import facts


def intended_member(pair: Pair, side: Side) -> Member:
    """Return a member of an intent; the addresses of its interfaces are not known."""
    return Member(pair.members.of(side), facts(pair, side))


def configured_member(name: str, tree: ConfigTree) -> Member:
    """Return the member that a configuration describes.

    Args:
        name: what to call it in findings.
        tree: its configuration, as `parsers.tree.read_tree` reads it.
    """
    return Member(name, owned_facts(tree)[0], underlay(tree))
