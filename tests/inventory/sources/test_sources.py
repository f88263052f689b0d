"""Hosts and pairs from NetBox, Ansible and a table are those of YAML, and what is wrong is told alike."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from hotpair.cli.settings import program
from hotpair.exit_codes import exit_code_of
from inventory.errors import DeviceError, IntentError
from inventory.load import parse_pair
from inventory.model import Pair
from inventory.nornir_plugin import HotpairInventory
from inventory.problems import InvalidIntentError
from inventory.sources.settings import read_sourced
from runbooks.lab import LAB
from tests.inventory.sources.netbox_server import TOKEN, Says, device, netbox

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


FILES = (table, ansible_ini, ansible_yaml)
Source = Callable[..., Path]


def loaded(home: Path) -> Pair:
    data = HotpairInventory(str(home)).load().defaults.data
    pair = data["pairs"]["user-vrrp-arp"]
    assert isinstance(pair, Pair)
    return pair


@pytest.mark.parametrize("source", FILES)
def test_a_file_gives_the_pair_of_yaml(source: Source, tmp_path: Path) -> None:
    home = source(tmp_path, BOTH)
    assert loaded(home).model_dump() == WANTED.model_dump()
    host = HotpairInventory(str(home)).load().hosts[B]
    assert (host.hostname, host.username, host["member"], host["driver"]) == (
        "192.0.2.2",
        "netops",
        "b",
        "scrapli",
    )


def test_an_intent_may_stand_in_the_source_itself(tmp_path: Path) -> None:
    home = ansible_yaml(tmp_path, BOTH, pair_file=False)
    assert loaded(home).model_dump() == WANTED.model_dump()


WRONG = [
    ({A: "a"}, "member b of the pair 'user-vrrp-arp' is missing; there is GW1 (a)"),
    ({A: "a", B: "b", C: "b"}, "GW3 is member b of the pair 'user-vrrp-arp', and so is GW2"),
    ({A: "a", B: "c"}, "GW2 is member 'c' of the pair 'user-vrrp-arp'; wanted a or b"),
]


@pytest.mark.parametrize("source", FILES)
@pytest.mark.parametrize(("members", "said"), WRONG)
def test_members_that_are_no_two_are_told_and_end_with_2(
    source: Source, members: Members, said: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidIntentError) as told:
        HotpairInventory(str(source(tmp_path, members))).load()
    assert said in [problem.message for problem in told.value.problems]
    assert exit_code_of(told.value) == 2


@pytest.mark.parametrize("source", FILES)
def test_a_name_unlike_the_hosts_is_told(source: Source, tmp_path: Path) -> None:
    home = source(tmp_path, BOTH)
    (home / "pairs" / "gateways.yaml").write_text(TEXT.replace("b: GW2", "b: GW-2"))
    with pytest.raises(InvalidIntentError) as told:
        HotpairInventory(str(home)).load()
    assert [one.message for one in told.value.problems] == [
        "GW2 is member b here; the pair file names 'GW-2'"
    ]


def test_a_pair_that_no_host_speaks_of_is_looked_for_among_the_hosts(tmp_path: Path) -> None:
    home = table(tmp_path, BOTH)
    (home / "pairs" / "other.yaml").write_text(
        TEXT.replace("pair: user-vrrp-arp", "pair: other").replace("a: GW1", "a: PE-9")
    )
    with pytest.raises(InvalidIntentError) as told:
        HotpairInventory(str(home)).load()
    (problem,) = told.value.problems
    assert problem.message == f"no host 'PE-9' in {home / 'routers.csv'}; did you mean 'PE9'?"


def test_a_pair_that_nothing_describes_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidIntentError, match=r"wanted pairs/user-vrrp-arp\.yaml"):
        HotpairInventory(str(table(tmp_path, BOTH, pair_file=False))).load()


# ---- NetBox ------------------------------------------------------------------------------------------------


def fielded(members: Members) -> list[dict[str, Any]]:
    return [
        device(
            number,
            name,
            f"192.0.2.{number}",
            custom_fields={
                "hotpair_pair": "user-vrrp-arp",
                "hotpair_member": {"value": side, "label": side.upper()},
            },
        )
        for number, (name, side) in enumerate(members.items(), 1)
    ]


def contexts(members: Members) -> list[dict[str, Any]]:
    return [
        device(
            number,
            name,
            f"192.0.2.{number}",
            config_context={"hotpair": {"pair": "user-vrrp-arp", "member": side, "intent": INTENT}},
        )
        for number, (name, side) in enumerate(members.items(), 1)
    ]


FIELDS = "pair_field: hotpair_pair, member_field: hotpair_member"
STRANGER = [device(9, "PE9", "192.0.2.99", tags=[])]


def at(home: Path, url: str, how: str, *, pair_file: bool = True) -> Path:
    settings = f"netbox: {{url: '{url}', token: {{secret: netbox}}, devices: {{tag: hot-backup}}, {how}}}\n"
    return folder(home, settings, pair_file=pair_file)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTPAIR_SECRET_NETBOX", TOKEN)


def test_custom_fields_of_netbox_give_the_pair_of_yaml(tmp_path: Path) -> None:
    asked: list[str] = []
    with netbox([*STRANGER, *fielded(BOTH)], asked) as url:
        inventory = HotpairInventory(str(at(tmp_path, url, FIELDS))).load()
    assert inventory.defaults.data["pairs"]["user-vrrp-arp"].model_dump() == WANTED.model_dump()
    assert {name: host.hostname for name, host in inventory.hosts.items()} == {A: "192.0.2.1", B: "192.0.2.2"}
    assert (inventory.hosts[A].platform, inventory.hosts[A]["site"]) == ("vrp8", "ams")
    assert {word.split()[0] for word in asked} == {"GET"}
    assert len(asked) <= 2, "a device is never asked for apart"


def test_config_contexts_of_netbox_give_the_pair_of_yaml(tmp_path: Path) -> None:
    with netbox(contexts({**BOTH})) as url:
        home = at(tmp_path, url, "config_context: hotpair", pair_file=False)
        assert loaded(home).model_dump() == WANTED.model_dump()


def test_netbox_is_asked_page_by_page(tmp_path: Path) -> None:
    others = [device(number, f"PE{number}", f"192.0.2.{number}") for number in range(10, 15)]
    asked: list[str] = []
    with netbox([*others, *STRANGER, *fielded(BOTH)], asked) as url:
        sourced = read_sourced(at(tmp_path, url, FIELDS))
    assert sourced is not None
    assert [host.name for host in sourced.hosts] == [*(f"PE{number}" for number in range(10, 15)), A, B]
    assert len(asked) == 4
    assert all("tag=hot-backup" in one for one in asked), "the filter goes with every page"


def test_a_filter_that_netbox_does_not_take_is_told_in_its_words(tmp_path: Path) -> None:
    with netbox(fielded(BOTH)) as url:
        home = at(tmp_path, url, FIELDS)
        settings = home / "inventory.yaml"
        settings.write_text(settings.read_text().replace("hot-backup", "hot-backups"))
        with pytest.raises(IntentError) as told:
            read_sourced(home)
    assert told.value.found is not None
    assert "400 Bad Request" in told.value.found
    assert "hot-backups is not one of the available choices" in told.value.found


@pytest.mark.parametrize("status", [429, 500, 502])
def test_a_page_that_does_not_come_leaves_no_half_inventory(status: int, tmp_path: Path) -> None:
    others = [device(number, f"PE{number}", f"192.0.2.{number}") for number in range(10, 15)]
    with (
        netbox([*fielded(BOTH), *others], says=Says(later=status)) as url,
        pytest.raises(DeviceError, match="NetBox did not answer") as told,
    ):
        read_sourced(at(tmp_path, url, FIELDS))
    assert str(status) in str(told.value.found)


def test_a_next_page_elsewhere_is_not_asked_for_with_the_token(tmp_path: Path) -> None:
    others = [device(number, f"PE{number}", f"192.0.2.{number}") for number in range(10, 15)]
    elsewhere: list[str] = []
    with (
        netbox(others, elsewhere) as other,
        netbox([*fielded(BOTH), *others], says=Says(proxy=other)) as url,
        pytest.raises(IntentError, match="names another place for its next page") as told,
    ):
        read_sourced(at(tmp_path, url, FIELDS))
    assert told.value.found == other
    assert elsewhere == []


@pytest.mark.parametrize(("members", "said"), WRONG)
def test_members_in_netbox_that_are_no_two_are_told(members: Members, said: str, tmp_path: Path) -> None:
    with netbox(fielded(members)) as url, pytest.raises(InvalidIntentError) as told:
        HotpairInventory(str(at(tmp_path, url, FIELDS))).load()
    assert said in [problem.message for problem in told.value.problems]


def test_contexts_that_differ_are_told(tmp_path: Path) -> None:
    first, second = contexts(BOTH)
    second["config_context"] = {"hotpair": {"pair": "user-vrrp-arp", "member": "b", "intent": {}}}
    with netbox([first, second]) as url, pytest.raises(InvalidIntentError, match="differently"):
        HotpairInventory(str(at(tmp_path, url, "config_context: hotpair", pair_file=False))).load()


def test_a_netbox_that_refuses_or_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with netbox(fielded(BOTH)) as url:
        home = at(tmp_path, url, FIELDS)
        monkeypatch.setenv("HOTPAIR_SECRET_NETBOX", "stale")
        with pytest.raises(IntentError, match="NetBox refuses") as refused:
            read_sourced(home)
    assert "stale" not in str(refused.value)
    with pytest.raises(DeviceError, match="NetBox did not answer") as away:
        read_sourced(home)
    assert exit_code_of(away.value) == 3


def test_a_field_that_netbox_has_not_is_told(tmp_path: Path) -> None:
    with netbox(fielded(BOTH)) as url, pytest.raises(IntentError, match="no such custom field"):
        read_sourced(at(tmp_path, url, "pair_field: pair, member_field: hotpair_member"))


@pytest.mark.skipif("NETBOX_URL" not in os.environ, reason="NETBOX_URL names no live NetBox to ask")
def test_a_live_netbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTPAIR_SECRET_NETBOX", os.environ.get("NETBOX_TOKEN", ""))
    url = os.environ["NETBOX_URL"]
    settings = f"netbox: {{url: '{url}', token: {{secret: netbox}}, config_context: hotpair}}\n"
    sourced = read_sourced(folder(tmp_path, settings))
    assert sourced is not None
    assert sourced.source == f"NetBox {url}"


# ---- what is wrong with the file itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("csv: {file: none.csv}\n", "the table cannot be read"),
        ("ansible: {file: none.ini}\n", "the inventory cannot be read"),
        ("csv: {file: a.csv}\nansible: {file: b}\n", "wanted one of"),
        ("netbox: {url: 'http://127.0.0.1:9'}\n", "wanted pair_field and member_field, or config_context"),
        ("plugin: {name: nobody}\n", "no package offers the inventory nobody"),
        ("sheet: {}\n", "sheet"),
    ],
)
def test_settings_that_cannot_be_are_told(settings: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(IntentError) as told:
        read_sourced(folder(tmp_path, settings))
    assert said in str(told.value)


def test_two_homes_of_hosts_are_refused(tmp_path: Path) -> None:
    home = table(tmp_path, BOTH)
    (home / "hosts.yaml").write_text("GW1: {}\n")
    with pytest.raises(IntentError, match=r"and from hosts\.yaml too"):
        HotpairInventory(str(home)).load()


def test_a_password_in_a_source_is_refused(tmp_path: Path) -> None:
    home = ansible_ini(tmp_path, BOTH)
    (home / "host_vars").mkdir()
    (home / "host_vars" / "GW1.yml").write_text("ansible_password: hunter2\n")
    with pytest.raises(InvalidIntentError, match="a password stands in the inventory") as told:
        HotpairInventory(str(home)).load()
    assert "hunter2" not in str(told.value)


def typed(*words: str) -> int:
    return int(program()(args=list(words), standalone_mode=False, prog_name="hotpair") or 0)


def test_the_command_line_reads_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(table(tmp_path, BOTH))
    assert typed("list", "-i", home) == 0
    assert typed("lint", home) == 0
    said = capsys.readouterr().out
    assert "user-vrrp-arp  GW1  GW2" in said
    assert "0 errors" in said


def test_a_member_that_is_missing_ends_the_command_line_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed("lint", str(table(tmp_path, {A: "a"}))) == 2
    said = capsys.readouterr().err
    assert "routers.csv:2 (GW1): member b of the pair 'user-vrrp-arp' is missing" in said
