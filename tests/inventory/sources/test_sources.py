"""Hosts and pairs from NetBox, Ansible and a table are those of YAML, and what is wrong is told alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotpair.cli.settings import program
from hotpair.exit_codes import exit_code_of
from inventory.errors import IntentError
from inventory.nornir_plugin import HotpairInventory
from inventory.problems import InvalidIntentError
from inventory.sources.settings import read_sourced
from tests.inventory.sources.homes import (
    BOTH,
    TEXT,
    WANTED,
    WRONG,
    A,
    B,
    Members,
    Source,
    ansible_ini,
    ansible_yaml,
    folder,
    loaded,
    table,
)

FILES = (table, ansible_ini, ansible_yaml)


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


# ---- what is wrong with the file itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("csv: {file: none.csv}\n", "the table cannot be read"),
        ("csv: {file: none.csv, delimiter: ';;'}\n", "(csv.delimiter): should be one character, as ';'"),
        ("csv: {file: none.csv, delimiter: ''}\n", "(csv.delimiter): should be one character, as ';'"),
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


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"name,name,pair,member\n", "two columns have one name (where: {file}:1; found: name)"),
        (b"", "the table lacks columns (where: {file}:1; wanted: name, pair, member; found: an empty line)"),
        (b"n\xe4me,pair,member\n", "the table cannot be read (where: {file}; found: it is not UTF-8 text)"),
    ],
)
def test_a_table_that_is_none_is_told(rows: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_text("csv: {file: hosts.csv}\n", encoding="utf-8")
    (tmp_path / "hosts.csv").write_bytes(rows)
    with pytest.raises(IntentError) as told:
        read_sourced(tmp_path)
    assert str(told.value) == said.format(file=tmp_path / "hosts.csv")


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
