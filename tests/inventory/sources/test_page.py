"""What docs/inventories.md shows can be read, and gives what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inventory.sources.settings import read_sourced
from tests.integration.documents import HOUSE, fenced
from tests.inventory.sources.netbox_server import TOKEN, device, netbox

BLOCKS = fenced(HOUSE / "docs" / "inventories.md")
SETTINGS = {text.splitlines()[1].partition(":")[0]: text for kind, text in BLOCKS if kind == "yaml"}
BESIDE = {kind: text for kind, text in BLOCKS if kind != "yaml"}


def members(home: Path) -> list[tuple[str, str, str]]:
    sourced = read_sourced(home)
    assert sourced is not None
    return [(host.name, host.pair, host.member) for host in sourced.hosts]


def test_every_block_is_known() -> None:
    assert set(SETTINGS) == {"netbox", "ansible", "csv"}
    assert set(BESIDE) == {"json", "ini", "text"}


@pytest.mark.parametrize(
    ("source", "block", "file"), [("ansible", "ini", "../ansible/hosts.ini"), ("csv", "text", "routers.csv")]
)
def test_a_file_gives_both_members(source: str, block: str, file: str, tmp_path: Path) -> None:
    home = tmp_path / "inventory"
    home.mkdir()
    (home / "inventory.yaml").write_text(SETTINGS[source])
    (home / file).parent.mkdir(exist_ok=True)
    (home / file).write_text(BESIDE[block])
    assert members(home) == [("pe1", "metro-1", "a"), ("pe2", "metro-1", "b")]


def test_netbox_gives_both_members_by_fields_and_by_context(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTPAIR_SECRET_NETBOX", TOKEN)
    context: dict[str, Any] = json.loads(BESIDE["json"])
    devices = [
        device(
            number,
            f"pe{number}",
            f"192.0.2.{number}",
            custom_fields={"hotpair_pair": "metro-1", "hotpair_member": side},
            config_context={"hotpair": {**context["hotpair"], "member": side}},
        )
        for number, side in ((1, "a"), (2, "b"))
    ]
    with netbox(devices) as url:
        fields = SETTINGS["netbox"].replace("https://netbox.example.net", url)
        lines = [line for line in fields.splitlines() if "_field" not in line]
        by_context = "\n".join([*lines[:3], "  config_context: hotpair", *lines[3:]])
        for settings in (fields, by_context):
            (tmp_path / "inventory.yaml").write_text(settings)
            assert members(tmp_path) == [("pe1", "metro-1", "a"), ("pe2", "metro-1", "b")]
        sourced = read_sourced(tmp_path)
    assert sourced is not None
    assert sourced.hosts[0].entry["groups"] == ["ne40e"]
    assert sourced.hosts[0].intent == context["hotpair"]["intent"]
