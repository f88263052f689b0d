"""Fields of two members as one intent: equal values once, others as `{a, b}`, mirrored ones left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tasks.learn.fields import Fields
from tasks.learn.peculiar import Side

_WHOLE = frozenset({"security_key", "authentication", "logic_port"})
_INDIVISIBLE = frozenset(
    {
        "e_trunk",
        "redirect",
        "tunnel_policy",
        "dhcpv6_server",
        "load_balance",
        "admin",
        "track_monitor_group",
        "track_admin_vrrp",
    }
)
# what tells the entries of a list apart; entries of the second table are never paired by position
_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "interfaces": ("interface",),
        "monitor_groups": ("group",),
        "route_monitor_groups": ("group",),
        "vpn_instances": ("vpn_instance",),
        "ip_pools": ("name",),
        "ipv6_pools": ("name",),
        "static_routes": ("tag",),
        "vrrp": ("vrid",),
        "vrrp6": ("vrid",),
        "bfd": ("session",),
        "routes": ("prefix",),
        "igmp_static_groups": ("group",),
        "address_pools": ("name",),
    }
)
_FIXED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "batch_backup_daily": ("service",),
        "backup_block": ("direction", "service"),
        "ip_pool_includes": ("source", "destination"),
        "remark_macs": ("parity",),
        "sessions": ("name", "kind"),
    }
)
_COLLECTIONS = (
    "monitor_groups",
    "route_monitor_groups",
    "e_trunks",
    "backup_services",
    "backup_profiles",
    "interfaces",
)


def merge(a: Side, b: Side) -> Fields:
    """Return the objects of both members as the intent holds them, from `system` to `interfaces`."""
    for side in (a, b):
        _name_tracked_sessions(side)
    merged: Fields = {}
    system = _fields(_single(a, "system"), _single(b, "system"))
    snooping = _objects(_list(a, "snooping"), _list(b, "snooping"), ("instance",), _plain)
    if snooping:
        system["igmp_snooping_instances"] = snooping
    if system:
        merged["system"] = system
    sessions = _objects(_list(a, "sessions"), _list(b, "sessions"), _FIXED["sessions"], _session, pairs=False)
    if "bfd" in a.objects or "bfd" in b.objects or sessions:
        merged["bfd"] = _fields(_single(a, "bfd"), _single(b, "bfd"))
        if sessions:
            merged["bfd"]["sessions"] = sessions
    for name in _COLLECTIONS:
        key = "id" if name == "e_trunks" else "name"
        found = _objects(_list(a, name), _list(b, name), (key,), _MIRRORED.get(name, _plain))
        if found:
            merged[name] = found
    return merged


def _single(side: Side, collection: str) -> Fields:
    return side.objects.get(collection, {}).get("", {})


def _list(side: Side, collection: str) -> list[Fields]:
    return list(side.objects.get(collection, {}).values())


def _name_tracked_sessions(side: Side) -> None:
    """Let a channel track a session by name where the session is known."""
    names = {session.get("discriminator"): session["name"] for session in _list(side, "sessions")}
    for service in _list(side, "backup_services"):
        track = service.get("track", {})
        if "bfd" in track and track["bfd"] in names:
            track["bfd"] = names[track["bfd"]]


Mirror = Callable[[Fields, Fields], None]


def _plain(_: Fields, __: Fields) -> None:
    """Nothing mirrors."""


def _ends(a: Fields, b: Fields) -> None:
    """Leave a peer address out where it is the other member's own address."""
    if a.get("peer") == b.get("address"):
        a.pop("peer", None)
    if b.get("peer") == a.get("address"):
        b.pop("peer", None)


def _session(a: Fields, b: Fields) -> None:
    """A session between the members: addresses and discriminators mirror."""
    mirrors = a.get("source") == b.get("peer") and b.get("source") == a.get("peer")
    if mirrors and a.get("source"):
        for side in (a, b):
            side["address"] = side.pop("source")
            side.pop("peer")
    one, two = a.get("discriminator"), b.get("discriminator")
    for side, theirs in ((a, two), (b, one)):
        if side.get("remote_discriminator") == theirs:
            side.pop("remote_discriminator", None)


def _member(a: Fields, b: Fields) -> None:
    """Leave a remote Eth-Trunk out where it is the other member's own number."""
    one, two = a["eth_trunk"], b["eth_trunk"]
    for side, theirs in ((a, two), (b, one)):
        if one != two and side.get("remote") == theirs:
            side.pop("remote")


