"""The lines of one member as fields of the intent's objects."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from inventory.lines import Statement
from inventory.lines.bfd import BFD_GLOBAL
from inventory.lines.eth_trunk import (
    IF_E_TRUNK,
    IF_ETH_TRUNK_JOIN,
    MEMBER,
)
from inventory.lines.interface import IF_RBP
from tasks.learn.fields import Fields, place, value
from tasks.learn.peculiar import SPECIAL, Side
from tasks.plan.items import Items


def fill(items: Items, pair: str) -> Side:
    """Turn the lines of a member into fields; a line that no field can hold has none.

    Args:
        items: its lines.
        pair: name of the pair, for the names of secrets.
    """
    side = Side(pair)
    joined = {item.around["@interface"]: item for item in items.values() if item.row is IF_E_TRUNK}
    for item in items.values():
        target = None if item.row.holder else _target(side, item, joined)
        if target is None:
            continue
        special = SPECIAL.get(item.row)
        given = {name: value(item, name) for name in item.params}
        if special:
            special(side, target, item, given)
        else:
            place(target, item, given)
    return side


def _target(side: Side, item: Statement, joined: Mapping[str, Statement]) -> Fields | None:
    """Return the object that a line is about; nothing for a line that only makes its object."""
    row = item.row
    if row.opens in _OPENED:
        return _made(side, item)
    if row.view == "interface":
        return _on_interface(side, item, joined)
    if row.view in _OPENED:
        collection, param, name = _OPENED[row.view]
        holder = item.around[f"@{param}"]
        return side.thing(collection, holder, **{name: int(holder) if name == "id" else holder})
    if row.view == "ip-pool":
        return side.thing("backup_profiles", item.around["rbp-name"], name=item.around["rbp-name"])
    if row.view in {"vlan", "vsi"}:
        return side.thing("snooping", item.path[0], instance=item.path[0], enable=False)
    return side.thing("bfd" if row.view == "bfd" or row is BFD_GLOBAL else "system", "")


def _made(side: Side, item: Statement) -> Fields | None:
    """Make an object; only the line of a BFD session says more than that."""
    collection, param, name = _OPENED[item.row.opens]
    thing = side.thing(collection, item.around[param], **{name: value(item, param)})
    if item.row.opens in {"monitor-group", "route-monitor-group"}:
        thing.setdefault("enable", False)
    return thing if item.row.opens == "bfd-session" else None


_OPENED: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "rbs": ("backup_services", "rbs-name", "name"),
        "rbp": ("backup_profiles", "rbp-name", "name"),
        "e-trunk": ("e_trunks", "e-trunk-id", "id"),
        "bfd-session": ("sessions", "name", "name"),
        "monitor-group": ("monitor_groups", "name", "name"),
        "route-monitor-group": ("route_monitor_groups", "name", "name"),
    }
)


def _on_interface(side: Side, item: Statement, joined: Mapping[str, Statement]) -> Fields | None:
    interface = item.around["@interface"]
    if item.row is IF_RBP:
        return side.thing("backup_profiles", item.around["rbp-name"], name=item.around["rbp-name"])
    trunk = interface
    if item.row is IF_ETH_TRUNK_JOIN:
        trunk = f"Eth-Trunk{item.around['trunk-id']}"
    if item.row in MEMBER:
        return _member(side, trunk, joined[trunk]) if trunk in joined else None
    thing = side.thing("interfaces", interface, name=interface)
    if item.row.family:
        return _group(thing.setdefault(item.row.family, {}), item)
    return thing


def _group(groups: Fields, item: Statement) -> Fields:
    vrid = item.params["vrid"]
    group: Fields = groups.setdefault(vrid, {"vrid": int(vrid)})
    return group


def _member(side: Side, trunk: str, join: Statement) -> Fields:
    number = join.around["e-trunk-id"]
    members = side.thing("e_trunks", number, id=int(number)).setdefault("members", {})
    eth_trunk = trunk.removeprefix("Eth-Trunk")
    member: Fields = members.setdefault(eth_trunk, {"eth_trunk": int(eth_trunk), "ports": []})
    return member
