"""Lines that become fields in a way of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Any

from tasks.learn.fields import Fields, descend, place
from tasks.plan.items import Item

_SECRET = re.compile(r"<secret:(?P<name>[^>]+)>")


class Side:
    """Objects of one member, by collection and name, while they are filled."""

    def __init__(self, pair: str) -> None:
        self.pair = pair
        self.objects: dict[str, dict[str, Fields]] = {}

    def thing(self, collection: str, key: str, **fields: Any) -> Fields:
        """Give an object of a collection, made with these fields when it is not there."""
        return self.objects.setdefault(collection, {}).setdefault(key.casefold(), dict(fields))

    def secret(self, text: str, use: str) -> str:
        """Name the secret of a line: its own name in a rendered file, a new one for a device's ciphertext."""
        found = _SECRET.search(text)
        return found["name"] if found else f"{self.pair}-{use}"


Special = Callable[[Side, Fields, Item, dict[str, Any]], None]


def _binding(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
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


def _parity(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if "parity" in given:
        given["parity"] = given["parity"].removesuffix("-mac")
    place(target, item, given)


def _change(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if "change" in given:
        given[given["change"]] = given["n"]
    place(target, item, given)


def _follow(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if given.get("unflowdown"):
        given["flowdown"] = False
    place(target, item, given)


def _prefix(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    given["prefix"] = str(IPv4Network(f"{given['ip']}/{given['mask']}", strict=False))
    place(target, item, given)


def _timeout(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    given["timeout"] = given.get("seconds", given["timeout"])
    place(target, item, given)


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


def _same_as(_side: Side, target: Fields, item: Item, given: dict[str, Any]) -> None:
    if given.get("same-as nas-logic-ip"):
        given["same"] = True
    place(target, item, given)


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


SPECIAL: Mapping[str, Special] = MappingProxyType(
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