_MIRRORED: Mapping[str, Mirror] = MappingProxyType(
    {"e_trunks": _ends, "backup_services": _ends, "members": _member}
)


def _objects(
    a: Sequence[Fields], b: Sequence[Fields], key: tuple[str, ...], mirror: Mirror, *, pairs: bool = True
) -> list[Fields]:
    """Match the objects of both members; what only one has is marked `only`.

    Objects are matched by key. What is left is matched by position when both members have as many left.
    """
    left = {_key(entry, key): entry for entry in b}
    matched: list[tuple[Fields | None, Fields | None]] = []
    alone: list[int] = []
    for entry in a:
        twin = left.pop(_key(entry, key), None)
        if twin is None:
            alone.append(len(matched))
        matched.append((entry, twin))
    rest = list(left.values())
    if pairs and len(rest) == len(alone):
        for at, twin in zip(alone, rest, strict=True):
            matched[at] = (matched[at][0], twin)
        rest = []
    matched += [(None, entry) for entry in rest]
    apart = [pair for found in matched for pair in _apart(*found)]
    return [_object(one, two, mirror) for one, two in apart]


def _apart(a: Fields | None, b: Fields | None) -> list[tuple[Fields | None, Fields | None]]:
    """Keep objects apart that no common description holds, as a profile over E-Trunk here and VRRP there."""
    if a is None or b is None or _parts(a) == _parts(b):
        return [(a, b)]
    return [(a, None), (None, b)]


def _parts(fields: Fields) -> set[str]:
    """Name the parts of an object that are whole or absent."""
    divisible = {
        name: held for name, held in fields.items() if isinstance(held, dict) and name not in _NESTED
    }
    below = {part for held in divisible.values() for part in _parts(held)}
    return (divisible.keys() & _INDIVISIBLE) | below


def _key(entry: Fields, key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(entry.get(name)).casefold() for name in key)


def _object(a: Fields | None, b: Fields | None, mirror: Mirror) -> Fields:
    if a is not None and b is not None:
        mirror(a, b)
        return _fields(a, b)
    alone = _lonely(a if a is not None else b or {}, "a" if a is not None else "b")
    head, *rest = alone.items()
    return {**dict([head]), "only": "a" if a is not None else "b", **dict(rest)}


def _lonely(fields: Fields, side: str) -> Fields:
    """An object of one member: its values as they are, with the peer's end of a channel."""
    if "peer" in fields and "address" in fields:
        other = "b" if side == "a" else "a"
        ends = {side: fields["address"], other: fields["peer"]}
        fields = {name: value for name, value in fields.items() if name != "peer"} | {"address": ends}
    return {name: list(value.values()) if name in _NESTED else value for name, value in fields.items()}


# lists that are kept by key while they are filled
_NESTED = MappingProxyType({"vrrp": "vrid", "vrrp6": "vrid", "members": "eth_trunk"})


def _fields(a: Fields, b: Fields) -> Fields:
    return {name: _both(name, a, b) for name in dict.fromkeys((*a, *b))}


def _both(name: str, a: Fields, b: Fields) -> Any:
    known = a[name] if name in a else b[name]
    if name in _NESTED and isinstance(known, dict):
        one, two = list(a.get(name, {}).values()), list(b.get(name, {}).values())
        return _objects(one, two, (_NESTED[name],), _MIRRORED.get(name, _plain))
    if isinstance(known, dict) and name not in _WHOLE:
        return _fields(a.get(name, {}), b.get(name, {}))
    if isinstance(known, list) and known and isinstance(known[0], dict):
        key = _KEYS.get(name) or _FIXED[name]
        return _objects(a.get(name, []), b.get(name, []), key, _plain, pairs=name in _KEYS)
    if name in a and name in b:
        return a[name] if a[name] == b[name] else {"a": a[name], "b": b[name]}
    return dict(_sides(known, "a" if name in a else "b"))


def _sides(value: Any, side: str) -> Iterator[tuple[str, Any]]:
    """Yield a value that one member has, and what the other has instead when there is such a thing."""
    for name in ("a", "b"):
        if name == side:
            yield name, value
        elif isinstance(value, bool):
            yield name, not value
        elif isinstance(value, list):
            yield name, []
