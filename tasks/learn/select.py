"""Which lines of two configurations make up the pair: from its channels and E-Trunks along the references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inventory.facts import ConfigLine, ConfigTree
from inventory.lines import Statement
from inventory.lines.bfd import BINDS
from inventory.lines.e_trunk import ET_CREATE, ET_PEER_ADDRESS, ET_PEER_IPV6
from inventory.lines.eth_trunk import IF_E_TRUNK
from inventory.lines.interface import IF_RBP
from inventory.lines.monitor import MG_CREATE, RMG_CREATE
from inventory.lines.profile import MULTICAST_SERVICES, RBP_SERVICE_TYPE
from inventory.lines.service import RBS_CREATE, RBS_PEER, RBS_PEER_IPV6
from inventory.lines.statement import Key
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import IF_TRACK_ADMIN, IF_TRACK_MG
from parsers.tree import known_lines
from tasks.plan.items import Items, items_of
from tasks.plan.needs import met_by
from tasks.plan.ownership import local_discriminators, mentioned, removable, watched

_ENDS = frozenset({RBS_PEER, RBS_PEER_IPV6, ET_PEER_ADDRESS, ET_PEER_IPV6})
_ROOTS = frozenset({RBS_CREATE, ET_CREATE})
_WITH_GROUPS = frozenset({VRRP.recover_delay, VRRP6.recover_delay})
_NAMED = frozenset({MG_CREATE.id, RMG_CREATE.id, *(row.slot for row in BINDS)})
_FOLLOWING = frozenset({IF_TRACK_ADMIN, IF_TRACK_MG})
_BINDING = "l2 binding vsi "


@dataclass(frozen=True, slots=True)
class Selected:
    """Lines of one member.

    Args:
        items: the pair's own lines, and those of what it shares with others.
        shared: what others use too: name of the object, and their lines.
        others: lines of kinds that Hotpair knows, which are not the pair's.
        foreign: all other lines.
    """

    items: Items
    shared: Mapping[str, tuple[str, ...]]
    others: tuple[Statement, ...]
    foreign: tuple[ConfigLine, ...]


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
    alike = {key[:1] for key in of_a | of_b if key[0][0] in _NAMED}
    alike |= {*_followed(of_a, one), *_followed(of_b, two)}
    return _selected(a, one, of_a, alike), _selected(b, two, of_b, alike)


def _followed(chosen: frozenset[Key], items: Items) -> Iterator[Key]:
    """Yield the sessions and groups that the pair's lines follow, whoever else does: no half is taken."""
    discriminators = local_discriminators(items)
    names = {name for key in chosen for name in watched(items[key], discriminators)}
    yield from (key for key in items if len(key) == 1 and key[0][0] in _NAMED and key[0][1] in names)


def _selected(tree: ConfigTree, items: Items, chosen: frozenset[Key], alike: set[Key]) -> Selected:
    chosen |= {key for key in items if key[:1] in alike}
    chosen |= _needed(chosen, items)
    chosen |= {key for key, item in items.items() if _is_about(item, chosen, items)}
    foreign = tuple(at for at in known_lines(tree) if not at.owned)
    own = Items({key: item for key, item in items.items() if key in chosen})
    others = tuple(item for key, item in items.items() if key not in chosen and not item.row.holder)
    return Selected(own, _shared(own, others, foreign, local_discriminators(items)), others, foreign)


def _shared(
    own: Items, others: Sequence[Statement], foreign: Sequence[ConfigLine], discriminators: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the sessions and groups of the pair that somebody else uses, each with those lines."""
    names = {key[0][1]: item.text for key, item in own.items() if len(key) == 1 and key[0][0] in _NAMED}
    used: dict[str, list[str]] = {}
    for item in others:
        for name in watched(item, discriminators) & names.keys():
            used.setdefault(names[name], []).append(" / ".join((*item.path, item.text)))
    for at in foreign:
        for name in mentioned(at) & names.keys():
            used.setdefault(names[name], []).append(" / ".join((*at.path, at.text)))
    return {text: tuple(lines) for text, lines in used.items()}


def _chosen(tree: ConfigTree, mine: Items, theirs: Items) -> frozenset[Key]:
    """Return the pair's own lines, and those that belong to the interfaces where it works."""
    foreign = tuple(at for at in known_lines(tree) if not at.owned)
    roots = {key: mine[key] for key in mine if mine[key].row in _ROOTS and _common(key, mine, theirs)}
    joins = {key: item for key, item in mine.items() if _joins(item, roots)}
    named = roots | joins | {key: item for key, item in mine.items() if item.view in roots}
    chosen = removable(Items(named), mine, foreign)
    bound = {mine[key].path[0] for key in chosen if mine[key].row is IF_RBP}
    grouped = {mine[key].path[0] for key in chosen if mine[key].row.family}
    trunks = {mine[key].path[0] for key in chosen if mine[key].row is IF_E_TRUNK}
    multicast = any(
        mine[key].row is RBP_SERVICE_TYPE and mine[key].params["service"] in MULTICAST_SERVICES
        for key in chosen
    )
    vsis = {at.text.removeprefix(_BINDING) for at in foreign if _is_binding(at, bound)}

    def works_there(item: Statement) -> bool:
        view = item.path[0] if item.path else ""
        return (
            (view in bound and item.row in _FOLLOWING)
            or (view in grouped and item.row in _WITH_GROUPS)
            or (view in grouped and multicast and any(one.kind == "multicast" for one in item.row.belongs))
            or item.around.get("@vsi") in vsis
            or (item.row in BINDS and f"interface {item.params.get('interface')}" in trunks | bound)
        )

    here = {key for key, item in mine.items() if works_there(item)}
    return chosen | here | {key for key in mine if key[:1] in here}


def _joins(item: Statement, roots: Mapping[Key, Statement]) -> bool:
    """Tell whether a line puts an Eth-Trunk into one of the pair's E-Trunks."""
    e_trunks = {root.around.get("e-trunk-id") for root in roots.values()}
    return item.row is IF_E_TRUNK and item.around["e-trunk-id"] in e_trunks


def _is_binding(at: ConfigLine, interfaces: set[str]) -> bool:
    """Tell whether a service interface is bound to a VSI there."""
    return bool(at.path) and at.path[0] in interfaces and at.text.startswith(_BINDING)


def _common(key: Key, mine: Items, theirs: Items) -> bool:
    if key in theirs:
        return True
    ends = {_ends(item) for item in theirs.values() if item.row in _ENDS}
    own = next((item for item in mine.values() if item.row in _ENDS and item.view == key), None)
    return own is not None and (own.row.id, *reversed(_ends(own)[1:])) in ends


def _ends(item: Statement) -> tuple[str, ...]:
    params = item.params
    peer = params.get("peer-ip", params.get("peer-ipv6", ""))
    return item.row.id, peer, params.get("source-ip", params.get("source-ipv6", ""))


def _needed(chosen: frozenset[Key], items: Items) -> frozenset[Key]:
    """Return the device-wide lines that chosen lines need."""
    return frozenset(
        other.key for key in chosen for _, by in met_by(items[key], items) for other in by if other.row.shared
    )


def _is_about(item: Statement, chosen: frozenset[Key], items: Items) -> bool:
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
        head = at.path[0] if at.path else at.text
        sections[head] = sections.get(head, 0) + 1 + _below(at)
    for head, lines in sections.items():
        yield head if lines == 1 and not head.startswith("interface") else f"{head} (lines: {lines})"


def _below(at: ConfigLine) -> int:
    return sum(1 + _below(child) for child in at.children)
