"""Which lines of two configurations make up the pair: from its channels and E-Trunks along the references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inventory.facts import ConfigTree
from parsers.tree import Foreign, owned_lines
from tasks.plan.items import Item, Items, Key, items_of
from tasks.plan.needs import met_by
from tasks.plan.ownership import MULTICAST_SERVICES, removable

_ENDS = frozenset({"rbs.peer", "rbs.peer-ipv6", "et.peer-address", "et.peer-ipv6"})
_ROOTS = frozenset({"rbs.create", "et.create"})
_WITH_GROUPS = frozenset({"vrrp.interface-recover-delay", "vrrp6.recover-delay"})
_NAMED = frozenset({"mg.create", "rmg.create", "bfd.session"})
_BINDING = "l2 binding vsi "


@dataclass(frozen=True, slots=True)
class Selected:
    """Lines of one member.

    Args:
        items: the pair's own lines.
        others: lines of kinds that Hotpair knows, which are not the pair's.
        foreign: all other lines.
    """

    items: Items
    others: tuple[Item, ...]
    foreign: tuple[Foreign, ...]


def select(a: ConfigTree, b: ConfigTree, *, whole: bool = False) -> tuple[Selected, Selected]:
    """Choose the lines of each member that make up the pair; of the whole, all that an intent can hold.

    A channel or E-Trunk belongs to the pair when both members have it under one name, or when its ends mirror
    the ends of one on the other member: so a pair with a wrong address is still read, mistake and all. What
    one member uses, the other one has for the same purpose.
    """
    one, two = items_of(a), items_of(b)
    if whole:
        return _selected(a, one, frozenset(one), set()), _selected(b, two, frozenset(two), set())
    of_a, of_b = _chosen(a, one, two), _chosen(b, two, one)
    shared = {key[:1] for key in of_a | of_b if key[0][0] in _NAMED}
    return _selected(a, one, of_a, shared), _selected(b, two, of_b, shared)


def _selected(tree: ConfigTree, items: Items, chosen: frozenset[Key], shared: set[Key]) -> Selected:
    chosen |= {key for key in items if key[:1] in shared}
    chosen |= _needed(chosen, items)
    chosen |= {key for key, item in items.items() if _is_about(item, chosen, items)}
    return Selected(
        Items({key: item for key, item in items.items() if key in chosen}),
        tuple(item for key, item in items.items() if key not in chosen and not item.row.holder),
        tuple(at for at in owned_lines(tree) if isinstance(at, Foreign)),
    )


def _chosen(tree: ConfigTree, mine: Items, theirs: Items) -> frozenset[Key]:
    """Give the pair's own lines, and those that belong to the interfaces where it works."""
    foreign = tuple(at for at in owned_lines(tree) if isinstance(at, Foreign))
    roots = {key: mine[key] for key in mine if mine[key].row.id in _ROOTS and _common(key, mine, theirs)}
    joins = {key: item for key, item in mine.items() if _joins(item, roots)}
    named = roots | joins | {key: item for key, item in mine.items() if item.view in roots}
    chosen = removable(Items(named), mine, foreign)
    bound = {mine[key].path[0] for key in chosen if mine[key].row.id == "if.rbp"}
    grouped = {mine[key].path[0] for key in chosen if mine[key].row.id.startswith("vrrp")}
    trunks = {mine[key].path[0] for key in chosen if mine[key].row.id == "if.e-trunk"}
    multicast = any(
        mine[key].row.id == "rbp.service-type" and mine[key].params["service"] in MULTICAST_SERVICES
        for key in chosen
    )
    vsis = {at.line.text.removeprefix(_BINDING) for at in foreign if _is_binding(at, bound)}

    def works_there(item: Item) -> bool:
        view = item.path[0] if item.path else ""
        row = item.row.id
        return (
            (view in bound and row.startswith("if.track-"))
            or (view in grouped and row in _WITH_GROUPS)
            or (view in grouped and multicast and any(one.kind == "multicast" for one in item.row.belongs))
            or item.around.get("@vsi") in vsis
            or (
                item.row.slot == "bfd.session"
                and f"interface {item.params.get('interface')}" in trunks | bound
            )
        )

    here = {key for key, item in mine.items() if works_there(item)}
    return chosen | here | {key for key in mine if key[:1] in here}


def _joins(item: Item, roots: Mapping[Key, Item]) -> bool:
    """Tell whether a line puts an Eth-Trunk into one of the pair's E-Trunks."""
    e_trunks = {root.around.get("e-trunk-id") for root in roots.values()}
    return item.row.id == "if.e-trunk" and item.around["e-trunk-id"] in e_trunks


def _is_binding(at: Foreign, interfaces: set[str]) -> bool:
    """Tell whether a service interface is bound to a VSI there."""
    return bool(at.path) and at.path[0] in interfaces and at.line.text.startswith(_BINDING)


def _common(key: Key, mine: Items, theirs: Items) -> bool:
    if key in theirs:
        return True
    ends = {_ends(item) for item in theirs.values() if item.row.id in _ENDS}
    own = next((item for item in mine.values() if item.row.id in _ENDS and item.view == key), None)
    return own is not None and (own.row.id, *reversed(_ends(own)[1:])) in ends


def _ends(item: Item) -> tuple[str, ...]:
    params = item.params
    peer = params.get("peer-ip", params.get("peer-ipv6", ""))
    return item.row.id, peer, params.get("source-ip", params.get("source-ipv6", ""))


def _needed(chosen: frozenset[Key], items: Items) -> frozenset[Key]:
    """Give the device-wide lines that chosen lines need."""
    return frozenset(
        other.key for key in chosen for _, by in met_by(items[key], items) for other in by if other.row.shared
    )


def _is_about(item: Item, chosen: frozenset[Key], items: Items) -> bool:
    """Tell whether a device-wide line acts on objects of the kind of a chosen one."""
    return item.row.shared and any(
        (items[key].row.slot or items[key].row.id) == item.row.serves for key in chosen
    )


def left_alone(selected: Selected) -> Iterator[str]:
    """Describe what was seen and left alone, one line each."""
    for item in selected.others:
        yield " / ".join((*item.path, item.text))
    sections: dict[str, int] = {}
    for at in selected.foreign:
        head = at.path[0] if at.path else at.line.text
        sections[head] = sections.get(head, 0) + 1 + _below(at)
    for head, lines in sections.items():
        yield head if lines == 1 and not head.startswith("interface") else f"{head} (lines: {lines})"


def _below(at: Foreign) -> int:
    return sum(1 + _below(Foreign((), child)) for child in at.line.children)
