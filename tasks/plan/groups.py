"""Which VRRP and VRRP6 groups belong to a pair. A group is named by family, interface and VRID."""

from __future__ import annotations

from typing import TypeAlias

from tasks.plan.items import Item, Items

Group: TypeAlias = tuple[str, str, str]


def pair_groups(named: Items, running: Items, of_profiles: list[Item], bound: set[str]) -> set[Group]:
    """Give the groups of the pair: named by the intent, or followed by its profiles, multicast or groups.

    Args:
        named: lines of the intent.
        running: owned lines of the device.
        of_profiles: lines of the pair's profiles.
        bound: interfaces that those profiles are bound to.
    """
    groups = {group for item in named.values() if (group := group_of(item))}
    for item in of_profiles:
        if item.row.id in {"rbp.vrrp-id", "rbp.vrrp6-id"}:
            family = "vrrp" if item.row.id == "rbp.vrrp-id" else "vrrp6"
            groups.add((family, item.around["interface"], item.around["vrid"]))
    for item in running.values():
        if item.row.id in {"if.mc-track-vrrp", "if.mc6-track-vrrp"} and item.around["@interface"] in bound:
            family = "vrrp" if item.row.id == "if.mc-track-vrrp" else "vrrp6"
            groups.add((family, item.around["@interface"], item.around["vrid"]))
    groups |= _admin_groups(running, groups)
    return groups | {
        group
        for item in running.values()
        if (admin := _admin_followed(item)) in groups and item.around["@interface"] in bound
        if (group := group_of(item)) and admin
    }


def _admin_groups(running: Items, groups: set[Group]) -> set[Group]:
    """Give the mVRRP groups that the pair's groups follow and no other group does."""
    ours: set[Group] = set()
    others: set[Group] = set()
    for item in running.values():
        if admin := _admin_followed(item):
            (ours if group_of(item) in groups else others).add(admin)
    return ours - others


def _admin_followed(item: Item) -> Group | None:
    """Give the mVRRP group that a line makes its group follow."""
    if item.row.id not in {"vrrp.track-admin", "vrrp6.track-admin"}:
        return None
    return item.row.id.partition(".")[0], item.around["interface"], item.around["admin-vrid"]


def group_of(item: Item) -> Group | None:
    """Give the group that a line configures; nothing for a line about no group."""
    family = item.row.id.partition(".")[0]
    if family not in {"vrrp", "vrrp6"} or "vrid" not in item.params:
        return None
    return family, item.around["@interface"], item.params["vrid"]
