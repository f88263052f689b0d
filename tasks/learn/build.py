"""The lines of one member as fields of the intent's objects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Any

from tasks.learn.fields import Fields, descend, place, value
from tasks.plan.items import Item, Items

_SECRET = re.compile(r"<secret:(?P<name>[^>]+)>")


class Side:
    """Objects of one member, by collection and name, while they are filled."""

    def __init__(self, pair: str) -> None:
        self.pair = pair
        self.objects: dict[str, dict[str, Fields]] = {}
        self.missed: list[Item] = []

    def thing(self, collection: str, key: str, **fields: Any) -> Fields:
        """Give an object of a collection, made with these fields when it is not there."""
        return self.objects.setdefault(collection, {}).setdefault(key.casefold(), dict(fields))

    def secret(self, text: str, use: str) -> str:
        """Name the secret of a line: its own name in a rendered file, a new one for a device's ciphertext."""
        found = _SECRET.search(text)
        return found["name"] if found else f"{self.pair}-{use}"


def fill(items: Items, pair: str) -> Side:
    """Turn the lines of a member into fields.

    Args:
        items: its lines.
        pair: name of the pair, for the names of secrets.
    """
    side = Side(pair)
    joined = {item.around["@interface"]: item for item in items.values() if item.row.id == "if.e-trunk"}
    for item in items.values():
        target = None if item.row.holder else _target(side, item, joined)
        if target is None:
            continue
        special = _SPECIAL.get(item.row.id)
        given = {name: value(item, name) for name in item.params}
        if special:
            special(side, target, item, given)
        elif not place(target, item, given):
            side.missed.append(item)
    return side


def _target(side: Side, item: Item, joined: Mapping[str, Item]) -> Fields | None:
    """Give the object that a line is about; nothing for a line that only makes its object."""
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
    return side.thing("bfd" if row.view == "bfd" or row.id == "bfd.global" else "system", "")


def _made(side: Side, item: Item) -> Fields | None:
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
_MEMBER = frozenset(
    {
        "if.e-trunk",
        "if.mode",
        "if.e-trunk-mode",
        "if.least-active",
        "if.max-active",
        "if.lacp-et-prio",
        "if.lacp-sysid",
        "if.lacp-prio",
        "if.lacp-timeout",
        "if.lacp-preempt",
        "if.lacp-preempt-delay",
    }
)


def _on_interface(side: Side, item: Item, joined: Mapping[str, Item]) -> Fields | None:
    interface = item.around["@interface"]
    if item.row.id == "if.rbp":
        return side.thing("backup_profiles", item.around["rbp-name"], name=item.around["rbp-name"])
    trunk = interface
    if item.row.id == "if.eth-trunk-join":
        trunk = f"Eth-Trunk{item.around['trunk-id']}"
    if item.row.id in _MEMBER or item.row.id == "if.eth-trunk-join":
        if trunk not in joined:
            side.missed.append(item)
            return None
        return _member(side, trunk, joined[trunk])
    thing = side.thing("interfaces", interface, name=interface)
    family = item.row.id.partition(".")[0]
    if family in {"vrrp", "vrrp6"} and "vrid" in item.params:
        return _group(thing.setdefault(family, {}), item)
    return thing


def _group(groups: Fields, item: Item) -> Fields:
    vrid = item.params["vrid"]
    group: Fields = groups.setdefault(vrid, {"vrid": int(vrid)})
    return group


def _member(side: Side, trunk: str, join: Item) -> Fields:
    number = join.around["e-trunk-id"]
    members = side.thing("e_trunks", number, id=int(number)).setdefault("members", {})
    eth_trunk = trunk.removeprefix("Eth-Trunk")
    member: Fields = members.setdefault(eth_trunk, {"eth_trunk": int(eth_trunk), "ports": []})
    return member


# ---- lines with peculiarities of their own

Special = Callable[[Side, Fields, Item, dict[str, Any]], None]


