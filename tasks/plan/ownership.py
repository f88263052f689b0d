"""Which running lines belong to the pair and may be taken away. docs/ownership.md tells it in words.

A line that the intent wants is the pair's by that alone. This file is about lines that are there and not (or
no longer) wanted: they are taken away only when the intent names their object, or when a chain of references
leads from the intent's objects to theirs and nobody else refers to it. In doubt a line is foreign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from parsers.tree import Foreign
from tasks.plan.groups import Group, group_of, pair_groups
from tasks.plan.items import Item, Items, Key

# lines with effect on the whole device: entered when wanted, never taken away but by the way back
SHARED = frozenset(
    {
        "mc.enable",
        "mc6.enable",
        "igs.enable",
        "bfd.global",
        "bfd.default-ip",
        "bfd.delay-up",
        "lacp.prio",
        "vrrp.recover-delay",
    }
)
# lines that act on objects of one kind only: the pair's own when it is the only user of that kind
_SERVES = {
    "lacp.et-sysid": "et.create",
    "lacp.et-prio": "et.create",
    "et.udp-port": "et.create",
    "et.udp6-port": "et.create",
    "pb.vrrp-table": "rbs.create",
    "pb.batch-access": "rbs.create",
    "pb.route-cost": "rbs.create",
    "pb.trigger-speed": "rbs.create",
    "pb.ttl": "rbs.create",
}
MULTICAST_LINES = ("if.pim", "if.igmp", "if.mld", "if.mc", "if.igs")
MULTICAST_SERVICES = frozenset({"igmp", "mld", "igmp-snooping", "multicast"})
_JOIN = frozenset({"if.e-trunk", "if.e-trunk-mode"})
_TRUNK = frozenset(
    {
        "if.mode",
        "if.least-active",
        "if.max-active",
        "if.lacp-timeout",
        "if.lacp-preempt",
        "if.lacp-preempt-delay",
        "if.lacp-et-prio",
        "if.lacp-sysid",
        "if.eth-trunk-join",
        *_JOIN,
    }
)
_PEERS = frozenset({"rbs.peer", "rbs.peer-ipv6"})


@dataclass(frozen=True, slots=True)
class _Scope:
    """Names of the objects that belong to the pair; names in lower case."""

    services: frozenset[str]
    profiles: frozenset[str]
    e_trunks: frozenset[str]
    eth_trunks: frozenset[str]
    bound: frozenset[str]
    groups: frozenset[Group]
    sessions: frozenset[str]
    monitors: frozenset[str]


def removable(named: Items, running: Items, foreign: Iterable[Foreign]) -> frozenset[Key]:
    """Give the keys of the running lines that belong to the pair.

    Args:
        named: lines of the intent; their objects are the pair's.
        running: owned lines of the device.
        foreign: lines of the device that are in no row of the owned table.
    """
    scope = _scope(named, running, tuple(foreign))
    return frozenset(key for key, item in running.items() if _belongs(item, named, running, scope))


def _scope(named: Items, running: Items, foreign: tuple[Foreign, ...]) -> _Scope:
    both = (*named.values(), *running.values())
    channels = {_channel(item) for item in named.values() if item.row.id in _PEERS}
    services = _names(named, "rbs.create", "rbs-name") | {
        item.around["@rbs-name"].casefold() for item in running.values() if _channel(item) in channels
    }
    profiles = _names(named, "rbp.create", "rbp-name") | {
        item.around["@rbp-name"].casefold()
        for item in running.values()
        if item.row.id == "rbp.backup-id" and item.around["rbs-name"].casefold() in services
    }
    of_profiles = [item for item in both if item.around.get("@rbp-name", "").casefold() in profiles]
    bound = {
        item.around["@interface"]
        for item in both
        if item.row.id == "if.rbp" and item.around["rbp-name"].casefold() in profiles
    }
    trunks = {item.around["eth-trunk-id"] for item in of_profiles if item.row.id == "rbp.e-trunk"}
    trunks |= {item.around["@eth-trunk-id"] for item in named.values() if item.row.id == "if.e-trunk"}
    e_trunks = _e_trunks(named, running, of_profiles, profiles, trunks)
    groups = pair_groups(named, running, of_profiles, bound)
    part = _Scope(
        frozenset(services),
        frozenset(profiles),
        frozenset(e_trunks),
        frozenset(trunks),
        frozenset(bound),
        frozenset(groups),
        frozenset(_names(named, "bfd.session", "name")),
        frozenset(_names(named, "mg.create", "name") | _names(named, "rmg.create", "name")),
    )
    return _with_watched(part, named, running, foreign)


def _names(items: Items, slot: str, param: str) -> frozenset[str]:
    return frozenset(
        item.around[param].casefold() for item in items.values() if (item.row.slot or item.row.id) == slot
    )


def _channel(item: Item) -> tuple[str, ...] | None:
    """Ends and port of a backup channel: a service of another name with the same ones is the same channel."""
    return item.value[1:] if item.row.id in _PEERS else None


def _e_trunks(
    named: Items, running: Items, of_profiles: list[Item], profiles: frozenset[str], trunks: set[str]
) -> set[str]:
    """E-Trunks of the intent, and those that the pair's profiles or Eth-Trunks use and nobody else does."""
    used = {item.around["e-trunk-id"] for item in of_profiles if item.row.id == "rbp.e-trunk"}
    others: set[str] = set()
    for item in running.values():
        if item.row.id == "if.e-trunk":
            (used if item.around["@eth-trunk-id"] in trunks else others).add(item.around["e-trunk-id"])
        if item.row.id == "rbp.e-trunk" and item.around["@rbp-name"].casefold() not in profiles:
            others.add(item.around["e-trunk-id"])
    return (used - others) | _names(named, "et.create", "e-trunk-id")


