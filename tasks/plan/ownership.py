"""Which running lines belong to the pair and may be taken away. docs/ownership.md tells it in words.

A line that the intent wants is the pair's by that alone. This file is about lines that are there and not (or
no longer) wanted: they are taken away only when the intent names their object, or when a chain of references
leads from the intent's objects to theirs and nobody else refers to it. In doubt a line is foreign.

Whose a line is stands in its row (`belongs`, `shared`, `serves`); here the objects of the pair are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from inventory.lines.needs import Owner
from parsers.tree import Foreign
from tasks.plan.groups import pair_groups
from tasks.plan.items import Item, Items, Key

Name: TypeAlias = tuple[str, ...]
Scope: TypeAlias = Mapping[str, frozenset[Name]]
"""Names of the objects that belong to the pair, by kind; names in lower case."""

MULTICAST_SERVICES = frozenset({"igmp", "mld", "igmp-snooping", "multicast"})
_PEERS = frozenset({"rbs.peer", "rbs.peer-ipv6"})
_SERVED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"et.create": ("e-trunk", "e-trunk-id"), "rbs.create": ("rbs", "rbs-name")}
)
"""Objects that device-wide lines serve: kind, and the parameter that names them."""


def removable(named: Items, running: Items, foreign: Iterable[Foreign]) -> frozenset[Key]:
    """Give the keys of the running lines that belong to the pair.

    Args:
        named: lines of the intent; their objects are the pair's.
        running: owned lines of the device.
        foreign: lines of the device that are in no row of the owned table.
    """
    scope = _scope(named, running, tuple(foreign))
    return frozenset(key for key, item in running.items() if _belongs(item, named, running, scope))


def _belongs(item: Item, named: Items, running: Items, scope: Scope) -> bool:
    """Tell whether a running line is the pair's own to take away."""
    row = item.row
    if row.shared or row.holder:
        return False
    if row.serves:
        return _only_user(row.serves, running, named, scope)
    if row.owners:
        return any(_name(owner, item, running) in scope[owner.kind] for owner in row.owners)
    # on an interface where the intent names the same line; in a VLAN or VSI where it names any
    return any(
        other.view == item.view and (other.row.id == row.id or row.view != "interface")
        for other in named.values()
        if other.view
    )


def _name(owner: Owner, item: Item, running: Items) -> Name:
    """Name the object whose line an item is; the E-Trunk of an interface is the one it has joined."""
    around = item.around
    if owner.kind == "e-trunk" and "@e-trunk-id" in owner.params and "@e-trunk-id" not in around:
        join = running.get((*item.view, ("if.e-trunk",)))
        return (join.around["e-trunk-id"] if join else "",)
    return tuple(around.get(param, "").casefold() for param in owner.params)


def _only_user(kind: str, running: Items, named: Items, scope: Scope) -> bool:
    """Tell whether every object that a device-wide line serves is the pair's."""
    owner, param = _SERVED[kind]
    return bool(_names(named, kind, param)) and _names(running, kind, param) <= scope[owner]


def _scope(named: Items, running: Items, foreign: tuple[Foreign, ...]) -> Scope:
    both = (*named.values(), *running.values())
    services = _services(named, running)
    profiles = _names(named, "rbp.create", "rbp-name") | {
        (item.around["@rbp-name"].casefold(),)
        for item in running.values()
        if item.row.id == "rbp.backup-id" and (item.around["rbs-name"].casefold(),) in services
    }
    of_profiles = [item for item in both if (item.around.get("@rbp-name", "").casefold(),) in profiles]
    bound = {
        item.around["@interface"]
        for item in both
        if item.row.id == "if.rbp" and (item.around["rbp-name"].casefold(),) in profiles
    }
    trunks: set[Name] = {
        (item.around["eth-trunk-id"],) for item in of_profiles if item.row.id == "rbp.e-trunk"
    }
    trunks |= {(item.around["@eth-trunk-id"],) for item in named.values() if item.row.id == "if.e-trunk"}
    groups = pair_groups(named, running, of_profiles, bound)
    scope: dict[str, frozenset[Name]] = {
        "rbs": frozenset(services),
        "rbp": frozenset(profiles),
        "e-trunk": frozenset(_e_trunks(named, running, of_profiles, profiles, trunks)),
        "eth-trunk": frozenset(trunks),
        "multicast": frozenset(_multicast(named, running, bound)),
        "bfd-session": _names(named, "bfd.session", "name"),
        "monitor": _names(named, "mg.create", "name") | _names(named, "rmg.create", "name"),
        **{
            family: frozenset((name.casefold(), vrid) for kind, name, vrid in groups if kind == family)
            for family in ("vrrp", "vrrp6")
        },
    }
    return _with_watched(scope, named, running, foreign)


