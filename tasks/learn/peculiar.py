"""Lines that become fields in a way of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Any

from inventory.lines import OwnedLine, Statement
from inventory.lines.bfd import (
    BFD_BIND_DEFAULT,
    BFD_BIND_IP6_TRACK,
    BFD_BIND_TRACK_IF,
    BFD_GLOBAL,
    BFD_ONE_ARM,
    BINDS,
)
from inventory.lines.e_trunk import ET_SECURITY_KEY
from inventory.lines.eth_trunk import IF_ETH_TRUNK_JOIN, IF_LACP_TIMEOUT
from inventory.lines.interface import IF_RBP
from inventory.lines.monitor import MG_ENABLE, RMG_ENABLE, RMG_TRACK
from inventory.lines.multicast import IF_PIM6_IGNORE
from inventory.lines.pool import POOL_RBP
from inventory.lines.profile import RBP_NAS, RBP_REMARK_MAC, RBP_VRRP_ID
from inventory.lines.service_users import RBS_RADIUS_AUTH_SOURCE
from inventory.lines.snooping import IGS, VSI_IGS, VSI_L2MC_BACKUP
from inventory.lines.system import PB_ROUTE_COST
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import VRRP_AUTH, VRRP_TRACK_ROUTE
from tasks.learn.fields import Fields, descend, place

_SECRET = re.compile(r"<secret:(?P<name>[^>]+)>")


class Side:
    """Objects of one member, by collection and name, while they are filled."""

    def __init__(self, pair: str) -> None:
        self.pair = pair
        self.objects: dict[str, dict[str, Fields]] = {}

    def thing(self, collection: str, key: str, **fields: Any) -> Fields:
        """Return an object of a collection, made with these fields when it is not there."""
        return self.objects.setdefault(collection, {}).setdefault(key.casefold(), dict(fields))

    def secret(self, text: str, use: str) -> str:
        """Name the secret of a line: its own name in a rendered file, a new one for a device's ciphertext."""
        found = _SECRET.search(text)
        return found["name"] if found else f"{self.pair}-{use}"


Special = Callable[[Side, Fields, Statement, dict[str, Any]], None]