def _placed(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if not place(target, item, given):
        side.missed.append(item)


def _binding(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    for param, name in (
        ("peer-ip", "peer"),
        ("peer-ipv6", "peer"),
        ("source-ip", "source"),
        ("source-ipv6", "source"),
        ("vpn", "vpn_instance"),
    ):
        if param in given:
            target[name] = given[param]
    tracked = item.row.id in {"bfd.bind-track-if", "bfd.bind-ip6-track"}
    if "interface" in given:
        target["track_interface" if tracked else "interface"] = given["interface"]
    if item.row.id == "bfd.bind-default":
        target["default_ip"] = True
    if item.row.id == "bfd.one-arm" or "auto" in given:
        target["kind"] = "one-arm-echo" if item.row.id == "bfd.one-arm" else "auto"
    if "slot" in given or given.get("target") == "controller":
        side.missed.append(item)


def _key(side: Side, target: Fields, item: Item, _given: dict[str, Any]) -> None:
    form = "simple" if "simple-key" in item.params else "cipher"
    number = item.around["@e-trunk-id"]
    key = {"secret": side.secret(item.params[f"{form}-key"], f"etrunk-{number}")}
    target["security_key"] = key if form == "cipher" else {**key, "form": form}


def _authentication(side: Side, target: Fields, item: Item, _given: dict[str, Any]) -> None:
    secret = side.secret(item.params["key"], f"vrrp-{item.params['vrid']}")
    target["authentication"] = {"secret": secret, "mode": item.params["method"]}


def _vip(_side: Side, target: Fields, _item: Item, given: dict[str, Any]) -> None:
    if given.get("link-local"):
        target["link_local"] = given["vip"]
    elif "vip" in given:
        target.setdefault("virtual_ips", []).append(given["vip"])


def _admin(_side: Side, target: Fields, _item: Item, given: dict[str, Any]) -> None:
    target["admin"] = True
    if given.get("ignore-if-down"):
        target["ignore_if_down"] = True


def _parity(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if "parity" in given:
        given["parity"] = given["parity"].removesuffix("-mac")
    _placed(side, target, item, given)


def _change(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if "change" in given:
        given[given["change"]] = given["n"]
    _placed(side, target, item, given)


def _follow(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if given.get("unflowdown"):
        given["flowdown"] = False
    _placed(side, target, item, given)


def _prefix(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    given["prefix"] = str(IPv4Network(f"{given['ip']}/{given['mask']}", strict=False))
    _placed(side, target, item, given)


def _timeout(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    given["timeout"] = given.get("seconds", given["timeout"])
    _placed(side, target, item, given)


def _join(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    key = "passive_ports" if given.get("mode") == "passive" else "ports"
    target.setdefault(key, []).append(item.around["@interface"])


def _bound(_side: Side, target: Fields, item: Item, _given: dict[str, Any]) -> None:
    target.setdefault("interfaces", []).append(item.around["@interface"])


def _pool(_side: Side, target: Fields, item: Item, _given: dict[str, Any]) -> None:
    name, *kind = item.path[0].removeprefix("ip pool ").split(maxsplit=1)
    pool = {"name": name} | ({"type": kind[0]} if kind and kind[0] != "server" else {})
    target.setdefault("address_pools", []).append(pool)


def _nas(_side: Side, target: Fields, _item: Item, given: dict[str, Any]) -> None:
    held = str(given["value"])
    name = given["attribute"].replace("-", "_")
    kind, _blank, number = held.partition(" ")
    descend(target, ("nas",))[name] = (
        {"type": kind.lower(), "number": number} if name == "logic_port" else held
    )


def _enable(_side: Side, target: Fields, _item: Item, _given: dict[str, Any]) -> None:
    target.pop("enable", None)


def _ignore(_side: Side, target: Fields, _item: Item, given: dict[str, Any]) -> None:
    target[f"pim_ipv6_ignore_{given['state'].replace('-', '_')}"] = True


def _nothing(_side: Side, _target: Fields, _item: Item, _given: dict[str, Any]) -> None:
    """The line is there because its object is."""


def _same_as(side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if given.get("same-as nas-logic-ip"):
        given["same"] = True
    _placed(side, target, item, given)


def _route_cost(_side: Side, target: Fields, _item: Item, given: dict[str, Any]) -> None:
    how = "exclude loopback" if given.get("exclude loopback") else "all"
    descend(target, ("peer_backup",))["route_cost"] = how


def _snooping(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    name = item.row.id.rpartition(".")[2]
    if name == "inst":
        target.pop("enable", None)
    else:
        target[name] = given.get("n", True)


def _layer2(_side: Side, target: Fields, _item: Item, given: dict[str, Any]) -> None:
    how = "source-mac-replace" if given.get("source-mac-replace") else "forward"
    target[given["direction"].replace("-", "_")] = how


_SPECIAL: Mapping[str, Special] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "bfd.bind-ip",
                "bfd.bind-ip6",
                "bfd.bind-default",
                "bfd.bind-track-if",
                "bfd.bind-ip6-track",
                "bfd.one-arm",
            ),
            _binding,
        ),
        "et.security-key": _key,
        "vrrp.auth": _authentication,
        **dict.fromkeys(("vrrp.create", "vrrp6.create"), _vip),
        **dict.fromkeys(("vrrp.admin", "vrrp6.admin"), _admin),
        **dict.fromkeys(("rbp.vrrp-id", "rbp.remark-mac"), _parity),
        **dict.fromkeys(("vrrp.track-if", "vrrp6.track-if", "vrrp.track-bfd", "vrrp6.track-bfd"), _change),
        **dict.fromkeys(("vrrp.track-admin", "vrrp6.track-admin"), _follow),
        **dict.fromkeys(("vrrp.track-route", "rmg.track"), _prefix),
        "if.lacp-timeout": _timeout,
        "if.eth-trunk-join": _join,
        "if.rbp": _bound,
        "pool.rbp": _pool,
        "rbp.nas": _nas,
        **dict.fromkeys(("mg.enable", "rmg.enable"), _enable),
        "if.pim6-ignore": _ignore,
        "bfd.global": _nothing,
        "rbs.radius-auth-source": _same_as,
        "pb.route-cost": _route_cost,
        **dict.fromkeys(
            (
                f"{prefix}.{name}"
                for prefix in ("igs", "vsi.igs")
                for name in ("inst", "version", "proxy", "querier")
            ),
            _snooping,
        ),
        "vsi.l2mc-backup": _layer2,
    }
)
