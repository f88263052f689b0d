"""Hosts and pairs from NetBox are those of YAML, and what is wrong with its answers is told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from hotpair.exit_codes import exit_code_of
from inventory.errors import DeviceError, IntentError
from inventory.nornir_plugin import HotpairInventory
from inventory.problems import InvalidIntentError
from inventory.sources.settings import read_sourced
from tests.inventory.sources.homes import (
    BOTH,
    INTENT,
    WANTED,
    WRONG,
    A,
    B,
    Members,
    folder,
    loaded,
)
from tests.inventory.sources.netbox_server import TOKEN, Says, device, netbox


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