def _binding(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    for param, name in (
        ("peer-ip", "peer"),
        ("peer-ipv6", "peer"),
        ("source-ip", "source"),
        ("source-ipv6", "source"),
        ("vpn", "vpn_instance"),
    ):
        if param in given:
            target[name] = given[param]
    tracked = item.row in {BFD_BIND_TRACK_IF, BFD_BIND_IP6_TRACK}
    if "interface" in given:
        target["track_interface" if tracked else "interface"] = given["interface"]
    if item.row is BFD_BIND_DEFAULT:
        target["default_ip"] = True
    if item.row is BFD_ONE_ARM or "auto" in given:
        target["kind"] = "one-arm-echo" if item.row is BFD_ONE_ARM else "auto"


def _key(side: Side, target: Fields, item: Statement, _given: dict[str, Any]) -> None:
    form = "simple" if "simple-key" in item.params else "cipher"
    number = item.around["@e-trunk-id"]
    key = {"secret": side.secret(item.params[f"{form}-key"], f"etrunk-{number}")}
    target["security_key"] = key if form == "cipher" else {**key, "form": form}


def _authentication(side: Side, target: Fields, item: Statement, _given: dict[str, Any]) -> None:
    secret = side.secret(item.params["key"], f"vrrp-{item.params['vrid']}")
    target["authentication"] = {"secret": secret, "mode": item.params["method"]}


def _vip(_side: Side, target: Fields, _item: Statement, given: dict[str, Any]) -> None:
    if given.get("link-local"):
        target["link_local"] = given["vip"]
    elif "vip" in given:
        target.setdefault("virtual_ips", []).append(given["vip"])


def _admin(_side: Side, target: Fields, _item: Statement, given: dict[str, Any]) -> None:
    target["admin"] = True
    if given.get("ignore-if-down"):
        target["ignore_if_down"] = True


def _parity(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    if "parity" in given:
        given["parity"] = given["parity"].removesuffix("-mac")
    place(target, item, given)


def _change(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    if "change" in given:
        given[given["change"]] = given["n"]
    place(target, item, given)


def _follow(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    if given.get("unflowdown"):
        given["flowdown"] = False
    place(target, item, given)


def _prefix(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    given["prefix"] = str(IPv4Network(f"{given['ip']}/{given['mask']}", strict=False))
    place(target, item, given)


def _timeout(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    given["timeout"] = given.get("seconds", given["timeout"])
    place(target, item, given)


def _join(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    key = "passive_ports" if given.get("mode") == "passive" else "ports"
    target.setdefault(key, []).append(item.around["@interface"])


def _bound(_side: Side, target: Fields, item: Statement, _given: dict[str, Any]) -> None:
    target.setdefault("interfaces", []).append(item.around["@interface"])


def _pool(_side: Side, target: Fields, item: Statement, _given: dict[str, Any]) -> None:
    name, *kind = item.path[0].removeprefix("ip pool ").split(maxsplit=1)
    pool = {"name": name} | ({"type": kind[0]} if kind and kind[0] != "server" else {})
    target.setdefault("address_pools", []).append(pool)


def _nas(_side: Side, target: Fields, _item: Statement, given: dict[str, Any]) -> None:
    held = str(given["value"])
    name = given["attribute"].replace("-", "_")
    kind, _blank, number = held.partition(" ")
    descend(target, ("nas",))[name] = (
        {"type": kind.lower(), "number": number} if name == "logic_port" else held
    )


def _enable(_side: Side, target: Fields, _item: Statement, _given: dict[str, Any]) -> None:
    target.pop("enable", None)


def _ignore(_side: Side, target: Fields, _item: Statement, given: dict[str, Any]) -> None:
    target[f"pim_ipv6_ignore_{given['state'].replace('-', '_')}"] = True


def _nothing(_side: Side, _target: Fields, _item: Statement, _given: dict[str, Any]) -> None:
    """The line is there because its object is."""


def _same_as(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    if given.get("same-as nas-logic-ip"):
        given["same"] = True
    place(target, item, given)


def _route_cost(_side: Side, target: Fields, _item: Statement, given: dict[str, Any]) -> None:
    how = "exclude loopback" if given.get("exclude loopback") else "all"
    descend(target, ("peer_backup",))["route_cost"] = how


_SNOOPING = {row: name for rows in (IGS, VSI_IGS) for name, row in rows._asdict().items()}


def _snooping(_side: Side, target: Fields, item: Statement, given: dict[str, Any]) -> None:
    name = _SNOOPING[item.row]
    if name == "instance":
        target.pop("enable", None)
    else:
        target[name] = given.get("n", True)


def _layer2(_side: Side, target: Fields, _item: Statement, given: dict[str, Any]) -> None:
    how = "source-mac-replace" if given.get("source-mac-replace") else "forward"
    target[given["direction"].replace("-", "_")] = how


SPECIAL: Mapping[OwnedLine, Special] = MappingProxyType(
    {
        **dict.fromkeys(BINDS, _binding),
        ET_SECURITY_KEY: _key,
        VRRP_AUTH: _authentication,
        **dict.fromkeys((VRRP.create, VRRP6.create), _vip),
        **dict.fromkeys((VRRP.admin, VRRP6.admin), _admin),
        **dict.fromkeys((RBP_VRRP_ID, RBP_REMARK_MAC), _parity),
        **dict.fromkeys(
            (VRRP.track_interface, VRRP6.track_interface, VRRP.track_bfd, VRRP6.track_bfd), _change
        ),
        **dict.fromkeys((VRRP.track_admin, VRRP6.track_admin), _follow),
        **dict.fromkeys((VRRP_TRACK_ROUTE, RMG_TRACK), _prefix),
        IF_LACP_TIMEOUT: _timeout,
        IF_ETH_TRUNK_JOIN: _join,
        IF_RBP: _bound,
        POOL_RBP: _pool,
        RBP_NAS: _nas,
        **dict.fromkeys((MG_ENABLE, RMG_ENABLE), _enable),
        IF_PIM6_IGNORE: _ignore,
        BFD_GLOBAL: _nothing,
        RBS_RADIUS_AUTH_SOURCE: _same_as,
        PB_ROUTE_COST: _route_cost,
        **dict.fromkeys(_SNOOPING, _snooping),
        VSI_L2MC_BACKUP: _layer2,
    }
)
