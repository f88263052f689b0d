"""Inventories whose hosts and pairs stand in a table, in files of Ansible, or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from ruamel.yaml import YAML

from inventory.load import parse_pair
from inventory.model import Pair
from inventory.nornir_plugin import HotpairInventory
from runbooks.lab import LAB

TEXT = (LAB / "pairs" / "user-vrrp-arp.yaml").read_text(encoding="utf-8")

WANTED = parse_pair(TEXT, "user-vrrp-arp.yaml")

INTENT = {key: value for key, value in YAML(typ="safe").load(TEXT).items() if key not in {"pair", "members"}}

BARE = "\n".join(line for line in TEXT.splitlines() if not line.startswith("members:"))
"""The pair file without its members."""

DEFAULTS = "username: netops\ndata: {password: {secret: login}}\n"

A, B, C = "GW1", "GW2", "GW3"

Members = Mapping[str, str]

BOTH = {A: "a", B: "b"}


def folder(home: Path, settings: str, *, pair_file: bool = True) -> Path:
    (home / "inventory.yaml").write_text(settings)
    (home / "defaults.yaml").write_text(DEFAULTS)
    (home / "pairs").mkdir()
    if pair_file:
        (home / "pairs" / "gateways.yaml").write_text(BARE)
    return home


def table(home: Path, members: Members, *, pair_file: bool = True) -> Path:
    lines = ["name,hostname,port,pair,member,driver"]
    lines += [
        f"{name},192.0.2.{n},,user-vrrp-arp,{side},scrapli"
        for n, (name, side) in enumerate(members.items(), 1)
    ]
    (home / "routers.csv").write_text("\n".join([*lines, "PE9,192.0.2.99,2222,,,"]) + "\n")
    return folder(home, "csv: {file: routers.csv}\n", pair_file=pair_file)


def ansible_ini(home: Path, members: Members, *, pair_file: bool = True) -> Path:
    lines = ["[routers]"]
    lines += [
        f"{name} ansible_host=192.0.2.{n} hotpair_member={side}"
        for n, (name, side) in enumerate(members.items(), 1)
    ]
    lines += ["[gateways:children]", "routers", "[gateways:vars]", "hotpair_pair=user-vrrp-arp"]
    (home / "hosts.ini").write_text("\n".join(lines) + "\n")
    (home / "group_vars").mkdir()
    (home / "group_vars" / "routers.yml").write_text("hotpair_data: {driver: scrapli}\n")
    return folder(home, "ansible: {file: hosts.ini}\n", pair_file=pair_file)


def ansible_yaml(home: Path, members: Members, *, pair_file: bool = True) -> Path:
    hosts = {
        name: {"ansible_host": f"192.0.2.{n}", "hotpair_member": side}
        for n, (name, side) in enumerate(members.items(), 1)
    }
    own = {"hotpair_pair": "user-vrrp-arp", "hotpair_data": {"driver": "scrapli"}}
    own |= {} if pair_file else {"hotpair_intent": INTENT}
    (home / "hosts.yml").write_text(
        json.dumps({"all": {"children": {"routers": {"hosts": hosts, "vars": own}}}})
    )
    return folder(home, "ansible: {file: hosts.yml, group: routers}\n", pair_file=pair_file)


Source = Callable[..., Path]


def loaded(home: Path) -> Pair:
    data = HotpairInventory(str(home)).load().defaults.data
    pair = data["pairs"]["user-vrrp-arp"]
    assert isinstance(pair, Pair)
    return pair


WRONG = [
    ({A: "a"}, "member b of the pair 'user-vrrp-arp' is missing; there is GW1 (a)"),
    ({A: "a", B: "b", C: "b"}, "GW3 is member b of the pair 'user-vrrp-arp', and so is GW2"),
    ({A: "a", B: "c"}, "GW2 is member 'c' of the pair 'user-vrrp-arp'; wanted a or b"),
]