def _with_watched(scope: _Scope, named: Items, running: Items, foreign: tuple[Foreign, ...]) -> _Scope:
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
        (ours if _belongs(item, named, running, scope) else others).update(watched)
    sessions = _names(running, "bfd.session", "name") & (ours - others)
    monitors = (_names(running, "mg.create", "name") | _names(running, "rmg.create", "name")) & (
        ours - others
    )
    return _Scope(
        scope.services,
        scope.profiles,
        scope.e_trunks,
        scope.eth_trunks,
        scope.bound,
        scope.groups,
        scope.sessions | sessions,
        scope.monitors | monitors,
    )


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


def _belongs(item: Item, named: Items, running: Items, scope: _Scope) -> bool:
    """Tell whether a running line is the pair's own to take away."""
    row = item.row.id
    if row in SHARED or item.row.holder:
        return False
    if row in _SERVES:
        return _only_user(_SERVES[row], running, named, scope)
    place = next(iter(item.view), ("",))[0] or (item.row.slot or row)
    if place == "if.enter":
        return _belongs_on_interface(item, named, running, scope)
    if place in _OBJECTS:
        name, objects = _OBJECTS[place]
        return item.around.get(f"@{name}", item.around.get(name, "")).casefold() in objects(scope)
    # VLANs and VSIs: where the intent names a line of that view
    return any(other.view == item.view for other in named.values() if other.view)


# the parameter that names an object, and which of them are the pair's
_OBJECTS: Mapping[str, tuple[str, Callable[[_Scope], frozenset[str]]]] = MappingProxyType(
    {
        "rbs.create": ("rbs-name", lambda scope: scope.services),
        "rbp.create": ("rbp-name", lambda scope: scope.profiles),
        "dhcp.pool": ("rbp-name", lambda scope: scope.profiles),
        "et.create": ("e-trunk-id", lambda scope: scope.e_trunks),
        "bfd.session": ("name", lambda scope: scope.sessions),
        "mg.create": ("name", lambda scope: scope.monitors),
        "rmg.create": ("name", lambda scope: scope.monitors),
    }
)


def _only_user(kind: str, running: Items, named: Items, scope: _Scope) -> bool:
    param, ours = ("e-trunk-id", scope.e_trunks) if kind == "et.create" else ("rbs-name", scope.services)
    users = _names(running, kind, param)
    return bool(_names(named, kind, param)) and users <= ours


def _belongs_on_interface(item: Item, named: Items, running: Items, scope: _Scope) -> bool:
    row, interface = item.row.id, item.around["@interface"]
    if row == "if.rbp":
        return item.around["rbp-name"].casefold() in scope.profiles
    if row == "if.eth-trunk-join":
        return item.around["trunk-id"] in scope.eth_trunks
    if row in {"if.e-trunk", "if.e-trunk-mode"}:
        return (
            item.around.get("@eth-trunk-id") in scope.eth_trunks or _joined(item, running) in scope.e_trunks
        )
    if row in _TRUNK:
        return item.around.get("@eth-trunk-id") in scope.eth_trunks
    group = group_of(item)
    if group:
        return group in scope.groups
    named_here = {other.row.id for other in named.values() if other.view == item.view}
    return row in named_here or (
        row.startswith(MULTICAST_LINES) and _multicast_is_ours(interface, named_here, running, scope)
    )


def _multicast_is_ours(interface: str, named_here: set[str], running: Items, scope: _Scope) -> bool:
    """Tell whether multicast of an interface is the pair's: the intent speaks of it, or backs it up there."""
    if any(row.startswith(MULTICAST_LINES) for row in named_here):
        return True
    return interface in scope.bound and _carries_multicast(interface, running)


def _joined(item: Item, running: Items) -> str:
    """E-Trunk that the Eth-Trunk of a line has joined."""
    join = running.get((*item.view, ("if.e-trunk",)))
    return join.around["e-trunk-id"] if join else ""


def _carries_multicast(interface: str, running: Items) -> bool:
    """Tell whether the profile that is bound to an interface backs up multicast."""
    profiles = {
        item.around["rbp-name"].casefold()
        for item in running.values()
        if item.row.id == "if.rbp" and item.around["@interface"] == interface
    }
    return any(
        item.row.id == "rbp.service-type"
        and item.around["@rbp-name"].casefold() in profiles
        and item.around["service"] in MULTICAST_SERVICES
        for item in running.values()
    )