def _services(named: Items, running: Items) -> frozenset[Name]:
    """Give the services of the intent, and those of another name with the same channel."""
    channels = {_channel(item) for item in named.values() if item.row.id in _PEERS}
    return _names(named, "rbs.create", "rbs-name") | {
        (item.around["@rbs-name"].casefold(),) for item in running.values() if _channel(item) in channels
    }


def _names(items: Items, slot: str, param: str) -> frozenset[Name]:
    return frozenset(
        (item.around[param].casefold(),) for item in items.values() if (item.row.slot or item.row.id) == slot
    )


def _channel(item: Item) -> tuple[str, ...] | None:
    """Ends and port of a backup channel: a service of another name with the same ones is the same channel."""
    return item.value[1:] if item.row.id in _PEERS else None


def _e_trunks(
    named: Items,
    running: Items,
    of_profiles: list[Item],
    profiles: frozenset[Name],
    trunks: set[Name],
) -> frozenset[Name]:
    """E-Trunks of the intent, and those that the pair's profiles or Eth-Trunks use and nobody else does."""
    used: set[Name] = {(item.around["e-trunk-id"],) for item in of_profiles if item.row.id == "rbp.e-trunk"}
    others: set[Name] = set()
    for item in running.values():
        if item.row.id == "if.e-trunk":
            ours = (item.around["@eth-trunk-id"],) in trunks
            (used if ours else others).add((item.around["e-trunk-id"],))
        if item.row.id == "rbp.e-trunk" and (item.around["@rbp-name"].casefold(),) not in profiles:
            others.add((item.around["e-trunk-id"],))
    return _names(named, "et.create", "e-trunk-id") | (used - others)


def _multicast(named: Items, running: Items, bound: set[str]) -> Iterator[Name]:
    """Give the interfaces whose multicast is the pair's: the intent speaks of it, or backs it up there."""
    for item in named.values():
        if any(owner.kind == "multicast" for owner in item.row.belongs):
            yield (item.around["@interface"].casefold(),)
    carrying = {
        item.around["@rbp-name"].casefold()
        for item in running.values()
        if item.row.id == "rbp.service-type" and item.around["service"] in MULTICAST_SERVICES
    }
    for item in running.values():
        if (
            item.row.id == "if.rbp"
            and item.around["rbp-name"].casefold() in carrying
            and item.around["@interface"] in bound
        ):
            yield (item.around["@interface"].casefold(),)


def _with_watched(
    scope: dict[str, frozenset[Name]], named: Items, running: Items, foreign: tuple[Foreign, ...]
) -> Scope:
    """Add the BFD sessions and monitor groups that the pair's objects watch and nobody else mentions."""
    discriminators = {
        item.around["discr"]: item.around["@name"].casefold()
        for item in running.values()
        if item.row.id == "bfd.discr-local"
    }
    ours: set[str] = set()
    others = {word.casefold() for found in foreign for word in _words(found)}
    for item in running.values():
        watched = _watched(item, discriminators)
        if watched:
            (ours if _belongs(item, named, running, scope) else others).update(watched)
    alone = {(name,) for name in ours - others}
    sessions = _names(running, "bfd.session", "name") & alone
    monitors = (_names(running, "mg.create", "name") | _names(running, "rmg.create", "name")) & alone
    scope["bfd-session"] |= sessions
    scope["monitor"] |= monitors
    return MappingProxyType(scope)


def _watched(item: Item, discriminators: dict[str, str]) -> set[str]:
    if item.row.opens or "track" not in item.row.form:
        return set()
    names = {item.params[name].casefold() for name in ("bfd-name", "group") if name in item.params}
    return (
        names | {discriminators[item.params["discr"]]}
        if item.params.get("discr") in discriminators
        else names
    )


def _words(found: Foreign) -> set[str]:
    words = set(found.line.text.split())
    for child in found.line.children:
        words |= _words(Foreign((), child))
    return words
